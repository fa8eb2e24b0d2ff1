#include "planner/beam_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "planner/brute_force.h"
#include "planner/model.h"
#include "planner/overlap_rows.h"
#include "planner/plain_case.h"
#include "planner/slice.h"
#include "problems/perfect.h"
#include "stowage/planner/sweep.h"
#include "stowage/planner/validate.h"

namespace stowage {
namespace {

using testing::full_problem;
using testing::PlainCase;

SearchStatus run_pass(BeamSearch& search, int64_t width, double noise, uint64_t seed) {
  search.start(width, noise, seed);
  Slice slice{Budget{}};
  return search.run(slice);
}

TEST(BeamSearch, AWidePassAgreesWithBruteForce) {
  int infeasible_above_the_load = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    PlainCase test(full_problem(seed));
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
    PlainCase test(problems::make_perfect(80, seed).problem);
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
    PlainCase test(problems::make_perfect(24, seed).problem);
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
