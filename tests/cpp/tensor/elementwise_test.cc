#include "stowage/tensor/elementwise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "tensor/bits.h"

namespace stowage {
namespace {

using testing::ElementsAre;
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

std::vector<float> run(BinaryOperation operation, std::vector<float> a, std::vector<float> b) {
  std::vector<float> out(a.size());
  apply(operation, a, b, out);
  return out;
}

float one(BinaryOperation operation, float a, float b) { return run(operation, {a}, {b})[0]; }
float one(UnaryOperation operation, float x) {
  float out = 0;
  apply(operation, std::span(&x, 1), std::span(&out, 1));
  return out;
}

TEST(Elementwise, Binary) {
  EXPECT_THAT(run(BinaryOperation::kAdd, {0, 1, 2, 3, 4}, {0, 2, 4, 6, 8}),
              ElementsAre(0, 3, 6, 9, 12));
  EXPECT_THAT(run(BinaryOperation::kSub, {0, 10, 20}, {0, 1, 2}), ElementsAre(0, 9, 18));
  EXPECT_THAT(run(BinaryOperation::kMul, {1, 2, 3}, {2, 2, 2}), ElementsAre(2, 4, 6));
  EXPECT_THAT(run(BinaryOperation::kDiv, {1, -1, 6}, {0, 0, 4}),
              ElementsAre(kInfinity, -kInfinity, 1.5F));
  EXPECT_THAT(run(BinaryOperation::kMin, {1, 5}, {2, 3}), ElementsAre(1, 3));
  EXPECT_THAT(run(BinaryOperation::kMax, {1, 5}, {2, 3}), ElementsAre(2, 5));
  EXPECT_TRUE(std::isnan(one(BinaryOperation::kDiv, 0, 0)));
}

TEST(Elementwise, TheOtherOperandWinsOverNan) {
  for (const BinaryOperation operation : {BinaryOperation::kMin, BinaryOperation::kMax}) {
    EXPECT_EQ(one(operation, kNan, 2), 2);
    EXPECT_EQ(one(operation, 2, kNan), 2);
    EXPECT_TRUE(std::isnan(one(operation, kNan, kNan)));
  }
}

TEST(Elementwise, ReluAndClipOfNan) {
  EXPECT_EQ(one(UnaryOperation::kRelu, kNan), 0);
  const std::vector<float> in = {-5, -1.5F, -1, -0.5F, 0, 0.5F, 1, 1.5F, 2, 5, kNan};
  std::vector<float> out(in.size());
  clip(in, -1, 1, out);
  EXPECT_THAT(out, ElementsAre(-1, -1, -1, -0.5F, 0, 0.5F, 1, 1, 1, 1, -1));
}

TEST(Elementwise, OneNumberForAll) {
  std::vector<float> out(3);
  apply(BinaryOperation::kSub, std::vector<float>{1, 2, 3}, 1, out);
  EXPECT_THAT(out, ElementsAre(0, 1, 2));
  apply(BinaryOperation::kSub, 1, std::vector<float>{1, 2, 3}, out);
  EXPECT_THAT(out, ElementsAre(0, -1, -2));
}

TEST(Elementwise, SpecialValues) {
  EXPECT_EQ(one(UnaryOperation::kExp, -kInfinity), 0);
  EXPECT_EQ(one(UnaryOperation::kExp, kInfinity), kInfinity);
  EXPECT_EQ(one(UnaryOperation::kLog, 0), -kInfinity);
  EXPECT_TRUE(std::isnan(one(UnaryOperation::kLog, -1)));
  EXPECT_EQ(one(UnaryOperation::kRsqrt, 0), kInfinity);
  EXPECT_EQ(one(UnaryOperation::kSigmoid, -kInfinity), 0);
  EXPECT_EQ(one(UnaryOperation::kSigmoid, kInfinity), 1);
  EXPECT_EQ(one(UnaryOperation::kTanh, kInfinity), 1);
  EXPECT_EQ(one(UnaryOperation::kTanh, -kInfinity), -1);
  EXPECT_TRUE(std::signbit(one(UnaryOperation::kTanh, -0.0F)));
}

TEST(Elementwise, TanhIsOdd) {
  const std::vector<float> a = varied(10'000, 5, 10);
  std::vector<float> of_a(a.size());
  apply(UnaryOperation::kTanh, a, of_a);
  std::vector<float> negated(a.size());
  apply(UnaryOperation::kNeg, a, negated);
  apply(UnaryOperation::kTanh, negated, negated);
  apply(UnaryOperation::kNeg, negated, negated);
  EXPECT_EQ(negated, of_a);
}

// Each length and each misalignment give what the first elements of a long aligned array give.
TEST(Elementwise, TailsAndMisalignment) {
  constexpr int64_t kLength = 48;
  const std::vector<float> a = varied(kLength, 1, 3);
  const std::vector<float> b = varied(kLength, 2, 3);
  for (int operation = 0; operation < kUnaryOperations; ++operation) {
    std::vector<float> whole(a.size());
    apply(static_cast<UnaryOperation>(operation), a, whole);
    for (size_t start = 0; start < 4; ++start) {
      for (size_t n = 0; start + n <= a.size(); ++n) {
        std::vector<float> out(n);
        apply(static_cast<UnaryOperation>(operation), std::span(a).subspan(start, n), out);
        const auto expected = std::span(whole).subspan(start, n);
        EXPECT_EQ(hash_of(out), hash_of(expected)) << operation << " " << start << " " << n;
      }
    }
  }
  for (int operation = 0; operation < kBinaryOperations; ++operation) {
    std::vector<float> whole(a.size());
    apply(static_cast<BinaryOperation>(operation), a, b, whole);
    for (size_t n = 0; n <= a.size(); ++n) {
      std::vector<float> out(n);
      apply(static_cast<BinaryOperation>(operation), std::span(a).first(n), std::span(b).first(n),
            out);
      EXPECT_EQ(hash_of(out), hash_of(std::span(whole).first(n))) << operation << " " << n;
    }
  }
}

TEST(Elementwise, InPlace) {
  const std::vector<float> a = varied(37, 3);
  std::vector<float> apart(a.size());
  std::vector<float> in_place = a;
  apply(UnaryOperation::kTanh, a, apart);
  apply(UnaryOperation::kTanh, in_place, in_place);
  EXPECT_EQ(in_place, apart);
}

// The same number natively, under another compiler and as WebAssembly.
TEST(Elementwise, SameBitsEverywhere) {
  const std::vector<float> a = varied(10'000, 4, 20);
  std::vector<float> out(a.size());
  uint64_t hash = hash_of({});
  for (int operation = 0; operation < kUnaryOperations; ++operation) {
    apply(static_cast<UnaryOperation>(operation), a, out);
    hash = hash_of(out, hash);
  }
  EXPECT_EQ(hash, 6807968034312401160U);
}

}  // namespace
}  // namespace stowage
