// How a matrix product is cut into tiles.
#pragma once

#include <cstdint>

#include "stowage/tensor/gemm.h"

namespace stowage {

// What depends on the size of a tile.
struct Tiling {
  int64_t rows;
  int64_t columns;
  // Packs a block of A, transposed, or of B, as `multiply` reads it.
  void (*pack_left)(const ConstMatrix& matrix, float* packed);
  void (*pack_right)(const ConstMatrix& matrix, float* packed);
  // Sets all tiles of `c` to the product of what is packed, or adds it to them.
  void (*multiply)(const float* a, const float* b, int64_t depth, bool is_added, const Matrix& c);
};

// The best on this processor for a product of so many columns. All give the same bits.
const Tiling& tiling_for(int64_t columns);

}  // namespace stowage
