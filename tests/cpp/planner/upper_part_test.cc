#include "planner/upper_part.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "planner/brute_force.h"
#include "planner/plain_case.h"
#include "planner/random_problem.h"
#include "planner/repack_search.h"
#include "planner/slice.h"
#include "planner/valley_search.h"

namespace stowage {
namespace {

using testing::between;
using testing::BruteForce;
using testing::full_problem;
using testing::one_in;
using testing::PlainCase;
using testing::Random;

// Each buffer on top of all before it in a random order, with some space left below now and then.
std::vector<int64_t> loose_plan(const Model& model, Random& random) {
  std::vector<size_t> order;
  for (size_t b = 0; b < model.size.size(); ++b) {
    order.insert(order.begin() + between(random, 0, std::ssize(order)), b);
  }
  std::vector<int64_t> floor(static_cast<size_t>(model.section_count), 0);
  std::vector<int64_t> offsets(order.size());
  for (const size_t b : order) {
    const auto begin = floor.begin() + model.first_section[b];
    const auto end = floor.begin() + model.end_section[b];
    offsets[b] = *std::max_element(begin, end) + (one_in(random, 3) ? between(random, 0, 3) : 0);
    std::fill(begin, end, offsets[b] + model.size[b]);
  }
  return offsets;
}

bool overlap(const Model& model, size_t x, size_t y) {
  return model.first_section[x] < model.end_section[y] &&
         model.first_section[y] < model.end_section[x];
}

struct Cut {
  explicit Cut(uint64_t seed) : whole(full_problem(seed)), random(seed) {
    offsets = loose_plan(whole.model, random);
    for (size_t b = 0; b < offsets.size(); ++b) {
      chosen.push_back(one_in(random, 6));
      if (one_in(random, 8)) offsets[b] = kNoOffset;
    }
    for (int32_t s = 0; s < whole.model.section_count; ++s) {
      most_waste.push_back(between(random, 0, 12));
    }
    taken = chosen;
    ground = extend_upward(whole.model, offsets, most_waste, taken);
  }

  [[nodiscard]] bool stays(size_t b) const { return offsets[b] != kNoOffset && !taken[b]; }

  PlainCase whole;
  Random random;
  std::vector<int64_t> offsets;
  std::vector<int64_t> most_waste;
  std::vector<bool> chosen;
  std::vector<bool> taken;
  std::vector<int64_t> ground;
};

TEST(UpperPart, NothingThatStaysIsAboveWhatIsTaken) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const Cut cut(seed);
    for (size_t x = 0; x < cut.offsets.size(); ++x) {
      ASSERT_GE(cut.taken[x], cut.chosen[x]);
      for (size_t y = 0; y < cut.offsets.size(); ++y) {
        const bool is_below = cut.taken[x] && cut.offsets[x] != kNoOffset && cut.stays(y) &&
                              overlap(cut.whole.model, x, y) && cut.offsets[x] < cut.offsets[y];
        ASSERT_FALSE(is_below) << "seed " << seed << ": " << y << " stays on " << x;
      }
    }
  }
}

TEST(UpperPart, TheGroundIsTheTopOfWhatStaysAndWastesNoMoreThanItMay) {
  int taken_for_waste = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const Cut cut(seed);
    const Model& model = cut.whole.model;
    for (int32_t section = 0; section < model.section_count; ++section) {
      const auto s = static_cast<size_t>(section);
      int64_t top = 0;
      int64_t sizes = 0;
      for (size_t b = 0; b < cut.offsets.size(); ++b) {
        if (!cut.stays(b)) continue;
        if (section < model.first_section[b] || model.end_section[b] <= section) continue;
        top = std::max(top, cut.offsets[b] + model.size[b]);
        sizes += model.size[b];
      }
      ASSERT_EQ(cut.ground[s], top) << "seed " << seed;
      ASSERT_LE(top - sizes, cut.most_waste[s]) << "seed " << seed;
    }
    std::vector<bool> unbounded = cut.chosen;
    const std::vector<int64_t> any_waste(cut.most_waste.size(), 1000);
    extend_upward(model, cut.offsets, any_waste, unbounded);
    taken_for_waste += unbounded != cut.taken ? 1 : 0;
  }
  EXPECT_GT(taken_for_waste, 20);
}

// The ground as fixed buffers, and the part.
Problem as_problem(const Model& model, const std::vector<int32_t>& buffers,
                   const std::vector<int64_t>& ground) {
  Problem problem;
  for (const int32_t buffer : buffers) {
    const auto b = static_cast<size_t>(buffer);
    problem.buffers.push_back(testing::buffer_of("b" + std::to_string(b), model.first_section[b],
                                                 model.end_section[b], model.size[b]));
  }
  for (size_t s = 0; s < ground.size(); ++s) {
    if (ground[s] == 0) continue;
    const auto time = static_cast<int64_t>(s);
    problem.buffers.push_back(
        testing::buffer_of("g" + std::to_string(s), time, time + 1, ground[s]));
    problem.buffers.back().offset = 0;
  }
  return problem;
}

TEST(UpperPart, IsSearchedOnItsGroundAsBruteForceSays) {
  int infeasible = 0;
  for (uint64_t seed = 0; seed < 150; ++seed) {
    const Cut cut(seed);
    const Model& model = cut.whole.model;
    std::vector<int32_t> part;
    for (int32_t b = 0; b < model.buffer_count; ++b) {
      if (cut.taken[static_cast<size_t>(b)]) part.push_back(b);
    }
    if (part.empty() || part.size() > 9) continue;
    const Model on_ground = model_on_ground(model, part, cut.ground);
    Problem problem = as_problem(model, part, cut.ground);
    const int64_t highest = *std::max_element(cut.ground.begin(), cut.ground.end());
    const int64_t least = *BruteForce(problem).least_height(60);
    for (int64_t capacity = std::max(highest, least - 1); capacity <= least + 1; ++capacity) {
      ValleySearch search(on_ground, capacity);
      search.start({}, int64_t{1} << 30);
      Slice slice{Budget{}};
      const SearchStatus status = search.run(slice);
      ASSERT_EQ(status, capacity < least ? SearchStatus::kInfeasible : SearchStatus::kSolved)
          << "seed " << seed << ", capacity " << capacity;
      BeamSearch beam(on_ground, capacity);
      beam.start(1 << 12, 0, 0);
      ASSERT_EQ(beam.run(slice), status) << "seed " << seed << ", capacity " << capacity;
      infeasible += status == SearchStatus::kInfeasible ? 1 : 0;
      if (status != SearchStatus::kSolved) continue;
      for (const auto* const offsets : {&search.offsets(), &beam.offsets()}) {
        Plan plan{*offsets, 0};
        plan.offsets.resize(problem.buffers.size(), 0);
        plan.height = plan_height(problem, plan.offsets);
        problem.capacity = capacity;
        ASSERT_EQ(validate(problem, plan).verdict, Verdict::kGood) << "seed " << seed;
      }
    }
  }
  EXPECT_GT(infeasible, 20);
}

TEST(UpperPart, SettlingLowersAllAsFarAsTheyGo) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    PlainCase test(full_problem(seed));
    Random random(seed);
    const std::vector<int64_t> before = loose_plan(test.model, random);
    std::vector<int64_t> after = before;
    settle(test.model, after);
    const int64_t height = plan_height(test.model, after);
    ASSERT_LE(height, plan_height(test.model, before));
    ASSERT_EQ(test.check(after, height), Verdict::kGood);
    for (size_t b = 0; b < after.size(); ++b) {
      if (after[b] == 0) continue;
      bool rests = false;
      for (size_t other = 0; other < after.size(); ++other) {
        rests = rests || (overlap(test.model, b, other) &&
                          after[other] + test.model.size[other] == after[b]);
      }
      ASSERT_TRUE(rests) << "seed " << seed << ", buffer " << b;
    }
  }
}

}  // namespace
}  // namespace stowage
