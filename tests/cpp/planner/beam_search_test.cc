#include "planner/beam_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "planner/brute_force.h"
#include "planner/model.h"
#include "planner/overlap_rows.h"
#include "planner/random_problem.h"
#include "planner/slice.h"
#include "problems/perfect.h"
#include "stowage/planner/sweep.h"
#include "stowage/planner/validate.h"

namespace stowage {
namespace {

using testing::between;
using testing::BruteForce;
using testing::Random;

// A load of 22 at every moment below 15: two buffers at a time end, and two of the same size
// together follow. Often there is no plan of that height.
Problem full_problem(uint64_t seed) {
  Random random(seed);
  Problem problem;
  problem.capacity = 22;
  std::vector<size_t> live;
  const auto start = [&](int64_t time, int64_t size) {
    live.push_back(problem.buffers.size());
    const std::string id = "b" + std::to_string(live.back());
    problem.buffers.push_back(testing::buffer_of(id, time, 15, size));
  };
  const auto end = [&](int64_t time) {
    const auto ended = live.begin() + between(random, 0, std::ssize(live) - 1);
    Buffer& buffer = problem.buffers[*ended];
    buffer.lifespan.upper = time;
    live.erase(ended);
    return buffer.size;
  };
  for (const int64_t size : {4, 5, 6, 7}) start(0, size);
  for (int64_t time = 2; time < 15; time += 2) {
    const int64_t size = end(time) + end(time);
    const int64_t part = between(random, 1, size - 1);
    start(time, part);
    start(time, size - part);
  }
  return problem;
}

// The first partition of a problem, laid out for searching.
struct Case {
  explicit Case(const Problem& whole) {
    problem.capacity = whole.capacity;
    const Sweep all = sweep(whole);
    for (const BufferIndex b : all.partitions.front().buffers) {
      problem.buffers.push_back(whole.buffers[static_cast<size_t>(b)]);
    }
    const Sweep swept = sweep(problem);
    const Partition& partition = swept.partitions.front();
    model = make_model(problem, swept, partition, overlap_rows(problem, swept, partition));
  }

  // In units.
  [[nodiscard]] int64_t least_height() const {
    return *BruteForce(problem).least_height(60) / model.unit;
  }

  // The verdict on a plan of the search, at a capacity in units.
  Verdict check(const std::vector<int64_t>& offsets, int64_t capacity) {
    problem.capacity = capacity * model.unit;
    Plan plan;
    for (const int64_t offset : offsets) plan.offsets.push_back(offset * model.unit);
    plan.height = plan_height(problem, plan.offsets);
    return validate(problem, plan).verdict;
  }

  Problem problem;
  Model model;
};

SearchStatus run_pass(BeamSearch& search, int64_t width, double noise, uint64_t seed) {
  search.start(width, noise, seed);
  Slice slice{Budget{}};
  return search.run(slice);
}

TEST(BeamSearch, AWidePassAgreesWithBruteForce) {
  int infeasible_above_the_load = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    Case test(full_problem(seed));
    const int64_t load = *std::max_element(test.model.load.begin(), test.model.load.end());
    const int64_t least = test.least_height();
    for (int64_t capacity = std::max<int64_t>(load - 1, 1); capacity <= least + 1; ++capacity) {
      BeamSearch search(test.model, capacity);
      const SearchStatus status = run_pass(search, 1 << 12, 0, 0);
      ASSERT_EQ(status, capacity < least ? SearchStatus::kInfeasible : SearchStatus::kSolved)
          << "seed " << seed << ", capacity " << capacity;
      if (status == SearchStatus::kSolved) {
        ASSERT_EQ(test.check(search.offsets(), capacity), Verdict::kGood) << "seed " << seed;
      } else if (capacity >= load) {
        ++infeasible_above_the_load;
      }
    }
  }
  EXPECT_GT(infeasible_above_the_load, 5);  // else nothing was proven by searching
}

TEST(BeamSearch, ANarrowPassClaimsNothingFalse) {
  int solved = 0;
  int exhausted = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    Case test(problems::make_perfect(80, seed).problem);
    const int64_t capacity = test.problem.capacity / test.model.unit;
    BeamSearch search(test.model, capacity);
    for (uint64_t pass = 0; pass < 4; ++pass) {
      const SearchStatus status = run_pass(search, 1 + static_cast<int64_t>(pass), 0.5, pass);
      ASSERT_NE(status, SearchStatus::kInfeasible) << "seed " << seed;
      if (status == SearchStatus::kSolved) {
        ++solved;
        ASSERT_EQ(test.check(search.offsets(), capacity), Verdict::kGood) << "seed " << seed;
      } else {
        ++exhausted;
      }
    }
  }
  EXPECT_GT(solved, 10);
  EXPECT_GT(exhausted, 10);  // else the passes were not narrow
}

TEST(BeamSearch, SlicesDoNotChangeThePlan) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Case test(problems::make_perfect(24, seed).problem);
    const int64_t capacity = test.problem.capacity / test.model.unit;
    BeamSearch whole(test.model, capacity);
    const SearchStatus answer = run_pass(whole, 16, 0.1, seed);
    BeamSearch sliced(test.model, capacity);
    sliced.start(16, 0.1, seed);
    SearchStatus status = SearchStatus::kRunning;
    while (status == SearchStatus::kRunning) {
      Slice slice{Budget{.nodes = 1}};
      status = sliced.run(slice);
    }
    EXPECT_EQ(status, answer);
    EXPECT_EQ(sliced.offsets(), whole.offsets()) << "seed " << seed;
    EXPECT_EQ(sliced.counters().nodes, whole.counters().nodes) << "seed " << seed;
  }
}

}  // namespace
}  // namespace stowage
