#include <cstddef>

#include "stowage/tensor/elementwise.h"
#include "tensor/vector_loop.h"

namespace stowage {

namespace {

// at_most and at_least prefer their first operand when either is NaN.
Float4 minimum(Float4 a, Float4 b) { return select(is_nan(a), b, at_most(a, b)); }
Float4 maximum(Float4 a, Float4 b) { return select(is_nan(a), b, at_least(a, b)); }

template <typename Left, typename Right>
void apply_along(BinaryOperation operation, Left a, Right b, std::span<float> out) {
  const auto each = [&](auto function) { map(out.data(), std::ssize(out), function, a, b); };
  switch (operation) {
    case BinaryOperation::kAdd:
      return each([](Float4 x, Float4 y) { return x + y; });
    case BinaryOperation::kSub:
      return each([](Float4 x, Float4 y) { return x - y; });
    case BinaryOperation::kMul:
      return each([](Float4 x, Float4 y) { return x * y; });
    case BinaryOperation::kDiv:
      return each([](Float4 x, Float4 y) { return x / y; });
    case BinaryOperation::kMin:
      return each([](Float4 x, Float4 y) { return minimum(x, y); });
    case BinaryOperation::kMax:
      return each([](Float4 x, Float4 y) { return maximum(x, y); });
  }
}

}  // namespace

void apply(BinaryOperation operation, std::span<const float> a, std::span<const float> b,
           std::span<float> out) {
  apply_along(operation, Along{a.data()}, Along{b.data()}, out);
}

void apply(BinaryOperation operation, std::span<const float> a, float b, std::span<float> out) {
  apply_along(operation, Along{a.data()}, Repeated{constant(b)}, out);
}

void apply(BinaryOperation operation, float a, std::span<const float> b, std::span<float> out) {
  apply_along(operation, Repeated{constant(a)}, Along{b.data()}, out);
}

}  // namespace stowage
