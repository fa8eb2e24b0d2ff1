#include "stowage/tensor/reduction.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "tensor/bits.h"

namespace stowage {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

TEST(Reduction, OfAFewElements) {
  const std::vector<float> in = {3, 1, 5, 2, 4};
  EXPECT_EQ(reduce(Reduction::kSum, in), 15);
  EXPECT_EQ(reduce(Reduction::kMin, in), 1);
  EXPECT_EQ(reduce(Reduction::kMax, in), 5);
  EXPECT_EQ(reduce(Reduction::kMean, in), 3);
}

TEST(Reduction, NanLosesToNumbers) {
  EXPECT_EQ(reduce(Reduction::kMin, std::vector<float>{kNan, 2, kNan, 3}), 2);
  EXPECT_EQ(reduce(Reduction::kMax, std::vector<float>{kNan, -kInfinity}), -kInfinity);
  EXPECT_TRUE(std::isnan(reduce(Reduction::kMax, std::vector<float>{kNan, kNan})));
  EXPECT_TRUE(std::isnan(reduce(Reduction::kSum, std::vector<float>{kNan, 1})));
}

// Every length around the sizes of passes and blocks, against double and the stated bound.
TEST(Reduction, SumsWithinTheStatedError) {
  for (const int64_t around : {0, 32, 1024, 2048, 100'000, 1'000'000}) {
    for (int64_t n = std::max<int64_t>(around - 5, 1); n <= around + 40; ++n) {
      if (around > 3000 && n % 13 != 0) continue;
      const std::vector<float> in = varied(n, static_cast<uint32_t>(n), 1e3F);
      double exact = 0;
      double magnitude = 0;
      for (const float each : in) {
        exact += static_cast<double>(each);
        magnitude += std::fabs(static_cast<double>(each));
      }
      const double levels = std::max(0.0, std::log2(static_cast<double>(n) / 1024));
      const double bound = (37 + levels) * 0x1p-24 * magnitude;
      EXPECT_NEAR(static_cast<double>(reduce(Reduction::kSum, in)), exact, bound) << n;
    }
  }
}

TEST(Reduction, ExtremesAtEachPosition) {
  for (int64_t n = 1; n <= 40; ++n) {
    for (int64_t at = 0; at < n; ++at) {
      std::vector<float> in(static_cast<size_t>(n), 0.5F);
      in[static_cast<size_t>(at)] = 7;
      EXPECT_EQ(reduce(Reduction::kMax, in), 7);
      in[static_cast<size_t>(at)] = -7;
      EXPECT_EQ(reduce(Reduction::kMin, in), -7);
    }
  }
}

TEST(Loss, OfSmallExamples) {
  const auto of = [](Loss kind, float p, float t, float epsilon = 0) {
    return loss(kind, std::span(&p, 1), std::span(&t, 1), epsilon);
  };
  EXPECT_EQ(of(Loss::kMeanSquaredError, 2, 1), 1);
  EXPECT_NEAR(of(Loss::kCrossEntropy, 0.7F, 1), 0.3567, 1e-4);
  EXPECT_NEAR(of(Loss::kBinaryCrossEntropy, 0.7F, 1), 0.3567, 1e-4);
  EXPECT_NEAR(of(Loss::kBinaryCrossEntropy, 0.7F, 0), 1.2040, 1e-4);
  EXPECT_EQ(of(Loss::kCrossEntropy, 0, 1), kInfinity);
  EXPECT_TRUE(std::isnan(of(Loss::kBinaryCrossEntropy, 1, 1)));
  EXPECT_NEAR(of(Loss::kBinaryCrossEntropy, 1, 1, 1e-3F), 1e-3, 1e-5);
}

TEST(Loss, OfAllLengths) {
  for (int64_t n = 1; n <= 70; ++n) {
    std::vector<float> p = varied(n, 5, 0.4F);
    std::vector<float> t = varied(n, 6, 0.4F);
    double squares = 0;
    double cross = 0;
    double binary = 0;
    for (size_t i = 0; i < p.size(); ++i) {
      p[i] += 0.5F;
      t[i] += 0.5F;
      const auto x = static_cast<double>(p[i]);
      const auto y = static_cast<double>(t[i]);
      squares += (x - y) * (x - y);
      cross -= y * std::log(x);
      binary -= y * std::log(x) + (1 - y) * std::log(1 - x);
    }
    const auto count = static_cast<double>(n);
    EXPECT_NEAR(loss(Loss::kMeanSquaredError, p, t), squares / count, 1e-6) << n;
    EXPECT_NEAR(loss(Loss::kCrossEntropy, p, t), cross / count, 1e-5) << n;
    EXPECT_NEAR(loss(Loss::kBinaryCrossEntropy, p, t), binary / count, 1e-5) << n;
  }
}

TEST(Softmax, SumsToOneAndDoesNotOverflow) {
  for (int64_t n = 1; n <= 70; ++n) {
    std::vector<float> in = varied(n, 7, 5);
    for (float& each : in) each += 1000;
    std::vector<float> out(in.size());
    softmax(in, out);
    double sum = 0;
    for (const float each : in) sum += std::exp(static_cast<double>(each) - 1000);
    for (size_t i = 0; i < in.size(); ++i) {
      const double exact = std::exp(static_cast<double>(in[i]) - 1000) / sum;
      EXPECT_NEAR(out[i], exact, 1e-6 * exact) << n << " " << i;
    }
  }
}

TEST(Softmax, InPlaceAndWithNan) {
  std::vector<float> in = {1, 2, 3};
  softmax(in, in);
  EXPECT_NEAR(in[2], 0.66524, 1e-5);
  std::vector<float> bad = {1, kNan};
  softmax(bad, bad);
  EXPECT_TRUE(std::isnan(bad[0]) && std::isnan(bad[1]));
}

TEST(LayerNorm, AgainstDouble) {
  for (int64_t n = 1; n <= 70; ++n) {
    const std::vector<float> in = varied(n, 8, 3);
    const std::vector<float> weight = varied(n, 9);
    const std::vector<float> bias = varied(n, 10);
    double mean = 0;
    for (const float each : in) mean += static_cast<double>(each);
    mean /= static_cast<double>(n);
    double variance = 0;
    for (const float each : in) variance += std::pow(static_cast<double>(each) - mean, 2);
    variance /= static_cast<double>(n);
    for (const bool has_weight : {false, true}) {
      for (const bool has_bias : {false, true}) {
        std::vector<float> out(in.size());
        layer_norm(in, has_weight ? weight : std::vector<float>(),
                   has_bias ? bias : std::vector<float>(), 1e-5F, out);
        for (size_t i = 0; i < in.size(); ++i) {
          double exact = (static_cast<double>(in[i]) - mean) / std::sqrt(variance + 1e-5);
          if (has_weight) exact *= static_cast<double>(weight[i]);
          if (has_bias) exact += static_cast<double>(bias[i]);
          EXPECT_NEAR(out[i], exact, 2e-5) << n;
        }
      }
    }
  }
}

TEST(Reduction, SameBitsEverywhere) {
  const std::vector<float> in = varied(10'007, 11, 2);
  std::vector<float> out(in.size());
  softmax(in, out);
  uint64_t hash = hash_of(out);
  layer_norm(in, in, in, 1e-5F, out);
  hash = hash_of(out, hash);
  const std::vector<float> numbers = {reduce(Reduction::kSum, in), reduce(Reduction::kMean, in),
                                      loss(Loss::kMeanSquaredError, in, out)};
  EXPECT_EQ(hash_of(numbers, hash), 6181893240764856349U);
}

}  // namespace
}  // namespace stowage
