// The innermost part of a matrix product: a tile of C that stays in registers.
#pragma once

#include <cstdint>
#include <cstring>

namespace stowage {

// C's tile is kRows x kColumns, in vectors of the type `Vector`. Where there are sixteen registers,
// eight sums fit beside the vectors of B, one element of A at a time, and a product; more are
// spilled. The lanes are columns, so that all widths give the same bits.
template <int rows, int columns, typename Vector>
struct GemmTile {
  static constexpr int64_t kRows = rows;
  static constexpr int64_t kColumns = columns;
  static constexpr int kLanes = sizeof(Vector) / sizeof(float);
  static constexpr int kVectors = columns / kLanes;

  // C's tile at `c`, with `stride` from row to row, is set to the product, or it is added to it.
  // `a` holds kRows elements for each of `depth` steps, and `b` kColumns. Part of its caller, whose
  // instructions may be others than those of the rest of the program; for that reason no vector is
  // an argument or a result here.
  [[gnu::always_inline]] static inline void multiply(const float* a, const float* b, int64_t depth,
                                                     bool is_added, float* c, int64_t stride) {
    Vector sums[rows][kVectors] = {};
    // One counter less than with the steps.
    const float* const end = b + depth * columns;
    for (; b != end; a += rows, b += columns) {
      Vector right[kVectors];
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; ++v) std::memcpy(&right[v], b + v * kLanes, sizeof(Vector));
#pragma GCC unroll 8
      for (int r = 0; r < rows; ++r) {
        const Vector left = a[r] - Vector{};  // in all lanes
#pragma GCC unroll 8
        for (int v = 0; v < kVectors; ++v) sums[r][v] += left * right[v];
      }
    }
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r, c += stride) {
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; ++v) {
        float* to = c + v * kLanes;
        if (is_added) {
          Vector before;
          std::memcpy(&before, to, sizeof(Vector));
          sums[r][v] += before;
        }
        std::memcpy(to, &sums[r][v], sizeof(Vector));
      }
    }
  }
};

}  // namespace stowage
