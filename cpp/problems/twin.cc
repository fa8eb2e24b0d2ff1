#include "problems/twin.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "problems/random_integer.h"
#include "stowage/base/integer.h"

namespace stowage::problems {
namespace {

constexpr std::array<int64_t, 8> kPrimes = {2, 3, 5, 7, 11, 13, 17, 19};

Lifespan scaled(Lifespan lifespan, int64_t factor) {
  const Lifespan ends{lifespan.lower * factor, lifespan.upper * factor};
  return factor < 0 ? Lifespan{ends.upper, ends.lower} : ends;
}

Buffer scaled(Buffer buffer, int64_t time, int64_t space) {
  buffer.lifespan = scaled(buffer.lifespan, time);
  buffer.size *= space;
  buffer.alignment *= space;
  if (buffer.offset) *buffer.offset *= space;
  if (buffer.hint) *buffer.hint *= space;
  for (Gap& gap : buffer.gaps) {
    gap.lifespan = scaled(gap.lifespan, time);
    if (gap.window) *gap.window = {gap.window->lower * space, gap.window->upper * space};
  }
  if (time < 0) std::reverse(buffer.gaps.begin(), buffer.gaps.end());
  return buffer;
}

}  // namespace

Problem make_twin(const Problem& problem, uint64_t seed) {
  Random random(seed);
  const int64_t direction = one_in(random, 2) ? -1 : 1;
  const int64_t time = direction * kPrimes[random() % kPrimes.size()];
  const int64_t space = kPrimes[random() % kPrimes.size()];

  Problem twin;
  twin.capacity = std::min(problem.capacity * space, kMaxInteger);
  for (const Buffer& buffer : problem.buffers) twin.buffers.push_back(scaled(buffer, time, space));
  shuffle(random, twin.buffers);
  for (size_t b = 0; b < twin.buffers.size(); ++b) twin.buffers[b].id = std::to_string(b);
  return twin;
}

}  // namespace stowage::problems
