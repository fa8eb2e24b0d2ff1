#include "planner/sliced_sweep.h"

#include <algorithm>
#include <utility>

namespace stowage {

SlicedSweep::SlicedSweep(const Problem& problem) : problem_(problem) {
  sweep_.spans.reserve(problem.buffers.size());
  sweep_.span_begin.reserve(problem.buffers.size() + 1);
  events_.reserve(2 * problem.buffers.size());
}

// Goes on with a loop over [0, count); whether it has come to the end.
template <typename Visit>
bool SlicedSweep::for_each(size_t count, Slice& slice, const Visit& visit) {
  constexpr size_t kChunk = 1024;
  while (next_ < count) {
    if (slice.spent()) return false;
    const size_t end = std::min(count, next_ + kChunk);
    slice.work(static_cast<int64_t>(8 * (end - next_)));
    for (; next_ < end; ++next_) visit(next_);
  }
  next_ = 0;
  ++stage_;
  return true;
}

bool SlicedSweep::run(Slice& slice) {
  const size_t buffers = problem_.buffers.size();
  const auto buffer_index = [](size_t b) { return static_cast<BufferIndex>(b); };
  if (stage_ == 0) {
    if (!for_each(buffers, slice, [&](size_t b) { add_pieces(problem_.buffers[b]); })) return false;
    sweep_.span_begin.push_back(static_cast<int64_t>(sweep_.spans.size()));
    sort_.emplace(std::move(events_), Before{});
  }
  if (stage_ == 1) {
    if (!sort_->run(slice)) return false;
    events_ = sort_->take();
    sort_.reset();
    ++stage_;
  }
  if (stage_ == 2) {
    if (!for_each(events_.size(), slice, [&](size_t e) { pass(events_[e]); })) return false;
    events_ = std::vector<Event>();  // gives the memory back
    change_.assign(sweep_.sections.size() + 1, 0);
    partition_of_.resize(sweep_.sections.size());
    sweep_.cuts.reserve(sweep_.sections.size());
  }
  if (stage_ == 3 &&
      !for_each(buffers, slice, [&](size_t b) { count_crossings(buffer_index(b)); })) {
    return false;
  }
  if (stage_ == 4 && !for_each(sweep_.sections.size(), slice, [&](size_t s) { end_section(s); })) {
    return false;
  }
  return stage_ > 5 ||
         for_each(buffers, slice, [&](size_t b) { add_to_partition(buffer_index(b)); });
}

void SlicedSweep::add_pieces(const Buffer& buffer) {
  sweep_.span_begin.push_back(static_cast<int64_t>(sweep_.spans.size()));
  pieces_.clear();
  append_pieces(buffer, pieces_);
  for (const Piece& piece : pieces_) {
    const auto index = static_cast<int64_t>(sweep_.spans.size());
    sweep_.spans.push_back({{}, piece.window});
    events_.push_back({piece.lifespan.lower, index, true});
    events_.push_back({piece.lifespan.upper, index, false});
  }
}

// A section is complete at the first end after a start.
void SlicedSweep::pass(const Event& event) {
  SectionSpan& span = sweep_.spans[static_cast<size_t>(event.piece)];
  if (event.start) {
    load_ += span.window.length();
    last_start_ = event.time;
    grown_ = true;
    span.sections.lower = static_cast<SectionIndex>(sweep_.sections.size());
  } else {
    if (grown_) sweep_.sections.push_back({{last_start_, event.time}, load_});
    grown_ = false;
    load_ -= span.window.length();
    span.sections.upper = static_cast<SectionIndex>(sweep_.sections.size());
  }
}

void SlicedSweep::count_crossings(BufferIndex buffer) {
  const SectionRange extent = sweep_.extent(buffer);
  if (extent.empty()) return;
  ++change_[static_cast<size_t>(extent.lower)];
  --change_[static_cast<size_t>(extent.upper - 1)];
}

void SlicedSweep::end_section(size_t section) {
  const bool last = section + 1 == sweep_.sections.size();
  crossing_ += change_[section];
  if (!last) sweep_.cuts.push_back(crossing_);
  partition_of_[section] = static_cast<int32_t>(sweep_.partitions.size());
  if (!last && crossing_ != 0) return;
  const auto end = static_cast<SectionIndex>(section + 1);
  sweep_.partitions.push_back({{partition_begin_, end}, {}});
  partition_begin_ = end;
}

void SlicedSweep::add_to_partition(BufferIndex buffer) {
  const SectionRange extent = sweep_.extent(buffer);
  if (extent.empty()) return;
  const auto partition = static_cast<size_t>(partition_of_[static_cast<size_t>(extent.lower)]);
  sweep_.partitions[partition].buffers.push_back(buffer);
}

}  // namespace stowage
