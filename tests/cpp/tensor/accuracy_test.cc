// The errors that elementwise.h states, over every 256th float (all of them with STOWAGE_ALL_FLOATS
// in the environment, which takes minutes: npm run bench -- accuracy). The largest are written to
// the report of --gtest_output.
#include <gtest/gtest.h>

#include <array>
#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
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
  const uint64_t stride = step();
  std::vector<float> in;
  std::vector<float> out;
  for (uint64_t bits = 0; bits < (uint64_t{1} << 32);) {
    in.clear();
    for (; in.size() < kAtOnce && bits < (uint64_t{1} << 32); bits += stride) {
      in.push_back(float_of(static_cast<uint32_t>(bits)));
    }
    out.resize(in.size());
    apply(operation, in, out);
    for (size_t i = 0; i < in.size(); ++i) check(in[i], out[i]);
  }
}

// The largest power of two that is at most `x`, a positive normal number: its exponent alone.
double power_of_two_below(double x) {
  uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof(bits));
  bits &= uint64_t{0x7ff} << 52;
  std::memcpy(&x, &bits, sizeof(x));
  return x;
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
  return std::fabs(exact - static_cast<double>(result)) / (power_of_two_below(magnitude) * 0x1p-23);
}

// The largest error of all, and where.
struct Largest {
  double error = 0;
  float at = 0;

  void add(double other, float x) {
    if (other > error) {
      error = other;
      at = x;
    }
  }
};

Largest largest_ulp_error(UnaryOperation operation, double (*exact)(double)) {
  Largest largest;
  for_all_floats(operation, [&](float x, float result) {
    largest.add(ulp_error(exact(static_cast<double>(x)), result), x);
  });
  return largest;
}

Largest largest_absolute_error(UnaryOperation operation, double (*exact)(double)) {
  Largest largest;
  for_all_floats(operation, [&](float x, float result) {
    if (std::isnan(x)) {
      EXPECT_TRUE(std::isnan(result));
    } else if (std::isinf(x)) {
      EXPECT_TRUE(x > 0 ? result == x : std::fabs(result) < 1e-6F) << x;
    } else {
      largest.add(std::fabs(exact(static_cast<double>(x)) - static_cast<double>(result)), x);
    }
  });
  return largest;
}

std::string written(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.9g", value);
  return text.data();
}

void expect_at_most(double bound, const Largest& largest) {
  testing::Test::RecordProperty("bound", written(bound));
  testing::Test::RecordProperty("largest_error", written(largest.error));
  testing::Test::RecordProperty("at", written(static_cast<double>(largest.at)));
  EXPECT_LE(largest.error, bound) << "at " << largest.at;
}

TEST(Accuracy, Exp) { expect_at_most(1.03, largest_ulp_error(UnaryOperation::kExp, std::exp)); }

TEST(Accuracy, Log) { expect_at_most(1.0, largest_ulp_error(UnaryOperation::kLog, std::log)); }

TEST(Accuracy, Sqrt) { expect_at_most(0.5, largest_ulp_error(UnaryOperation::kSqrt, std::sqrt)); }

TEST(Accuracy, Rsqrt) {
  expect_at_most(
      1.5, largest_ulp_error(UnaryOperation::kRsqrt, [](double x) { return 1 / std::sqrt(x); }));
}

TEST(Accuracy, Sigmoid) {
  expect_at_most(2.6, largest_ulp_error(UnaryOperation::kSigmoid,
                                        [](double x) { return 1 / (1 + std::exp(-x)); }));
}

TEST(Accuracy, Tanh) { expect_at_most(2.6, largest_ulp_error(UnaryOperation::kTanh, std::tanh)); }

TEST(Accuracy, Gelu) {
  expect_at_most(1e-6, largest_absolute_error(UnaryOperation::kGelu, [](double x) {
                   const double u = 0.7978845608 * (x + 0.044715 * x * x * x);
                   return 0.5 * x * (1 + std::tanh(u));
                 }));
}

TEST(Accuracy, GeluErf) {
  expect_at_most(1e-6, largest_absolute_error(UnaryOperation::kGeluErf, [](double x) {
                   return 0.5 * x * std::erfc(-x * std::sqrt(0.5));
                 }));
}

// How many results `is_exact(x, result)` does not hold for.
template <typename IsExact>
int64_t differences(UnaryOperation operation, IsExact is_exact) {
  int64_t count = 0;
  for_all_floats(operation, [&](float x, float result) { count += is_exact(x, result) ? 0 : 1; });
  return count;
}

TEST(Accuracy, AbsNegAndReluAreExact) {
  EXPECT_EQ(differences(UnaryOperation::kAbs,
                        [](float x, float result) {
                          return bits_of(result) == (bits_of(x) & 0x7fffffffU);
                        }),
            0);
  EXPECT_EQ(differences(UnaryOperation::kNeg,
                        [](float x, float result) {
                          return bits_of(result) == (bits_of(x) ^ 0x80000000U);
                        }),
            0);
  EXPECT_EQ(differences(UnaryOperation::kRelu,
                        [](float x, float result) { return result == (x > 0 ? x : 0); }),
            0);
}

}  // namespace
}  // namespace stowage
