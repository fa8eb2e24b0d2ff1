// Which buffers of a partition overlap in time, without the distances that they keep.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "planner/slice.h"
#include "planner/sliced_sort.h"
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

// Makes the rows in slices.
class OverlapRowsBuilder {
 public:
  // All must outlive it.
  OverlapRowsBuilder(const Problem& problem, const Sweep& sweep, const Partition& partition);

  // Whether it has finished; false when the slice is spent first.
  bool run(Slice& slice);
  // Once finished.
  OverlapRows take() { return std::move(rows_); }

 private:
  // A buffer's first section and its position.
  using Entry = std::pair<SectionIndex, int32_t>;

  template <typename Visit>
  bool for_each_pair(Slice& slice, const Visit& visit);
  void begin_stage();
  bool sort_rows(Slice& slice);
  [[nodiscard]] bool may_overlap(size_t a, size_t b) const;
  [[nodiscard]] const Buffer& buffer(size_t position) const;

  const Problem& problem_;
  const Partition& partition_;
  std::vector<SectionRange> extents_;  // by position
  std::optional<SlicedSort<Entry, std::less<>>> sort_;
  std::vector<Entry> entering_;  // by first section
  OverlapRows rows_;
  std::vector<int32_t> unsorted_;  // as rows_.positions
  std::vector<int64_t> next_in_row_;
  std::vector<int32_t> live_;  // of those that have entered
  int stage_ = 0;
  size_t next_ = 0;  // within the stage
};

// O(n + overlaps), times the gaps of the pair where there are any.
OverlapRows overlap_rows(const Problem& problem, const Sweep& sweep, const Partition& partition);

}  // namespace stowage
