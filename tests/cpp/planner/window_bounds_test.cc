#include "planner/window_bounds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "planner/brute_force.h"
#include "planner/model.h"
#include "planner/overlap_rows.h"
#include "planner/random_problem.h"
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

// As problems::make_full, for brute force: the same load at every moment, as what ends is replaced
// by others of the same size together.
Problem full_problem(testing::Random& random, int64_t load, int64_t moments) {
  Problem problem;
  std::vector<Buffer> live;
  const auto fill = [&](int64_t moment, int64_t space, int64_t count) {
    for (; count > 0 && space > 0; --count) {
      const int64_t size =
          count == 1 ? space : testing::between(random, 1, (2 * space - 1) / count);
      live.push_back(testing::buffer_of("", moment, moments, size));
      space -= size;
    }
  };
  fill(0, load, 5);
  for (int64_t moment = 1; moment < moments; ++moment) {
    int64_t ended = 0;
    problems::shuffle(random, live);
    for (int64_t i = testing::between(random, 1, 2); i > 0 && !live.empty(); --i) {
      ended += live.back().size;
      live.back().lifespan.upper = moment;
      problem.buffers.push_back(live.back());
      live.pop_back();
    }
    fill(moment, ended, std::max<int64_t>(1, 5 - std::ssize(live)));
  }
  problem.buffers.insert(problem.buffers.end(), live.begin(), live.end());
  // So that brute force meets collisions early.
  std::stable_sort(
      problem.buffers.begin(), problem.buffers.end(),
      [](const Buffer& a, const Buffer& b) { return a.lifespan.lower < b.lifespan.lower; });
  return problem;
}

TEST(WindowBounds, AreNeverAboveTheLeastHeightOfBruteForce) {
  testing::Random random(3);
  int looked_at = 0;
  int better = 0;
  for (int i = 0; i < 400; ++i) {
    const Problem problem = full_problem(random, 20, 11);
    const Sweep swept = sweep(problem);
    if (swept.partitions.size() != 1) continue;
    const Partition& partition = swept.partitions.front();
    const Model model =
        make_model(problem, swept, partition, overlap_rows(problem, swept, partition));
    if (!WindowBounds::accepts(model) || problem.buffers.size() > 30) continue;
    const int64_t load = *std::max_element(model.load.begin(), model.load.end());
    WindowBounds windows(model, {});
    for (int slices = 0; slices < 400 && !windows.done(); ++slices) {
      Slice slice{Budget{.nodes = 1000}};
      windows.run(slice, load, 2 * load);
    }
    ++looked_at;
    if (windows.lower_bound() <= load) continue;
    ++better;
    EXPECT_FALSE(testing::BruteForce(problem).fits(windows.lower_bound() * model.unit - 1))
        << "problem " << i;
  }
  EXPECT_GT(looked_at, 100);
  EXPECT_GT(better, 5) << looked_at;
}

// Which is why windows begin with four.
TEST(WindowBounds, WouldFindNothingInThreeSections) {
  testing::Random random(5);
  const testing::Shape three{
      .buffers = 8, .time = 3, .size = 6, .gaps = false, .alignment = false, .fixed = false};
  for (int i = 0; i < 300; ++i) {
    const Problem problem = testing::random_problem(random, three);
    EXPECT_TRUE(testing::BruteForce(problem).fits(sweep(problem).max_load())) << "problem " << i;
  }
}

}  // namespace
}  // namespace stowage
