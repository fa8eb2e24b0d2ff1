#include "stowage/base/interval.h"

#include <gtest/gtest.h>

namespace stowage {
namespace {

// Against the definition: a member in common.
TEST(IntervalTest, IntersectsWhereThereIsACommonMember) {
  for (int a = 0; a < 5; ++a) {
    for (int b = 0; b < 5; ++b) {
      for (int c = 0; c < 5; ++c) {
        for (int d = 0; d < 5; ++d) {
          const Interval<int> x{a, b};
          const Interval<int> y{c, d};
          bool common = false;
          for (int i = 0; i < 5; ++i) common |= x.contains(i) && y.contains(i);
          EXPECT_EQ(x.intersects(y), common) << a << b << c << d;
        }
      }
    }
  }
}

TEST(IntervalTest, IsHalfOpen) {
  const Interval<int64_t> interval{-2, 3};
  EXPECT_EQ(interval.length(), 5);
  EXPECT_TRUE(interval.contains(-2));
  EXPECT_FALSE(interval.contains(3));
  EXPECT_FALSE(interval.empty());
  EXPECT_TRUE((Interval<int64_t>{3, 3}).empty());
}

}  // namespace
}  // namespace stowage
