#include "stowage/base/integer.h"

#include <gtest/gtest.h>

#include <limits>

namespace stowage {
namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();

TEST(IntegerTest, CheckedSumsAndProductsNoticeOverflow) {
  EXPECT_EQ(checked_add(kMost - 1, 1), kMost);
  EXPECT_EQ(checked_add(kMost, 1), std::nullopt);
  EXPECT_EQ(checked_add(kLeast, -1), std::nullopt);
  EXPECT_EQ(checked_multiply(kMost / 2, 2), kMost - 1);
  EXPECT_EQ(checked_multiply(kMost / 2 + 1, 2), std::nullopt);
  EXPECT_EQ(checked_multiply(kLeast, -1), std::nullopt);
}

TEST(IntegerTest, AlignsUpwards) {
  for (int64_t alignment = 1; alignment < 20; ++alignment) {
    for (int64_t value = 0; value < 100; ++value) {
      const int64_t aligned = align_up(value, alignment);
      EXPECT_EQ(aligned % alignment, 0);
      EXPECT_GE(aligned, value);
      EXPECT_LT(aligned, value + alignment);
    }
  }
  EXPECT_EQ(align_up(1, kMaxInteger), kMaxInteger);
}

}  // namespace
}  // namespace stowage
