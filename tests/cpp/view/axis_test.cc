#include "view/axis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> labels(double lower, double upper, int most, Steps steps) {
  std::vector<std::string> found;
  for (Tick& tick : ticks(lower, upper, most, steps)) found.push_back(std::move(tick.label));
  return found;
}

TEST(AxisTest, GoesOnInRoundSteps) {
  EXPECT_THAT(labels(0, 21, 8, Steps::kDecimal), ElementsAre("0", "5", "10", "15", "20"));
  EXPECT_THAT(labels(0, 21, 22, Steps::kDecimal), SizeIs(22));
  EXPECT_THAT(labels(-150, 130, 5, Steps::kDecimal), ElementsAre("-100", "0", "100"));
  EXPECT_THAT(labels(0, 12.5, 7, Steps::kBinary), ElementsAre("0", "2", "4", "6", "8", "10", "12"));
}

TEST(AxisTest, CountsLargeAmountsInBinaryUnits) {
  EXPECT_THAT(labels(0, 10'000, 4, Steps::kBinary), ElementsAre("0", "4 KiB", "8 KiB"));
  EXPECT_THAT(labels(0, 1'048'576, 5, Steps::kBinary),
              ElementsAre("0", "0.25 MiB", "0.5 MiB", "0.75 MiB", "1 MiB"));
  EXPECT_THAT(labels(1'048'576, 1'179'648, 3, Steps::kBinary),
              ElementsAre("1024 KiB", "1088 KiB", "1152 KiB"));
  EXPECT_THAT(labels(-16'384, 16'384, 3, Steps::kBinary), ElementsAre("-16 KiB", "0", "16 KiB"));
  // Too close for any unit.
  EXPECT_THAT(labels(1'048'576, 1'048'580, 3, Steps::kBinary),
              ElementsAre("1048576", "1048578", "1048580"));
}

TEST(AxisTest, HasWholeNumbersOnly) {
  EXPECT_THAT(ticks(0.25, 0.75, 5, Steps::kDecimal), IsEmpty());
  EXPECT_THAT(ticks(0.5, 2.5, 100, Steps::kDecimal), ElementsAre(Tick{1, "1"}, Tick{2, "2"}));
}

TEST(AxisTest, NeverHasMoreThanAsked) {
  constexpr auto kFarthest = static_cast<double>(kMaxInteger);
  for (const Steps steps : {Steps::kDecimal, Steps::kBinary}) {
    for (int most = 1; most <= 20; ++most) {
      for (double upper = 1; upper <= kFarthest; upper *= 1.7) {
        const size_t count = ticks(-upper / 3, upper, most, steps).size();
        EXPECT_LE(count, static_cast<size_t>(most)) << upper;
        EXPECT_GE(count, 1U) << upper;
      }
      EXPECT_LE(ticks(-kFarthest, kFarthest, most, steps).size(), static_cast<size_t>(most));
    }
  }
}

TEST(AxisTest, WritesAmountsShort) {
  EXPECT_EQ(format_amount(0), "0");
  EXPECT_EQ(format_amount(8191), "8191");
  EXPECT_EQ(format_amount(8192), "8 KiB");
  EXPECT_EQ(format_amount(1'069'547), "1.02 MiB");
  EXPECT_EQ(format_amount(12 << 20 | 1 << 19), "12.5 MiB");
  EXPECT_EQ(format_amount(int64_t{187'809'792}), "179 MiB");
  EXPECT_EQ(format_amount((1 << 20) - 1), "1024 KiB");
  EXPECT_EQ(format_amount(kMaxInteger), "8 PiB");
  EXPECT_EQ(format_exactly(12), "12");
  EXPECT_EQ(format_exactly(1'069'547), "1069547 (1.02 MiB)");
}

}  // namespace
}  // namespace stowage
