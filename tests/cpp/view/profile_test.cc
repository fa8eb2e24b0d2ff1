#include "stowage/view/profile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "planner/random_problem.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

using testing::between;
using testing::buffer_of;
using testing::held_at;
using testing::Random;
using testing::random_problem;
using testing::Shape;

struct Case {
  Problem problem;
  Plan plan;
};

Case random_case(Random& random) {
  Shape shape;
  shape.buffers = between(random, 0, 12);
  Case result{random_problem(random, shape), {}};
  for (size_t b = 0; b < result.problem.buffers.size(); ++b) {
    result.plan.offsets.push_back(between(random, 0, 50));
  }
  return result;
}

// By the definition, at one moment.
ProfileStep at(const Case& given, int64_t time) {
  ProfileStep step{time, 0, 0};
  for (size_t b = 0; b < given.problem.buffers.size(); ++b) {
    const Window window = held_at(given.problem.buffers[b], time);
    if (window.empty()) continue;
    step.load += window.length();
    step.top = std::max(step.top, given.plan.offsets[b] + window.upper);
  }
  return step;
}

TEST(Profile, AgreesWithTheDefinition) {
  Random random(31);
  for (int i = 0; i < 300; ++i) {
    const Case given = random_case(random);
    std::vector<ProfileStep> expected;
    for (int64_t time = 0; time <= 12; ++time) {
      const ProfileStep step = at(given, time);
      const ProfileStep before = expected.empty() ? ProfileStep{} : expected.back();
      if (step.load != before.load || step.top != before.top) expected.push_back(step);
    }
    ASSERT_EQ(profile_of(given.problem, &given.plan), expected);
  }
}

TEST(Profile, WithoutPlanHasOnlyTheLoad) {
  const Problem problem{{buffer_of("a", 0, 4, 3), buffer_of("b", 2, 4, 5)}, 20};
  const std::vector<ProfileStep> expected = {{0, 3, 0}, {2, 8, 0}, {4, 0, 0}};
  EXPECT_EQ(profile_of(problem, nullptr), expected);
}

TEST(Profile, KeepsStepsThatOnlyMoveTheTop) {
  const Problem problem{{buffer_of("low", 0, 2, 4), buffer_of("high", 2, 4, 4)}, 20};
  const Plan plan{{0, 10}, 14};
  const std::vector<ProfileStep> expected = {{0, 4, 4}, {2, 4, 14}, {4, 0, 0}};
  EXPECT_EQ(profile_of(problem, &plan), expected);
}

TEST(Profile, OfNothingIsEmpty) {
  Problem problem{{buffer_of("empty", 0, 4, 0), buffer_of("idle", 0, 4, 8)}, 10};
  problem.buffers[1].gaps = {{{0, 4}, std::nullopt}};
  EXPECT_TRUE(profile_of(Problem{}, nullptr).empty());
  EXPECT_TRUE(profile_of(problem, nullptr).empty());
}

TEST(Profile, StandsPlansThatCannotBe) {
  const Problem problem{{buffer_of("a", 0, 4, 3)}, 20};
  const Plan below{{-10}, 0};
  EXPECT_EQ(profile_of(problem, &below), (std::vector<ProfileStep>{{0, 3, 0}, {4, 0, 0}}));
  const Plan above{{std::numeric_limits<int64_t>::max()}, 0};
  EXPECT_EQ(profile_of(problem, &above),
            (std::vector<ProfileStep>{{0, 3, kMaxInteger}, {4, 0, 0}}));
  const Plan of_another{{1, 2}, 0};
  EXPECT_EQ(profile_of(problem, &of_another), profile_of(problem, nullptr));
}

TEST(ProfileColumns, HoldTheLargestOfEachColumn) {
  Random random(32);
  for (int i = 0; i < 300; ++i) {
    const Case given = random_case(random);
    const std::vector<ProfileStep> profile = profile_of(given.problem, &given.plan);
    // A quarter of a moment a column, or several moments, from some whole moment on.
    const auto columns = static_cast<int>(between(random, 1, 30));
    const double width = 0.25 * static_cast<double>(int64_t{1} << between(random, 0, 5));
    const auto lower = static_cast<double>(between(random, -5, 12));
    const ProfileColumns sampled = sample(profile, lower, lower + columns * width, columns);
    ASSERT_EQ(sampled.load.size(), static_cast<size_t>(columns));
    ASSERT_EQ(sampled.top.size(), static_cast<size_t>(columns));
    for (int c = 0; c < columns; ++c) {
      ProfileStep largest;
      // Nothing changes within a moment, so looking every quarter of one is enough.
      for (double time = lower + c * width; time < lower + (c + 1) * width; time += 0.25) {
        const ProfileStep step = at(given, static_cast<int64_t>(std::floor(time)));
        largest.load = std::max(largest.load, step.load);
        largest.top = std::max(largest.top, step.top);
      }
      ASSERT_EQ(sampled.load[static_cast<size_t>(c)], static_cast<double>(largest.load));
      ASSERT_EQ(sampled.top[static_cast<size_t>(c)], static_cast<double>(largest.top));
    }
  }
}

TEST(ProfileColumns, StandAnyRange) {
  const Problem problem{{buffer_of("a", 0, 4, 3)}, 20};
  const std::vector<ProfileStep> profile = profile_of(problem, nullptr);
  EXPECT_TRUE(sample(profile, 0, 4, 0).load.empty());
  EXPECT_EQ(sample(profile, -1e300, 1e300, 2).load, (std::vector<double>{0, 3}));
  EXPECT_EQ(sample(profile, 1, 1 + 1e-12, 3).load, (std::vector<double>{3, 3, 3}));
  EXPECT_EQ(sample({}, 0, 4, 2).load, (std::vector<double>{0, 0}));
}

}  // namespace
}  // namespace stowage
