// Elementary functions of four floats. Polynomials and their ranges are those of the Cephes library
// (S. Moshier, netlib.org/cephes, single precision) unless it says otherwise; the errors were
// measured over all floats against double (tests/cpp/tensor/accuracy_test.cc). Nothing is fused, so
// the bits are the same on every processor.
#pragma once

#include "tensor/simd.h"

namespace stowage {

// e^x = 2^n * e^r with |r| <= ln(2) / 2.
struct ReducedExponent {
  Float4 mantissa;  // e^r
  Int4 exponent;    // n
};

// `x` within [-104, 89]; a NaN stays one.
inline ReducedExponent reduced_exponent(Float4 x) {
  // Adding 1.5 * 2^23 rounds to an integer, which then is the low bits of the sum.
  const Float4 shift = constant(12582912.0F);
  const Float4 shifted = x * constant(1.44269504088896341F) + shift;
  const Int4 n = bits_as<Int4>(shifted) - bits_as<Int4>(shift);
  const Float4 rounded = shifted - shift;
  // ln(2) in two parts, of which the first times n is exact.
  const Float4 r = x - rounded * constant(0.693359375F) + rounded * constant(2.12194440e-4F);
  Float4 p = constant(1.9875691500e-4F);
  p = p * r + constant(1.3981999507e-3F);
  p = p * r + constant(8.3334519073e-3F);
  p = p * r + constant(4.1665795894e-2F);
  p = p * r + constant(1.6666665459e-1F);
  p = p * r + constant(5.0000001201e-1F);
  return {p * (r * r) + r + constant(1.0F), n};
}

// 2^n for n within [-126, 127].
inline Float4 power_of_two(Int4 n) { return bits_as<Float4>((n + 127) << 23); }

// At most 1 ulp from e^x, subnormal results too.
inline Float4 exp(Float4 x) {
  const Float4 clamped = at_least(at_most(x, constant(89.0F)), constant(-104.0F));
  const auto [mantissa, n] = reduced_exponent(clamped);
  // In two steps, as 2^n alone may be beyond the normal numbers.
  const Int4 half = n >> 1;
  return mantissa * power_of_two(half) * power_of_two(n - half);
}

// The same for x within [-87, 88], where the result is normal.
inline Float4 exp_of_normal(Float4 x) {
  const auto [mantissa, n] = reduced_exponent(x);
  return mantissa * power_of_two(n);
}

// At most 1 ulp from ln(x); -inf for 0, NaN below.
inline Float4 log(Float4 x) {
  const Float4 least_normal = constant(1.17549435e-38F);
  const Int4 is_subnormal = x < least_normal;
  const Float4 scaled = select(is_subnormal, x * constant(33554432.0F), x);
  const Int4 bits = bits_as<Int4>(scaled);
  // m in [sqrt(1/2), sqrt(2)): the exponent counts from the bits of sqrt(1/2).
  const Int4 above = bits - 0x3f3504f3;
  const Int4 e = (above >> 23) - (is_subnormal & 25);
  const Float4 m = bits_as<Float4>((above & 0x007fffff) + 0x3f3504f3);
  const Float4 f = m - constant(1.0F);
  Float4 p = constant(7.0376836292e-2F);
  p = p * f + constant(-1.1514610310e-1F);
  p = p * f + constant(1.1676998740e-1F);
  p = p * f + constant(-1.2420140846e-1F);
  p = p * f + constant(1.4249322787e-1F);
  p = p * f + constant(-1.6668057665e-1F);
  p = p * f + constant(2.0000714765e-1F);
  p = p * f + constant(-2.4999993993e-1F);
  p = p * f + constant(3.3333331174e-1F);
  const Float4 exponent = __builtin_convertvector(e, Float4);
  const Float4 square = f * f;
  const Float4 low =
      p * f * square + exponent * constant(-2.12194440e-4F) - square * constant(0.5F);
  Float4 result = (f + low) + exponent * constant(0.693359375F);
  const Float4 infinity = constant(__builtin_inff());
  result = select(x == infinity, infinity, result);
  result = select(x == splat(0.0F), -infinity, result);
  return select(x >= splat(0.0F), result, constant(__builtin_nanf("")));
}

// At most 2.2 ulp, down to the least subnormal.
inline Float4 sigmoid(Float4 x) {
  // With e = exp(-|x|) neither quotient cancels: 1 / (1 + e) from 0 on, e / (1 + e) below.
  const Float4 e = exp(-absolute(x));
  const Float4 one = constant(1.0F);
  return select(x < splat(0.0F), e, one) / (one + e);
}

// At most 2.5 ulp.
inline Float4 tanh(Float4 x) {
  const Float4 magnitude = absolute(x);
  const Float4 square = x * x;
  Float4 p = constant(-5.70498872745e-3F);
  p = p * square + constant(2.06390887954e-2F);
  p = p * square + constant(-5.37397155531e-2F);
  p = p * square + constant(1.33314422036e-1F);
  p = p * square + constant(-3.33332819422e-1F);
  const Float4 near_zero = p * square * x + x;
  // 1 - 2 / (e^2|x| + 1) rounds to 1 from 9.1 on.
  const Float4 e = exp_of_normal(at_most(magnitude + magnitude, constant(20.0F)));
  const Float4 one = constant(1.0F);
  const Float4 large = one - constant(2.0F) / (e + one);
  // Also the sign of -0, which the polynomial loses.
  const Int4 sign = bits_as<Int4>(x) & INT32_MIN;
  const Float4 result = select(magnitude > constant(0.625F), large, near_zero);
  return bits_as<Float4>(bits_as<Int4>(result) | sign);
}

// 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), which is x sigmoid(2 sqrt(2/pi) (...)).
// Within 1e-6, for -inf too.
inline Float4 gelu(Float4 x) {
  // Below -30 the result is 0 in any case, and -inf / inf would be NaN.
  const Float4 bounded = at_least(x, constant(-30.0F));
  const Float4 cubic = bounded * (constant(0.044715F) * (bounded * bounded)) + bounded;
  const Float4 exponent = at_least(cubic * constant(-1.5957691216F), constant(-87.0F));
  const Float4 e = exp_of_normal(at_most(exponent, constant(88.0F)));
  return bounded / (constant(1.0F) + e);
}

// 0.5 x (1 + erf(x / sqrt(2))) within 1e-6, for -inf too. With formula 7.1.26 of Abramowitz and
// Stegun, Handbook of Mathematical Functions, whose error is at most 1.5e-7.
inline Float4 gelu_erf(Float4 x) {
  const Float4 magnitude = absolute(x);
  const Float4 one = constant(1.0F);
  const Float4 t = one / (constant(0.3275911F * 0.70710678F) * magnitude + one);
  Float4 p = constant(1.061405429F);
  p = p * t + constant(-1.453152027F);
  p = p * t + constant(1.421413741F);
  p = p * t + constant(-0.284496736F);
  p = p * t + constant(0.254829592F);
  // At 13 and beyond, the tail is below the least float.
  const Float4 bounded = at_most(magnitude, constant(13.0F));
  const Float4 e = exp_of_normal(bounded * bounded * constant(-0.5F));
  const Float4 tail = p * t * e * (bounded * constant(0.5F));
  return select(x < splat(0.0F), -tail, x - tail);
}

}  // namespace stowage
