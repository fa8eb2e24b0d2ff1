#include "stowage/planner/validate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "planner/random_problem.h"

namespace stowage {
namespace {

using testing::buffer_of;
using testing::Random;

Problem example() {
  return {{buffer_of("b1", 0, 3, 4), buffer_of("b2", 3, 9, 4), buffer_of("b3", 0, 9, 4),
           buffer_of("b4", 9, 21, 4), buffer_of("b5", 0, 21, 4)},
          12};
}

Plan plan_of(const Problem& problem, std::vector<int64_t> offsets) {
  const int64_t height = plan_height(problem, offsets);
  return {std::move(offsets), height};
}

void expect_verdict(const Problem& problem, const Plan& plan, Verdict verdict,
                    const std::vector<BufferIndex>& buffers, const std::string& message) {
  const Validation validation = validate(problem, plan);
  EXPECT_EQ(validation.verdict, verdict) << to_string(validation.verdict);
  EXPECT_EQ(validation.buffers, buffers);
  EXPECT_EQ(validation.message, message);
}

TEST(ValidateTest, AcceptsAGoodPlan) {
  const Problem problem = example();
  expect_verdict(problem, plan_of(problem, {8, 8, 4, 4, 0}), Verdict::kGood, {}, "");
  expect_verdict({}, {}, Verdict::kGood, {}, "");
}

TEST(ValidateTest, NamesItsVerdicts) {
  EXPECT_STREQ(to_string(Verdict::kGood), "good");
  EXPECT_STREQ(to_string(Verdict::kBadSolution), "bad-solution");
  EXPECT_STREQ(to_string(Verdict::kBadFixed), "bad-fixed");
  EXPECT_STREQ(to_string(Verdict::kBadOffset), "bad-offset");
  EXPECT_STREQ(to_string(Verdict::kBadOverlap), "bad-overlap");
  EXPECT_STREQ(to_string(Verdict::kBadAlignment), "bad-alignment");
  EXPECT_STREQ(to_string(Verdict::kBadHeight), "bad-height");
}

TEST(ValidateTest, CountsTheOffsets) {
  expect_verdict(example(), {{8, 8, 4, 4}, 12}, Verdict::kBadSolution, {},
                 "the plan has 4 offsets for 5 buffers");
}

TEST(ValidateTest, HoldsFixedBuffersToTheirOffsets) {
  Problem problem = example();
  problem.buffers[2].offset = 0;
  expect_verdict(problem, plan_of(problem, {8, 8, 4, 4, 0}), Verdict::kBadFixed, {2},
                 "buffer 'b3' is fixed at offset 0 but placed at 4");
  expect_verdict(problem, plan_of(problem, {8, 8, 0, 0, 4}), Verdict::kGood, {}, "");
}

TEST(ValidateTest, KeepsBuffersWithinTheCapacity) {
  const Problem problem = example();
  expect_verdict(problem, plan_of(problem, {-1, 8, 4, 4, 0}), Verdict::kBadOffset, {0},
                 "buffer 'b1', of size 4 at offset -1, starts below 0");
  expect_verdict(problem, plan_of(problem, {8, 9, 4, 4, 0}), Verdict::kBadOffset, {1},
                 "buffer 'b2', of size 4 at offset 9, ends above the capacity 12");
}

TEST(ValidateTest, FindsOverlaps) {
  const Problem problem = example();
  expect_verdict(problem, plan_of(problem, {8, 8, 6, 4, 0}), Verdict::kBadOverlap, {0, 2},
                 "buffers 'b1' and 'b3' both hold the bytes [8, 10) in the time [0, 3)");
  expect_verdict(problem, plan_of(problem, {8, 8, 4, 3, 0}), Verdict::kBadOverlap, {3, 4},
                 "buffers 'b4' and 'b5' both hold the bytes [3, 4) in the time [9, 21)");
}

TEST(ValidateTest, AllowsInterlockingWindows) {
  Problem problem{{buffer_of("a", 0, 4, 4), buffer_of("b", 0, 4, 4)}, 4};
  problem.buffers[0].gaps = {{{0, 4}, Window{0, 2}}};
  problem.buffers[1].gaps = {{{0, 4}, Window{2, 4}}};
  expect_verdict(problem, plan_of(problem, {0, 0}), Verdict::kGood, {}, "");
  problem.buffers[1].gaps[0].lifespan.upper = 3;
  expect_verdict(problem, plan_of(problem, {0, 0}), Verdict::kBadOverlap, {0, 1},
                 "buffers 'a' and 'b' both hold the bytes [0, 2) in the time [3, 4)");
}

TEST(ValidateTest, ChecksAlignment) {
  Problem problem = example();
  problem.buffers[3].alignment = 8;
  expect_verdict(problem, plan_of(problem, {8, 8, 4, 4, 0}), Verdict::kBadAlignment, {3},
                 "buffer 'b4' is at offset 4, which is not a multiple of its alignment 8");
}

TEST(ValidateTest, ChecksTheHeight) {
  expect_verdict(example(), {{8, 8, 4, 4, 0}, 13}, Verdict::kBadHeight, {},
                 "the plan gives its height as 13 but its highest buffer ends at 12");
}

// The definition: at no moment do two buffers hold the same byte.
bool overlap_anywhere(const Problem& problem, const Plan& plan, int64_t last) {
  for (size_t i = 0; i < problem.buffers.size(); ++i) {
    for (size_t j = i + 1; j < problem.buffers.size(); ++j) {
      for (int64_t time = 0; time < last; ++time) {
        Window a = testing::held_at(problem.buffers[i], time);
        Window b = testing::held_at(problem.buffers[j], time);
        a = {a.lower + plan.offsets[i], a.upper + plan.offsets[i]};
        b = {b.lower + plan.offsets[j], b.upper + plan.offsets[j]};
        if (a.intersects(b)) return true;
      }
    }
  }
  return false;
}

// The other verdicts by their definitions, in the order of the enumerators.
Verdict judge_naively(const Problem& problem, const Plan& plan, int64_t last) {
  bool bad_fixed = false;
  bool bad_offset = false;
  bool bad_alignment = false;
  for (size_t i = 0; i < problem.buffers.size(); ++i) {
    const Buffer& buffer = problem.buffers[i];
    const int64_t offset = plan.offsets[i];
    bad_fixed |= buffer.offset.has_value() && *buffer.offset != offset;
    bad_offset |= offset < 0 || offset + buffer.size > problem.capacity;
    bad_alignment |= offset % buffer.alignment != 0;
  }
  if (bad_fixed) return Verdict::kBadFixed;
  if (bad_offset) return Verdict::kBadOffset;
  if (overlap_anywhere(problem, plan, last)) return Verdict::kBadOverlap;
  return bad_alignment ? Verdict::kBadAlignment : Verdict::kGood;
}

Plan random_plan(Random& random, const Problem& problem) {
  std::vector<int64_t> offsets;
  for (const Buffer& buffer : problem.buffers) {
    int64_t offset = testing::between(random, 0, std::max<int64_t>(problem.capacity - 1, 0));
    if (!testing::one_in(random, 10)) offset -= offset % buffer.alignment;
    if (buffer.offset && !testing::one_in(random, 20)) offset = *buffer.offset;
    offsets.push_back(offset);
  }
  return plan_of(problem, std::move(offsets));
}

TEST(ValidateTest, AgreesWithTheDefinitionOnRandomPlans) {
  Random random(3);
  std::vector<int> seen(7);
  for (int i = 0; i < 30000; ++i) {
    testing::Shape shape;
    shape.buffers = testing::between(random, 0, 6);
    shape.size = testing::between(random, 1, 5);
    Problem problem = testing::random_problem(random, shape);
    problem.capacity *= testing::between(random, 1, 4);
    const Plan plan = random_plan(random, problem);
    const Verdict expected = judge_naively(problem, plan, shape.time);
    const Validation validation = validate(problem, plan);
    ASSERT_EQ(validation.verdict, expected) << validation.message;
    ++seen[static_cast<size_t>(expected)];
    // The buffers named are at fault by themselves.
    if (expected != Verdict::kBadOverlap) continue;
    Problem pair{{}, problem.capacity};
    Plan part;
    for (const BufferIndex buffer : validation.buffers) {
      pair.buffers.push_back(problem.buffers[static_cast<size_t>(buffer)]);
      part.offsets.push_back(plan.offsets[static_cast<size_t>(buffer)]);
    }
    ASSERT_EQ(pair.buffers.size(), 2U);
    ASSERT_TRUE(overlap_anywhere(pair, part, shape.time));
  }
  // The test says something about each of these only when they occur often.
  for (const Verdict verdict : {Verdict::kGood, Verdict::kBadFixed, Verdict::kBadOffset,
                                Verdict::kBadOverlap, Verdict::kBadAlignment}) {
    EXPECT_GT(seen[static_cast<size_t>(verdict)], 300) << to_string(verdict);
  }
}

}  // namespace
}  // namespace stowage
