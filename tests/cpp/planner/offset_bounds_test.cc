#include "planner/offset_bounds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "planner/brute_force.h"
#include "planner/model.h"
#include "planner/overlap_rows.h"
#include "planner/random_problem.h"
#include "problems/named.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/sweep.h"

namespace stowage {
namespace {

using testing::between;
using testing::BruteForce;
using testing::one_in;
using testing::Random;
using testing::random_problem;
using testing::Shape;

Model model_of(const Problem& problem, const Sweep& swept) {
  const Partition& partition = swept.partitions.front();
  return make_model(problem, swept, partition, overlap_rows(problem, swept, partition));
}

// Without slack to spare, with fixed buffers that fit.
Problem problem_with_fixed(Random& random) {
  Shape shape;
  shape.buffers = between(random, 4, 8);
  shape.time = between(random, 2, 6);
  shape.size = between(random, 2, 6);
  shape.gaps = one_in(random, 2);
  shape.alignment = one_in(random, 3);
  shape.hints = false;
  Problem problem = random_problem(random, shape);
  problem.capacity = sweep(problem).max_load() + (one_in(random, 4) ? 1 : 0);
  for (Buffer& buffer : problem.buffers) {
    if (!buffer.offset || *buffer.offset + buffer.size <= problem.capacity) continue;
    buffer.offset.reset();
  }
  return problem;
}

TEST(OffsetBounds, LeaveOutNoPlan) {
  Random random(11);
  int bounded = 0;
  int infeasible = 0;
  for (int i = 0; i < 2000; ++i) {
    const Problem problem = problem_with_fixed(random);
    const Sweep swept = sweep(problem);
    if (swept.partitions.size() != 1 || problem.capacity > 40) continue;
    const Model model = model_of(problem, swept);
    const OffsetBounds bounds(model, problem.capacity / model.unit);
    if (bounds.infeasible()) {
      ++infeasible;
      ASSERT_FALSE(BruteForce(problem).fits(problem.capacity)) << to_csv(problem);
      continue;
    }
    for (size_t b = 0; b < model.size.size(); ++b) {
      const Buffer& buffer = problem.buffers[static_cast<size_t>(model.original[b])];
      if (buffer.offset) continue;
      // No plan has the buffer just outside its bounds, or farther out.
      for (int64_t offset = 0; offset + buffer.size <= problem.capacity;
           offset += buffer.alignment) {
        if (offset % model.unit != 0) continue;
        const int64_t units = offset / model.unit;
        if (bounds.least()[b] <= units && units <= bounds.most()[b]) continue;
        ++bounded;
        Problem outside = problem;
        outside.buffers[static_cast<size_t>(model.original[b])].offset = offset;
        ASSERT_FALSE(BruteForce(outside).fits(problem.capacity))
            << buffer.id << " at " << offset << "\n"
            << to_csv(problem);
      }
    }
  }
  EXPECT_GT(bounded, 500);
  EXPECT_GT(infeasible, 20);
}

TEST(OffsetBounds, SettleMuchOfWhatLiesUnderFixedBuffers) {
  const auto problem = problems::make_named("fixed:125:0");
  ASSERT_TRUE(problem.ok()) << problem.error().message;
  const Sweep swept = sweep(*problem);
  ASSERT_EQ(swept.partitions.size(), 1U);
  const Model model = model_of(*problem, swept);
  const int64_t capacity = problem->capacity / model.unit;
  const OffsetBounds bounds(model, capacity);
  ASSERT_FALSE(bounds.infeasible());
  int64_t bounded = 0;
  for (size_t b = 0; b < model.size.size(); ++b) {
    const bool is_free = bounds.least()[b] == 0 && bounds.most()[b] == capacity - model.size[b];
    bounded += is_free ? 0 : 1;
  }
  EXPECT_GT(bounded, model.buffer_count / 3);
}

}  // namespace
}  // namespace stowage
