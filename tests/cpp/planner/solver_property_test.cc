// The solver against brute force, on random problems with every feature of the model.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "planner/brute_force.h"
#include "planner/random_problem.h"
#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/explain.h"
#include "stowage/planner/solver.h"
#include "stowage/planner/validate.h"

namespace stowage {
namespace {

using testing::between;
using testing::BruteForce;
using testing::one_in;
using testing::Random;
using testing::random_problem;
using testing::Shape;

struct Answer {
  SearchStatus status = SearchStatus::kRunning;
  Plan plan;
  int64_t lower_bound = 0;
  SearchCounters counters;
};

Answer solve(const Problem& problem, const SolverParams& params) {
  auto solver = make_solver(problem, params);
  EXPECT_TRUE(solver.ok()) << solver.error().message;
  if (!solver.ok()) return {};
  Answer answer;
  answer.status = (*solver)->step({});
  if ((*solver)->incumbent() != nullptr) answer.plan = *(*solver)->incumbent();
  answer.lower_bound = (*solver)->lower_bound();
  answer.counters = (*solver)->counters();
  return answer;
}

// The features that one in so many problems has; about a third of all are plain rectangles.
Shape random_shape(Random& random) {
  Shape shape;
  const bool plain = one_in(random, 3);
  shape.buffers = between(random, 0, 9);
  shape.time = between(random, 3, 10);
  shape.size = between(random, 1, 4);
  shape.gaps = !plain && one_in(random, 2);
  shape.alignment = !plain && one_in(random, 2);
  shape.fixed = !plain && one_in(random, 2);
  shape.hints = one_in(random, 3);
  return shape;
}

// A capacity near where the answer changes.
Problem interesting_problem(Random& random) {
  Problem problem = random_problem(random, random_shape(random));
  problem.capacity = sweep(problem).max_load() + between(random, -1, 1);
  for (const Buffer& buffer : problem.buffers) {
    if (buffer.offset) {
      problem.capacity = std::max(problem.capacity, *buffer.offset + buffer.size);
    }
  }
  problem.capacity = std::max<int64_t>(problem.capacity, 0);
  return problem;
}

void expect_answer(const Problem& problem, const SolverParams& params, bool fits) {
  const Answer answer = solve(problem, params);
  ASSERT_EQ(answer.status, fits ? SearchStatus::kSolved : SearchStatus::kInfeasible)
      << to_string(params.engine) << " at capacity " << problem.capacity << "\n"
      << to_csv(problem);
  if (!fits) return;
  const Validation validation = validate(problem, answer.plan);
  ASSERT_EQ(validation.verdict, Verdict::kGood) << validation.message << "\n" << to_csv(problem);
}

TEST(SolverProperty, AgreesWithBruteForceOnFeasibility) {
  Random random(1);
  int feasible = 0;
  constexpr int kProblems = 3000;
  for (int i = 0; i < kProblems; ++i) {
    const Problem problem = interesting_problem(random);
    const bool fits = BruteForce(problem).fits(problem.capacity);
    feasible += fits ? 1 : 0;
    for (const Engine engine : {Engine::kAuto, Engine::kCanonical, Engine::kValley}) {
      SolverParams params;
      params.engine = engine;
      params.seed = static_cast<uint64_t>(i);
      expect_answer(problem, params, fits);
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
  // Both answers must be common for the test to mean anything.
  EXPECT_GT(feasible, kProblems / 5);
  EXPECT_LT(feasible, kProblems * 4 / 5);
}

TEST(SolverProperty, AgreesWithBruteForceOnTheLeastHeight) {
  Random random(2);
  for (int i = 0; i < 500; ++i) {
    Problem problem = interesting_problem(random);
    problem.capacity = 60;
    const auto least = BruteForce(problem).least_height(60);
    for (const Engine engine : {Engine::kAuto, Engine::kCanonical, Engine::kValley}) {
      SolverParams params;
      params.engine = engine;
      params.minimize_capacity = true;
      const Answer answer = solve(problem, params);
      if (!least) {
        ASSERT_EQ(answer.status, SearchStatus::kInfeasible) << to_csv(problem);
        continue;
      }
      ASSERT_EQ(answer.status, SearchStatus::kSolved) << to_csv(problem);
      ASSERT_EQ(answer.plan.height, *least) << to_string(engine) << "\n" << to_csv(problem);
      ASSERT_EQ(answer.lower_bound, *least) << to_string(engine) << "\n" << to_csv(problem);
      ASSERT_EQ(validate(problem, answer.plan).verdict, Verdict::kGood) << to_csv(problem);
    }
  }
}

using Switch = bool SolverParams::*;
const std::vector<Switch> kSwitches = {
    &SolverParams::canonical_only,        &SolverParams::section_inference,
    &SolverParams::dynamic_ordering,      &SolverParams::check_dominance,
    &SolverParams::unallocated_floor,     &SolverParams::static_preordering,
    &SolverParams::dynamic_decomposition, &SolverParams::monotonic_floor,
    &SolverParams::hatless_pruning,
};

TEST(SolverProperty, NoSwitchChangesTheAnswer) {
  Random random(3);
  for (int i = 0; i < 2000; ++i) {
    Shape shape = random_shape(random);
    shape.buffers = between(random, 0, 7);  // with everything off the search is exhaustive
    Problem problem = random_problem(random, shape);
    problem.capacity = std::max(problem.capacity / 3, sweep(problem).max_load());
    for (const Buffer& buffer : problem.buffers) {
      if (buffer.offset) {
        problem.capacity = std::max(problem.capacity, *buffer.offset + buffer.size);
      }
    }
    const bool fits = BruteForce(problem).fits(problem.capacity);
    SolverParams all_off;
    all_off.engine = Engine::kCanonical;
    for (const Switch off : kSwitches) {
      SolverParams params;
      params.engine = Engine::kCanonical;
      params.*off = false;
      all_off.*off = false;
      expect_answer(problem, params, fits);
    }
    expect_answer(problem, all_off, fits);
    for (const Switch on : kSwitches) {
      SolverParams params = all_off;
      params.*on = true;
      expect_answer(problem, params, fits);
    }
    // Random combinations of switches and orders.
    SolverParams params;
    params.engine = Engine::kCanonical;
    for (const Switch either : kSwitches) params.*either = one_in(random, 2);
    params.preordering_heuristics.clear();
    const std::string letters = "ACLOTUWZ";
    for (int64_t k = between(random, 1, 3); k > 0; --k) {
      std::string order;
      for (int64_t j = between(random, 1, 4); j > 0; --j) order += letters[random() % 8];
      params.preordering_heuristics.push_back(order);
    }
    expect_answer(problem, params, fits);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(SolverProperty, SwitchesChangeTheWork) {
  // Nothing here depends on the exact counts, only on every switch having an effect somewhere.
  std::vector<int> differs(kSwitches.size(), 0);
  Random random(4);
  for (int i = 0; i < 60; ++i) {
    Shape shape;
    shape.buffers = 9;
    shape.gaps = shape.fixed = shape.hints = false;
    Problem problem = random_problem(random, shape);
    problem.capacity = sweep(problem).max_load();
    // Canonical order and decomposition imply much of what the others prune, so each switch is
    // tried without them as well.
    for (const bool canonical : {true, false}) {
      SolverParams params;
      params.engine = Engine::kCanonical;
      params.canonical_only = canonical;
      params.dynamic_decomposition = canonical;
      params.preordering_heuristics = {"WAT"};
      const int64_t nodes = solve(problem, params).counters.nodes;
      for (size_t k = 0; k < kSwitches.size(); ++k) {
        SolverParams other = params;
        other.*kSwitches[k] = !(other.*kSwitches[k]);
        differs[k] += solve(problem, other).counters.nodes == nodes ? 0 : 1;
      }
    }
  }
  for (size_t k = 0; k < kSwitches.size(); ++k) EXPECT_GT(differs[k], 0) << "switch " << k;
}

TEST(SolverProperty, SlicesDoNotChangeThePlan) {
  Random random(5);
  for (int i = 0; i < 300; ++i) {
    const Problem problem = interesting_problem(random);
    for (const bool minimize : {false, true}) {
      SolverParams params;
      params.minimize_capacity = minimize;
      params.seed = random();
      const Answer whole = solve(problem, params);
      auto solver = std::move(make_solver(problem, params)).value();
      SearchStatus status = SearchStatus::kRunning;
      int64_t bound = 0;
      while (status == SearchStatus::kRunning) {
        Budget budget;
        budget.nodes = 1;
        status = solver->step(budget);
        EXPECT_GE(solver->lower_bound(), bound);
        bound = solver->lower_bound();
      }
      ASSERT_EQ(status, whole.status);
      ASSERT_EQ(solver->counters().nodes, whole.counters.nodes);
      if (solver->incumbent() != nullptr) {
        ASSERT_EQ(solver->incumbent()->offsets, whole.plan.offsets);
      }
    }
  }
}

TEST(SolverProperty, InfeasibleSubsetsAreIrreducible) {
  Random random(6);
  int explained = 0;
  for (int i = 0; i < 1500; ++i) {
    const Problem problem = interesting_problem(random);
    auto explanation = std::move(make_explanation(problem, {})).value();
    const ExplanationStatus status = explanation->step({});
    if (BruteForce(problem).fits(problem.capacity)) {
      ASSERT_EQ(status, ExplanationStatus::kFeasible);
      ASSERT_TRUE(explanation->subset().empty());
      continue;
    }
    ASSERT_EQ(status, ExplanationStatus::kFound);
    ++explained;
    const std::vector<BufferIndex>& subset = explanation->subset();
    const auto fits_without = [&](BufferIndex left_out) {
      Problem part;
      for (const BufferIndex b : subset) {
        if (b != left_out) part.buffers.push_back(problem.buffers[static_cast<size_t>(b)]);
      }
      return BruteForce(part).fits(problem.capacity);
    };
    ASSERT_FALSE(fits_without(-1)) << to_csv(problem);
    for (const BufferIndex b : subset) ASSERT_TRUE(fits_without(b)) << to_csv(problem);
  }
  EXPECT_GT(explained, 100);
}

TEST(SolverProperty, HeuristicsGiveValidPlansAndProveNothingFalse) {
  Random random(7);
  for (int i = 0; i < 1500; ++i) {
    Problem problem = interesting_problem(random);
    SolverParams params;
    params.engine = Engine::kHeuristic;
    params.minimize_capacity = one_in(random, 2);
    const Answer answer = solve(problem, params);
    const bool fits = BruteForce(problem).fits(problem.capacity);
    if (answer.status == SearchStatus::kSolved) {
      ASSERT_TRUE(fits);
    } else if (answer.status == SearchStatus::kInfeasible) {
      ASSERT_FALSE(fits);
    }
    if (answer.plan.offsets.empty()) continue;
    problem.capacity = kMaxInteger;
    ASSERT_EQ(validate(problem, answer.plan).verdict, Verdict::kGood) << to_csv(problem);
  }
}

}  // namespace
}  // namespace stowage
