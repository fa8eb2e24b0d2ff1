// The problems that tests and benchmarks make up.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "planner/random_problem.h"
#include "problems/named.h"
#include "problems/perfect.h"
#include "problems/random.h"
#include "problems/twin.h"
#include "stowage/planner/solver.h"
#include "stowage/planner/sweep.h"
#include "stowage/planner/validate.h"

namespace stowage::problems {
namespace {

bool has_capacity_as_load(const Problem& problem) {
  const Sweep swept = sweep(problem);
  return std::all_of(swept.sections.begin(), swept.sections.end(),
                     [&](const Section& section) { return section.load == problem.capacity; });
}

TEST(PerfectProblem, HasAPlanAndNoSlack) {
  for (const int64_t buffers : {1, 2, 5, 60, 1000}) {
    for (uint64_t seed = 0; seed < 5; ++seed) {
      const ProblemAndPlan solved = make_perfect(buffers, seed);
      EXPECT_EQ(solved.problem.buffers.size(), static_cast<size_t>(buffers));
      EXPECT_EQ(check(solved.problem), std::nullopt);
      EXPECT_EQ(validate(solved.problem, solved.plan).verdict, Verdict::kGood);
      EXPECT_TRUE(has_capacity_as_load(solved.problem));
    }
  }
}

TEST(PerfectProblem, KeepsItsPlanUnderSprinkles) {
  int64_t aligned = 0;
  int64_t fixed = 0;
  int64_t gaps = 0;
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const ProblemAndPlan solved =
        sprinkle(make_perfect(200, seed),
                 {.alignments = true, .fixed = true, .gaps = true, .windows = true}, seed + 1);
    EXPECT_EQ(check(solved.problem), std::nullopt);
    EXPECT_EQ(validate(solved.problem, solved.plan).verdict, Verdict::kGood);
    EXPECT_TRUE(has_capacity_as_load(solved.problem));
    for (const Buffer& buffer : solved.problem.buffers) {
      aligned += buffer.alignment > 1;
      fixed += buffer.offset.has_value();
      gaps += !buffer.gaps.empty();
    }
  }
  EXPECT_GT(aligned, 300);
  EXPECT_GT(fixed, 60);
  EXPECT_GT(gaps, 300);
}

TEST(FullProblem, HasNoSlack) {
  for (const int64_t buffers : {1, 3, 20, 300}) {
    for (uint64_t seed = 0; seed < 5; ++seed) {
      const Problem problem = make_full(buffers, seed);
      EXPECT_EQ(problem.buffers.size(), static_cast<size_t>(buffers));
      EXPECT_EQ(check(problem), std::nullopt);
      EXPECT_TRUE(has_capacity_as_load(problem));
    }
  }
}

std::vector<int64_t> sorted_loads(const Problem& problem) {
  std::vector<int64_t> loads;
  for (const Section& section : sweep(problem).sections) loads.push_back(section.load);
  std::sort(loads.begin(), loads.end());
  return loads;
}

TEST(Twin, HasTheAnswerOfItsOriginal) {
  testing::Random random(1);
  for (uint64_t seed = 0; seed < 60; ++seed) {
    const Problem problem = testing::random_problem(random, {});
    const Problem twin = make_twin(problem, seed);
    ASSERT_EQ(check(twin), std::nullopt);
    const int64_t factor = problem.capacity == 0 ? 1 : twin.capacity / problem.capacity;
    std::vector<int64_t> loads = sorted_loads(problem);
    if (problem.capacity > 0) {
      for (int64_t& load : loads) load *= factor;
      EXPECT_EQ(sorted_loads(twin), loads);
    }
    const auto original_solver = make_solver(problem, {});
    const auto twin_solver = make_solver(twin, {});
    EXPECT_EQ((*original_solver)->step({}), (*twin_solver)->step({})) << "seed " << seed;
  }
}

TEST(NamedProblem, IsTheSameEveryTime) {
  for (const char* kind : {"perfect", "aligned", "fixed", "gaps", "windows", "sprinkled", "full",
                           "random", "short", "dense", "heavy", "layered", "training"}) {
    const std::string name = std::string(kind) + ":50:7";
    const auto problem = make_named(name);
    ASSERT_TRUE(problem.ok()) << name;
    EXPECT_EQ(check(*problem), std::nullopt) << name;
    EXPECT_GE(problem->buffers.size(), 50U) << name;
    EXPECT_EQ(*problem, *make_named(name)) << name;
    EXPECT_NE(*problem, *make_named(std::string(kind) + ":50:8")) << name;
  }
}

TEST(NamedProblem, RefusesOtherNames) {
  for (const char* name : {"", "perfect", "perfect:", "perfect:5", "perfect:5:", "perfect:0:1",
                           "perfect:5:1:", "perfect:-5:1", "perfect:5:x", "other:5:1",
                           "perfect:99999999999:1", "perfect:99999999999999999999:1"}) {
    EXPECT_FALSE(make_named(name).ok()) << name;
  }
}

}  // namespace
}  // namespace stowage::problems
