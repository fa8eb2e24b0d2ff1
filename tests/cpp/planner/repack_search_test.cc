#include "planner/repack_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "planner/brute_force.h"
#include "planner/plain_case.h"
#include "planner/slice.h"
#include "problems/perfect.h"
#include "problems/random.h"

namespace stowage {
namespace {

using testing::full_problem;
using testing::PlainCase;

// One on top of the other.
std::vector<int64_t> stack(const Model& model) {
  std::vector<int64_t> offsets;
  int64_t top = 0;
  for (const int64_t size : model.size) {
    offsets.push_back(top);
    top += size;
  }
  return offsets;
}

int64_t max_load(const Model& model) {
  return *std::max_element(model.load.begin(), model.load.end());
}

SolverParams with_seed(uint64_t seed) {
  SolverParams params;
  params.seed = seed;
  return params;
}

// The plans that it comes to in so many nodes, spent in slices of `slice_nodes`.
std::vector<std::vector<int64_t>> plans_of(const Model& model, uint64_t seed, int64_t nodes,
                                           int64_t slice_nodes) {
  const SolverParams params = with_seed(seed);
  RepackSearch search(model, params);
  search.offer(stack(model));
  std::vector<std::vector<int64_t>> plans;
  while (search.counters().nodes < nodes && search.height() > max_load(model)) {
    Budget budget;
    budget.nodes = slice_nodes;
    Slice slice(budget);
    if (search.run(slice, max_load(model)) == SearchStatus::kSolved) {
      plans.push_back(search.offsets());
    }
  }
  return plans;
}

TEST(RepackSearch, FindsTheLeastHeightOfSmallProblems) {
  int found = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    PlainCase test(full_problem(seed));
    const auto plans = plans_of(test.model, seed, 20'000, 1000);
    int64_t height = plan_height(test.model, stack(test.model));
    for (const auto& plan : plans) {
      ASSERT_LT(plan_height(test.model, plan), height) << "seed " << seed;
      height = plan_height(test.model, plan);
      ASSERT_EQ(test.check(plan, height), Verdict::kGood) << "seed " << seed;
    }
    const int64_t least = test.least_height();
    ASSERT_GE(height, least);
    found += height == least ? 1 : 0;
  }
  EXPECT_GE(found, 18);
}

TEST(RepackSearch, ComesNearTheLoadWithMoreBuffers) {
  Problem problem = problems::make_random(150, 40, 1);
  PlainCase test(problem);
  const auto plans = plans_of(test.model, 0, 300'000, 10'000);
  ASSERT_FALSE(plans.empty());
  const int64_t height = plan_height(test.model, plans.back());
  EXPECT_EQ(test.check(plans.back(), height), Verdict::kGood);
  EXPECT_LE(height, max_load(test.model) * 102 / 100);
}

TEST(RepackSearch, DoesTheSameHoweverItIsSliced) {
  for (uint64_t seed = 0; seed < 4; ++seed) {
    const PlainCase test(problems::make_random(60, 20, seed));
    EXPECT_EQ(plans_of(test.model, seed, 5'000, 1 << 20), plans_of(test.model, seed, 5'000, 7));
  }
}

// The offer comes at many moments, some of them in the middle of a part that the beam packs.
TEST(RepackSearch, TakesOverALowerPlanAtAnyTime) {
  PlainCase test(problems::make_perfect(100, 1).problem);
  const auto lower = plans_of(test.model, 100, 50'000, 1000);
  const SolverParams params = with_seed(0);
  const auto go_on = [&](RepackSearch& search, int64_t slices) {
    for (; search.height() > max_load(test.model) && slices > 0; --slices) {
      Budget budget;
      budget.nodes = 5;
      Slice slice(budget);
      search.run(slice, max_load(test.model));
      ASSERT_EQ(test.check(search.offsets(), search.height()), Verdict::kGood);
    }
  };
  int lowered = 0;
  for (int64_t moment = 0; moment < 30; ++moment) {
    RepackSearch search(test.model, params);
    search.offer(stack(test.model));
    go_on(search, 20 + 97 * moment);
    for (const auto& plan : lower) {
      if (plan_height(test.model, plan) >= search.height()) continue;
      search.offer(plan);
      ASSERT_EQ(search.height(), plan_height(test.model, plan));
      go_on(search, 150);
      ++lowered;
      break;
    }
  }
  EXPECT_GT(lowered, 15);
}

}  // namespace
}  // namespace stowage
