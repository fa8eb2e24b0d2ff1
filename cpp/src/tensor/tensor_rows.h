// A tensor as rows along one of its axes, elements side by side.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "stowage/base/result.h"
#include "stowage/tensor/tensor.h"
#include "tensor/strided_loop.h"
#include "tensor/tensor_memory.h"

namespace stowage {

// The tensor's layout with `axis`, which is not negative, as the last dimension.
Layout with_axis_last(const Layout& layout, int64_t axis);

// The tensor with `axis` last: a view where its elements lie side by side along it, or a copy.
// Errors: out-of-memory; disposed.
Result<Tensor> rows_along(const Tensor& tensor, int64_t axis);

// Calls use(row) for each row of what rows_along() has made, in row-major order.
template <typename Use>
void for_each_row_of(const Tensor& rows, Use use) {
  const int64_t n = rows.shape()[rows.rank() - 1];
  const float* data = data_of(rows);
  for_each_row<1>({rows.layout()}, 1, [&](const std::array<int64_t, 1>& at) {
    use(std::span<const float>(data + at[0], static_cast<size_t>(n)));
  });
}

}  // namespace stowage
