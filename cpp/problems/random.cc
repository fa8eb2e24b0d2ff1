#include "problems/random.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "problems/random_integer.h"
#include "stowage/base/integer.h"

namespace stowage::problems {
namespace {

void add(Problem& problem, Lifespan lifespan, int64_t size) {
  Buffer buffer;
  buffer.id = std::to_string(problem.buffers.size());
  buffer.lifespan = lifespan;
  buffer.size = size;
  problem.buffers.push_back(std::move(buffer));
}

// Cuts `total` into `parts` random sizes of at least one unit each, and hands them to `take`.
template <typename Take>
void split(Random& random, int64_t total, int64_t parts, const Take& take) {
  for (int64_t rest = total; parts > 0; --parts) {
    const int64_t size = parts == 1 ? rest : between(random, 1, 2 * rest / parts - 1);
    take(size);
    rest -= size;
  }
}

// Buffers that start evenly spread over as many moments as there are buffers.
template <typename DrawLifetime>
Problem make_spread(int64_t buffers, uint64_t seed, const DrawLifetime& draw_lifetime) {
  Random random(seed);
  Problem problem;
  problem.capacity = kMaxInteger;
  problem.buffers.reserve(static_cast<size_t>(buffers));
  for (int64_t b = 0; b < buffers; ++b) {
    const int64_t lower = between(random, 0, buffers - 1);
    const int64_t upper = lower + draw_lifetime(random);
    add(problem, {lower, upper}, 64 * between(random, 1, 1024));
  }
  return problem;
}

}  // namespace

Problem make_random(int64_t buffers, int64_t longest, uint64_t seed) {
  return make_spread(buffers, seed, [&](Random& random) { return between(random, 1, longest); });
}

Problem make_heavy(int64_t buffers, uint64_t seed) {
  const int64_t longest = std::max<int64_t>(1, buffers / 4);
  return make_spread(buffers, seed, [&](Random& random) {
    int64_t octave = 16;
    // 2^-0.9 live on to the next.
    while (octave < longest && between(random, 1, 1000) <= 536) octave *= 2;
    return std::min(between(random, octave, 2 * octave - 1), longest);
  });
}

Problem make_layered(int64_t buffers, uint64_t seed) {
  return make_spread(buffers, seed, [&](Random& random) {
    if (!one_in(random, 50)) return between(random, 1, 100);
    return between(random, (2 * buffers + 99) / 100, (7 * buffers + 99) / 100);
  });
}

Problem make_training(int64_t buffers, uint64_t seed) {
  Random random(seed);
  Problem problem;
  problem.capacity = kMaxInteger;
  // Four buffers a layer: what it computes, scratch space on the way, its gradient, and scratch
  // space on the way back.
  const int64_t layers = (buffers + 3) / 4;
  for (int64_t layer = 0; static_cast<int64_t>(problem.buffers.size()) < buffers; ++layer) {
    // Networks narrow towards their end, in a few steps.
    const int64_t resolution = int64_t{1} << (6 - 6 * layer / layers);
    const int64_t size = 256 * resolution * between(random, 1, 64);
    const int64_t back = 2 * layers - layer - 1;
    const std::initializer_list<std::pair<Lifespan, int64_t>> kinds = {
        {{layer, back + 1}, size},
        {{layer, layer + 1}, 256 * between(random, 1, 256)},
        {{back, back + 2}, size},
        {{back, back + 1}, 256 * between(random, 1, 256)},
    };
    for (const auto& [lifespan, bytes] : kinds) {
      if (static_cast<int64_t>(problem.buffers.size()) < buffers) add(problem, lifespan, bytes);
    }
  }
  return problem;
}

Problem make_full(int64_t buffers, uint64_t seed) {
  constexpr int64_t kCapacity = int64_t{1} << 20;
  constexpr int64_t kUnit = 4096;
  constexpr int64_t kLive = 6;  // about as many at each moment
  Random random(seed);
  Problem problem;
  problem.capacity = kCapacity;
  std::vector<size_t> live;
  int64_t time = 0;
  const auto begin = [&](int64_t units) {
    live.push_back(problem.buffers.size());
    add(problem, {time, time + 1}, kUnit * units);
  };
  split(random, kCapacity / kUnit, std::min(kLive, buffers), begin);
  while (static_cast<int64_t>(problem.buffers.size()) < buffers) {
    ++time;
    const auto ends = std::min(between(random, 1, 3), static_cast<int64_t>(live.size()));
    shuffle(random, live);
    int64_t freed = 0;
    for (int64_t i = 0; i < ends; ++i) {
      Buffer& buffer = problem.buffers[live.back()];
      buffer.lifespan.upper = time;
      freed += buffer.size / kUnit;
      live.pop_back();
    }
    const int64_t room = buffers - static_cast<int64_t>(problem.buffers.size());
    const int64_t begins = kLive - static_cast<int64_t>(live.size()) + between(random, -1, 1);
    split(random, freed, std::clamp<int64_t>(begins, 1, std::min(freed, room)), begin);
  }
  for (const size_t b : live) problem.buffers[b].lifespan.upper = time + 1;
  return problem;
}

}  // namespace stowage::problems
