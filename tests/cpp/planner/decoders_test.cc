// The greedy decoders and what they look things up in, against the definition.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "planner/decoder.h"
#include "planner/fitting_buffers.h"
#include "planner/held_pieces.h"
#include "planner/laid_problem.h"
#include "planner/random_problem.h"
#include "planner/reach_tree.h"
#include "planner/skyline_decoder.h"
#include "planner/skyline_search.h"
#include "planner/sliced_sort.h"
#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/validate.h"

namespace stowage {
namespace {

using testing::between;
using testing::collide;
using testing::crowded;
using testing::Laid;
using testing::mixed_shape;
using testing::one_in;
using testing::problem_with_room;
using testing::Random;
using testing::random_range;
using testing::run_in_pieces;
using testing::Shape;
using testing::whole;

TEST(FittingBuffers, FindsWhatALinearScanFinds) {
  Random random(1);
  for (int i = 0; i < 60; ++i) {
    const auto sections = static_cast<SectionIndex>(between(random, 1, 40));
    std::vector<Rectangle> rectangles;
    std::vector<int64_t> keys;
    for (int64_t r = between(random, 0, 100); r > 0; --r) {
      const SectionRange range = random_range(random, sections);
      rectangles.push_back({range.lower, range.upper, 1, 1});
      keys.push_back(between(random, -5, 5));
    }
    RectangleTreeBuilder builder(rectangles);
    run_in_pieces([&](Slice& slice) { return builder.run(slice); });
    const RectangleTree tree = builder.take();
    FittingBuffers fitting(rectangles, tree);
    run_in_pieces([&](Slice& slice) { return fitting.reset(keys, slice); });
    std::vector<bool> taken(rectangles.size(), false);
    for (int query = 0; query < 200; ++query) {
      const SectionRange lower = random_range(random, sections);
      const SectionRange upper = random_range(random, sections + 1);
      const auto accept = [&](int32_t r) { return r % 3 != query % 4; };
      int64_t visited = 0;
      const int32_t found = fitting.best(lower, upper, accept, visited);
      int64_t best_key = std::numeric_limits<int64_t>::min();
      for (size_t r = 0; r < rectangles.size(); ++r) {
        if (taken[r] || !accept(static_cast<int32_t>(r))) continue;
        if (!lower.contains(rectangles[r].lower) || !upper.contains(rectangles[r].upper)) continue;
        best_key = std::max(best_key, keys[r]);
      }
      if (best_key == std::numeric_limits<int64_t>::min()) {
        ASSERT_EQ(found, FittingBuffers::kNone);
        continue;
      }
      ASSERT_NE(found, FittingBuffers::kNone);
      const auto f = static_cast<size_t>(found);
      ASSERT_FALSE(taken[f]);
      ASSERT_TRUE(accept(found));
      ASSERT_TRUE(lower.contains(rectangles[f].lower) && upper.contains(rectangles[f].upper));
      ASSERT_EQ(keys[f], best_key);
      fitting.take(found);
      taken[f] = true;
    }
  }
}

TEST(SlicedSort, SortsAndKeepsEqualItemsInOrder) {
  Random random(9);
  for (const size_t count : {0, 1, 2047, 2048, 2049, 4096, 4097, 20'000}) {
    std::vector<std::pair<int64_t, size_t>> items;
    for (size_t i = 0; i < count; ++i) items.emplace_back(between(random, 0, 50), i);
    const auto before = [](const auto& a, const auto& b) { return a.first < b.first; };
    SlicedSort sort(items, before);
    run_in_pieces([&](Slice& slice) { return sort.run(slice); });
    std::stable_sort(items.begin(), items.end(), before);
    ASSERT_EQ(sort.take(), items);
  }
}

TEST(ReachTree, KeepsTheFirstOfTheLargest) {
  Random random(2);
  for (int i = 0; i < 100; ++i) {
    const auto sections = static_cast<SectionIndex>(between(random, 1, 40));
    std::vector<int64_t> reach;
    for (SectionIndex s = 0; s < sections; ++s) reach.push_back(between(random, 0, 4));
    ReachTree tree(reach);
    for (int step = 0; step < 60; ++step) {
      const SectionRange raised = random_range(random, sections);
      const int64_t amount = between(random, 0, 3);
      tree.raise(raised, amount);
      for (SectionIndex s = raised.lower; s < raised.upper; ++s) {
        reach[static_cast<size_t>(s)] += amount;
      }
      ASSERT_EQ(tree.most(), *std::max_element(reach.begin(), reach.end()));
      const SectionRange range = random_range(random, sections);
      const auto most = std::max_element(reach.begin() + range.lower, reach.begin() + range.upper);
      ASSERT_EQ(tree.most_critical(range), most - reach.begin());
    }
  }
}

TEST(HeldPieces, FindsTheNextAboveAHeight) {
  Random random(3);
  for (int i = 0; i < 100; ++i) {
    const auto sections = static_cast<SectionIndex>(between(random, 1, 40));
    std::vector<HeldPiece> pieces;
    for (int64_t p = between(random, 0, 20); p > 0; --p) {
      const int64_t lower = between(random, 0, 30);
      pieces.push_back({random_range(random, sections), {lower, lower + between(random, 1, 9)}});
    }
    const HeldPieces held(pieces, sections);
    EXPECT_EQ(held.empty(), pieces.empty());
    for (int query = 0; query < 100; ++query) {
      const SectionRange range = random_range(random, sections);
      const int64_t height = between(random, 0, 40);
      int64_t least = std::numeric_limits<int64_t>::max();
      for (const HeldPiece& piece : pieces) {
        if (!piece.sections.intersects(range) || piece.space.lower < height) continue;
        least = std::min(least, piece.space.lower);
      }
      const HeldPiece* const found = held.next_above(range, height);
      if (least == std::numeric_limits<int64_t>::max()) {
        ASSERT_EQ(found, nullptr);
        continue;
      }
      ASSERT_NE(found, nullptr);
      ASSERT_EQ(found->space.lower, least);
      ASSERT_TRUE(found->sections.intersects(range));
    }
  }
}

TEST(FirstFit, TakesTheLowestFreeOffset) {
  Random random(4);
  for (int i = 0; i < 300; ++i) {
    Shape shape;
    shape.buffers = between(random, 0, 30);
    shape.time = 40;
    const Problem problem = problem_with_room(random, shape);
    const Sweep swept = sweep(problem);
    const auto decoder = make_first_fit(problem, swept, DecoderOrder::kSize);
    run_in_pieces([&](Slice& slice) { return decoder->run(slice); });
    BufferSort sort(problem, swept, DecoderOrder::kSize);
    run_in_pieces([&](Slice& slice) { return sort.run(slice); });
    const std::vector<BufferIndex> sorted = sort.take();
    std::vector<BufferIndex> placed;
    for (const bool fixed : {true, false}) {
      for (const BufferIndex b : sorted) {
        const Buffer& buffer = problem.buffers[static_cast<size_t>(b)];
        if (buffer.offset.has_value() != fixed) continue;
        const auto is_free = [&](int64_t offset) {
          return std::none_of(placed.begin(), placed.end(), [&](BufferIndex p) {
            const auto other = static_cast<size_t>(p);
            return collide(buffer, offset, problem.buffers[other], decoder->offsets()[other]);
          });
        };
        int64_t expected = 0;
        if (buffer.offset) {
          expected = *buffer.offset;
        } else if (buffer.hint && *buffer.hint % buffer.alignment == 0 && is_free(*buffer.hint)) {
          expected = *buffer.hint;
        } else {
          while (!is_free(expected)) expected += buffer.alignment;
        }
        ASSERT_EQ(decoder->offsets()[static_cast<size_t>(b)], expected) << to_csv(problem);
        placed.push_back(b);
      }
    }
    int64_t height = -1;  // of those that are not fixed
    for (const BufferIndex b : placed) {
      const Buffer& buffer = problem.buffers[static_cast<size_t>(b)];
      if (buffer.offset) continue;
      height = std::max(height, decoder->offsets()[static_cast<size_t>(b)] + buffer.size);
    }
    if (height < 0) continue;
    for (const int64_t limit : {height, height - 1}) {
      const auto limited = make_first_fit(problem, swept, DecoderOrder::kSize);
      limited->set_limit(limit);
      run_in_pieces([&](Slice& slice) { return limited->run(slice); });
      ASSERT_EQ(limited->abandoned(), limit < height);
    }
  }
}

TEST(Skyline, MakesGoodPlansWithEveryFeatureOfTheModel) {
  Random random(5);
  for (int i = 0; i < 500; ++i) {
    const Laid laid(problem_with_room(random, mixed_shape(random)));
    if (laid.swept.sections.empty()) continue;
    std::vector<int64_t> keys;
    for (size_t r = 0; r < laid.part.buffers.size(); ++r) keys.push_back(between(random, 0, 9));
    std::vector<WhenUncovered> when;
    for (size_t s = 0; s < laid.swept.sections.size(); ++s) {
      when.push_back(one_in(random, 2) ? WhenUncovered::kLift : WhenUncovered::kFill);
    }
    SkylineDecoder decoder(laid.part, keys, when, kMaxInteger);
    run_in_pieces(
        [&](Slice& slice) { return decoder.run(slice) != SkylineDecoder::Status::kRunning; });
    const Plan plan = laid.plan(laid.part, decoder.offsets(), initial_offsets(laid.problem));
    const Validation validation = validate(laid.problem, plan);
    ASSERT_EQ(validation.verdict, Verdict::kGood) << validation.message << "\n"
                                                  << to_csv(laid.problem, &plan);

    // A limit that the plan keeps changes nothing; one that its rectangles exceed ends the
    // decoder.
    int64_t height = 0;
    for (size_t r = 0; r < laid.part.buffers.size(); ++r) {
      height = std::max(height, decoder.offsets()[r] + laid.part.rectangles[r].size);
    }
    Slice slice = whole();
    SkylineDecoder kept(laid.part, keys, when, std::max(height, plan.height));
    ASSERT_EQ(kept.run(slice), SkylineDecoder::Status::kComplete);
    ASSERT_EQ(kept.offsets(), decoder.offsets());
    SkylineDecoder abandoned(laid.part, keys, when, height - 1);
    ASSERT_EQ(abandoned.run(slice), SkylineDecoder::Status::kAbandoned);
  }
}

TEST(SkylineSearch, OnlyEverFindsLowerPlans) {
  Random random(6);
  int improved = 0;
  for (int i = 0; i < 20; ++i) {
    const Laid laid(crowded(random, 120));
    SkylineSearch search(laid.problem, laid.part, {0, static_cast<uint64_t>(i), true});
    int64_t height = kMaxInteger;
    int64_t first_height = 0;
    for (int64_t limit = 1; limit < 200; ++limit) {
      Slice slice = whole();
      const SkylineSearch::Status status = search.run(slice, limit);
      if (const std::vector<int64_t>* found = search.take_found()) {
        const Plan plan = laid.plan(laid.part, *found, initial_offsets(laid.problem));
        ASSERT_EQ(validate(laid.problem, plan).verdict, Verdict::kGood);
        ASSERT_LT(plan.height, height);
        height = plan.height;
        if (limit <= SkylineSearch::first_decodes()) first_height = height;
      }
      if (status == SkylineSearch::Status::kReached) {
        ASSERT_EQ(height, laid.swept.max_load());
        break;
      }
      ASSERT_EQ(status, SkylineSearch::Status::kTurnOver);
    }
    improved += height < first_height ? 1 : 0;
  }
  // Random changes must be of use for the test to mean anything.
  EXPECT_GT(improved, 2);
}

TEST(SkylineSearch, DoesNotDependOnSlices) {
  Random random(7);
  for (int i = 0; i < 10; ++i) {
    const Laid laid(crowded(random, 60));
    SkylineSearch at_once(laid.problem, laid.part, {0, 5, true});
    SkylineSearch in_pieces(laid.problem, laid.part, {0, 5, true});
    Slice slice = whole();
    at_once.run(slice, 60);
    run_in_pieces(
        [&](Slice& piece) { return in_pieces.run(piece, 60) != SkylineSearch::Status::kRunning; });
    const std::vector<int64_t>* const one = at_once.take_found();
    const std::vector<int64_t>* const other = in_pieces.take_found();
    ASSERT_TRUE(one != nullptr && other != nullptr);
    EXPECT_EQ(*one, *other);
    EXPECT_EQ(at_once.take_found(), nullptr);
  }
}

// The plans that `search` finds while it makes so many.
std::vector<std::vector<int64_t>> plans_of(SkylineSearch& search, int64_t count) {
  std::vector<std::vector<int64_t>> plans;
  for (int64_t limit = 1; limit <= count; ++limit) {
    Slice slice = whole();
    search.run(slice, limit);
    if (const std::vector<int64_t>* found = search.take_found()) plans.push_back(*found);
  }
  return plans;
}

TEST(SkylineSearch, ATrialFindsAPlanOfTheGoalOrLeavesNoTrace) {
  Random random(8);
  int reached = 0;
  int failed = 0;
  for (int i = 0; i < 60; ++i) {
    const Laid laid(crowded(random, 80));
    const int64_t goal = laid.swept.max_load() * between(random, 100, 104) / 100;
    const SkylineSearch::Effort effort{goal, 5, false};
    SkylineSearch tried(laid.problem, laid.part, effort);
    SkylineSearch untried(laid.problem, laid.part, effort);
    SkylineSearch::Status status = SkylineSearch::Status::kRunning;
    run_in_pieces([&](Slice& piece) {
      status = tried.try_goal(piece);
      return status != SkylineSearch::Status::kRunning;
    });
    const std::vector<int64_t>* const found = tried.take_found();
    if (status == SkylineSearch::Status::kReached) {
      ++reached;
      ASSERT_NE(found, nullptr);
      const Plan plan = laid.plan(laid.part, *found, initial_offsets(laid.problem));
      EXPECT_LE(plan.height, goal);
      EXPECT_EQ(validate(laid.problem, plan).verdict, Verdict::kGood);
    } else {
      ++failed;
      EXPECT_EQ(status, SkylineSearch::Status::kTurnOver);
      EXPECT_EQ(found, nullptr);
      EXPECT_EQ(plans_of(tried, 20), plans_of(untried, 20));
    }
  }
  EXPECT_GT(reached, 10);
  EXPECT_GT(failed, 10);
}

TEST(SkylineSearch, LeavesWhatCrossesAWindowWhereItIs) {
  Random random(8);
  for (int i = 0; i < 30; ++i) {
    const Laid laid(problem_with_room(random, mixed_shape(random)));
    if (laid.swept.sections.empty()) continue;
    const auto decoder = make_first_fit(laid.problem, laid.swept, DecoderOrder::kSize);
    Slice slice = whole();
    decoder->run(slice);
    const SectionRange window =
        random_range(random, static_cast<SectionIndex>(laid.swept.sections.size()));
    const SkylinePart part = laid.lay(window, &decoder->offsets());
    SkylineSearch search(laid.problem, part, {0, 1, true});
    search.run(slice, 20);
    const std::vector<int64_t>* const found = search.take_found();
    ASSERT_NE(found, nullptr);
    for (const BufferIndex b : part.buffers) {
      ASSERT_FALSE(laid.problem.buffers[static_cast<size_t>(b)].offset);
      const SectionRange extent = laid.swept.extent(b);
      ASSERT_TRUE(window.lower <= extent.lower && extent.upper <= window.upper);
    }
    const Plan plan = laid.plan(part, *found, decoder->offsets());
    ASSERT_EQ(validate(laid.problem, plan).verdict, Verdict::kGood) << to_csv(laid.problem);
  }
}

}  // namespace
}  // namespace stowage
