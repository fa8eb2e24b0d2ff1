#include "stowage/tensor/buffer_operations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "stowage/tensor/executor.h"

namespace stowage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class BufferOperations : public testing::Test {
 protected:
  ExecutorBuffer made(const std::vector<float>& values) {
    ExecutorBuffer buffer = *executor_.allocate(std::ssize(values));
    EXPECT_FALSE(write(buffer, values));
    return buffer;
  }

  static std::vector<float> values_of(const ExecutorBuffer& buffer) {
    const auto data = buffer.data().value();
    return {data.begin(), data.end()};
  }

  Executor executor_;
};

TEST_F(BufferOperations, FillAndCopyHonourTheirLength) {
  const ExecutorBuffer a = made({1, 2, 3, 4});
  const ExecutorBuffer b = made({9, 9, 9, 9});
  EXPECT_FALSE(copy(a, b, 2));
  EXPECT_THAT(values_of(b), ElementsAre(1, 2, 9, 9));
  EXPECT_FALSE(fill(b, 5, 3));
  EXPECT_THAT(values_of(b), ElementsAre(5, 5, 5, 9));
  EXPECT_FALSE(copy(a, a, 4));
  EXPECT_THAT(values_of(a), ElementsAre(1, 2, 3, 4));
}

TEST_F(BufferOperations, OnlyTheLengthIsWritten) {
  const ExecutorBuffer a = made({0, 10, 20, 30});
  const ExecutorBuffer b = made({0, 1, 2, 3});
  const ExecutorBuffer out = made({7, 7, 7, 7});
  EXPECT_FALSE(apply(BinaryOperation::kSub, a, b, out, 3));
  EXPECT_THAT(values_of(out), ElementsAre(0, 9, 18, 7));
  EXPECT_FALSE(apply(UnaryOperation::kNeg, a, out, 1));
  EXPECT_THAT(values_of(out), ElementsAre(0, 9, 18, 7));
  EXPECT_FALSE(apply(BinaryOperation::kMul, a, 2, out, 2));
  EXPECT_THAT(values_of(out), ElementsAre(0, 20, 18, 7));
  EXPECT_FALSE(clip(a, 5, 15, out, 4));
  EXPECT_THAT(values_of(out), ElementsAre(5, 10, 15, 15));
  EXPECT_FALSE(softmax(b, out, 0));
  EXPECT_THAT(values_of(out), ElementsAre(5, 10, 15, 15));
}

TEST_F(BufferOperations, ReductionsWriteElement0AndReturnIt) {
  const ExecutorBuffer in = made({1, 2, 3, 4, 5});
  const ExecutorBuffer out = made({9, 9, 9});
  EXPECT_EQ(*reduce(Reduction::kSum, in, out, 5), 15);
  EXPECT_THAT(values_of(out), ElementsAre(15, 9, 9));
  EXPECT_EQ(*reduce(Reduction::kMax, in, out, 3), 3);
  EXPECT_EQ(*loss(Loss::kMeanSquaredError, in, in, out, 5), 0);
  EXPECT_THAT(values_of(out), ElementsAre(0, 9, 9));
  EXPECT_THAT(reduce(Reduction::kSum, in, made({1, 2}), 5).error().message,
              HasSubstr("at least 3"));
  EXPECT_THAT(reduce(Reduction::kSum, in, out, 0).error().message, HasSubstr("at least 1"));
  EXPECT_FALSE(loss(Loss::kCrossEntropy, in, in, out, 5, 0.5F).ok());
}

TEST_F(BufferOperations, Products) {
  const ExecutorBuffer a = made({1, 2, 3, 4, 5, 6});
  const ExecutorBuffer b = made({7, 8, 9, 10, 11, 12});
  const ExecutorBuffer c = made({0, 0, 0, 0, 99});
  EXPECT_FALSE(gemm(a, b, c, 2, 2, 3));
  EXPECT_THAT(values_of(c), ElementsAre(58, 64, 139, 154, 99));
  EXPECT_FALSE(matvec(a, b, c, 2, 3));
  EXPECT_THAT(values_of(c), ElementsAre(50, 122, 139, 154, 99));
  EXPECT_THAT(gemm(a, b, c, 3, 2, 3)->message, HasSubstr("a has 6 elements"));
  EXPECT_THAT(gemm(a, b, c, 2, 3, 2)->message, HasSubstr("c has 5 elements"));
  EXPECT_TRUE(gemm(a, b, c, -1, 2, 3));
  EXPECT_TRUE(gemm(a, b, c, int64_t{1} << 40, 2, int64_t{1} << 40));
  EXPECT_THAT(gemm(a, b, a, 2, 2, 3)->message, HasSubstr("shares memory"));
  EXPECT_THAT(matvec(a, b, b, 2, 3)->message, HasSubstr("shares memory"));
}

TEST_F(BufferOperations, RefusesShortBuffersAndLeavesThemAlone) {
  const ExecutorBuffer a = made({1, 2, 3});
  const ExecutorBuffer out = made({4, 5});
  EXPECT_THAT(apply(UnaryOperation::kNeg, a, out, 3)->message, HasSubstr("the output has 2"));
  EXPECT_THAT(apply(UnaryOperation::kNeg, out, a, 3)->message, HasSubstr("the input has 2"));
  EXPECT_TRUE(apply(BinaryOperation::kAdd, a, a, out, -1));
  EXPECT_TRUE(fill(out, 1, 3));
  EXPECT_TRUE(copy(a, out, 3));
  EXPECT_TRUE(write(out, std::vector<float>{1, 2, 3}));
  EXPECT_TRUE(clip(out, 2, 1, out, 2));
  EXPECT_TRUE(clip(out, std::numeric_limits<float>::quiet_NaN(), 1, out, 2));
  EXPECT_THAT(values_of(out), ElementsAre(4, 5));
}

TEST_F(BufferOperations, RefusesBuffersOfAnotherExecutor) {
  Executor other;
  const ExecutorBuffer foreign = *other.allocate(3);
  const ExecutorBuffer own = made({1, 2, 3});
  EXPECT_THAT(apply(UnaryOperation::kNeg, foreign, own, 3)->message, HasSubstr("another executor"));
  EXPECT_TRUE(apply(BinaryOperation::kAdd, own, foreign, own, 3));
  EXPECT_TRUE(copy(own, foreign, 3));
  EXPECT_TRUE(gemm(own, foreign, *executor_.allocate(1), 1, 1, 3));
}

TEST_F(BufferOperations, BoundaryBuffersOfAClassAreOneOperand) {
  const ExecutorBuffer a = *executor_.allocate_boundary(1, 4, 4);
  const ExecutorBuffer b = *executor_.allocate_boundary(1, 4, 4);
  EXPECT_FALSE(write(a, std::vector<float>{1, 2, 3, 4}));
  EXPECT_FALSE(apply(BinaryOperation::kAdd, a, 1, b, 4));
  EXPECT_THAT(values_of(a), ElementsAre(2, 3, 4, 5));
  EXPECT_TRUE(gemm(a, made({1}), b, 1, 1, 1));
}

}  // namespace
}  // namespace stowage
