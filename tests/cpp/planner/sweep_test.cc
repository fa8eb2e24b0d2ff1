#include "stowage/planner/sweep.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "planner/random_problem.h"

namespace stowage {
namespace {

using testing::buffer_of;
using testing::held_at;
using testing::Random;
using testing::random_problem;
using testing::Shape;

// The picture of sweep.h.
Problem pictured() {
  return {{buffer_of("a", 0, 2, 3), buffer_of("b", 1, 4, 2), buffer_of("c", 2, 6, 4),
           buffer_of("d", 7, 9, 5)},
          20};
}

TEST(Sweep, FindsTheMaximalSectionsOnly) {
  const Sweep result = sweep(pictured());
  const std::vector<Section> sections = {{{1, 2}, 5}, {{2, 4}, 6}, {{7, 9}, 5}};
  EXPECT_EQ(result.sections, sections);
  EXPECT_EQ(result.live_in(0), (std::vector<BufferIndex>{0, 1}));
  EXPECT_EQ(result.live_in(1), (std::vector<BufferIndex>{1, 2}));
  EXPECT_EQ(result.live_in(2), (std::vector<BufferIndex>{3}));
  EXPECT_EQ(result.max_load(), 6);
  EXPECT_EQ(result.peak(), 1);
}

TEST(Sweep, FindsPartitionsAndCuts) {
  const Sweep result = sweep(pictured());
  const std::vector<Partition> partitions = {{{0, 2}, {0, 1, 2}}, {{2, 3}, {3}}};
  EXPECT_EQ(result.partitions, partitions);
  EXPECT_EQ(result.cuts, (std::vector<int32_t>{1, 0}));
  EXPECT_EQ(result.extent(1), (SectionRange{0, 2}));
}

TEST(Sweep, OfNothingIsEmpty) {
  const Sweep result = sweep(Problem{});
  EXPECT_TRUE(result.sections.empty());
  EXPECT_TRUE(result.partitions.empty());
  EXPECT_EQ(result.max_load(), 0);
  EXPECT_EQ(result.peak(), -1);
}

TEST(Sweep, LeavesOutBuffersThatHoldNothing) {
  Problem problem{{buffer_of("empty", 0, 4, 0), buffer_of("idle", 0, 4, 8)}, 10};
  problem.buffers[1].gaps = {{{0, 4}, std::nullopt}};
  const Sweep result = sweep(problem);
  EXPECT_TRUE(result.sections.empty());
  EXPECT_TRUE(result.extent(0).empty());
  EXPECT_TRUE(result.extent(1).empty());
}

TEST(Sweep, SeparatesTheWindowsOfABuffer) {
  Problem problem{{buffer_of("windowed", 0, 9, 8)}, 10};
  problem.buffers[0].gaps = {{{3, 5}, Window{2, 4}}, {{5, 6}, std::nullopt}};
  const Sweep result = sweep(problem);
  const std::vector<SectionSpan> spans = {{{0, 1}, {0, 8}}, {{1, 2}, {2, 4}}, {{2, 3}, {0, 8}}};
  EXPECT_EQ(result.spans, spans);
  EXPECT_EQ(result.sections[1].load, 2);
}

// Every moment against the definition: the buffers that hold memory just then, and how much.
TEST(Sweep, AgreesWithTheDefinition) {
  Random random(11);
  for (int i = 0; i < 500; ++i) {
    Shape shape;
    shape.buffers = static_cast<int64_t>(random() % 10);
    const Problem problem = random_problem(random, shape);
    std::set<std::set<std::pair<BufferIndex, std::pair<int64_t, int64_t>>>> moments;
    int64_t max_load = 0;
    for (int64_t t = 0; t <= shape.time; ++t) {
      std::set<std::pair<BufferIndex, std::pair<int64_t, int64_t>>> live;
      int64_t load = 0;
      for (size_t b = 0; b < problem.buffers.size(); ++b) {
        const Window window = held_at(problem.buffers[b], t);
        if (window.empty()) continue;
        live.insert({static_cast<BufferIndex>(b), {window.lower, window.upper}});
        load += window.length();
      }
      max_load = std::max(max_load, load);
      if (!live.empty()) moments.insert(live);
    }
    const Sweep result = sweep(problem);
    ASSERT_EQ(result.max_load(), max_load);
    // Each section is the set of some moment, and no section is part of another.
    std::vector<std::vector<BufferIndex>> sections;
    for (size_t s = 0; s < result.sections.size(); ++s) {
      sections.push_back(result.live_in(static_cast<SectionIndex>(s)));
    }
    // Two buffers that are live together share a section, and only those.
    for (const auto& partition : result.partitions) {
      const OverlapList list = overlaps(problem, result, partition);
      for (size_t p = 0; p < partition.buffers.size(); ++p) {
        const BufferIndex a = partition.buffers[p];
        std::set<BufferIndex> expected;
        for (const auto& live : moments) {
          const bool here = std::any_of(live.begin(), live.end(),
                                        [&](const auto& entry) { return entry.first == a; });
          if (!here) continue;
          for (const auto& entry : live) {
            if (entry.first != a) expected.insert(entry.first);
          }
        }
        std::set<BufferIndex> found;
        for (auto k = list.begin[p]; k < list.begin[p + 1]; ++k) {
          const Overlap& overlap = list.overlaps[static_cast<size_t>(k)];
          const BufferIndex other = partition.buffers[static_cast<size_t>(overlap.position)];
          found.insert(other);
          ASSERT_EQ(overlap.effective_size, *problem.buffers[static_cast<size_t>(a)].effective_size(
                                                problem.buffers[static_cast<size_t>(other)]));
        }
        ASSERT_EQ(found, expected);
      }
    }
  }
}

TEST(Sweep, CountsOverlapsWithoutListingThem) {
  Random random(12);
  for (int i = 0; i < 200; ++i) {
    const Problem problem = random_problem(random, {});
    int64_t expected = 0;
    for (size_t a = 0; a < problem.buffers.size(); ++a) {
      for (size_t b = 0; b < a; ++b) {
        expected += problem.buffers[a].lifespan.intersects(problem.buffers[b].lifespan) ? 1 : 0;
      }
    }
    EXPECT_EQ(count_overlaps(problem), expected);
  }
}

TEST(Sweep, NamesAnOverload) {
  const Problem problem = pictured();
  const Sweep result = sweep(problem);
  EXPECT_FALSE(find_overload(result, 6).has_value());
  const auto overload = find_overload(result, 5);
  ASSERT_TRUE(overload.has_value());
  EXPECT_EQ(overload->time, 2);
  EXPECT_EQ(overload->load, 6);
  EXPECT_EQ(overload->buffers, (std::vector<BufferIndex>{1, 2}));
  EXPECT_EQ(to_string(problem, *overload, 5),
            "2 buffers live at time 2 need 6 together, 1 more than the capacity 5: b, c");
}

}  // namespace
}  // namespace stowage
