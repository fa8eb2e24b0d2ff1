#include "stowage/tensor/tensor.h"

#include <string>

#include "base/error.h"
#include "stowage/tensor/buffer_operations.h"
#include "tensor/strided_copy.h"
#include "tensor/tensor_memory.h"

namespace stowage {

namespace {

Status check_count(size_t values, const Dimensions& shape) {
  if (static_cast<int64_t>(values) == num_elements(shape)) return {};
  return invalid_argument(std::to_string(values) + " values for shape " + to_string(shape) +
                          " of " + std::to_string(num_elements(shape)) +
                          " elements: there must be as many");
}

}  // namespace

Result<Tensor> Tensor::make(std::shared_ptr<const ExecutorBuffer> buffer, const Dimensions& shape) {
  const Result<Layout> layout = row_major_layout(shape);
  if (!layout) return layout.error();
  return make(std::move(buffer), *layout);
}

Result<Tensor> Tensor::make(std::shared_ptr<const ExecutorBuffer> buffer, const Dimensions& shape,
                            const Dimensions& strides, int64_t offset) {
  const Result<Layout> layout = strided_layout(shape, strides, offset);
  if (!layout) return layout.error();
  return make(std::move(buffer), *layout);
}

Result<Tensor> Tensor::make(std::shared_ptr<const ExecutorBuffer> buffer, const Layout& layout) {
  const int64_t required = required_elements(layout);
  if (buffer->length() < required) {
    return invalid_argument("a buffer of " + std::to_string(buffer->length()) +
                            " elements is too small for shape " + to_string(layout.shape) +
                            ", which needs " + std::to_string(required));
  }
  return Tensor(std::move(buffer), layout);
}

Result<Tensor> Tensor::zeros(Executor& executor, const Dimensions& shape) {
  const Result<Layout> layout = row_major_layout(shape);
  if (!layout) return layout.error();
  Result<ExecutorBuffer> buffer = executor.allocate(stowage::num_elements(shape));
  if (!buffer) return buffer.error();
  return Tensor(std::make_shared<const ExecutorBuffer>(std::move(*buffer)), *layout);
}

Result<Tensor> Tensor::from(Executor& executor, std::span<const float> values,
                            const Dimensions& shape) {
  const Result<Layout> layout = row_major_layout(shape);
  if (!layout) return layout.error();
  if (const Status status = check_count(values.size(), shape)) return *status;
  Result<Tensor> tensor = zeros(executor, shape);
  if (tensor) {
    if (const Status status = stowage::write(*tensor->buffer(), values)) return *status;
  }
  return tensor;
}

Result<Tensor> Tensor::view(const Result<Layout>& layout) const {
  if (!layout) return layout.error();
  return Tensor(buffer_, *layout);
}

Result<Tensor> Tensor::contiguous() const {
  if (is_contiguous()) return *this;
  const Result<std::span<float>> from = buffer_->data();
  if (!from) return from.error();
  Result<Tensor> copy = fresh_tensor(*this, layout_.shape);
  if (copy) copy_from_strided(from->data(), layout_, data_of(*copy));
  return copy;
}

Result<Tensor> Tensor::reshape(const Dimensions& shape) const {
  const Result<std::optional<Layout>> layout = reshaped(layout_, shape);
  if (!layout) return layout.error();
  if (layout->has_value()) return Tensor(buffer_, **layout);
  Result<Tensor> copy = contiguous();
  return copy ? copy->reshape(shape) : copy;
}

Status Tensor::read(std::span<float> out) const {
  const Result<std::span<float>> data = buffer_->data();
  if (!data) return data.error();
  copy_from_strided(data->data(), layout_, out.data());
  return {};
}

Result<std::vector<float>> Tensor::to_vector() const {
  std::vector<float> values(static_cast<size_t>(num_elements()));
  if (const Status status = read(values)) return *status;
  return values;
}

Status Tensor::write(std::span<const float> values) const {
  if (Status status = check_count(values.size(), layout_.shape)) return status;
  const Result<std::span<float>> data = buffer_->data();
  if (!data) return data.error();
  for (int64_t i = 0; i < rank(); ++i) {
    if (layout_.shape[i] > 1 && layout_.strides[i] == 0) {
      return invalid_argument(
          "a tensor that repeats its elements cannot be written to: copy it first");
    }
  }
  copy_to_strided(values.data(), layout_, data->data());
  return {};
}

}  // namespace stowage
