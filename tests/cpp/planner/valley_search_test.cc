// The valley search by itself: every feature that it takes, and problems that only good pruning
// solves.
#include "planner/valley_search.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "planner/bit_set.h"
#include "planner/brute_force.h"
#include "planner/random_problem.h"
#include "problems/named.h"
#include "stowage/planner/csv.h"
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

SolverParams valley_only(uint64_t seed = 0) {
  SolverParams params;
  params.engine = Engine::kValley;
  params.seed = seed;
  return params;
}

// Every feature; a capacity near where the answer changes.
Problem tight_problem(Random& random) {
  Shape shape;
  shape.buffers = between(random, 2, 9);
  shape.time = between(random, 3, 10);
  shape.size = between(random, 1, 4);
  shape.gaps = one_in(random, 2);
  shape.alignment = one_in(random, 2);
  shape.fixed = one_in(random, 2);
  shape.hints = false;
  Problem problem = random_problem(random, shape);
  if (one_in(random, 2)) {
    for (Buffer& buffer : problem.buffers) {
      for (Gap& gap : buffer.gaps) gap.window.reset();
    }
  }
  problem.capacity = sweep(problem).max_load() + (one_in(random, 3) ? 1 : 0);
  for (Buffer& buffer : problem.buffers) {
    if (!buffer.offset) continue;
    const int64_t end = *buffer.offset + buffer.size;
    if (end > problem.capacity + 1) buffer.offset.reset();
    if (buffer.offset && end > problem.capacity) problem.capacity = end;
  }
  return problem;
}

TEST(ValleySearch, AgreesWithBruteForceOnEveryFeature) {
  Random random(21);
  int feasible = 0;
  constexpr int kProblems = 3000;
  for (int i = 0; i < kProblems; ++i) {
    const Problem problem = tight_problem(random);
    const bool fits = BruteForce(problem).fits(problem.capacity);
    feasible += fits ? 1 : 0;
    auto solver = make_solver(problem, valley_only(static_cast<uint64_t>(i)));
    ASSERT_TRUE(solver.ok()) << solver.error().message;
    ASSERT_EQ((*solver)->step({}), fits ? SearchStatus::kSolved : SearchStatus::kInfeasible)
        << "capacity " << problem.capacity << "\n"
        << to_csv(problem);
    if (!fits) continue;
    const Validation validation = validate(problem, *(*solver)->incumbent());
    ASSERT_EQ(validation.verdict, Verdict::kGood) << validation.message << "\n" << to_csv(problem);
  }
  EXPECT_LT(feasible, kProblems * 39 / 40);
  EXPECT_GT(feasible, kProblems / 2);
}

TEST(ValleySearch, SolvesProblemsWithoutSlackInFewNodes) {
  for (const std::string name : {"perfect:250:3", "gaps:125:3", "windows:125:3", "fixed:60:3",
                                 "aligned:60:3", "sprinkled:60:3"}) {
    const auto problem = problems::make_named(name);
    ASSERT_TRUE(problem.ok()) << problem.error().message;
    auto solver = make_solver(*problem, valley_only());
    ASSERT_TRUE(solver.ok());
    Budget budget;
    budget.nodes = 100 * static_cast<int64_t>(problem->buffers.size());
    EXPECT_EQ((*solver)->step(budget), SearchStatus::kSolved) << name;
  }
}

TEST(ValleySearch, IsTheSameWhereverSlicesEnd) {
  const auto problem = problems::make_named("aligned:60:1");
  ASSERT_TRUE(problem.ok());
  std::vector<std::vector<int64_t>> offsets;
  std::vector<int64_t> nodes;
  for (const int64_t slice : {int64_t{1}, int64_t{7}, std::numeric_limits<int64_t>::max()}) {
    auto solver = make_solver(*problem, valley_only());
    ASSERT_TRUE(solver.ok());
    Budget budget;
    budget.nodes = slice;
    while ((*solver)->step(budget) == SearchStatus::kRunning) continue;
    offsets.push_back((*solver)->incumbent()->offsets);
    nodes.push_back((*solver)->counters().nodes);
  }
  EXPECT_EQ(offsets[0], offsets[1]);
  EXPECT_EQ(offsets[0], offsets[2]);
  EXPECT_EQ(nodes[0], nodes[1]);
  EXPECT_EQ(nodes[0], nodes[2]);
}

TEST(BitSet, AgreesWithAListOfFlags) {
  Random random(5);
  constexpr int32_t kSize = 200;
  BitSet set(kSize);
  std::vector<char> flags(kSize, 0);
  for (int i = 0; i < 20000; ++i) {
    const auto member = static_cast<int32_t>(between(random, 0, kSize - 1));
    if (one_in(random, 2)) {
      set.insert(member);
      flags[static_cast<size_t>(member)] = 1;
    } else {
      set.erase(member);
      flags[static_cast<size_t>(member)] = 0;
    }
    const auto lower = static_cast<int32_t>(between(random, 0, kSize));
    const auto upper = static_cast<int32_t>(between(random, 0, kSize));
    std::vector<int32_t> expected;
    for (int32_t k = lower; k < upper; ++k) {
      if (flags[static_cast<size_t>(k)] != 0) expected.push_back(k);
    }
    std::vector<int32_t> visited;
    set.for_each_in(lower, upper, [&](int32_t k) { visited.push_back(k); });
    ASSERT_EQ(visited, expected);
    ASSERT_EQ(set.first_in(lower, upper), expected.empty() ? BitSet::kNone : expected.front());
    ASSERT_EQ(set.contains(member), flags[static_cast<size_t>(member)] != 0);
  }
}

}  // namespace
}  // namespace stowage
