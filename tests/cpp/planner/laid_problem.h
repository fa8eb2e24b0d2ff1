// Problems laid out for decoders, and slices as short as they get.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "planner/random_problem.h"
#include "planner/skyline_part.h"
#include "planner/slice.h"
#include "stowage/base/integer.h"
#include "stowage/planner/plan.h"
#include "stowage/planner/sweep.h"

namespace stowage::testing {

inline SectionRange random_range(Random& random, SectionIndex sections) {
  const int64_t lower = between(random, 0, sections - 1);
  return {static_cast<SectionIndex>(lower),
          static_cast<SectionIndex>(between(random, lower + 1, sections))};
}

// A slice without limits.
inline Slice whole() { return Slice(Budget{}); }

// A slice that is over after a few elementary operations, as if its time were.
inline Slice spent() {
  Budget budget;
  budget.deadline = std::chrono::steady_clock::time_point::min();
  return Slice(budget);
}

// Runs `run(slice)` until it says so, in slices as short as they get.
template <typename Run>
void run_in_pieces(const Run& run) {
  for (;;) {
    Slice slice = spent();
    if (run(slice)) return;
  }
}

// Whether the two, at these offsets, hold a byte together at some moment.
inline bool collide(const Buffer& a, int64_t offset_a, const Buffer& b, int64_t offset_b) {
  std::vector<Piece> pieces_a;
  std::vector<Piece> pieces_b;
  append_pieces(a, pieces_a);
  append_pieces(b, pieces_b);
  for (const Piece& x : pieces_a) {
    for (const Piece& y : pieces_b) {
      const Window space_x{offset_a + x.window.lower, offset_a + x.window.upper};
      const Window space_y{offset_b + y.window.lower, offset_b + y.window.upper};
      if (x.lifespan.intersects(y.lifespan) && space_x.intersects(space_y)) return true;
    }
  }
  return false;
}

// Without two fixed buffers that overlap.
inline Problem problem_with_room(Random& random, const Shape& shape) {
  Problem problem = random_problem(random, shape);
  problem.capacity = kMaxInteger;
  for (size_t b = 0; b < problem.buffers.size(); ++b) {
    Buffer& buffer = problem.buffers[b];
    for (size_t a = 0; a < b && buffer.offset; ++a) {
      const Buffer& other = problem.buffers[a];
      if (other.offset && collide(other, *other.offset, buffer, *buffer.offset)) {
        buffer.offset.reset();
      }
    }
  }
  return problem;
}

// All buffers of the problem, and the sections that they are live in.
struct Laid {
  Problem problem;
  Sweep swept;
  std::vector<BufferIndex> buffers;
  SkylinePart part;

  explicit Laid(Problem given) : problem(std::move(given)), swept(sweep(problem)) {
    for (const Partition& partition : swept.partitions) {
      buffers.insert(buffers.end(), partition.buffers.begin(), partition.buffers.end());
    }
    part = lay({0, static_cast<SectionIndex>(swept.sections.size())}, nullptr);
  }

  [[nodiscard]] SkylinePart lay(SectionRange sections, const std::vector<int64_t>* offsets) const {
    SkylinePartBuilder builder(problem, swept, buffers, sections, offsets);
    run_in_pieces([&](Slice& slice) { return builder.run(slice); });
    return builder.take();
  }

  [[nodiscard]] Plan plan(const SkylinePart& of, const std::vector<int64_t>& found,
                          std::vector<int64_t> offsets) const {
    for (size_t r = 0; r < found.size(); ++r) {
      offsets[static_cast<size_t>(of.buffers[r])] = found[r];
    }
    const int64_t height = plan_height(problem, offsets);
    return {std::move(offsets), height};
  }
};

inline Shape mixed_shape(Random& random) {
  Shape shape;
  shape.buffers = between(random, 1, 40);
  shape.time = between(random, 3, 40);
  shape.gaps = one_in(random, 2);
  shape.alignment = one_in(random, 2);
  shape.fixed = one_in(random, 2);
  return shape;
}

// Buffers that start anywhere and live for a while, with little to spare nowhere.
inline Problem crowded(Random& random, int64_t buffers) {
  Problem problem;
  problem.capacity = kMaxInteger;
  for (int64_t b = 0; b < buffers; ++b) {
    const int64_t lower = between(random, 0, buffers);
    problem.buffers.push_back(buffer_of("b" + std::to_string(b), lower,
                                        lower + between(random, 1, buffers / 2),
                                        between(random, 1, 100)));
  }
  return problem;
}

}  // namespace stowage::testing
