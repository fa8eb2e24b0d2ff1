#include <algorithm>
#include <array>
#include <span>

#include "stowage/tensor/tensor_operations.h"
#include "tensor/strided_copy.h"
#include "tensor/strided_loop.h"
#include "tensor/tensor_memory.h"

namespace stowage {

namespace {

// As many strided elements as are gathered at a time, for a kernel that takes them side by side.
constexpr int64_t kGathered = 256;

// Calls kernel(in, out) for pieces whose elements lie side by side.
template <typename Kernel>
Result<Tensor> map_unary(const Tensor& in, Kernel kernel) {
  if (const Status status = check_operand(in)) return *status;
  Result<Tensor> out = fresh_tensor(in, in.shape());
  if (!out) return out;
  const float* from = data_of(in);
  float* to = data_of(*out);
  const auto layouts = merged<1>({in.layout()});
  const int64_t n = layouts[0].shape[layouts[0].rank() - 1];
  const int64_t stride = layouts[0].strides[layouts[0].rank() - 1];
  for_each_row<1>(layouts, 1, [&](const std::array<int64_t, 1>& at) {
    if (stride == 1) {
      kernel(std::span(from + at[0], static_cast<size_t>(n)),
             std::span(to, static_cast<size_t>(n)));
    } else {
      // What is gathered into the output is then its own input.
      gather(from + at[0], stride, n, to);
      kernel(std::span<const float>(to, static_cast<size_t>(n)),
             std::span(to, static_cast<size_t>(n)));
    }
    to += n;
  });
  return out;
}

// One row of two operands: along each, a kernel takes elements side by side, or one for all.
class BinaryRow {
 public:
  BinaryRow(BinaryOperation operation, int64_t n, int64_t a_stride, int64_t b_stride)
      : operation_(operation), n_(n), a_stride_(a_stride), b_stride_(b_stride) {}

  void run(const float* a, const float* b, float* out) const {
    const std::span to(out, static_cast<size_t>(n_));
    if (a_stride_ == 0 && b_stride_ == 1) {
      apply(operation_, *a, std::span(b, to.size()), to);
    } else if (a_stride_ == 1 && b_stride_ == 0) {
      apply(operation_, std::span(a, to.size()), *b, to);
    } else if (a_stride_ == 1 && b_stride_ == 1) {
      apply(operation_, std::span(a, to.size()), std::span(b, to.size()), to);
    } else {
      run_gathered(a, b, to);
    }
  }

 private:
  void run_gathered(const float* a, const float* b, std::span<float> out) const {
    std::array<float, kGathered> left;
    std::array<float, kGathered> right;
    for (int64_t i = 0; i < n_; i += kGathered) {
      const int64_t length = std::min(kGathered, n_ - i);
      const auto size = static_cast<size_t>(length);
      gather(a + i * a_stride_, a_stride_, length, left.data());
      gather(b + i * b_stride_, b_stride_, length, right.data());
      apply(operation_, std::span<const float>(left.data(), size),
            std::span<const float>(right.data(), size), out.subspan(static_cast<size_t>(i), size));
    }
  }

  BinaryOperation operation_;
  int64_t n_;
  int64_t a_stride_;
  int64_t b_stride_;
};

}  // namespace

Result<Tensor> apply(UnaryOperation operation, const Tensor& in) {
  return map_unary(in, [operation](std::span<const float> from, std::span<float> to) {
    apply(operation, from, to);
  });
}

Result<Tensor> apply(BinaryOperation operation, const Tensor& a, float b) {
  return map_unary(
      a, [=](std::span<const float> from, std::span<float> to) { apply(operation, from, b, to); });
}

Result<Tensor> apply(BinaryOperation operation, float a, const Tensor& b) {
  return map_unary(
      b, [=](std::span<const float> from, std::span<float> to) { apply(operation, a, from, to); });
}

Result<Tensor> clip(const Tensor& in, float lo, float hi) {
  if (!(lo <= hi)) {
    return Error{ErrorCode::kInvalidArgument,
                 "the lower limit of clip must be at most the upper one"};
  }
  return map_unary(
      in, [=](std::span<const float> from, std::span<float> to) { clip(from, lo, hi, to); });
}

Result<Tensor> apply(BinaryOperation operation, const Tensor& a, const Tensor& b) {
  if (const Status status = check_operands(a, b)) return *status;
  const Result<Dimensions> shape = broadcast_shape(a.shape(), b.shape());
  if (!shape) return shape.error();
  Result<Tensor> out = fresh_tensor(a, *shape);
  if (!out) return out;
  const float* left = data_of(a);
  const float* right = data_of(b);
  float* to = data_of(*out);
  const auto layouts =
      merged<2>({*broadcast_to(a.layout(), *shape), *broadcast_to(b.layout(), *shape)});
  const int64_t last = layouts[0].rank() - 1;
  const int64_t n = layouts[0].shape[last];
  const BinaryRow row(operation, n, layouts[0].strides[last], layouts[1].strides[last]);
  for_each_row<2>(layouts, 1, [&](const std::array<int64_t, 2>& at) {
    row.run(left + at[0], right + at[1], to);
    to += n;
  });
  return out;
}

}  // namespace stowage
