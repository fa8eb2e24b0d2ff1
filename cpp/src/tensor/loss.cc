#include <cstddef>

#include "stowage/tensor/reduction.h"
#include "tensor/block_sum.h"
#include "tensor/simd_math.h"

namespace stowage {

namespace {

template <typename Term>
float mean_of_pairs(std::span<const float> predictions, std::span<const float> targets, Term term) {
  const float* left = predictions.data();
  const float* right = targets.data();
  const float sum = block_sum(
      std::ssize(predictions), [=](int64_t i) { return term(load(left + i), load(right + i)); },
      [=](int64_t i, int64_t count) {
        return first_lanes(term(load_part(left + i, count, 1), load_part(right + i, count, 1)),
                           count);
      });
  return sum / static_cast<float>(predictions.size());
}

Float4 cross_entropy(Float4 p, Float4 t) { return t * log(p); }

Float4 binary_cross_entropy(Float4 p, Float4 t) {
  const Float4 one = splat(1.0F);
  return t * log(p) + (one - t) * log(one - p);
}

// `term` of predictions limited to [epsilon, 1 - epsilon], or of all as they are for 0.
template <typename Term>
float mean_of_limited(std::span<const float> predictions, std::span<const float> targets,
                      float epsilon, Term term) {
  if (epsilon == 0) return mean_of_pairs(predictions, targets, term);
  const Float4 least = constant(epsilon);
  const Float4 most = constant(1.0F - epsilon);
  return mean_of_pairs(predictions, targets, [=](Float4 p, Float4 t) {
    return term(at_most(at_least(p, least), most), t);
  });
}

}  // namespace

float loss(Loss kind, std::span<const float> predictions, std::span<const float> targets,
           float epsilon) {
  switch (kind) {
    case Loss::kMeanSquaredError:
      return mean_of_pairs(predictions, targets,
                           [](Float4 p, Float4 t) { return (p - t) * (p - t); });
    case Loss::kCrossEntropy:
      return -mean_of_limited(predictions, targets, epsilon,
                              [](Float4 p, Float4 t) { return cross_entropy(p, t); });
    case Loss::kBinaryCrossEntropy:
      return -mean_of_limited(predictions, targets, epsilon,
                              [](Float4 p, Float4 t) { return binary_cross_entropy(p, t); });
  }
  return 0;
}

}  // namespace stowage
