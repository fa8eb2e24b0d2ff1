// What racing searches of one problem rely on.
#include <gtest/gtest.h>

#include <limits>

#include "planner/random_problem.h"
#include "problems/random.h"
#include "stowage/base/integer.h"
#include "stowage/planner/solver.h"
#include "stowage/planner/validate.h"

namespace stowage {
namespace {

struct Outcome {
  SearchStatus status = SearchStatus::kRunning;
  int64_t height = std::numeric_limits<int64_t>::max();
  int64_t lower_bound = 0;
  int64_t nodes = 0;
};

struct Report {
  int64_t height = std::numeric_limits<int64_t>::max();
  int64_t lower_bound = 0;
};

// Runs to the end in slices of a few nodes, with `report` after the first.
Outcome solve(const Problem& problem, const SolverParams& params, const Report& report = {}) {
  const auto solver = make_solver(problem, params);
  EXPECT_TRUE(solver.ok());
  Budget budget;
  budget.nodes = 7;
  Outcome outcome;
  outcome.status = (*solver)->step(budget);
  (*solver)->report(report.height, report.lower_bound);
  while (outcome.status == SearchStatus::kRunning) outcome.status = (*solver)->step(budget);
  outcome.lower_bound = (*solver)->lower_bound();
  outcome.nodes = (*solver)->counters().nodes;
  if (const Plan* plan = (*solver)->incumbent()) {
    outcome.height = plan->height;
    const Verdict verdict = validate(problem, *plan).verdict;
    EXPECT_EQ(verdict, plan->height <= problem.capacity ? Verdict::kGood : Verdict::kBadOffset);
  }
  return outcome;
}

TEST(Race, RacersGiveTheSameAnswers) {
  testing::Random random(1);
  for (int i = 0; i < 100; ++i) {
    const Problem problem = testing::random_problem(random, {.buffers = 9});
    SolverParams params;
    for (const bool minimize : {false, true}) {
      params.minimize_capacity = minimize;
      params.racer = 0;
      const Outcome alone = solve(problem, params);
      for (params.racer = 1; params.racer < 9; ++params.racer) {
        const Outcome outcome = solve(problem, params);
        EXPECT_EQ(outcome.status, alone.status) << "problem " << i << " racer " << params.racer;
        if (minimize && alone.status == SearchStatus::kSolved) {
          EXPECT_EQ(outcome.height, alone.height);
        }
      }
    }
  }
}

// A search that hears of the least height has nothing left to find, and proves that it is the
// least.
TEST(Race, AReportedHeightIsProvenLeast) {
  SolverParams params;
  params.minimize_capacity = true;
  int above_height = 0;
  for (uint64_t seed = 0; seed < 30; ++seed) {
    Problem problem = problems::make_full(20, seed);
    problem.capacity = kMaxInteger;
    const Outcome alone = solve(problem, params);
    ASSERT_EQ(alone.status, SearchStatus::kSolved);
    const Outcome told = solve(problem, params, {.height = alone.height});
    EXPECT_EQ(told.lower_bound, alone.height) << "seed " << seed;
    EXPECT_GE(told.height, alone.height);
    EXPECT_EQ(told.status,
              told.height == alone.height ? SearchStatus::kSolved : SearchStatus::kExhausted);
    if (told.height > alone.height) ++above_height;
  }
  EXPECT_GT(above_height, 0) << "the heuristics alone find nearly all least heights";
}

// A height that is not the least one is no reason to stop.
TEST(Race, SearchesGoOnBelowAReportedHeight) {
  SolverParams params;
  params.minimize_capacity = true;
  for (uint64_t seed = 0; seed < 30; ++seed) {
    Problem problem = problems::make_full(20, seed);
    problem.capacity = kMaxInteger;
    const Outcome alone = solve(problem, params);
    const Outcome told = solve(problem, params, {.height = alone.height + 1});
    EXPECT_EQ(told.status, SearchStatus::kSolved);
    EXPECT_EQ(told.height, alone.height) << "seed " << seed;
  }
}

TEST(Race, AReportedBoundEndsASearch) {
  int64_t nodes_alone = 0;
  int64_t nodes_told = 0;
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Problem problem = problems::make_full(30, seed);
    const Outcome alone = solve(problem, {});
    if (alone.status != SearchStatus::kInfeasible) continue;
    const Outcome told = solve(problem, {}, {.lower_bound = problem.capacity + 1});
    EXPECT_EQ(told.status, SearchStatus::kInfeasible);
    nodes_alone += alone.nodes;
    nodes_told += told.nodes;
  }
  EXPECT_GT(nodes_alone, nodes_told);
}

}  // namespace
}  // namespace stowage
