// Buffers, and small random problems with every feature of the model, the same on every system.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "problems/random_integer.h"
#include "stowage/planner/problem.h"

namespace stowage::testing {

using problems::between;
using problems::one_in;
using problems::Random;

// A buffer with only what every buffer needs.
inline Buffer buffer_of(std::string id, int64_t lower, int64_t upper, int64_t size) {
  Buffer buffer;
  buffer.id = std::move(id);
  buffer.lifespan = {lower, upper};
  buffer.size = size;
  return buffer;
}

struct Shape {
  int64_t buffers = 8;
  int64_t time = 12;
  int64_t size = 8;
  bool gaps = true;
  bool alignment = true;
  bool fixed = true;
  bool hints = true;
};

inline std::vector<Gap> random_gaps(Random& random, const Buffer& buffer) {
  std::vector<Gap> gaps;
  int64_t time = buffer.lifespan.lower;
  while (gaps.size() < 3) {
    const int64_t lower = time + between(random, 0, 3);
    const int64_t upper = lower + between(random, 1, 3);
    if (upper > buffer.lifespan.upper) break;
    Gap gap{{lower, upper}, std::nullopt};
    if (one_in(random, 2)) {
      const int64_t bottom = between(random, 0, buffer.size);
      gap.window = Window{bottom, between(random, bottom, buffer.size)};
    }
    gaps.push_back(gap);
    time = upper;
  }
  return gaps;
}

inline Buffer random_buffer(Random& random, const Shape& shape, int64_t index) {
  Buffer buffer;
  buffer.id = "b" + std::to_string(index);
  buffer.lifespan.lower = between(random, 0, shape.time - 1);
  buffer.lifespan.upper = between(random, buffer.lifespan.lower + 1, shape.time);
  buffer.size = between(random, one_in(random, 10) ? 0 : 1, shape.size);
  if (shape.alignment && one_in(random, 3)) buffer.alignment = between(random, 1, 4);
  if (shape.gaps && one_in(random, 2)) buffer.gaps = random_gaps(random, buffer);
  if (shape.hints && one_in(random, 4)) buffer.hint = between(random, 0, 2 * shape.size);
  if (shape.fixed && one_in(random, 6)) {
    buffer.offset = buffer.alignment * between(random, 0, 2 * shape.size / buffer.alignment);
  }
  return buffer;
}

// Well formed; the capacity is random too, with room for every fixed buffer.
inline Problem random_problem(Random& random, const Shape& shape) {
  Problem problem;
  for (int64_t i = 0; i < shape.buffers; ++i) {
    problem.buffers.push_back(random_buffer(random, shape, i));
  }
  problem.capacity = between(random, 0, shape.buffers * shape.size);
  for (const Buffer& buffer : problem.buffers) {
    if (!buffer.offset) continue;
    problem.capacity = std::max(problem.capacity, *buffer.offset + buffer.size);
  }
  return problem;
}

// The bytes, relative to its offset, that a buffer holds at a moment: by the definition alone.
inline Window held_at(const Buffer& buffer, int64_t time) {
  if (!buffer.lifespan.contains(time)) return {0, 0};
  for (const Gap& gap : buffer.gaps) {
    if (gap.lifespan.contains(time)) return gap.window.value_or(Window{0, 0});
  }
  return {0, buffer.size};
}

}  // namespace stowage::testing
