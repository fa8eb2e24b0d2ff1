// An answer: where every buffer goes.
#pragma once

#include <cstdint>
#include <vector>

#include "stowage/planner/problem.h"

namespace stowage {

struct Plan {
  std::vector<int64_t> offsets;  // one for each buffer, in the problem's order
  int64_t height = 0;            // the highest end of any buffer; 0 when there are none

  bool operator==(const Plan&) const = default;
};

// The highest end that `offsets` (one for each buffer) give.
int64_t plan_height(const Problem& problem, const std::vector<int64_t>& offsets);

}  // namespace stowage
