// Copies of parts of A and B in the order in which the tiles of a product read them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "stowage/tensor/gemm.h"
#include "tensor/simd.h"

namespace stowage {

// A part of a matrix: `rows` x `columns` from element (row, column) on.
inline ConstMatrix part_of(const ConstMatrix& matrix, int64_t row, int64_t column, int64_t rows,
                           int64_t columns) {
  const float* data = matrix.data + row * matrix.row_stride + column * matrix.column_stride;
  return {data, rows, columns, matrix.row_stride, matrix.column_stride};
}

inline ConstMatrix transposed(const ConstMatrix& matrix) {
  return {matrix.data, matrix.columns, matrix.rows, matrix.column_stride, matrix.row_stride};
}

// out = a[0], b[0], a[1], b[1], ... for n of each.
inline void interleave(const float* a, const float* b, int64_t n, float* out) {
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    const Float4 left = load(a + i);
    const Float4 right = load(b + i);
    store(out + 2 * i, __builtin_shufflevector(left, right, 0, 4, 1, 5));
    store(out + 2 * i + kLanes, __builtin_shufflevector(left, right, 2, 6, 3, 7));
  }
  for (; i < n; ++i) {
    out[2 * i] = a[i];
    out[2 * i + 1] = b[i];
  }
}

// out = the first of each of the four at `from`, `stride` apart, then the second of each, ...
inline void interleave_four(const float* from, int64_t stride, int64_t n, float* out) {
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes, out += kLanes * kLanes) {
    const Float4 a = load(from + i);
    const Float4 b = load(from + stride + i);
    const Float4 c = load(from + 2 * stride + i);
    const Float4 d = load(from + 3 * stride + i);
    const Float4 low_ab = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    const Float4 high_ab = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const Float4 low_cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    const Float4 high_cd = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    store(out, __builtin_shufflevector(low_ab, low_cd, 0, 1, 4, 5));
    store(out + kLanes, __builtin_shufflevector(low_ab, low_cd, 2, 3, 6, 7));
    store(out + 2 * kLanes, __builtin_shufflevector(high_ab, high_cd, 0, 1, 4, 5));
    store(out + 3 * kLanes, __builtin_shufflevector(high_ab, high_cd, 2, 3, 6, 7));
  }
  for (; i < n; ++i) {
    for (int64_t k = 0; k < 4; ++k) *out++ = from[k * stride + i];
  }
}

// Writes `width` columns of `matrix` side by side for each of its rows, then the next `width`
// columns; missing columns are 0.
template <int64_t width>
void pack_columns(const ConstMatrix& matrix, float* packed) {
  for (int64_t first = 0; first < matrix.columns; first += width) {
    const int64_t count = std::min(width, matrix.columns - first);
    const float* from = matrix.data + first * matrix.column_stride;
    if (count < width) std::memset(packed, 0, matrix.rows * width * sizeof(float));
    if (matrix.column_stride == 1 && count == width) {
      for (int64_t row = 0; row < matrix.rows; ++row) {
        std::memcpy(packed + row * width, from + row * matrix.row_stride, width * sizeof(float));
      }
    } else if (width == 2 && matrix.row_stride == 1 && count == width) {
      interleave(from, from + matrix.column_stride, matrix.rows, packed);
    } else if (width == 4 && matrix.row_stride == 1 && count == width) {
      interleave_four(from, matrix.column_stride, matrix.rows, packed);
    } else {
      for (int64_t column = 0; column < count; ++column) {
        const float* down = from + column * matrix.column_stride;
        for (int64_t row = 0; row < matrix.rows; ++row) {
          packed[row * width + column] = down[row * matrix.row_stride];
        }
      }
    }
    packed += matrix.rows * width;
  }
}

}  // namespace stowage
