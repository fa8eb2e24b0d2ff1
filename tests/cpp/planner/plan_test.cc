#include "stowage/planner/plan.h"

#include <gtest/gtest.h>

namespace stowage {
namespace {

TEST(PlanTest, HeightIsTheHighestEnd) {
  Problem problem;
  EXPECT_EQ(plan_height(problem, {}), 0);
  problem.buffers.resize(3);
  problem.buffers[0].size = 4;
  problem.buffers[1].size = 10;
  problem.buffers[2].size = 0;
  EXPECT_EQ(plan_height(problem, {8, 0, 3}), 12);
  EXPECT_EQ(plan_height(problem, {0, 4, 20}), 20);
}

}  // namespace
}  // namespace stowage
