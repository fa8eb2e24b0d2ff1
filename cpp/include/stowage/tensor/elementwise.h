// Elementwise operations on arrays of floats. Everything here is O(n), allocates nothing, and gives
// the same bits on every processor. Arrays may lie at any address; an output may be one of the
// inputs, but must not overlap it otherwise.
#pragma once

#include <cstdint>
#include <span>

namespace stowage {

// Errors are against the exact value, over all floats.
enum class UnaryOperation : uint8_t {
  kAbs,
  kNeg,
  kRelu,     // max(x, 0); 0 for NaN
  kExp,      // at most 1.03 ulp
  kLog,      // at most 1 ulp; -inf for 0, NaN below
  kSqrt,     // rounded correctly; NaN below 0
  kRsqrt,    // 1 / sqrt(x), at most 1.5 ulp
  kSigmoid,  // 1 / (1 + e^-x), at most 2.6 ulp
  kTanh,     // at most 2.6 ulp
  kGelu,     // 0.5 x (1 + tanh(0.7978846 (x + 0.044715 x^3))), within 1e-6
  kGeluErf,  // 0.5 x (1 + erf(x / sqrt(2))), within 1e-6
};
inline constexpr int kUnaryOperations = 11;

enum class BinaryOperation : uint8_t {
  kAdd,
  kSub,
  kMul,
  kDiv,  // as IEEE 754 has it: x / 0 is inf or NaN
  kMin,  // where one of the two is NaN, the other
  kMax,  // likewise
};
inline constexpr int kBinaryOperations = 6;

// out[i] = operation(in[i]). Both have the same length.
void apply(UnaryOperation operation, std::span<const float> in, std::span<float> out);

// out[i] = operation(a[i], b[i]). All three have the same length.
void apply(BinaryOperation operation, std::span<const float> a, std::span<const float> b,
           std::span<float> out);
// The same with one number for all elements.
void apply(BinaryOperation operation, std::span<const float> a, float b, std::span<float> out);
void apply(BinaryOperation operation, float a, std::span<const float> b, std::span<float> out);

// out[i] = in[i] limited to [lo, hi]; lo for NaN. hi where lo > hi.
void clip(std::span<const float> in, float lo, float hi, std::span<float> out);

}  // namespace stowage
