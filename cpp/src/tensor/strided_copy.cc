#include "tensor/strided_copy.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "tensor/strided_loop.h"

namespace stowage {

namespace {

struct RowCopy {
  int64_t n;
  int64_t from_stride;
  int64_t to_stride;
  void run(const float* from, float* to) const {
    if (from_stride == 1 && to_stride == 1) {
      std::memcpy(to, from, static_cast<size_t>(n) * sizeof(float));
    } else {
      for (int64_t i = 0; i < n; ++i) to[i * to_stride] = from[i * from_stride];
    }
  }
};

// Both of the same shape. Where the two last dimensions are swapped in one of them, in squares: a
// square's cache lines are read and written while they are in the cache.
void copy_strided(const float* from, const Layout& from_layout, float* to,
                  const Layout& to_layout) {
  constexpr int64_t kSquare = 16;
  const auto [source, target] = merged<2>({from_layout, to_layout});
  const int64_t rank = source.rank();
  const int64_t n = source.shape[rank - 1];
  const RowCopy row{n, source.strides[rank - 1], target.strides[rank - 1]};
  if (rank == 1 || (row.from_stride == 1 && row.to_stride == 1)) {
    for_each_row<2>({source, target}, 1,
                    [&](const std::array<int64_t, 2>& at) { row.run(from + at[0], to + at[1]); });
    return;
  }
  const int64_t rows = source.shape[rank - 2];
  const int64_t from_row = source.strides[rank - 2];
  const int64_t to_row = target.strides[rank - 2];
  for_each_row<2>({source, target}, 2, [&](const std::array<int64_t, 2>& at) {
    for (int64_t i = 0; i < rows; i += kSquare) {
      for (int64_t j = 0; j < n; j += kSquare) {
        const RowCopy part{std::min(kSquare, n - j), row.from_stride, row.to_stride};
        for (int64_t k = i; k < std::min(i + kSquare, rows); ++k) {
          part.run(from + at[0] + k * from_row + j * row.from_stride,
                   to + at[1] + k * to_row + j * row.to_stride);
        }
      }
    }
  });
}

}  // namespace

void copy_from_strided(const float* data, const Layout& layout, float* out) {
  copy_strided(data, layout, out, *row_major_layout(layout.shape));
}

void copy_to_strided(const float* in, const Layout& layout, float* data) {
  copy_strided(in, *row_major_layout(layout.shape), data, layout);
}

}  // namespace stowage
