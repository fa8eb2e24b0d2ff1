// Tensor as JavaScript sees it; npm/src/tensor/module.ts says the same in TypeScript. Dimensions
// cross as the numbers of the exchange.
#include "stowage/tensor/tensor.h"

#include <emscripten/emscripten.h>

#include <span>

#include "bindings/exchange/exchange.h"
#include "bindings/tensor/bound_executor.h"
#include "stowage/tensor/tensor_operations.h"

namespace {

using stowage::BinaryOperation;
using stowage::Dimensions;
using stowage::Layout;
using stowage::Loss;
using stowage::Reduction;
using stowage::Result;
using stowage::Tensor;
using stowage::UnaryOperation;
using stowage::bindings::BoundExecutor;
using stowage::bindings::float_or_error;
using stowage::bindings::integer;
using stowage::bindings::kNoNumber;
using stowage::bindings::numbers;
using stowage::bindings::put;
using stowage::bindings::report;

// `count` of the numbers that the caller left, from `begin` on.
Dimensions given(size_t begin, size_t count) {
  Dimensions dimensions;
  for (const double each : std::span(numbers()).subspan(begin, count)) {
    dimensions.push_back(integer(each));
  }
  return dimensions;
}
Dimensions given() { return given(0, numbers().size()); }

int32_t hold(BoundExecutor* executor, Result<Tensor> tensor) {
  return report(tensor) ? executor->tensors.add(std::move(*tensor)) : kNoNumber;
}

int32_t hold_view(BoundExecutor* executor, int32_t tensor, const Result<Layout>& layout) {
  return hold(executor, executor->tensor(tensor).view(layout));
}

const Layout& layout_of(BoundExecutor* executor, int32_t tensor) {
  return executor->tensor(tensor).layout();
}

std::optional<Tensor> tensor_or_none(BoundExecutor* executor, int32_t tensor) {
  if (tensor == kNoNumber) return {};
  return executor->tensor(tensor);
}

}  // namespace

extern "C" {

// The numbers are the shape.
EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_zeros(BoundExecutor* executor) {
  return hold(executor, Tensor::zeros(executor->executor, given()));
}

// The numbers are the shape, and behind it the strides where there are some.
EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_make(BoundExecutor* executor, int32_t buffer, int rank,
                                                 double offset) {
  const auto dimensions = static_cast<size_t>(rank);
  const Dimensions shape = given(0, dimensions);
  const size_t rest = numbers().size() - dimensions;
  const auto& memory = executor->buffers[buffer];
  if (rest == 0 && offset == 0 && rank > 0) return hold(executor, Tensor::make(memory, shape));
  return hold(executor, Tensor::make(memory, shape, given(dimensions, rest), integer(offset)));
}

EMSCRIPTEN_KEEPALIVE void stowage_tensor_release(BoundExecutor* executor, int32_t tensor) {
  executor->tensors.remove(tensor);
}

// Leaves the offset, whether it is contiguous, the shape and the strides.
EMSCRIPTEN_KEEPALIVE void stowage_tensor_layout(BoundExecutor* executor, int32_t tensor) {
  const Layout& layout = layout_of(executor, tensor);
  numbers().clear();
  put(layout.offset);
  put(is_contiguous(layout) ? 1 : 0);
  for (const int64_t each : layout.shape) put(each);
  for (const int64_t each : layout.strides) put(each);
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_buffer(BoundExecutor* executor, int32_t tensor) {
  return executor->buffers.add(executor->tensor(tensor).buffer());
}

EMSCRIPTEN_KEEPALIVE int stowage_tensor_shares_memory(BoundExecutor* executor, int32_t a,
                                                      int32_t b) {
  return executor->tensor(a).buffer()->shares_memory(*executor->tensor(b).buffer()) ? 1 : 0;
}

// Where its first element is until the next call.
EMSCRIPTEN_KEEPALIVE float* stowage_tensor_data(BoundExecutor* executor, int32_t tensor) {
  const Tensor& of = executor->tensor(tensor);
  return of.buffer()->data()->data() + of.offset();
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_contiguous(BoundExecutor* executor, int32_t tensor) {
  return hold(executor, executor->tensor(tensor).contiguous());
}

// Of all elements of another tensor, which is contiguous and has as many. 1, or 0 with an error.
EMSCRIPTEN_KEEPALIVE int stowage_tensor_write(BoundExecutor* executor, int32_t tensor,
                                              int32_t values) {
  const Tensor& from = executor->tensor(values);
  const std::span<const float> elements(stowage_tensor_data(executor, values),
                                        static_cast<size_t>(from.num_elements()));
  return report(executor->tensor(tensor).write(elements)) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_transpose(BoundExecutor* executor, int32_t tensor) {
  return hold_view(executor, tensor, transposed(layout_of(executor, tensor)));
}

// The numbers are the axes.
EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_permute(BoundExecutor* executor, int32_t tensor) {
  return hold_view(executor, tensor, permuted(layout_of(executor, tensor), given()));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_narrow(BoundExecutor* executor, int32_t tensor,
                                                   double axis, double start, double length) {
  return hold_view(
      executor, tensor,
      narrowed(layout_of(executor, tensor), integer(axis), integer(start), integer(length)));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_slice(BoundExecutor* executor, int32_t tensor,
                                                  double axis, double start, double end,
                                                  double step) {
  return hold_view(executor, tensor,
                   sliced(layout_of(executor, tensor), integer(axis), integer(start), integer(end),
                          integer(step)));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_select(BoundExecutor* executor, int32_t tensor,
                                                   double axis, double index) {
  return hold_view(executor, tensor,
                   selected(layout_of(executor, tensor), integer(axis), integer(index)));
}

// The numbers are the shape.
EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_reshape(BoundExecutor* executor, int32_t tensor) {
  return hold(executor, executor->tensor(tensor).reshape(given()));
}

// The numbers are the shape.
EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_broadcast(BoundExecutor* executor, int32_t tensor) {
  return hold_view(executor, tensor, broadcast_to(layout_of(executor, tensor), given()));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_unary(BoundExecutor* executor, int operation,
                                                  int32_t in) {
  return hold(executor, apply(static_cast<UnaryOperation>(operation), executor->tensor(in)));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_binary(BoundExecutor* executor, int operation,
                                                   int32_t a, int32_t b) {
  return hold(executor, apply(static_cast<BinaryOperation>(operation), executor->tensor(a),
                              executor->tensor(b)));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_binary_scalar(BoundExecutor* executor, int operation,
                                                          int32_t a, float b) {
  return hold(executor, apply(static_cast<BinaryOperation>(operation), executor->tensor(a), b));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_clip(BoundExecutor* executor, int32_t in, float lo,
                                                 float hi) {
  return hold(executor, clip(executor->tensor(in), lo, hi));
}

// kNoFloat with an error.
EMSCRIPTEN_KEEPALIVE double stowage_tensor_reduce_all(BoundExecutor* executor, int reduction,
                                                      int32_t in) {
  return float_or_error(reduce(static_cast<Reduction>(reduction), executor->tensor(in)));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_reduce(BoundExecutor* executor, int reduction,
                                                   int32_t in, double axis, int keeps_axis) {
  return hold(executor, reduce(static_cast<Reduction>(reduction), executor->tensor(in),
                               integer(axis), keeps_axis != 0));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_softmax(BoundExecutor* executor, int32_t in,
                                                    double axis) {
  return hold(executor, softmax(executor->tensor(in), integer(axis)));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_layer_norm(BoundExecutor* executor, int32_t in,
                                                       int32_t weight, int32_t bias,
                                                       float epsilon) {
  return hold(executor,
              layer_norm(executor->tensor(in), {tensor_or_none(executor, weight),
                                                tensor_or_none(executor, bias), epsilon}));
}

EMSCRIPTEN_KEEPALIVE double stowage_tensor_loss(BoundExecutor* executor, int kind,
                                                int32_t predictions, int32_t targets,
                                                float epsilon) {
  return float_or_error(loss(static_cast<Loss>(kind), executor->tensor(predictions),
                             executor->tensor(targets), epsilon));
}

// Without a bias or an activation where these are kNoNumber.
EMSCRIPTEN_KEEPALIVE int32_t stowage_tensor_matmul(BoundExecutor* executor, int32_t a, int32_t b,
                                                   int32_t bias, int activation) {
  stowage::MatmulOptions options{.bias = tensor_or_none(executor, bias)};
  if (activation != kNoNumber) options.activation = static_cast<UnaryOperation>(activation);
  return hold(executor, matmul(executor->tensor(a), executor->tensor(b), options));
}

}  // extern "C"
