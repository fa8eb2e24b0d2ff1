// Which buffers of a partition overlap in time, without the distances that they keep.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "stowage/planner/sweep.h"

namespace stowage {

// By position in Partition::buffers.
struct OverlapRows {
  std::vector<int64_t> begin;      // of each row; one more at the end
  std::vector<int32_t> positions;  // ascending within each row
  std::vector<char> has_gaps;      // of each buffer

  [[nodiscard]] bool either_has_gaps(size_t a, size_t b) const {
    return has_gaps[a] != 0 || has_gaps[b] != 0;
  }
};

// O(n + overlaps), times the gaps of the pair where there are any.
OverlapRows overlap_rows(const Problem& problem, const Sweep& sweep, const Partition& partition);

}  // namespace stowage
