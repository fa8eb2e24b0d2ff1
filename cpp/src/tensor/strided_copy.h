// Copies between row-major order and any layout.
#pragma once

#include "stowage/tensor/layout.h"

namespace stowage {

// out[0, elements) = the elements of `layout` in `data`, in row-major order.
void copy_from_strided(const float* data, const Layout& layout, float* out);
// The other way. No two elements of `layout` are in the same place.
void copy_to_strided(const float* in, const Layout& layout, float* data);

// to[i] = from[i * stride] for i < n.
inline void gather(const float* from, int64_t stride, int64_t n, float* to) {
  for (int64_t i = 0; i < n; ++i) to[i] = from[i * stride];
}

}  // namespace stowage
