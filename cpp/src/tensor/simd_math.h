// Elementary functions of four floats. All are straight lines of operations, as the lanes of a
// vector cannot part ways: ranges are limited beforehand, and where a result is subnormal the
// powers of two are chosen so that only the last operation leaves the normal numbers. Errors were
// measured over all floats against double (tests/cpp/tensor/accuracy_test.cc). Polynomials are
// minimax ones for the relative error on the range named beside them, or those of the Cephes
// library (S. Moshier, netlib.org/cephes, single precision). Nothing is fused, so the bits are the
// same on every processor.
#pragma once

#include "tensor/simd.h"

namespace stowage {

// Adding 1.5 * 2^23 rounds to an integer, which then is the low bits of the sum.
inline constexpr float kRounding = 12582912.0F;

// The integer n nearest to `y`, and 2^(n + bias) where n + bias is within [-126, 127]; -127 gives
// 0.
struct NearestPower {
  Float4 n;
  Float4 power;
};

template <int bias = 0>
inline NearestPower nearest_power(Float4 y) {
  // Adding 1.5 * 2^23 rounds to an integer, which then is the low bits of the sum, and with 127
  // more the exponent of the power.
  const Float4 shift = constant(12582912.0F + 127.0F + static_cast<float>(bias));
  const Float4 shifted = y + shift;
  return {shifted - shift, bits_as<Float4>(bits_as<Int4>(shifted) << 23)};
}

// 2^y for y within [-127, 127.5], and 0 for all below -126.5; at most 1.5 ulp.
inline Float4 exp2_limited(Float4 y) {
  const auto [n, power] = nearest_power(y);
  const Float4 f = y - n;  // within [-1/2, 1/2]
  Float4 p = constant(1.3264591107e-3F);
  p = p * f + constant(9.6716191620e-3F);
  p = p * f + constant(5.5507350713e-2F);
  p = p * f + constant(2.4022240937e-1F);
  p = p * f + constant(6.9314700365e-1F);
  return (p * f + constant(1.0F)) * power;
}

inline constexpr float kLog2E = 1.44269504088896341F;

// At most 1.03 ulp from e^x, subnormal results too.
inline Float4 exp(Float4 x) {
  const Float4 limited = at_least(at_most(x, constant(89.0F)), constant(-104.0F));
  // e^x = 2^n e^r. 2^n alone may be beyond the normal numbers, so it is the product of
  // 2^floor(n / 2) and 2^ceil(n / 2). The low bits of `shifted` are n + 2 * 127.
  const Float4 shift = constant(kRounding + 254.0F);
  const Float4 shifted = limited * constant(kLog2E) + shift;
  const Float4 n = shifted - shift;
  const Int4 both = bits_as<Int4>(shifted);
  const Int4 half = both >> 1;
  // ln(2) in two parts, of which the first times n is exact; |r| <= ln(2) / 2.
  const Float4 r = (limited - n * constant(0.693359375F)) + n * constant(2.12194440e-4F);
  Float4 p = constant(1.3882489320e-3F);
  p = p * r + constant(8.3666915560e-3F);
  p = p * r + constant(4.1667205356e-2F);
  p = p * r + constant(1.6666542352e-1F);
  p = p * r + constant(4.9999998125e-1F);
  const Float4 mantissa = p * (r * r) + r + constant(1.0F);
  return mantissa * bits_as<Float4>(half << 23) * bits_as<Float4>((both - half) << 23);
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

// tanh(h) for |h| <= ln(2) / 4, what dividing a larger argument by ln(2) / 2 leaves. As e^2h is
// (1 + tanh(h)) / (1 - tanh(h)), a quotient that needs e^2h can do with this shorter polynomial.
inline Float4 tanh_of_rest(Float4 h) {
  const Float4 square = h * h;
  const Float4 p = constant(1.3109370038e-1F) * square + constant(-3.3331248664e-1F);
  return p * square * h + h;
}

// 1 / (1 + e^-x), at most 2.6 ulp, down to the least subnormal.
inline Float4 sigmoid(Float4 x) {
  // From 30 on the result rounds to 1, and below -104 to 0.
  const Float4 limited = at_least(at_most(x, constant(30.0F)), constant(-104.0F));
  // e^-x = 2^n (1 - t) / (1 + t). Numerator and denominator of the result are divided by 2^24, as
  // e^104 is beyond the largest float; the quotient then rounds to a subnormal by itself.
  const Float4 half = limited * constant(0.5F);
  const auto [n, power] = nearest_power<-24>(half * constant(-2 * kLog2E));
  // ln(2) / 2 in two parts, of which the first times n is exact.
  const Float4 rest = (half + n * constant(0.3466796875F)) - n * constant(1.06097220e-4F);
  const Float4 t = tanh_of_rest(rest);
  const Float4 one = constant(1.0F);
  const Float4 numerator = (one + t) * constant(0x1p-24F);
  return numerator / ((one - t) * power + numerator);
}

// At most 2.6 ulp. tanh(-x) is -tanh(x), for 0 too.
inline Float4 tanh(Float4 x) {
  // From 9.01 on the result rounds to 1.
  const Float4 limited = at_least(at_most(x, constant(9.01F)), constant(-9.01F));
  // e^2x = 2^n (1 + t) / (1 - t). Of n ln(2) / 2 one float is enough, as the result depends less on
  // x the larger n is.
  const auto [n, power] = nearest_power(limited * constant(2 * kLog2E));
  const Float4 t = tanh_of_rest(limited - n * constant(0.34657359F));
  const Float4 sum = constant(1.0F) + power;
  const Float4 difference = constant(1.0F) - power;
  // Nothing cancels: near 0 the difference is 0.
  const Float4 result = (t * sum - difference) / (sum - t * difference);
  // -0 has become 0.
  const Int4 sign = bits_as<Int4>(x) & INT32_MIN;
  return bits_as<Float4>(bits_as<Int4>(result) | sign);
}

// 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), which is x / (1 + 2^y) with
// y = -2 sqrt(2/pi) log2(e) (x + 0.044715 x^3). Within 1e-6, for -inf too.
inline Float4 gelu(Float4 x) {
  // Below -10 the result is 0 in any case; there y is 126. For large x, 2^y only has to be small.
  const Float4 bounded = at_least(x, constant(-10.0F));
  const Float4 factor = constant(-0.10294323960F) * (bounded * bounded) + constant(-2.3022081985F);
  const Float4 e = exp2_limited(at_least(bounded * factor, constant(-126.0F)));
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
  const Float4 e = exp2_limited(bounded * bounded * constant(-0.5F * kLog2E));
  const Float4 tail = p * t * e * (bounded * constant(0.5F));
  return select(x < splat(0.0F), -tail, x - tail);
}

}  // namespace stowage
