#include "stowage/tensor/tensor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "stowage/tensor/tensor_operations.h"
#include "tensor/bits.h"

namespace stowage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class TensorTest : public testing::Test {
 protected:
  // 1, 2, 3, ...
  Tensor counted(const Dimensions& shape) {
    std::vector<float> values(static_cast<size_t>(num_elements(shape)));
    std::iota(values.begin(), values.end(), 1.0F);
    return *Tensor::from(executor_, values, shape);
  }
  Tensor random(const Dimensions& shape, uint32_t seed) {
    return *Tensor::from(executor_, varied(num_elements(shape), seed, 2), shape);
  }
  static std::vector<float> values_of(const Result<Tensor>& tensor) {
    EXPECT_TRUE(tensor.ok()) << (tensor.ok() ? "" : tensor.error().message);
    return *tensor->to_vector();
  }
  static float at(const Tensor& tensor, const Dimensions& index) {
    return tensor.buffer()
        ->data()
        .value()[static_cast<size_t>(*flat_offset(tensor.layout(), index))];
  }

  Executor executor_;
};

TEST_F(TensorTest, NeedsABufferThatIsLargeEnough) {
  const auto buffer = std::make_shared<const ExecutorBuffer>(*executor_.allocate(10));
  EXPECT_THAT(Tensor::make(buffer, {4, 6}).error().message, HasSubstr("needs 24"));
  EXPECT_TRUE(Tensor::make(buffer, {3, 3}).ok());
  EXPECT_TRUE(Tensor::make(buffer, {4, 3}, {2, 1}, 1).ok());
  EXPECT_FALSE(Tensor::make(buffer, {4, 3}, {2, 1}, 2).ok());
  EXPECT_TRUE(Tensor::make(buffer, {1000, 10}, {0, 1}).ok());
}

TEST_F(TensorTest, KeepsItsBufferAlive) {
  Result<Tensor> view = counted({2, 2}).view(*transposed(*row_major_layout({2, 2})));
  EXPECT_EQ(executor_.stats().num_buffers, 1);
  EXPECT_THAT(values_of(view), ElementsAre(1, 3, 2, 4));
  view = Error{};
  EXPECT_EQ(executor_.stats().num_buffers, 0);
}

TEST_F(TensorTest, ContiguousOfATransposition) {
  const Tensor tensor = counted({3, 4});
  const Tensor view = *tensor.view(transposed(tensor.layout()));
  const Tensor copy = *view.contiguous();
  EXPECT_THAT(values_of(copy), ElementsAre(1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12));
  EXPECT_FALSE(copy.buffer()->shares_memory(*tensor.buffer()));
  EXPECT_TRUE(copy.contiguous()->buffer()->shares_memory(*copy.buffer()));
}

TEST_F(TensorTest, ReshapesAsAViewOrACopy) {
  const Tensor tensor = counted({3, 4});
  EXPECT_TRUE(tensor.reshape({2, -1})->buffer()->shares_memory(*tensor.buffer()));
  const Tensor columns = *tensor.view(transposed(tensor.layout()))->reshape({12});
  EXPECT_FALSE(columns.buffer()->shares_memory(*tensor.buffer()));
  EXPECT_EQ(values_of(columns)[1], 5);
  EXPECT_FALSE(tensor.reshape({5, 5}).ok());
}

TEST_F(TensorTest, ReadsAndWritesThroughStrides) {
  const Tensor tensor = *Tensor::zeros(executor_, {40, 30});
  const Tensor part = *tensor.view(permuted(*sliced(tensor.layout(), 1, 1, 30, 2), {1, 0}));
  std::vector<float> values(static_cast<size_t>(part.num_elements()));
  std::iota(values.begin(), values.end(), 1.0F);
  ASSERT_FALSE(part.write(values));
  EXPECT_EQ(values_of(part), values);
  EXPECT_EQ(at(tensor, {0, 0}), 0);
  EXPECT_EQ(at(tensor, {3, 1}), 4);
  EXPECT_TRUE(part.write(std::span(values).first(3)));
  const Tensor repeated = *tensor.view(broadcast_to(*row_major_layout({1}), {3}));
  EXPECT_THAT(repeated.write(std::vector<float>{1, 2, 3})->message, HasSubstr("repeats"));
}

TEST_F(TensorTest, BroadcastsElementwise) {
  const Tensor matrix = counted({2, 3});
  const Tensor row = counted({3});
  const Tensor column = counted({2, 1});
  EXPECT_THAT(values_of(apply(BinaryOperation::kAdd, matrix, row)), ElementsAre(2, 4, 6, 5, 7, 9));
  EXPECT_THAT(values_of(apply(BinaryOperation::kMul, column, matrix)),
              ElementsAre(1, 2, 3, 8, 10, 12));
  EXPECT_EQ(apply(BinaryOperation::kSub, column, row)->shape(), Dimensions({2, 3}));
  EXPECT_THAT(values_of(apply(BinaryOperation::kSub, column, row)),
              ElementsAre(0, -1, -2, 1, 0, -1));
  EXPECT_THAT(values_of(apply(BinaryOperation::kDiv, 6, row)), ElementsAre(6, 3, 2));
  EXPECT_THAT(values_of(apply(BinaryOperation::kMax, row, 2)), ElementsAre(2, 2, 3));
  EXPECT_THAT(apply(BinaryOperation::kAdd, matrix, counted({2})).error().message,
              HasSubstr("[2, 3] and [2]"));
}

// Views of many kinds against their elements taken one by one.
TEST_F(TensorTest, ElementwiseOfViews) {
  const Tensor base = random({5, 6, 7}, 1);
  const Layout& layout = base.layout();
  const std::vector<Layout> views = {layout,
                                     *permuted(layout, {2, 1, 0}),
                                     *permuted(layout, {1, 0, 2}),
                                     *sliced(layout, 2, 0, 7, 2),
                                     *narrowed(layout, 0, 1, 1),
                                     *selected(layout, 1, 3),
                                     *broadcast_to(*narrowed(layout, 1, 2, 1), {5, 4, 7})};
  for (const Layout& a : views) {
    const Tensor left = *base.view(a);
    const std::vector<float> elements = *left.to_vector();
    std::vector<float> expected(elements.size());
    apply(UnaryOperation::kExp, elements, expected);
    EXPECT_EQ(values_of(apply(UnaryOperation::kExp, left)), expected);
    for (const Layout& b : views) {
      const Result<Dimensions> shape = broadcast_shape(a.shape, b.shape);
      const Result<Tensor> sum = apply(BinaryOperation::kSub, left, *base.view(b));
      ASSERT_EQ(sum.ok(), shape.ok());
      if (!shape) continue;
      const Tensor x = *base.view(broadcast_to(a, *shape));
      const Tensor y = *base.view(broadcast_to(b, *shape));
      for (int64_t i = 0; i < num_elements(*shape); ++i) {
        const Dimensions index = *index_of(sum->layout(), i);
        ASSERT_EQ(at(*sum, index), at(x, index) - at(y, index));
      }
    }
  }
}

TEST_F(TensorTest, ReducesAlongEachAxis) {
  const Tensor tensor = counted({2, 3});
  EXPECT_EQ(*reduce(Reduction::kSum, tensor), 21);
  EXPECT_THAT(values_of(reduce(Reduction::kSum, tensor, 0)), ElementsAre(5, 7, 9));
  EXPECT_THAT(values_of(reduce(Reduction::kMax, tensor, 1)), ElementsAre(3, 6));
  EXPECT_THAT(values_of(reduce(Reduction::kMean, tensor, -1)), ElementsAre(2, 5));
  EXPECT_EQ(reduce(Reduction::kSum, tensor, 1, true)->shape(), Dimensions({2, 1}));
  EXPECT_EQ(reduce(Reduction::kSum, tensor, 0, true)->shape(), Dimensions({1, 3}));
  EXPECT_FALSE(reduce(Reduction::kSum, tensor, 2).ok());
  const Tensor empty = *Tensor::zeros(executor_, {3, 0});
  EXPECT_FALSE(reduce(Reduction::kSum, empty).ok());
  EXPECT_FALSE(reduce(Reduction::kSum, empty, 1).ok());
  EXPECT_EQ(reduce(Reduction::kSum, empty, 0)->num_elements(), 0);
}

TEST_F(TensorTest, SoftmaxAlongEachAxis) {
  const Tensor tensor = random({3, 4, 5}, 2);
  for (int64_t axis = 0; axis < 3; ++axis) {
    const Tensor out = *softmax(tensor, axis);
    EXPECT_TRUE(out.is_contiguous());
    EXPECT_EQ(out.shape(), tensor.shape());
    for (const float sum : values_of(reduce(Reduction::kSum, out, axis))) EXPECT_NEAR(sum, 1, 1e-6);
    const Tensor exponentials = *apply(UnaryOperation::kExp, tensor);
    const Tensor expected = *apply(BinaryOperation::kDiv, exponentials,
                                   *reduce(Reduction::kSum, exponentials, axis, true));
    const std::vector<float> exact = values_of(expected);
    const std::vector<float> found = values_of(out);
    for (size_t i = 0; i < exact.size(); ++i) EXPECT_NEAR(found[i], exact[i], 1e-6);
  }
  EXPECT_FALSE(softmax(tensor, 3).ok());
}

TEST_F(TensorTest, LayerNormOfRows) {
  const Tensor tensor = random({4, 8}, 3);
  const Tensor out = *layer_norm(tensor, {.weight = counted({8}), .bias = counted({8})});
  const Tensor plain = *layer_norm(tensor);
  for (const float mean : values_of(reduce(Reduction::kMean, plain, 1))) EXPECT_NEAR(mean, 0, 1e-6);
  for (int64_t i = 0; i < 4; ++i) {
    for (int64_t j = 0; j < 8; ++j) {
      const auto factor = static_cast<float>(j + 1);
      EXPECT_NEAR(at(out, {i, j}), at(plain, {i, j}) * factor + factor, 1e-4);
    }
  }
  EXPECT_FALSE(layer_norm(tensor, {.weight = counted({7})}).ok());
  EXPECT_FALSE(layer_norm(tensor, {.epsilon = 0}).ok());
}

TEST_F(TensorTest, Losses) {
  EXPECT_EQ(*loss(Loss::kMeanSquaredError, counted({2, 2}), counted({2, 2})), 0);
  EXPECT_FALSE(loss(Loss::kMeanSquaredError, counted({2, 2}), counted({4})).ok());
  EXPECT_FALSE(loss(Loss::kCrossEntropy, counted({2}), counted({2}), -1).ok());
}

TEST_F(TensorTest, Matmul) {
  const Tensor product = *matmul(counted({4, 8}), counted({8, 3}));
  EXPECT_EQ(product.shape(), Dimensions({4, 3}));
  EXPECT_EQ(at(product, {0, 0}),
            1 * 1 + 2 * 4 + 3 * 7 + 4 * 10 + 5 * 13 + 6 * 16 + 7 * 19 + 8 * 22);
  EXPECT_THAT(matmul(counted({4, 8}), counted({7, 3})).error().message,
              HasSubstr("8 columns, the second 7 rows"));
  EXPECT_FALSE(matmul(counted({4}), counted({4, 3})).ok());
}

TEST_F(TensorTest, MatmulOfViewsAndBatches) {
  const Tensor a = random({3, 5, 4}, 4);
  const Tensor b = random({2, 1, 4, 6}, 5);
  const Tensor swapped = *b.view(permuted(b.layout(), {0, 1, 3, 2}));
  const Tensor restored = *swapped.view(permuted(swapped.contiguous()->layout(), {0, 1, 3, 2}));
  for (const Tensor& right : {b, *b.contiguous()}) {
    const Tensor product = *matmul(a, right);
    ASSERT_EQ(product.shape(), Dimensions({2, 3, 5, 6}));
    for (int64_t i = 0; i < product.num_elements(); ++i) {
      const Dimensions index = *index_of(product.layout(), i);
      double exact = 0;
      for (int64_t k = 0; k < 4; ++k) {
        exact += static_cast<double>(at(a, {index[1], index[2], k})) *
                 static_cast<double>(at(right, {index[0], 0, k, index[3]}));
      }
      ASSERT_NEAR(at(product, index), exact, 1e-5);
    }
  }
  const Tensor transposed_twice =
      *matmul(*swapped.view(selected(*selected(swapped.layout(), 0, 1), 0, 0)),
              *a.view(transposed(*selected(a.layout(), 0, 2))));
  EXPECT_EQ(transposed_twice.shape(), Dimensions({6, 5}));
  const Tensor direct = *matmul(*a.view(selected(a.layout(), 0, 2)),
                                *b.view(selected(*selected(b.layout(), 0, 1), 0, 0)));
  for (int64_t i = 0; i < 6; ++i) {
    for (int64_t j = 0; j < 5; ++j) {
      EXPECT_NEAR(at(transposed_twice, {i, j}), at(direct, {j, i}), 1e-5);
    }
  }
  EXPECT_FALSE(matmul(random({2, 3, 4}, 1), random({3, 4, 2}, 1)).ok());
}

TEST_F(TensorTest, MatmulWithBiasAndActivation) {
  const Tensor a = random({5, 4}, 6);
  const Tensor b = random({4, 3}, 7);
  const Tensor bias = counted({3});
  const Tensor fused = *matmul(a, b, {.bias = bias, .activation = UnaryOperation::kRelu});
  const Tensor apart =
      *apply(UnaryOperation::kRelu, *apply(BinaryOperation::kAdd, *matmul(a, b), bias));
  EXPECT_EQ(values_of(fused), values_of(apart));
  EXPECT_FALSE(matmul(a, b, {.bias = counted({4})}).ok());
}

TEST_F(TensorTest, RefusesTensorsOfAnotherExecutor) {
  Executor other;
  const Tensor foreign = *Tensor::zeros(other, {2, 2});
  EXPECT_THAT(apply(BinaryOperation::kAdd, counted({2, 2}), foreign).error().message,
              HasSubstr("different executors"));
  EXPECT_FALSE(matmul(counted({2, 2}), foreign).ok());
  EXPECT_FALSE(loss(Loss::kMeanSquaredError, counted({2, 2}), foreign).ok());
  other.dispose();
  EXPECT_EQ(apply(UnaryOperation::kAbs, foreign).error().code, ErrorCode::kDisposed);
  EXPECT_EQ(foreign.to_vector().error().code, ErrorCode::kDisposed);
}

TEST_F(TensorTest, StaysGoodWhenTheExecutorIsDefragmented) {
  const Tensor first = counted({1000});
  Result<Tensor> between = counted({1000});
  const Tensor last = counted({100, 10});
  between = Error{};
  EXPECT_EQ(executor_.defragment().moved_buffers, 1);
  EXPECT_EQ(*reduce(Reduction::kSum, last), *reduce(Reduction::kSum, first));
  EXPECT_EQ(values_of(last), values_of(first));
}

}  // namespace
}  // namespace stowage
