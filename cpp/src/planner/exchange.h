// Where a buffer could go in a plan that it is not part of, at the cost of at most one other.
#pragma once

#include <cstdint>
#include <vector>

#include "stowage/planner/problem.h"

namespace stowage {

inline constexpr int64_t kAbsent = -1;

// One place in a plan for one more buffer.
struct ExchangePlace {
  static constexpr BufferIndex kNobody = -1;

  int64_t offset;
  BufferIndex in_the_way;  // the one buffer that overlaps it there; kNobody where it is free

  bool operator==(const ExchangePlace&) const = default;
};

// The places for `buffer` among the buffers whose `offsets` (by buffer of the problem) are not
// kAbsent: a single one if it is free, else one for each buffer that may be alone in the way.
// Nothing where more than some hundreds of others are live together with it, as that would take
// long. O(n + k^2) for n buffers, k of them live together with it.
std::vector<ExchangePlace> places(const Problem& problem, const std::vector<int64_t>& offsets,
                                  BufferIndex buffer);

}  // namespace stowage
