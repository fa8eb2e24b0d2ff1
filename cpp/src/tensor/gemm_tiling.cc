#include "tensor/gemm_tiling.h"

#include <algorithm>

#include "tensor/gemm_pack.h"
#include "tensor/gemm_tile.h"
#include "tensor/simd.h"

namespace stowage {

namespace {

// The tile at (row, column) of `c`, which may be cut off by C's last row and column.
template <typename Tile>
[[gnu::always_inline]] inline void multiply_tile(const float* a, const float* b, int64_t depth,
                                                 bool is_added, const Matrix& c, int64_t row,
                                                 int64_t column) {
  float* to = c.data + row * c.row_stride + column;
  const int64_t rows = std::min(Tile::kRows, c.rows - row);
  const int64_t columns = std::min(Tile::kColumns, c.columns - column);
  if (rows == Tile::kRows && columns == Tile::kColumns) {
    Tile::multiply(a, b, depth, is_added, to, c.row_stride);
    return;
  }
  float whole[Tile::kRows * Tile::kColumns];
  Tile::multiply(a, b, depth, false, whole, Tile::kColumns);
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = 0; j < columns; ++j) {
      float& element = to[i * c.row_stride + j];
      const float product = whole[i * Tile::kColumns + j];
      element = is_added ? element + product : product;
    }
  }
}

template <typename Tile>
[[gnu::always_inline]] inline void multiply_all(const float* a, const float* b, int64_t depth,
                                                bool is_added, const Matrix& c) {
  for (int64_t j = 0; j < c.columns; j += Tile::kColumns) {
    for (int64_t i = 0; i < c.rows; i += Tile::kRows) {
      multiply_tile<Tile>(a + i * depth, b + j * depth, depth, is_added, c, i, j);
    }
  }
}

// Called through a pointer, so that the innermost loops are a function of their own, with all
// registers for them.
template <typename Tile>
void multiply(const float* a, const float* b, int64_t depth, bool is_added, const Matrix& c) {
  multiply_all<Tile>(a, b, depth, is_added, c);
}

template <typename Tile>
constexpr Tiling tiling_of(decltype(Tiling::multiply) multiply_tiles) {
  return {Tile::kRows, Tile::kColumns, pack_columns<Tile::kRows>, pack_columns<Tile::kColumns>,
          multiply_tiles};
}

using WideTile = GemmTile<2, 16, Float4>;
using NarrowTile = GemmTile<4, 8, Float4>;
constexpr Tiling kWide = tiling_of<WideTile>(multiply<WideTile>);
constexpr Tiling kNarrow = tiling_of<NarrowTile>(multiply<NarrowTile>);

#if defined(__x86_64__)

using Float8 = float __attribute__((vector_size(32)));

// The same with the instructions of AVX: vectors of twice the width, and three operands. Without
// fused operations, which round otherwise.
template <typename Tile>
[[gnu::target("avx")]] void multiply_with_avx(const float* a, const float* b, int64_t depth,
                                              bool is_added, const Matrix& c) {
  multiply_all<Tile>(a, b, depth, is_added, c);
}

using WideAvxTile = GemmTile<4, 16, Float8>;
using NarrowAvxTile = GemmTile<8, 8, Float8>;
constexpr Tiling kWideAvx = tiling_of<WideAvxTile>(multiply_with_avx<WideAvxTile>);
constexpr Tiling kNarrowAvx = tiling_of<NarrowAvxTile>(multiply_with_avx<NarrowAvxTile>);

#endif

}  // namespace

const Tiling& tiling_for(int64_t columns) {
#if defined(__x86_64__)
  static const bool has_avx = __builtin_cpu_supports("avx") != 0;
  if (has_avx) return columns <= kNarrowAvx.columns ? kNarrowAvx : kWideAvx;
#endif
  return columns <= kNarrow.columns ? kNarrow : kWide;
}

}  // namespace stowage
