#include "tensor/tensor_memory.h"

#include <memory>

namespace stowage {

Result<Tensor> fresh_tensor(const Tensor& like, const Dimensions& shape) {
  const Result<Layout> layout = row_major_layout(shape);
  if (!layout) return layout.error();
  Result<ExecutorBuffer> buffer = like.buffer()->allocate_sibling(num_elements(shape));
  if (!buffer) return buffer.error();
  return Tensor::make(std::make_shared<const ExecutorBuffer>(std::move(*buffer)), *layout);
}

float* data_of(const Tensor& tensor) { return tensor.buffer()->data()->data(); }

Status check_operand(const Tensor& tensor) {
  const Result<std::span<float>> data = tensor.buffer()->data();
  return data.ok() ? Status() : Status(data.error());
}

Status check_operands(const Tensor& a, const Tensor& b) {
  for (const Tensor* each : {&a, &b}) {
    if (Status status = check_operand(*each)) return status;
  }
  if (a.buffer()->shares_executor(*b.buffer())) return {};
  return Error{ErrorCode::kInvalidArgument,
               "the tensors belong to different executors; copy one into the other's"};
}

}  // namespace stowage
