#include "tensor/tensor_rows.h"

namespace stowage {

Layout with_axis_last(const Layout& layout, int64_t axis) {
  Layout result = layout;
  result.shape.erase(axis);
  result.strides.erase(axis);
  result.shape.push_back(layout.shape[axis]);
  result.strides.push_back(layout.strides[axis]);
  return result;
}

Result<Tensor> rows_along(const Tensor& tensor, int64_t axis) {
  const Layout layout = with_axis_last(tensor.layout(), axis);
  Result<Tensor> view = tensor.view(layout);
  const int64_t last = layout.rank() - 1;
  if (layout.strides[last] == 1 || layout.shape[last] <= 1) return view;
  return view->contiguous();
}

}  // namespace stowage
