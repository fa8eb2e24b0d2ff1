#include "stowage/tensor/gemm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tensor/bits.h"

namespace stowage {
namespace {

using testing::ElementsAre;

// How a matrix lies in memory.
enum class Order { kRowMajor, kColumnMajor, kSparse };

// A matrix of varied numbers with memory of its own.
struct Stored {
  std::vector<float> memory;
  ConstMatrix view;
};

Stored stored(int64_t rows, int64_t columns, Order order, uint32_t seed) {
  Stored result;
  const int64_t step = order == Order::kSparse ? 3 : 1;
  const bool is_row_major = order != Order::kColumnMajor;
  const int64_t row_stride = is_row_major ? (columns + (step - 1)) * step : 1;
  const int64_t column_stride = is_row_major ? step : rows + 2;
  const int64_t length = (rows - 1) * row_stride + (columns - 1) * column_stride + 1;
  result.memory = varied(std::max<int64_t>(length, 1), seed);
  result.view = {result.memory.data(), rows, columns, row_stride, column_stride};
  return result;
}

double at(const ConstMatrix& matrix, int64_t i, int64_t j) {
  return static_cast<double>(matrix.data[i * matrix.row_stride + j * matrix.column_stride]);
}

// gemm against double, with the stated bound.
void check(int64_t m, int64_t n, int64_t k, Order a_order, Order b_order) {
  const Stored a = stored(m, k, a_order, 1);
  const Stored b = stored(k, n, b_order, 2);
  const int64_t stride = n + 1;
  std::vector<float> c(static_cast<size_t>((m - 1) * stride + n), 99);
  ASSERT_FALSE(gemm(a.view, b.view, {c.data(), m, n, stride, 1}));
  for (int64_t i = 0; i < m; ++i) {
    for (int64_t j = 0; j < n; ++j) {
      double exact = 0;
      double magnitude = 0;
      for (int64_t p = 0; p < k; ++p) {
        exact += at(a.view, i, p) * at(b.view, p, j);
        magnitude += std::fabs(at(a.view, i, p) * at(b.view, p, j));
      }
      const double bound = (256 + static_cast<double>(k) / 256) * 0x1p-24 * magnitude;
      ASSERT_NEAR(c[static_cast<size_t>(i * stride + j)], exact, bound)
          << m << "x" << n << "x" << k << " at " << i << ", " << j;
    }
    // What is between the rows is nobody's.
    if (i + 1 < m) {
      ASSERT_EQ(c[static_cast<size_t>(i * stride + n)], 99);
    }
  }
}

TEST(Gemm, OfTwoSmallMatrices) {
  const std::vector<float> a = {1, 2, 3, 4, 5, 6};
  const std::vector<float> b = {7, 8, 9, 10, 11, 12};
  std::vector<float> c(4);
  ASSERT_FALSE(
      gemm(row_major(a.data(), 2, 3), row_major(b.data(), 3, 2), row_major(c.data(), 2, 2)));
  EXPECT_THAT(c, ElementsAre(58, 64, 139, 154));
}

TEST(Gemm, EverySmallShape) {
  for (int64_t m = 1; m <= 9; ++m) {
    for (int64_t n = 1; n <= 35; n += n < 18 ? 1 : 5) {
      for (const int64_t k : {1, 2, 7, 16}) check(m, n, k, Order::kRowMajor, Order::kRowMajor);
    }
  }
}

TEST(Gemm, EveryOrderInMemory) {
  for (const Order a : {Order::kRowMajor, Order::kColumnMajor, Order::kSparse}) {
    for (const Order b : {Order::kRowMajor, Order::kColumnMajor, Order::kSparse}) {
      for (const auto& [m, n, k] : {std::array{5, 21, 13}, std::array{1, 21, 300},
                                    std::array{37, 1, 300}, std::array{37, 3, 8}}) {
        check(m, n, k, a, b);
      }
    }
  }
}

TEST(Gemm, AroundItsBlocks) {
  check(129, 17, 257, Order::kRowMajor, Order::kRowMajor);
  check(3, 1030, 5, Order::kRowMajor, Order::kRowMajor);
  check(1, 4099, 600, Order::kRowMajor, Order::kRowMajor);
  check(4099, 1, 600, Order::kColumnMajor, Order::kRowMajor);
  check(131, 7, 513, Order::kColumnMajor, Order::kColumnMajor);
}

TEST(Gemm, OfNothingIsZero) {
  std::vector<float> c(4, 9);
  ASSERT_FALSE(gemm({nullptr, 2, 0, 0, 1}, {nullptr, 0, 2, 2, 1}, row_major(c.data(), 2, 2)));
  EXPECT_THAT(c, ElementsAre(0, 0, 0, 0));
}

TEST(Gemm, Epilogue) {
  const std::vector<float> bias = varied(40, 3);
  for (const int64_t m : {1, 3, 130}) {
    for (const int64_t n : {1, 5, 40}) {
      for (const int64_t k : {0, 4, 300}) {
        const Stored a = stored(m, std::max<int64_t>(k, 1), Order::kRowMajor, 4);
        const Stored b = stored(std::max<int64_t>(k, 1), n, Order::kRowMajor, 5);
        ConstMatrix left = a.view;
        ConstMatrix right = b.view;
        left.columns = k;
        right.rows = k;
        std::vector<float> plain(static_cast<size_t>(m * n));
        std::vector<float> fused(plain.size());
        ASSERT_FALSE(gemm(left, right, row_major(plain.data(), m, n)));
        const std::span row_bias = std::span(bias).first(static_cast<size_t>(n));
        ASSERT_FALSE(gemm(left, right, row_major(fused.data(), m, n),
                          {.bias = row_bias, .activation = UnaryOperation::kTanh}));
        for (int64_t row = 0; row < m; ++row) {
          const auto elements =
              std::span(plain).subspan(static_cast<size_t>(row * n), row_bias.size());
          apply(BinaryOperation::kAdd, elements, row_bias, elements);
        }
        apply(UnaryOperation::kTanh, plain, plain);
        EXPECT_EQ(fused, plain) << m << "x" << n << "x" << k;
      }
    }
  }
}

TEST(Gemm, NanAndInfinityPropagate) {
  const float infinity = std::numeric_limits<float>::infinity();
  const std::vector<float> a = {infinity, 0, 1, 2};
  const std::vector<float> b = {0, 1, 1, 1};
  std::vector<float> c(4);
  ASSERT_FALSE(
      gemm(row_major(a.data(), 2, 2), row_major(b.data(), 2, 2), row_major(c.data(), 2, 2)));
  EXPECT_TRUE(std::isnan(c[0]));
  EXPECT_EQ(c[1], infinity);
  EXPECT_EQ(c[2], 2);
}

TEST(Gemm, SameBitsEverywhere) {
  uint64_t hash = hash_of({});
  for (const auto& [m, n, k] :
       {std::array{37, 50, 300}, std::array{1, 70, 513}, std::array{70, 1, 513}}) {
    const Stored a = stored(m, k, Order::kRowMajor, 6);
    const Stored b = stored(k, n, Order::kRowMajor, 7);
    std::vector<float> c(static_cast<size_t>(m * n));
    ASSERT_FALSE(gemm(a.view, b.view, row_major(c.data(), m, n)));
    hash = hash_of(c, hash);
  }
  EXPECT_EQ(hash, 7456494979719334309U);
}

}  // namespace
}  // namespace stowage
