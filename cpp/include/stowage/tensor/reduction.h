// Reductions, losses and normalisations of arrays of floats. Everything here is O(n), allocates
// nothing, and gives the same bits on every processor.
//
// Sums are taken in blocks: 32 partial sums of each 1024 elements, added pairwise, as then are the
// blocks' sums (N. Higham, Accuracy and Stability of Numerical Algorithms, section 4.2). The error
// of a sum of n terms x is at most (37 + log2(n / 1024)) * 2^-24 * (sum of |x|).
#pragma once

#include <cstdint>
#include <span>

namespace stowage {

enum class Reduction : uint8_t {
  kSum,
  kMin,  // of what is not NaN; NaN where everything is
  kMax,  // likewise
  kMean,
};
inline constexpr int kReductions = 4;

// Of at least one element.
float reduce(Reduction reduction, std::span<const float> in);

enum class Loss : uint8_t {
  kMeanSquaredError,    // (1/n) sum (p - t)^2
  kCrossEntropy,        // -(1/n) sum t ln p
  kBinaryCrossEntropy,  // -(1/n) sum (t ln p + (1 - t) ln(1 - p))
};
inline constexpr int kLosses = 3;

// Of predictions p and targets t, as many of one as of the other, at least one. The entropies limit
// each p to [epsilon, 1 - epsilon]; with 0, a p of 0 or 1 gives inf or NaN as the formula does.
float loss(Loss kind, std::span<const float> predictions, std::span<const float> targets,
           float epsilon = 0);

// out[i] = e^in[i] / sum e^in, of at least one element. The maximum is subtracted first, so that
// nothing overflows. `out` may be `in`. NaN anywhere gives NaN everywhere.
void softmax(std::span<const float> in, std::span<float> out);

// out[i] = (in[i] - mean) / sqrt(variance + epsilon), then times weight[i] and plus bias[i] where
// these are not empty. The variance is that of the population. `out` may be `in`.
void layer_norm(std::span<const float> in, std::span<const float> weight,
                std::span<const float> bias, float epsilon, std::span<float> out);

}  // namespace stowage
