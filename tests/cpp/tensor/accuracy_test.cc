// The errors that elementwise.h states, over every 256th float (all of them with STOWAGE_ALL_FLOATS
// in the environment, which takes minutes).
#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "stowage/tensor/elementwise.h"
#include "tensor/bits.h"

namespace stowage {
namespace {

uint64_t step() { return std::getenv("STOWAGE_ALL_FLOATS") == nullptr ? 256 : 1; }

// Calls check(x, operation(x)) for floats of all exponents and signs, NaN and infinities too.
template <typename Check>
void for_all_floats(UnaryOperation operation, Check check) {
  constexpr uint64_t kAtOnce = 4096;
  std::vector<float> in;
  std::vector<float> out;
  for (uint64_t bits = 0; bits < (uint64_t{1} << 32);) {
    in.clear();
    for (; in.size() < kAtOnce && bits < (uint64_t{1} << 32); bits += step()) {
      in.push_back(float_of(static_cast<uint32_t>(bits)));
    }
    out.resize(in.size());
    apply(operation, in, out);
    for (size_t i = 0; i < in.size(); ++i) check(in[i], out[i]);
  }
}

// The distance in units of the last place of the exact value's float.
double ulp_error(double exact, float result) {
  if (std::isnan(exact)) return std::isnan(result) ? 0 : INFINITY;
  // Anything that would round to infinity.
  if (std::fabs(exact) > static_cast<double>(FLT_MAX) * (1 + 0x1p-25)) {
    return std::isinf(result) && (result > 0) == (exact > 0) ? 0 : INFINITY;
  }
  if (!std::isfinite(result)) return INFINITY;
  const double magnitude = std::max(std::fabs(exact), static_cast<double>(FLT_MIN));
  const double ulp = std::ldexp(1.0, std::ilogb(magnitude) - 23);
  return std::fabs(exact - static_cast<double>(result)) / ulp;
}

double largest_ulp_error(UnaryOperation operation, double (*exact)(double)) {
  double largest = 0;
  for_all_floats(operation, [&](float x, float result) {
    largest = std::max(largest, ulp_error(exact(static_cast<double>(x)), result));
  });
  return largest;
}

double largest_absolute_error(UnaryOperation operation, double (*exact)(double)) {
  double largest = 0;
  for_all_floats(operation, [&](float x, float result) {
    if (std::isnan(x)) {
      EXPECT_TRUE(std::isnan(result));
    } else if (std::isinf(x)) {
      EXPECT_TRUE(x > 0 ? result == x : std::fabs(result) < 1e-6F) << x;
    } else {
      largest =
          std::max(largest, std::fabs(exact(static_cast<double>(x)) - static_cast<double>(result)));
    }
  });
  return largest;
}

TEST(Accuracy, Exp) { EXPECT_LE(largest_ulp_error(UnaryOperation::kExp, std::exp), 1.0); }

TEST(Accuracy, Log) { EXPECT_LE(largest_ulp_error(UnaryOperation::kLog, std::log), 1.0); }

TEST(Accuracy, Sqrt) { EXPECT_LE(largest_ulp_error(UnaryOperation::kSqrt, std::sqrt), 0.5); }

TEST(Accuracy, Rsqrt) {
  EXPECT_LE(largest_ulp_error(UnaryOperation::kRsqrt, [](double x) { return 1 / std::sqrt(x); }),
            1.5);
}

TEST(Accuracy, Sigmoid) {
  EXPECT_LE(
      largest_ulp_error(UnaryOperation::kSigmoid, [](double x) { return 1 / (1 + std::exp(-x)); }),
      2.5);
}

TEST(Accuracy, Tanh) { EXPECT_LE(largest_ulp_error(UnaryOperation::kTanh, std::tanh), 2.5); }

TEST(Accuracy, Gelu) {
  EXPECT_LE(largest_absolute_error(UnaryOperation::kGelu,
                                   [](double x) {
                                     const double u = 0.7978845608 * (x + 0.044715 * x * x * x);
                                     return 0.5 * x * (1 + std::tanh(u));
                                   }),
            1e-6);
}

TEST(Accuracy, GeluErf) {
  EXPECT_LE(
      largest_absolute_error(UnaryOperation::kGeluErf,
                             [](double x) { return 0.5 * x * std::erfc(-x * std::sqrt(0.5)); }),
      1e-6);
}

TEST(Accuracy, AbsNegAndReluAreExact) {
  for_all_floats(UnaryOperation::kAbs, [](float x, float result) {
    EXPECT_EQ(bits_of(result), bits_of(x) & 0x7fffffffU);
  });
  for_all_floats(UnaryOperation::kNeg, [](float x, float result) {
    EXPECT_EQ(bits_of(result), bits_of(x) ^ 0x80000000U);
  });
  for_all_floats(UnaryOperation::kRelu,
                 [](float x, float result) { EXPECT_EQ(result, x > 0 ? x : 0); });
}

}  // namespace
}  // namespace stowage
