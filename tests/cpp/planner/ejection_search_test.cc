// Lowering plans by ejections, and how it finds what is live together.
#include "planner/ejection_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "planner/decoder.h"
#include "planner/laid_problem.h"
#include "planner/random_problem.h"
#include "planner/rectangle_overlaps.h"
#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/validate.h"

namespace stowage {
namespace {

using testing::between;
using testing::Laid;
using testing::Random;
using testing::run_in_pieces;
using testing::whole;

TEST(RectangleOverlaps, FindsWhatALinearScanFinds) {
  Random random(1);
  for (int i = 0; i < 100; ++i) {
    const auto sections = static_cast<SectionIndex>(between(random, 1, 200));
    std::vector<SectionRange> extents;
    for (int64_t r = between(random, 0, 100); r > 0; --r) {
      extents.push_back(testing::random_range(random, sections));
    }
    std::sort(extents.begin(), extents.end(),
              [](const auto& a, const auto& b) { return a.lower < b.lower; });
    RectangleOverlaps overlaps(extents, sections);
    run_in_pieces([&](Slice& slice) { return overlaps.run(slice); });
    for (int query = 0; query < 50; ++query) {
      const SectionRange range = testing::random_range(random, sections);
      std::vector<int32_t> found;
      overlaps.for_each(range, [&](int32_t r) { found.push_back(r); });
      std::sort(found.begin(), found.end());
      std::vector<int32_t> expected;
      for (size_t r = 0; r < extents.size(); ++r) {
        if (extents[r].intersects(range)) expected.push_back(static_cast<int32_t>(r));
      }
      ASSERT_EQ(found, expected);
    }
  }
}

// A plan that leaves much to be done: each rectangle on top of all others and of all that is held.
std::vector<int64_t> tower(const Laid& laid) {
  int64_t top = 0;
  for (const HeldPiece& piece : laid.part.held.pieces()) top = std::max(top, piece.space.upper);
  std::vector<int64_t> offsets;
  for (const Rectangle& rectangle : laid.part.rectangles) {
    offsets.push_back(align_up(top, rectangle.alignment));
    top = offsets.back() + rectangle.size;
  }
  return offsets;
}

int64_t height_of(const Laid& laid, const std::vector<int64_t>& offsets) {
  int64_t height = 0;
  for (size_t r = 0; r < offsets.size(); ++r) {
    height = std::max(height, offsets[r] + laid.part.rectangles[r].size);
  }
  return height;
}

TEST(EjectionSearch, OnlyEverFindsLowerPlans) {
  Random random(2);
  int64_t before = 0;
  int64_t after = 0;
  for (int i = 0; i < 200; ++i) {
    const Laid laid(i % 4 == 0 ? testing::crowded(random, 120)
                               : problem_with_room(random, testing::mixed_shape(random)));
    if (laid.swept.sections.empty()) continue;
    const std::vector<int64_t> start = tower(laid);
    int64_t height = height_of(laid, start);
    before += height;
    EjectionSearch search(laid.part, static_cast<uint64_t>(i));
    search.start_from(start);
    ASSERT_EQ(search.height(), height);
    bool reached = false;
    for (int step = 0; step < 1000 && !reached; ++step) {
      Slice slice = whole();
      slice.limited_work(1000, [&](Slice& turn) { reached = search.run(turn, 0); });
      const std::vector<int64_t>* const found = search.take_found();
      if (found == nullptr) continue;
      ASSERT_LT(height_of(laid, *found), height);
      height = height_of(laid, *found);
      ASSERT_EQ(search.height(), height);
      const Plan plan = laid.plan(laid.part, *found, initial_offsets(laid.problem));
      const Validation validation = validate(laid.problem, plan);
      ASSERT_EQ(validation.verdict, Verdict::kGood) << validation.message << "\n"
                                                    << to_csv(laid.problem, &plan);
    }
    const int64_t bound = *std::max_element(laid.part.load.begin(), laid.part.load.end());
    ASSERT_EQ(reached, height <= bound);
    after += height;
  }
  EXPECT_LT(after, before / 2);
}

TEST(EjectionSearch, DoesNotDependOnSlices) {
  Random random(3);
  for (int i = 0; i < 10; ++i) {
    const Laid laid(testing::crowded(random, 200));
    const std::vector<int64_t> start = tower(laid);
    const int64_t goal = (height_of(laid, start) + laid.swept.max_load()) / 2;
    EjectionSearch at_once(laid.part, 5);
    at_once.start_from(start);
    Slice slice = whole();
    ASSERT_TRUE(at_once.run(slice, goal));
    EjectionSearch in_pieces(laid.part, 5);
    in_pieces.start_from(start);
    for (bool reached = false; !reached;) {
      Slice piece = whole();
      piece.limited_work(1, [&](Slice& turn) { reached = in_pieces.run(turn, goal); });
    }
    const std::vector<int64_t>* const one = at_once.take_found();
    const std::vector<int64_t>* const other = in_pieces.take_found();
    ASSERT_TRUE(one != nullptr && other != nullptr);
    EXPECT_EQ(*one, *other);
    EXPECT_EQ(at_once.take_found(), nullptr);
  }
}

}  // namespace
}  // namespace stowage
