#include "planner/window_bounds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "planner/model.h"
#include "planner/overlap_rows.h"
#include "planner/slice.h"
#include "problems/random.h"
#include "stowage/planner/solver.h"

namespace stowage {
namespace {

// By the canonical search alone, which knows nothing of windows.
int64_t least_height(Problem problem) {
  problem.capacity = int64_t{1} << 40;
  SolverParams params;
  params.engine = Engine::kCanonical;
  params.minimize_capacity = true;
  auto solver = std::move(make_solver(problem, params)).value();
  EXPECT_EQ(solver->step({}), SearchStatus::kSolved);
  return solver->lower_bound();
}

TEST(WindowBounds, AreBoundsAndBetterThanTheLoad) {
  int better = 0;
  for (uint64_t seed = 0; seed < 16; ++seed) {
    const Problem problem = problems::make_full(26, seed);
    const Sweep swept = sweep(problem);
    const Partition& partition = swept.partitions.front();
    if (swept.partitions.size() > 1) continue;
    const Model model =
        make_model(problem, swept, partition, overlap_rows(problem, swept, partition));
    if (!WindowBounds::accepts(model)) continue;
    const int64_t load = *std::max_element(model.load.begin(), model.load.end());
    const int64_t least = least_height(problem) / model.unit;
    WindowBounds windows(model, {});
    int64_t bound = load;
    Slice slice{Budget{.nodes = 200'000}};
    while (!windows.done() && !slice.spent()) {
      windows.run(slice, bound, 2 * load);
      bound = std::max(bound, windows.lower_bound());
      ASSERT_LE(bound, least) << "seed " << seed;
    }
    better += bound > load ? 1 : 0;
  }
  EXPECT_GT(better, 2);
}

}  // namespace
}  // namespace stowage
