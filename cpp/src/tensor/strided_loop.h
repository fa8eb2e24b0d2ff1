// Going through tensors of one shape together, row by row.
#pragma once

#include <array>
#include <cstdint>

#include "stowage/tensor/layout.h"

namespace stowage {

// Layouts of the same shape with neighbouring dimensions made one where all of them allow it, and
// dimensions of 1 left out; at least one dimension remains. What is contiguous everywhere becomes
// one row.
template <size_t count>
std::array<Layout, count> merged(const std::array<Layout, count>& layouts) {
  std::array<Layout, count> result = {};
  for (size_t operand = 0; operand < count; ++operand) {
    result[operand].offset = layouts[operand].offset;
  }
  for (int64_t i = 0; i < layouts[0].rank(); ++i) {
    const int64_t length = layouts[0].shape[i];
    if (length == 1) continue;
    const int64_t last = result[0].rank() - 1;
    bool is_one = last >= 0;
    for (size_t operand = 0; is_one && operand < count; ++operand) {
      is_one = result[operand].strides[last] == layouts[operand].strides[i] * length;
    }
    for (size_t operand = 0; operand < count; ++operand) {
      Layout& layout = result[operand];
      if (is_one) {
        layout.shape[last] *= length;
        layout.strides[last] = layouts[operand].strides[i];
      } else {
        layout.shape.push_back(length);
        layout.strides.push_back(layouts[operand].strides[i]);
      }
    }
  }
  for (Layout& layout : result) {
    if (!layout.shape.empty()) continue;
    layout.shape.push_back(1);
    layout.strides.push_back(1);
  }
  return result;
}

// Calls row(offsets) for each index of all dimensions but the last `inner`, in row-major order,
// with the offset of each layout there.
template <size_t count, typename Row>
void for_each_row(const std::array<Layout, count>& layouts, int64_t inner, Row row) {
  const int64_t outer = layouts[0].rank() - inner;
  if (num_elements(layouts[0].shape) == 0) return;
  std::array<int64_t, count> offsets = {};
  for (size_t operand = 0; operand < count; ++operand) offsets[operand] = layouts[operand].offset;
  Dimensions index = Dimensions::filled(outer, 0);
  while (true) {
    row(offsets);
    int64_t i = outer - 1;
    for (; i >= 0; --i) {
      const bool is_end = ++index[i] == layouts[0].shape[i];
      const int64_t back = is_end ? layouts[0].shape[i] - 1 : 0;
      for (size_t operand = 0; operand < count; ++operand) {
        const int64_t stride = layouts[operand].strides[i];
        offsets[operand] += is_end ? -back * stride : stride;
      }
      if (!is_end) break;
      index[i] = 0;
    }
    if (i < 0) return;
  }
}

}  // namespace stowage
