#include "planner/exchange.h"

#include <algorithm>
#include <cstddef>

#include "planner/forbidden_differences.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

constexpr size_t kMostIntervals = 512;

// Offsets x with lower < x < upper at which the buffer overlaps `other`.
struct Forbidden {
  int64_t lower;
  int64_t upper;
  BufferIndex other;
};

std::vector<Forbidden> forbidden_offsets(const Problem& problem,
                                         const std::vector<int64_t>& offsets, BufferIndex buffer) {
  const Buffer& moving = problem.buffers[static_cast<size_t>(buffer)];
  std::vector<Forbidden> forbidden;
  for (size_t other = 0; other < offsets.size(); ++other) {
    if (offsets[other] == kAbsent) continue;
    const Buffer& still = problem.buffers[other];
    if (!moving.lifespan.intersects(still.lifespan)) continue;
    for (const OpenInterval& interval : forbidden_differences(still, moving)) {
      forbidden.push_back({offsets[other] + interval.lower, offsets[other] + interval.upper,
                           static_cast<BufferIndex>(other)});
    }
  }
  return forbidden;
}

// The lowest of every stretch of offsets with the same buffers in the way: each begins at 0, or
// where one of them ends. (One may also begin where a buffer comes into the way, but what is below
// is then as good.)
std::vector<int64_t> candidates(const Buffer& buffer, const std::vector<Forbidden>& forbidden) {
  if (buffer.offset) return {*buffer.offset};
  std::vector<int64_t> offsets{0};
  for (const Forbidden& f : forbidden) {
    if (f.upper > 0) offsets.push_back(align_up(f.upper, buffer.alignment));
  }
  std::sort(offsets.begin(), offsets.end());
  offsets.erase(std::unique(offsets.begin(), offsets.end()), offsets.end());
  return offsets;
}

}  // namespace

std::vector<ExchangePlace> places(const Problem& problem, const std::vector<int64_t>& offsets,
                                  BufferIndex buffer) {
  const Buffer& moving = problem.buffers[static_cast<size_t>(buffer)];
  const std::vector<Forbidden> forbidden = forbidden_offsets(problem, offsets, buffer);
  std::vector<ExchangePlace> found;
  if (forbidden.size() > kMostIntervals) return found;
  for (const int64_t offset : candidates(moving, forbidden)) {
    if (offset > problem.capacity - moving.size) break;
    BufferIndex in_the_way = ExchangePlace::kNobody;
    bool several = false;
    for (const Forbidden& f : forbidden) {
      if (offset <= f.lower || offset >= f.upper) continue;
      several = several || (in_the_way != ExchangePlace::kNobody && in_the_way != f.other);
      in_the_way = f.other;
    }
    if (several) continue;
    if (in_the_way == ExchangePlace::kNobody) return {{offset, ExchangePlace::kNobody}};
    const bool is_new = std::none_of(found.begin(), found.end(), [&](const ExchangePlace& place) {
      return place.in_the_way == in_the_way;
    });
    if (is_new) found.push_back({offset, in_the_way});
  }
  return found;
}

}  // namespace stowage
