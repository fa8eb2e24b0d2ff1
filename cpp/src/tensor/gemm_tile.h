// The innermost part of a matrix product: a tile of C that stays in registers.
#pragma once

#include <cstdint>

#include "tensor/simd.h"

namespace stowage {

// C's tile is kRows x kColumns. WebAssembly and SSE have sixteen vector registers: eight sums, the
// vectors of B, and one element of A at a time. More sums are spilled.
template <int rows, int columns>
struct GemmTile {
  static constexpr int64_t kRows = rows;
  static constexpr int64_t kColumns = columns;
  static constexpr int kVectors = columns / kLanes;

  // C's tile at `c`, with `stride` from row to row, is set to the product, or it is added to it.
  // `a` holds kRows elements for each of `depth` steps, and `b` kColumns.
  static void multiply(const float* a, const float* b, int64_t depth, bool is_added, float* c,
                       int64_t stride) {
    Float4 sums[rows][kVectors] = {};
    // One counter less than with the steps.
    const float* const end = b + depth * columns;
    for (; b != end; a += rows, b += columns) {
      Float4 right[kVectors];
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; ++v) right[v] = load(b + v * kLanes);
#pragma GCC unroll 8
      for (int r = 0; r < rows; ++r) {
        const Float4 left = splat(a[r]);
#pragma GCC unroll 8
        for (int v = 0; v < kVectors; ++v) sums[r][v] += left * right[v];
      }
    }
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r, c += stride) {
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; ++v) {
        float* to = c + v * kLanes;
        store(to, is_added ? load(to) + sums[r][v] : sums[r][v]);
      }
    }
  }
};

using WideTile = GemmTile<2, 16>;
using NarrowTile = GemmTile<4, 8>;  // for few columns

}  // namespace stowage
