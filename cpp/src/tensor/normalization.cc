#include <cmath>
#include <cstddef>

#include "stowage/tensor/elementwise.h"
#include "stowage/tensor/reduction.h"
#include "tensor/block_sum.h"
#include "tensor/simd_math.h"
#include "tensor/vector_loop.h"

namespace stowage {

namespace {

// out[i] = e^(in[i] - most), and their sum, in one pass. The difference is rounded in any case, so
// a product with log2(e) that is rounded too does not change the size of the error; below 2^-126
// the result is 0.
float exp_and_sum(std::span<const float> in, float most, std::span<float> out) {
  const Float4 shift = constant(most);
  const float* from = in.data();
  float* to = out.data();
  const auto power = [=](Float4 x) {
    return exp2_limited(at_least((x - shift) * constant(kLog2E), constant(-127.0F)));
  };
  return block_sum<Terms::kLong>(
      std::ssize(in),
      [=](int64_t i) {
        const Float4 e = power(load(from + i));
        store(to + i, e);
        return e;
      },
      [=](int64_t i, int64_t count) {
        const Float4 e = first_lanes(power(load_part(from + i, count, 0)), count);
        store_part(to + i, e, count);
        return e;
      });
}

float sum_of_squares(std::span<const float> in, float mean) {
  const Float4 center = constant(mean);
  const float* data = in.data();
  const auto square = [=](Float4 x) { return (x - center) * (x - center); };
  return block_sum(
      std::ssize(in), [=](int64_t i) { return square(load(data + i)); },
      [=](int64_t i, int64_t count) {
        return first_lanes(square(load_part(data + i, count, 0)), count);
      });
}

}  // namespace

void softmax(std::span<const float> in, std::span<float> out) {
  const float sum = exp_and_sum(in, reduce(Reduction::kMax, in), out);
  // One division and its rounding more, instead of a division an element.
  apply(BinaryOperation::kMul, out, 1 / sum, out);
}

void layer_norm(std::span<const float> in, std::span<const float> weight,
                std::span<const float> bias, float epsilon, std::span<float> out) {
  const float mean = reduce(Reduction::kMean, in);
  const float variance = sum_of_squares(in, mean) / static_cast<float>(in.size());
  const Float4 center = constant(mean);
  const Float4 scale = constant(1 / std::sqrt(variance + epsilon));
  const auto normalized = [=](Float4 x) { return (x - center) * scale; };
  const int64_t n = std::ssize(in);
  const auto run = [&](auto function, auto... operands) {
    map(out.data(), n, function, Along{in.data()}, operands...);
  };
  const Along w{weight.data()};
  const Along b{bias.data()};
  if (!weight.empty() && !bias.empty()) {
    run([=](Float4 x, Float4 u, Float4 v) { return normalized(x) * u + v; }, w, b);
  } else if (!weight.empty()) {
    run([=](Float4 x, Float4 u) { return normalized(x) * u; }, w);
  } else if (!bias.empty()) {
    run([=](Float4 x, Float4 v) { return normalized(x) + v; }, b);
  } else {
    run([=](Float4 x) { return normalized(x); });
  }
}

}  // namespace stowage
