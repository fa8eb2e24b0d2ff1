#include "planner/disjunctive_search.h"

#include <algorithm>

#include "planner/components.h"
#include "stowage/base/integer.h"

namespace stowage {

DisjunctiveSearch::DisjunctiveSearch(const Problem& problem, const Model& model, int64_t capacity)
    : model_(model), capacity_(capacity) {
  const auto buffers = static_cast<size_t>(model.buffer_count);
  const auto original = [&](int32_t b) -> const Buffer& {
    return problem.buffers[static_cast<size_t>(model.original[static_cast<size_t>(b)])];
  };
  for (int32_t b = 0; b < model.buffer_count; ++b) {
    const auto row = static_cast<size_t>(b);
    for (int64_t i = model.neighbour_begin[row]; i < model.neighbour_begin[row + 1]; ++i) {
      const int32_t other = model.neighbours[static_cast<size_t>(i)].buffer;
      if (other < b) continue;
      const auto begin = static_cast<int32_t>(forbidden_.size());
      for (const OpenInterval& interval : forbidden_differences(original(b), original(other))) {
        forbidden_.push_back({interval.lower / model.unit, interval.upper / model.unit});
      }
      pairs_.push_back({b, other, begin, static_cast<int32_t>(forbidden_.size())});
    }
  }
  above_.resize(buffers);
  offset_.assign(buffers, 0);
  for (size_t b = 0; b < buffers; ++b) {
    offset_[b] = std::max<int64_t>(0, model.fixed_offset[b]);
    if (offset_[b] + model.size[b] > capacity_) status_ = SearchStatus::kInfeasible;
    aligned_ = aligned_ || model.alignment[b] != 1;
  }
  if (status_ != SearchStatus::kRunning) return;
  const int32_t overlap = find_overlap();
  if (overlap == kNone) {
    status_ = SearchStatus::kSolved;
  } else {
    push_frame(overlap);
  }
}

SearchStatus DisjunctiveSearch::run(Slice& slice) {
  while (status_ == SearchStatus::kRunning && !slice.spent()) {
    if (advance(slice)) {
      slice.visit_node();
      const int32_t overlap = find_overlap();
      slice.work(static_cast<int64_t>(pairs_.size()));
      if (overlap == kNone) {
        status_ = SearchStatus::kSolved;
      } else {
        push_frame(overlap);
      }
    } else if (slice.spent()) {
      break;
    } else {
      ++counters_.backtracks;
      frames_.pop_back();
      if (frames_.empty()) {
        status_ = SearchStatus::kInfeasible;
      } else {
        go_back(frames_.back());
      }
    }
  }
  return status_;
}

void DisjunctiveSearch::push_frame(int32_t pair) {
  ++counters_.nodes;
  const Pair& branched = pairs_[static_cast<size_t>(pair)];
  const int64_t difference =
      offset_[static_cast<size_t>(branched.second)] - offset_[static_cast<size_t>(branched.first)];
  // Slot i lies below forbidden interval i, the last one above all. The pair's difference lies in
  // some interval: of the slots on its two sides, the nearer comes first.
  const int32_t intervals = branched.forbidden_end - branched.forbidden_begin;
  int32_t inside = 0;
  while (difference >= forbidden_[static_cast<size_t>(branched.forbidden_begin + inside)].upper) {
    ++inside;
  }
  const OpenInterval& interval = forbidden_[static_cast<size_t>(branched.forbidden_begin + inside)];
  const bool up = interval.upper - difference < difference - interval.lower;
  frames_.push_back(
      {pair, 0, intervals + 1, inside + (up ? 1 : 0), distances_.size(), trail_.size()});
}

bool DisjunctiveSearch::advance(Slice& slice) {
  while (frames_.back().next_slot < frames_.back().slots) {
    if (slice.spent()) return false;
    Frame& frame = frames_.back();
    const Pair& pair = pairs_[static_cast<size_t>(frame.pair)];
    const auto slot = static_cast<int32_t>((frame.preferred_slot + frame.next_slot) % frame.slots);
    ++frame.next_slot;
    const int32_t at = pair.forbidden_begin + slot;
    // At most the lower end of the interval above the slot, at least the upper end of that below.
    const bool fits =
        (at == pair.forbidden_end ||
         require(pair.second, pair.first, -forbidden_[static_cast<size_t>(at)].lower)) &&
        (at == pair.forbidden_begin ||
         require(pair.first, pair.second, forbidden_[static_cast<size_t>(at) - 1].upper));
    slice.work(16);
    if (fits) return true;
    go_back(frame);
  }
  return false;
}

void DisjunctiveSearch::go_back(const Frame& frame) {
  while (distances_.size() > frame.distances_size) {
    above_[static_cast<size_t>(distances_.back().lower)].pop_back();
    distances_.pop_back();
  }
  while (trail_.size() > frame.trail_size) {
    offset_[static_cast<size_t>(trail_.back().buffer)] = trail_.back().offset;
    trail_.pop_back();
  }
}

// Adds a constraint and moves on to the least solution, if there is one. Offsets only grow and are
// bounded by the capacity, so this ends; without alignments a cycle of constraints that lifts
// itself shows much earlier, because first-in first-out raising settles n buffers in n rounds.
bool DisjunctiveSearch::require(int32_t lower, int32_t upper, int64_t distance) {
  above_[static_cast<size_t>(lower)].push_back(static_cast<int32_t>(distances_.size()));
  distances_.push_back({lower, upper, distance});
  queue_.clear();
  if (!raise(upper, offset_[static_cast<size_t>(lower)] + distance)) return false;
  const size_t most_raises = offset_.size() * offset_.size();
  for (size_t next = 0; next < queue_.size(); ++next) {
    if (!aligned_ && next > most_raises) return false;
    const auto raised = static_cast<size_t>(queue_[next]);
    for (const int32_t i : above_[raised]) {
      const Distance& constraint = distances_[static_cast<size_t>(i)];
      if (!raise(constraint.upper, offset_[raised] + constraint.distance)) return false;
    }
  }
  return true;
}

bool DisjunctiveSearch::raise(int32_t buffer, int64_t offset) {
  const auto b = static_cast<size_t>(buffer);
  if (offset <= offset_[b]) return true;
  const int64_t raised = align_up(offset, model_.alignment[b]);
  if (raised + model_.size[b] > capacity_ || model_.fixed_offset[b] != kNoOffset) return false;
  trail_.push_back({buffer, offset_[b]});
  offset_[b] = raised;
  queue_.push_back(buffer);
  return true;
}

bool DisjunctiveSearch::overlaps(const Pair& pair) const {
  const int64_t difference =
      offset_[static_cast<size_t>(pair.second)] - offset_[static_cast<size_t>(pair.first)];
  for (int32_t i = pair.forbidden_begin; i < pair.forbidden_end; ++i) {
    const OpenInterval& interval = forbidden_[static_cast<size_t>(i)];
    if (interval.lower < difference && difference < interval.upper) return true;
  }
  return false;
}

// Of the overlapping pairs the one that needs most space together: it decides most.
int32_t DisjunctiveSearch::find_overlap() const {
  int32_t best = kNone;
  int64_t most = -1;
  for (size_t p = 0; p < pairs_.size(); ++p) {
    const int64_t together = model_.size[static_cast<size_t>(pairs_[p].first)] +
                             model_.size[static_cast<size_t>(pairs_[p].second)];
    if (together <= most || !overlaps(pairs_[p])) continue;
    most = together;
    best = static_cast<int32_t>(p);
  }
  return best;
}

}  // namespace stowage
