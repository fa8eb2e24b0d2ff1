// Which relative positions of two buffers make them overlap.
#pragma once

#include <cstdint>
#include <vector>

#include "stowage/planner/problem.h"

namespace stowage {

// A difference of offsets d with lower < d < upper.
struct OpenInterval {
  int64_t lower;
  int64_t upper;

  bool operator==(const OpenInterval&) const = default;
};

// The differences (offset of `b` - offset of `a`) at which the two hold the same byte at the same
// moment: ascending, disjoint open intervals; two of them may share an end, which is then allowed.
// Empty when they are never live together. O(p^2 log p) for their p pieces.
std::vector<OpenInterval> forbidden_differences(const Buffer& a, const Buffer& b);

// Whether there are none, or one interval that contains 0: then the upper of two buffers, in order
// of offset, is above the lower one in every moment.
bool is_one_interval_around_zero(const std::vector<OpenInterval>& intervals);

}  // namespace stowage
