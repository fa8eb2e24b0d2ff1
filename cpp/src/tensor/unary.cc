#include <cstddef>

#include "stowage/tensor/elementwise.h"
#include "tensor/simd_math.h"
#include "tensor/vector_loop.h"

namespace stowage {

namespace {

template <typename Function>
void map_one(std::span<const float> in, std::span<float> out, Function f) {
  map(out.data(), std::ssize(out), f, Along{in.data()});
}

}  // namespace

void apply(UnaryOperation operation, std::span<const float> in, std::span<float> out) {
  const Float4 zero = constant(0.0F);
  const Float4 one = constant(1.0F);
  switch (operation) {
    case UnaryOperation::kAbs:
      return map_one(in, out, [](Float4 x) { return absolute(x); });
    case UnaryOperation::kNeg:
      return map_one(in, out, [](Float4 x) { return -x; });
    case UnaryOperation::kRelu:
      return map_one(in, out, [zero](Float4 x) { return at_least(zero, x); });
    case UnaryOperation::kExp:
      return map_one(in, out, [](Float4 x) { return exp(x); });
    case UnaryOperation::kLog:
      return map_one(in, out, [](Float4 x) { return log(x); });
    case UnaryOperation::kSqrt:
      return map_one(in, out, [](Float4 x) { return square_root(x); });
    case UnaryOperation::kRsqrt:
      return map_one(in, out, [one](Float4 x) { return one / square_root(x); });
    case UnaryOperation::kSigmoid:
      return map_one(in, out, [](Float4 x) { return sigmoid(x); });
    case UnaryOperation::kTanh:
      return map_one(in, out, [](Float4 x) { return tanh(x); });
    case UnaryOperation::kGelu:
      return map_one(in, out, [](Float4 x) { return gelu(x); });
    case UnaryOperation::kGeluErf:
      return map_one(in, out, [](Float4 x) { return gelu_erf(x); });
  }
}

void clip(std::span<const float> in, float lo, float hi, std::span<float> out) {
  const Float4 least = constant(lo);
  const Float4 most = constant(hi);
  map_one(in, out, [least, most](Float4 x) { return at_most(at_least(least, x), most); });
}

}  // namespace stowage
