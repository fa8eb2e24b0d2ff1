#include "stowage/planner/solver.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "planner/decoder.h"
#include "planner/random_problem.h"
#include "planner/slice.h"
#include "problems/named.h"
#include "problems/random.h"
#include "stowage/base/integer.h"
#include "stowage/planner/explain.h"
#include "stowage/planner/sweep.h"
#include "stowage/planner/validate.h"

namespace stowage {
namespace {

using testing::between;
using testing::buffer_of;
using testing::Random;

std::unique_ptr<Solver> solver_of(const Problem& problem, const SolverParams& params = {}) {
  auto solver = make_solver(problem, params);
  EXPECT_TRUE(solver.ok());
  return std::move(solver).value();
}

SolverParams with_engine(Engine engine) {
  SolverParams params;
  params.engine = engine;
  return params;
}

// MiniMalloc's example.
Problem five_buffers() {
  return {{buffer_of("b1", 0, 3, 4), buffer_of("b2", 3, 9, 4), buffer_of("b3", 0, 9, 4),
           buffer_of("b4", 9, 21, 4), buffer_of("b5", 0, 21, 4)},
          12};
}

// A rectangle of time x space cut in two again and again, straight through: the pieces fill every
// section up to the capacity, so a plan must put them together without a hole.
class Guillotine {
 public:
  Guillotine(uint64_t seed, size_t pieces) : random_(seed) {
    problem_.capacity = 1 << 12;
    std::vector<Buffer> rectangles = {buffer_of("", 0, 1 << 12, problem_.capacity)};
    while (rectangles.size() < pieces) {
      const size_t chosen = largest(rectangles);
      cut(rectangles, chosen);
    }
    // In an order that says nothing of the cuts.
    for (size_t i = rectangles.size(); i > 1; --i) {
      std::swap(rectangles[i - 1], rectangles[random_() % i]);
    }
    for (size_t i = 0; i < rectangles.size(); ++i) rectangles[i].id = std::to_string(i);
    problem_.buffers = std::move(rectangles);
  }

  [[nodiscard]] const Problem& problem() const { return problem_; }

 private:
  static size_t largest(const std::vector<Buffer>& rectangles) {
    size_t best = 0;
    for (size_t i = 1; i < rectangles.size(); ++i) {
      if (rectangles[i].area() > rectangles[best].area()) best = i;
    }
    return best;
  }

  void cut(std::vector<Buffer>& rectangles, size_t chosen) {
    Buffer& first = rectangles[chosen];
    Buffer second = first;
    if (random_() % 2 == 0) {
      const int64_t at = between(random_, first.size / 4, first.size * 3 / 4);
      second.size -= at;
      first.size = at;
    } else {
      const int64_t length = first.lifespan.length();
      const int64_t at = first.lifespan.lower + between(random_, length / 4, length * 3 / 4);
      second.lifespan.lower = at;
      first.lifespan.upper = at;
    }
    rectangles.push_back(second);
  }

  Random random_;
  Problem problem_;
};

TEST(Solver, FindsMiniMallocsOwnPlanOfItsExample) {
  const Problem problem = five_buffers();
  const auto solver = solver_of(problem, with_engine(Engine::kCanonical));
  EXPECT_EQ(solver->step({}), SearchStatus::kSolved);
  EXPECT_EQ(solver->incumbent()->offsets, (std::vector<int64_t>{8, 8, 4, 4, 0}));
  EXPECT_EQ(solver->incumbent()->height, 12);
  EXPECT_EQ(solver->engine(), Engine::kCanonical);
}

TEST(Solver, AnswersAnOverloadAtOnceAndNamesIt) {
  Problem problem = five_buffers();
  problem.capacity = 11;
  const auto solver = solver_of(problem);
  EXPECT_EQ(solver->step({}), SearchStatus::kInfeasible);
  EXPECT_EQ(solver->counters().nodes, 0);
  ASSERT_TRUE(solver->overload().has_value());
  EXPECT_EQ(solver->overload()->load, 12);
  EXPECT_EQ(solver->overload()->buffers.size(), 3U);
  EXPECT_EQ(solver->lower_bound(), 12);
}

TEST(Solver, SolvesTheEmptyProblem) {
  const Problem problem;
  const auto solver = solver_of(problem);
  EXPECT_EQ(solver->step({}), SearchStatus::kSolved);
  EXPECT_EQ(solver->incumbent()->height, 0);
}

TEST(Solver, PutsPerfectPiecesTogether) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    const Guillotine cut(seed, 50);
    for (const Engine engine : {Engine::kAuto, Engine::kCanonical, Engine::kValley}) {
      const auto solver = solver_of(cut.problem(), with_engine(engine));
      ASSERT_EQ(solver->step({}), SearchStatus::kSolved) << to_string(engine) << " seed " << seed;
      EXPECT_EQ(validate(cut.problem(), *solver->incumbent()).verdict, Verdict::kGood);
      EXPECT_EQ(solver->incumbent()->height, cut.problem().capacity);
    }
  }
}

TEST(Solver, GivesTheSamePlanForTheSameSeed) {
  const Guillotine cut(7, 60);
  SolverParams params;
  params.seed = 42;
  const auto first = solver_of(cut.problem(), params);
  const auto second = solver_of(cut.problem(), params);
  first->step({});
  second->step({});
  EXPECT_EQ(first->incumbent()->offsets, second->incumbent()->offsets);
  EXPECT_EQ(first->counters().nodes, second->counters().nodes);
}

TEST(Solver, StopsAtTheDeadlineAndGoesOnLater) {
  const Guillotine cut(3, 60);
  const auto solver = solver_of(cut.problem(), with_engine(Engine::kCanonical));
  Budget late;
  late.deadline = std::chrono::steady_clock::time_point::min();
  EXPECT_EQ(solver->step(late), SearchStatus::kRunning);
  EXPECT_EQ(solver->incumbent(), nullptr);
  EXPECT_EQ(solver->step({}), SearchStatus::kSolved);
  EXPECT_EQ(solver->step({}), SearchStatus::kSolved);
}

int64_t first_fit_height(const Problem& problem) {
  const Sweep swept = sweep(problem);
  const auto decoder = make_first_fit(problem, swept, DecoderOrder::kSize);
  Slice slice{Budget{}};
  EXPECT_TRUE(decoder->run(slice));
  return plan_height(problem, decoder->offsets());
}

// As when time is up all along. The exact search comes first, and finds nothing.
TEST(Solver, OnceStartedKnowsAPlanNoHigherThanFirstFit) {
  Budget late;
  late.deadline = std::chrono::steady_clock::time_point::min();
  int searched = 0;
  for (const char* const name : {"aligned:500:0", "aligned:500:1", "aligned:500:2"}) {
    const Problem problem = std::move(problems::make_named(name)).value();
    const auto solver = solver_of(problem);
    SearchStatus status = SearchStatus::kRunning;
    while (status == SearchStatus::kRunning && solver->is_starting()) status = solver->step(late);
    if (status != SearchStatus::kRunning) continue;
    ++searched;
    EXPECT_GT(solver->counters().nodes, 0);
    ASSERT_NE(solver->incumbent(), nullptr);
    EXPECT_LE(solver->incumbent()->height, first_fit_height(problem));
  }
  EXPECT_GT(searched, 0);
}

// A plan that a decoder makes at once is not searched for.
TEST(Solver, MakesEasyPlansWithoutASearch) {
  for (uint64_t seed = 0; seed < 6; ++seed) {
    Problem problem = problems::make_random(200, 50, seed);
    problem.capacity = first_fit_height(problem);
    const auto solver = solver_of(problem);
    ASSERT_EQ(solver->step({}), SearchStatus::kSolved);
    EXPECT_EQ(solver->counters().nodes, 0);
    EXPECT_EQ(solver->engine(), Engine::kHeuristic);
  }
}

TEST(Solver, TakesGoodHintsAsTheyAre) {
  Problem problem = five_buffers();
  const std::vector<int64_t> hints = {0, 0, 8, 8, 4};
  for (size_t b = 0; b < hints.size(); ++b) problem.buffers[b].hint = hints[b];
  const auto solver = solver_of(problem);
  EXPECT_EQ(solver->step({}), SearchStatus::kSolved);
  EXPECT_EQ(solver->incumbent()->offsets, hints);
}

TEST(Solver, LetsWindowsInterlock) {
  // While both are live each holds the half that the other does not, so they may share an offset.
  Problem problem{{buffer_of("low", 0, 4, 8), buffer_of("high", 2, 6, 8)}, 8};
  problem.buffers[0].gaps = {{{2, 4}, Window{0, 4}}};
  problem.buffers[1].gaps = {{{2, 4}, Window{4, 8}}};
  for (const Engine engine : {Engine::kAuto, Engine::kCanonical}) {
    const auto solver = solver_of(problem, with_engine(engine));
    EXPECT_EQ(solver->step({}), SearchStatus::kSolved);
    EXPECT_EQ(validate(problem, *solver->incumbent()).verdict, Verdict::kGood);
  }
}

TEST(Solver, DoesNotTakeGivingUpForAProof) {
  // Odd sizes under alignment 2 waste a byte each but the last. 3 000 buffers live together have
  // too many overlaps to search, so nothing is proven.
  Problem problem;
  for (int i = 0; i < 3000; ++i) {
    problem.buffers.push_back(buffer_of(std::to_string(i), 0, 1, 3));
    problem.buffers.back().alignment = 2;
  }
  problem.capacity = 3 * 3000;
  const auto solver = solver_of(problem);
  EXPECT_EQ(solver->step({}), SearchStatus::kExhausted);
  ASSERT_NE(solver->incumbent(), nullptr);
  EXPECT_EQ(solver->incumbent()->height, 4 * 3000 - 1);
  problem.capacity = 4 * 3000 - 1;
  EXPECT_EQ(solver_of(problem)->step({}), SearchStatus::kSolved);
}

TEST(Solver, CountsWhatAlignmentWastes) {
  Problem problem;
  for (int i = 0; i < 20; ++i) {
    problem.buffers.push_back(buffer_of(std::to_string(i), 0, 10 + i, 60 + i % 3));
    problem.buffers.back().alignment = 64;
  }
  problem.capacity = kMaxInteger;
  SolverParams params;
  params.minimize_capacity = true;
  const auto solver = solver_of(problem, params);
  EXPECT_EQ(solver->step({}), SearchStatus::kSolved);
  EXPECT_EQ(solver->incumbent()->height, 19 * 64 + 60);
}

TEST(Solver, MinimisesWithinTheCapacityOnly) {
  Problem problem = five_buffers();
  problem.buffers[0].offset = 20;
  problem.capacity = 24;
  SolverParams params;
  params.minimize_capacity = true;
  const auto solver = solver_of(problem, params);
  EXPECT_EQ(solver->step({}), SearchStatus::kSolved);
  EXPECT_EQ(solver->incumbent()->height, 24);
  // Two fixed buffers that collide have no plan at any capacity.
  problem.buffers[2].offset = 18;
  problem.capacity = kMaxInteger;
  EXPECT_EQ(solver_of(problem, params)->step({}), SearchStatus::kInfeasible);
}

TEST(Solver, RefusesWhatIsIllFormed) {
  Problem problem = five_buffers();
  problem.buffers[0].size = -1;
  const auto solver = make_solver(problem, {});
  ASSERT_FALSE(solver.ok());
  EXPECT_EQ(solver.error().code, ErrorCode::kInvalidArgument);
  SolverParams params;
  params.preordering_heuristics = {"WXT"};
  EXPECT_FALSE(make_solver(five_buffers(), params).ok());
  EXPECT_FALSE(make_explanation(problem, {}).ok());
}

TEST(Explanation, OfAnOverloadIsItsLargestBuffers) {
  Problem problem = five_buffers();
  problem.capacity = 11;
  auto explanation = std::move(make_explanation(problem, {})).value();
  EXPECT_EQ(explanation->step({}), ExplanationStatus::kFound);
  EXPECT_EQ(explanation->subset().size(), 3U);
  EXPECT_EQ(explanation->counters().nodes, 0);
}

TEST(Explanation, RunsInSlicesToTheSameEnd) {
  Problem problem = Guillotine(5, 10).problem();
  problem.buffers.push_back(buffer_of("extra", 0, 1 << 12, 1));
  problem.capacity += 1;
  problem.buffers.push_back(buffer_of("fixed", 0, 1 << 12, 1));
  problem.buffers.back().offset = problem.capacity / 2;
  problem.capacity += 1;
  auto whole = std::move(make_explanation(problem, {})).value();
  const ExplanationStatus status = whole->step({});
  auto sliced = std::move(make_explanation(problem, {})).value();
  ExplanationStatus last = ExplanationStatus::kRunning;
  while (last == ExplanationStatus::kRunning) {
    Budget budget;
    budget.nodes = 10;
    last = sliced->step(budget);
  }
  EXPECT_EQ(last, status);
  EXPECT_EQ(sliced->subset(), whole->subset());
}

}  // namespace
}  // namespace stowage
