#include "planner/overlap_rows.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace stowage {

OverlapRowsBuilder::OverlapRowsBuilder(const Problem& problem, const Sweep& sweep,
                                       const Partition& partition)
    : problem_(problem), partition_(partition) {
  const size_t count = partition.buffers.size();
  std::vector<Entry> entries;
  entries.reserve(count);
  extents_.reserve(count);
  rows_.has_gaps.reserve(count);
  for (size_t position = 0; position < count; ++position) {
    extents_.push_back(sweep.extent(partition.buffers[position]));
    entries.emplace_back(extents_.back().lower, static_cast<int32_t>(position));
    rows_.has_gaps.push_back(!buffer(position).gaps.empty());
  }
  rows_.begin.assign(count + 1, 0);
  sort_.emplace(std::move(entries), std::less<>{});
}

// Calls visit(a, b) for every two positions in partition.buffers whose buffers may overlap. Buffers
// enter by their first section; those that have ended are dropped while the rest is visited.
template <typename Visit>
bool OverlapRowsBuilder::for_each_pair(Slice& slice, const Visit& visit) {
  for (; next_ < entering_.size(); ++next_) {
    if (slice.spent()) return false;
    const auto entering = static_cast<size_t>(entering_[next_].second);
    slice.work(8 + 4 * static_cast<int64_t>(live_.size()));
    size_t kept = 0;
    for (const int32_t position : live_) {
      const auto other = static_cast<size_t>(position);
      if (extents_[other].upper <= extents_[entering].lower) continue;
      if (may_overlap(other, entering)) visit(other, entering);
      live_[kept++] = position;
    }
    live_.resize(kept);
    live_.push_back(static_cast<int32_t>(entering));
  }
  live_.clear();
  begin_stage();
  return true;
}

void OverlapRowsBuilder::begin_stage() {
  next_ = 0;
  ++stage_;
  next_in_row_.assign(rows_.begin.begin(), rows_.begin.end() - 1);
}

bool OverlapRowsBuilder::run(Slice& slice) {
  if (stage_ == 0) {
    if (!sort_->run(slice)) return false;
    entering_ = sort_->take();
    sort_.reset();
    begin_stage();
  }
  if (stage_ == 1) {
    const auto count = [&](size_t a, size_t b) {
      ++rows_.begin[a + 1];
      ++rows_.begin[b + 1];
    };
    if (!for_each_pair(slice, count)) return false;
    std::partial_sum(rows_.begin.begin(), rows_.begin.end(), rows_.begin.begin());
    next_in_row_.assign(rows_.begin.begin(), rows_.begin.end() - 1);
    unsorted_.resize(static_cast<size_t>(rows_.begin.back()));
    slice.look();
  }
  if (stage_ == 2) {
    const auto write = [&](size_t a, size_t b) {
      unsorted_[static_cast<size_t>(next_in_row_[a]++)] = static_cast<int32_t>(b);
      unsorted_[static_cast<size_t>(next_in_row_[b]++)] = static_cast<int32_t>(a);
    };
    if (!for_each_pair(slice, write)) return false;
    rows_.positions.resize(unsorted_.size());
    slice.look();
  }
  return sort_rows(slice);
}

// The relation is symmetric, so writing every row's position into the rows of its members, from the
// first row to the last, sorts them.
bool OverlapRowsBuilder::sort_rows(Slice& slice) {
  for (; next_ < extents_.size(); ++next_) {
    if (slice.spent()) return false;
    slice.work(8 + 4 * (rows_.begin[next_ + 1] - rows_.begin[next_]));
    for (int64_t i = rows_.begin[next_]; i < rows_.begin[next_ + 1]; ++i) {
      const auto b = static_cast<size_t>(unsorted_[static_cast<size_t>(i)]);
      rows_.positions[static_cast<size_t>(next_in_row_[b]++)] = static_cast<int32_t>(next_);
    }
  }
  return true;
}

bool OverlapRowsBuilder::may_overlap(size_t a, size_t b) const {
  return !rows_.either_has_gaps(a, b) || buffer(a).effective_size(buffer(b)).has_value();
}

const Buffer& OverlapRowsBuilder::buffer(size_t position) const {
  return problem_.buffers[static_cast<size_t>(partition_.buffers[position])];
}

OverlapRows overlap_rows(const Problem& problem, const Sweep& sweep, const Partition& partition) {
  OverlapRowsBuilder builder(problem, sweep, partition);
  Slice slice{Budget{}};
  builder.run(slice);
  return builder.take();
}

OverlapList overlaps(const Problem& problem, const Sweep& sweep, const Partition& partition) {
  const auto buffer = [&](size_t position) -> const Buffer& {
    return problem.buffers[static_cast<size_t>(partition.buffers[position])];
  };
  OverlapRows rows = overlap_rows(problem, sweep, partition);
  OverlapList list;
  list.overlaps.reserve(rows.positions.size());
  for (size_t a = 0; a < partition.buffers.size(); ++a) {
    for (int64_t i = rows.begin[a]; i < rows.begin[a + 1]; ++i) {
      const int32_t position = rows.positions[static_cast<size_t>(i)];
      list.overlaps.push_back(
          {position, *buffer(a).effective_size(buffer(static_cast<size_t>(position)))});
    }
  }
  list.begin = std::move(rows.begin);
  return list;
}

int64_t count_overlaps(const Problem& problem) {
  std::vector<int64_t> starts;
  std::vector<int64_t> ends;
  starts.reserve(problem.buffers.size());
  ends.reserve(problem.buffers.size());
  for (const Buffer& buffer : problem.buffers) {
    starts.push_back(buffer.lifespan.lower);
    ends.push_back(buffer.lifespan.upper);
  }
  std::sort(starts.begin(), starts.end());
  std::sort(ends.begin(), ends.end());
  int64_t pairs = 0;
  size_t ended = 0;
  for (size_t started = 0; started < starts.size(); ++started) {
    while (ended < ends.size() && ends[ended] <= starts[started]) ++ended;
    pairs += static_cast<int64_t>(started - ended);
  }
  return pairs;
}

}  // namespace stowage
