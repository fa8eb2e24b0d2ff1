#include "planner/rectangle_overlaps.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace stowage {
namespace {

constexpr SectionIndex kLeastSpacing = 16;

}  // namespace

RectangleOverlaps::RectangleOverlaps(std::vector<SectionRange> extents, SectionIndex sections)
    : extents_(std::move(extents)) {
  int64_t total = 0;
  for (const SectionRange& extent : extents_) total += extent.length();
  const auto count = std::max<int64_t>(1, static_cast<int64_t>(extents_.size()));
  spacing_ = std::max(kLeastSpacing, static_cast<SectionIndex>(total / count));
  first_at_.assign(static_cast<size_t>(sections) + 1, 0);
  live_begin_.assign(static_cast<size_t>(sections / spacing_) + 2, 0);
}

// Goes on with a loop over all extents; whether it has come to the end.
template <typename Visit>
bool RectangleOverlaps::for_each_extent(Slice& slice, const Visit& visit) {
  constexpr size_t kChunk = 1024;
  while (next_ < extents_.size()) {
    if (slice.spent()) return false;
    const size_t end = std::min(extents_.size(), next_ + kChunk);
    slice.work(static_cast<int64_t>(8 * (end - next_)));
    for (; next_ < end; ++next_) visit(static_cast<int32_t>(next_), extents_[next_]);
  }
  next_ = 0;
  ++stage_;
  return true;
}

// The lists are counted first. The sums of the counts are where they end, and each is written from
// there to its beginning.
bool RectangleOverlaps::run(Slice& slice) {
  if (stage_ == 0) {
    const auto count = [&](int32_t, SectionRange extent) {
      ++first_at_[static_cast<size_t>(extent.lower) + 1];
      for_each_stop(extent, [&](size_t stop) { ++live_begin_[stop]; });
    };
    if (!for_each_extent(slice, count)) return false;
    std::partial_sum(first_at_.begin(), first_at_.end(), first_at_.begin());
    std::partial_sum(live_begin_.begin(), live_begin_.end(), live_begin_.begin());
    live_.resize(static_cast<size_t>(live_begin_.back()));
  }
  return stage_ > 1 || for_each_extent(slice, [&](int32_t rectangle, SectionRange extent) {
           for_each_stop(extent, [&](size_t stop) {
             live_[static_cast<size_t>(--live_begin_[stop])] = rectangle;
           });
         });
}

// Calls visit(i) for all sections i * spacing that the extent crosses the start of.
template <typename Visit>
void RectangleOverlaps::for_each_stop(SectionRange extent, const Visit& visit) const {
  const auto end = static_cast<size_t>((extent.upper - 1) / spacing_);
  for (auto stop = static_cast<size_t>(extent.lower / spacing_) + 1; stop <= end; ++stop) {
    visit(stop);
  }
}

}  // namespace stowage
