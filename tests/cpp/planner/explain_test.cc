#include "stowage/planner/explain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "planner/exchange.h"
#include "planner/random_problem.h"
#include "problems/random.h"
#include "stowage/planner/solver.h"
#include "stowage/planner/validate.h"

namespace stowage {
namespace {

using testing::Random;
using testing::Shape;

SearchStatus answer(const Problem& problem) {
  return std::move(make_solver(problem, {})).value()->step({});
}

Problem without(const Problem& problem, const std::vector<BufferIndex>& subset, BufferIndex b) {
  Problem part;
  part.capacity = problem.capacity;
  for (const BufferIndex other : subset) {
    if (other != b) part.buffers.push_back(problem.buffers[static_cast<size_t>(other)]);
  }
  return part;
}

// Their load fits everywhere: only a search can tell that there is no plan.
TEST(Explanation, TakesFewSolvesWhereItTakesASearch) {
  int64_t buffers = 0;
  int64_t solves = 0;
  int explained = 0;
  for (uint64_t seed = 0; seed < 8; ++seed) {
    const Problem problem = problems::make_full(30 + 5 * static_cast<int64_t>(seed % 3), seed);
    auto explanation = std::move(make_explanation(problem, {})).value();
    const ExplanationStatus status = explanation->step({});
    if (status == ExplanationStatus::kFeasible) continue;
    ASSERT_EQ(status, ExplanationStatus::kFound);
    const std::vector<BufferIndex>& subset = explanation->subset();
    EXPECT_EQ(answer(without(problem, subset, ExchangePlace::kNobody)), SearchStatus::kInfeasible);
    for (const BufferIndex b : subset) {
      EXPECT_EQ(answer(without(problem, subset, b)), SearchStatus::kSolved) << "seed " << seed;
    }
    ++explained;
    buffers += static_cast<int64_t>(problem.buffers.size());
    solves += explanation->solves();
  }
  EXPECT_GT(explained, 4);
  EXPECT_LT(solves, buffers);
}

// Whether `b` may be at `offset` beside the others that have one.
bool is_free(const Problem& problem, const std::vector<int64_t>& offsets, size_t b,
             int64_t offset) {
  Problem part;
  part.capacity = problem.capacity;
  Plan plan;
  for (size_t other = 0; other < offsets.size(); ++other) {
    if (other != b && offsets[other] == kAbsent) continue;
    part.buffers.push_back(problem.buffers[other]);
    plan.offsets.push_back(other == b ? offset : offsets[other]);
  }
  plan.height = plan_height(part, plan.offsets);
  return validate(part, plan).verdict == Verdict::kGood;
}

TEST(Exchange, FindsThePlacesThatTryingAllFinds) {
  Random random(11);
  int free = 0;
  int exchanged = 0;
  for (int i = 0; i < 400; ++i) {
    Problem problem =
        testing::random_problem(random, Shape{.buffers = 7, .time = 8, .size = 5, .hints = false});
    problem.capacity = std::max<int64_t>(problem.capacity / 3, 6);
    std::erase_if(problem.buffers, [&](const Buffer& b) {
      return b.offset.value_or(0) + b.size > problem.capacity;
    });
    std::vector<int64_t> offsets(problem.buffers.size(), kAbsent);
    for (size_t b = 0; b < offsets.size(); ++b) {
      std::vector<BufferIndex> expected;  // in the way alone, somewhere
      bool is_free_somewhere = false;
      for (int64_t offset = 0; offset <= problem.capacity; ++offset) {
        is_free_somewhere = is_free_somewhere || is_free(problem, offsets, b, offset);
        for (size_t other = 0; other < b; ++other) {
          if (offsets[other] == kAbsent) continue;
          std::vector<int64_t> fewer = offsets;
          fewer[other] = kAbsent;
          if (is_free(problem, fewer, b, offset)) {
            expected.push_back(static_cast<BufferIndex>(other));
          }
        }
      }
      std::sort(expected.begin(), expected.end());
      expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
      const std::vector<ExchangePlace> found =
          places(problem, offsets, static_cast<BufferIndex>(b));
      if (is_free_somewhere) {
        ASSERT_EQ(found.size(), 1U);
        ASSERT_EQ(found.front().in_the_way, ExchangePlace::kNobody);
        ASSERT_TRUE(is_free(problem, offsets, b, found.front().offset));
        ++free;
        offsets[b] = found.front().offset;
        continue;
      }
      std::vector<BufferIndex> in_the_way;
      for (const ExchangePlace& place : found) {
        in_the_way.push_back(place.in_the_way);
        std::vector<int64_t> fewer = offsets;
        fewer[static_cast<size_t>(place.in_the_way)] = kAbsent;
        ASSERT_TRUE(is_free(problem, fewer, b, place.offset));
        ++exchanged;
      }
      std::sort(in_the_way.begin(), in_the_way.end());
      ASSERT_EQ(in_the_way, expected);
    }
  }
  EXPECT_GT(free, 100);
  EXPECT_GT(exchanged, 100);
}

}  // namespace
}  // namespace stowage
