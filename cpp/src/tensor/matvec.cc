// Products of a matrix and a vector, which read each element of the matrix once, in the order in
// which it lies in memory.
#include <algorithm>
#include <array>
#include <cstring>

#include "stowage/tensor/gemm.h"
#include "tensor/block_sum.h"
#include "tensor/gemm_pack.h"
#include "tensor/simd.h"

namespace stowage {

namespace {

// Sums are added up in parts of so many terms, as in gemm().
constexpr int64_t kPart = 256;

// The sum of `count` vectors, a power of two, which is what is left of them.
template <int64_t count>
Float4 sum_of(Float4 (&vectors)[count]) {
#pragma GCC unroll 4
  for (int64_t width = 1; width < count; width *= 2) {
#pragma GCC unroll 4
    for (int64_t v = 0; v < count; v += 2 * width) vectors[v] += vectors[v + width];
  }
  return vectors[0];
}

// The products of `x` with kRows rows that lie `stride` apart, elements side by side.
template <int64_t rows>
void dot_rows(const float* a, int64_t stride, const float* x, int64_t n, float* y) {
  // So many vectors of each row in a pass as hide the latency of adding to its sum, and as have a
  // register each.
  constexpr int64_t kVectors = rows >= 4 ? 2 : 4;
  Float4 totals[rows] = {};
  for (int64_t begin = 0; begin < n; begin += kPart) {
    const int64_t end = std::min(begin + kPart, n);
    Float4 sums[rows] = {};
    int64_t k = begin;
    for (; k + kVectors * kLanes <= end; k += kVectors * kLanes) {
      Float4 right[kVectors];
#pragma GCC unroll 4
      for (int64_t v = 0; v < kVectors; ++v) right[v] = load(x + k + v * kLanes);
#pragma GCC unroll 4
      for (int64_t r = 0; r < rows; ++r) {
        Float4 products[kVectors];
#pragma GCC unroll 4
        for (int64_t v = 0; v < kVectors; ++v) {
          products[v] = load(a + r * stride + k + v * kLanes) * right[v];
        }
        sums[r] += sum_of(products);
      }
    }
    for (; k < end; k += kLanes) {
      const int64_t count = std::min(kLanes, end - k);
      const auto take = [&](const float* from) {
        return count == kLanes ? load(from) : load_part(from, count, 0);
      };
      const Float4 right = take(x + k);
      for (int64_t r = 0; r < rows; ++r) sums[r] += take(a + r * stride + k) * right;
    }
    for (int64_t r = 0; r < rows; ++r) totals[r] += sums[r];
  }
  for (int64_t r = 0; r < rows; ++r) y[r] = sum_of_lanes(totals[r]);
}

void multiply_rows(const ConstMatrix& a, const float* x, float* y) {
  constexpr int64_t kRows = 4;
  int64_t row = 0;
  for (; row + kRows <= a.rows; row += kRows) {
    dot_rows<kRows>(a.data + row * a.row_stride, a.row_stride, x, a.columns, y + row);
  }
  for (; row < a.rows; ++row) {
    dot_rows<1>(a.data + row * a.row_stride, a.row_stride, x, a.columns, y + row);
  }
}

// sums[i] += x[0] * a[i] + ... of kColumns columns of `a` that lie `stride` apart.
template <int64_t columns>
void add_columns(const float* a, int64_t stride, const float* x, int64_t n, float* sums) {
  Float4 factors[columns];
  for (int64_t c = 0; c < columns; ++c) factors[c] = splat(x[c]);
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    Float4 sum = load(sums + i);
#pragma GCC unroll 8
    for (int64_t c = 0; c < columns; ++c) sum += factors[c] * load(a + c * stride + i);
    store(sums + i, sum);
  }
  for (; i < n; ++i) {
    for (int64_t c = 0; c < columns; ++c) sums[i] += x[c] * a[c * stride + i];
  }
}

// The elements of each column of `a` are side by side.
void multiply_columns(const ConstMatrix& a, const float* x, float* y) {
  // Half of the first-level cache; a shorter way down each column is too short to be fetched ahead.
  constexpr int64_t kRows = 4096;
  constexpr int64_t kColumns = 8;
  std::array<float, kRows> sums;
  for (int64_t row = 0; row < a.rows; row += kRows) {
    const int64_t rows = std::min(kRows, a.rows - row);
    for (int64_t begin = 0; begin < a.columns; begin += kPart) {
      const int64_t end = std::min(begin + kPart, a.columns);
      std::fill_n(sums.begin(), rows, 0.0F);
      const float* from = a.data + row;
      int64_t k = begin;
      for (; k + kColumns <= end; k += kColumns) {
        add_columns<kColumns>(from + k * a.column_stride, a.column_stride, x + k, rows,
                              sums.data());
      }
      for (; k < end; ++k) {
        add_columns<1>(from + k * a.column_stride, a.column_stride, x + k, rows, sums.data());
      }
      if (begin == 0) {
        std::copy_n(sums.begin(), rows, y + row);
      } else {
        for (int64_t i = 0; i < rows; ++i) y[row + i] += sums[i];
      }
    }
  }
}

void multiply_strided(const ConstMatrix& a, const float* x, float* y) {
  for (int64_t row = 0; row < a.rows; ++row) {
    const float* from = a.data + row * a.row_stride;
    float total = 0;
    for (int64_t begin = 0; begin < a.columns; begin += kPart) {
      const int64_t end = std::min(begin + kPart, a.columns);
      float sum = 0;
      for (int64_t k = begin; k < end; ++k) sum += from[k * a.column_stride] * x[k];
      total += sum;
    }
    y[row] = total;
  }
}

}  // namespace

void matvec(const ConstMatrix& a, std::span<const float> x, std::span<float> y) {
  if (a.columns == 0) {
    std::fill(y.begin(), y.end(), 0.0F);
  } else if (a.column_stride == 1) {
    multiply_rows(a, x.data(), y.data());
  } else if (a.row_stride == 1) {
    multiply_columns(a, x.data(), y.data());
  } else {
    multiply_strided(a, x.data(), y.data());
  }
}

}  // namespace stowage
