// Which of many rectangles share a section with a given range of sections.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "planner/slice.h"
#include "stowage/planner/sweep.h"

namespace stowage {

// Of rectangles in order of their first section, those that start in a range follow each other. Of
// those that start before it, the live ones are listed at evenly spaced sections. The spacing is
// the mean extent, so that these lists together are no longer than there are rectangles.
class RectangleOverlaps {
 public:
  // `extents` by their first section, ascending.
  RectangleOverlaps(std::vector<SectionRange> extents, SectionIndex sections);

  // Makes the lists. Whether it has finished; false when the slice is spent first. O(n).
  bool run(Slice& slice);

  // Once finished: calls visit(rectangle) for all whose extent intersects `range`, which is not
  // empty; returns how many were looked at.
  template <typename Visit>
  int64_t for_each(SectionRange range, const Visit& visit) const;

 private:
  template <typename Visit>
  bool for_each_extent(Slice& slice, const Visit& visit);
  template <typename Visit>
  void for_each_stop(SectionRange extent, const Visit& visit) const;

  std::vector<SectionRange> extents_;
  SectionIndex spacing_ = 1;
  std::vector<int32_t> first_at_;  // by section, and one more: the first to start there or later
  // Those that are live at section i * spacing and start before it: the row that starts at
  // live_begin_[i].
  std::vector<int32_t> live_begin_;
  std::vector<int32_t> live_;
  int stage_ = 0;
  size_t next_ = 0;  // within the stage
};

template <typename Visit>
int64_t RectangleOverlaps::for_each(SectionRange range, const Visit& visit) const {
  const auto look = [&](int32_t rectangle) {
    if (extents_[static_cast<size_t>(rectangle)].upper > range.lower) visit(rectangle);
  };
  const auto stop = static_cast<size_t>(range.lower / spacing_);
  for (int32_t i = live_begin_[stop]; i < live_begin_[stop + 1]; ++i) {
    look(live_[static_cast<size_t>(i)]);
  }
  const int32_t first = first_at_[stop * static_cast<size_t>(spacing_)];
  const int32_t end = first_at_[static_cast<size_t>(range.upper)];
  for (int32_t rectangle = first; rectangle < end; ++rectangle) look(rectangle);
  return live_begin_[stop + 1] - live_begin_[stop] + (end - first);
}

}  // namespace stowage
