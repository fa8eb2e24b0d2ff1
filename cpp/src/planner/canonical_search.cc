#include "planner/canonical_search.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

constexpr int64_t kUnlimited = std::numeric_limits<int64_t>::max();

}  // namespace

CanonicalSearch::CanonicalSearch(const Model& model, const SolverParams& params, int64_t capacity)
    : model_(model),
      params_(params),
      capacity_(capacity),
      members_(model.members),
      components_(model),
      is_marked_(static_cast<size_t>(model.section_count), 0) {
  start({params.preordering_heuristics.front()});
}

void CanonicalSearch::start(const PreorderingHeuristic& heuristic) {
  const auto buffers = static_cast<size_t>(model_.buffer_count);
  preorder_.emplace(model_, heuristic);
  status_ = SearchStatus::kRunning;
  offset_.assign(buffers, kNoOffset);
  minimum_offset_.assign(buffers, 0);
  for (size_t b = 0; b < buffers; ++b) {
    minimum_offset_[b] = std::max<int64_t>(0, model_.fixed_offset[b]);
  }
  total_ = model_.load;
  floor_.assign(total_.size(), 0);
  cuts_ = model_.cuts;
  frames_.clear();
  candidates_.clear();
  offset_trail_.clear();
  floor_trail_.clear();
  const Component whole = components_.reset();
  sort_by_preorder(components_.list(whole), whole.size());
  push_frame(whole, 0, 0, kNone);
}

SearchStatus CanonicalSearch::run(Slice& slice) {
  while (status_ == SearchStatus::kRunning && !slice.spent()) {
    if (advance(slice)) {
      slice.visit_node();
      if (!descend()) status_ = SearchStatus::kSolved;
    } else if (slice.spent()) {
      break;
    } else if (!fail()) {
      status_ = SearchStatus::kInfeasible;
    }
  }
  return status_;
}

bool CanonicalSearch::advance(Slice& slice) {
  Frame& frame = frames_.back();
  if (frame.placed != kNone) undo(frame);
  while (frame.next_candidate < frame.candidates_end) {
    const Candidate candidate = candidates_[static_cast<size_t>(frame.next_candidate)];
    if (slice.spent()) return false;
    ++frame.next_candidate;
    if (std::pair(candidate.offset, candidate.rank) >
        std::pair(frame.last.offset, frame.last.rank)) {
      continue;
    }
    // A placement looks at the neighbours and sections of all that it raises.
    slice.work(16 * frame.component.size());
    if (place(frame, candidate)) return true;
    undo(frame);
  }
  return false;
}

bool CanonicalSearch::fail() {
  ++counters_.backtracks;
  const int32_t fail_to = frames_.back().fail_to;
  while (static_cast<int32_t>(frames_.size()) - 1 > fail_to) {
    if (frames_.back().placed != kNone) undo(frames_.back());
    candidates_.resize(static_cast<size_t>(frames_.back().candidates_begin));
    frames_.pop_back();
  }
  return !frames_.empty();
}

bool CanonicalSearch::place(Frame& frame, const Candidate& candidate) {
  const int32_t buffer = components_.list(frame.component)[candidate.rank];
  const auto b = static_cast<size_t>(buffer);
  frame.placed = buffer;
  frame.offset_trail_size = offset_trail_.size();
  frame.floor_trail_size = floor_trail_.size();
  frame.mark = components_.mark();
  offset_[b] = candidate.offset;
  for (int32_t i = model_.span_begin[b]; i < model_.span_begin[b + 1]; ++i) {
    const Model::Span& span = model_.spans[static_cast<size_t>(i)];
    for (int32_t s = span.lower; s < span.upper; ++s) {
      total_[static_cast<size_t>(s)] -= span.extent;
      if (params_.unallocated_floor) continue;
      floor_trail_.push_back({s, floor_[static_cast<size_t>(s)]});
      floor_[static_cast<size_t>(s)] = candidate.offset + span.window_upper;
    }
  }
  for (int32_t s = model_.first_section[b]; s + 1 < model_.end_section[b]; ++s) {
    --cuts_[static_cast<size_t>(s)];
  }
  // In every canonical plan a buffer with nothing unplaced over it sits just here, so a plan that
  // places a later candidate first is none.
  if (params_.hatless_pruning && !has_unplaced_neighbour(buffer)) frame.last = candidate;
  const bool open = raise_neighbours(buffer, candidate.offset) &&
                    (!params_.canonical_only || lift_passed_over(frame, candidate)) &&
                    sections_fit(buffer);
  for (const int32_t s : marked_) is_marked_[static_cast<size_t>(s)] = 0;
  marked_.clear();
  return open;
}

void CanonicalSearch::undo(Frame& frame) {
  const auto b = static_cast<size_t>(frame.placed);
  for (int32_t i = model_.span_begin[b]; i < model_.span_begin[b + 1]; ++i) {
    const Model::Span& span = model_.spans[static_cast<size_t>(i)];
    for (int32_t s = span.lower; s < span.upper; ++s) total_[static_cast<size_t>(s)] += span.extent;
  }
  for (int32_t s = model_.first_section[b]; s + 1 < model_.end_section[b]; ++s) {
    ++cuts_[static_cast<size_t>(s)];
  }
  while (offset_trail_.size() > frame.offset_trail_size) {
    const OffsetChange change = offset_trail_.back();
    minimum_offset_[static_cast<size_t>(change.buffer)] = change.offset;
    offset_trail_.pop_back();
  }
  while (floor_trail_.size() > frame.floor_trail_size) {
    const FloorChange change = floor_trail_.back();
    floor_[static_cast<size_t>(change.section)] = change.floor;
    floor_trail_.pop_back();
  }
  components_.back_to(frame.mark);
  offset_[b] = kNoOffset;
  frame.placed = kNone;
}

bool CanonicalSearch::descend() {
  const auto index = static_cast<int32_t>(frames_.size()) - 1;
  const Frame& frame = frames_.back();
  const Candidate placed = candidates_[static_cast<size_t>(frame.next_candidate - 1)];
  const bool split = params_.dynamic_decomposition && components_.splits(frame.placed, cuts_);
  const Component rest = split ? components_.split(frame.component, frame.placed, cuts_, index,
                                                   [this](int32_t* list, int32_t count) {
                                                     sort_by_preorder(list, count);
                                                   })
                               : components_.without(frame.component, frame.placed);
  if (rest.size() == 0) {
    if (rest.next == kNone) return false;
    const Component next = components_.waiting(rest.next);
    push_frame(next, 0, 0, next.creator);
  } else if (split) {
    push_frame(rest, 0, 0, index);
  } else {
    push_frame(rest, placed.offset, placed.rank, index);
  }
  return true;
}

void CanonicalSearch::sort_by_preorder(int32_t* buffers, int32_t count) {
  if (params_.static_preordering) preorder_->sort(buffers, count, total_);
}

void CanonicalSearch::push_frame(const Component& component, int64_t minimum_offset,
                                 int32_t minimum_rank, int32_t fail_to) {
  ++counters_.nodes;
  Frame frame{};
  frame.component = component;
  frame.minimum_offset = minimum_offset;
  frame.minimum_rank = minimum_rank;
  frame.fail_to = fail_to;
  frame.placed = kNone;
  frame.last = {kUnlimited, 0};
  frame.candidates_begin = static_cast<int32_t>(candidates_.size());
  list_candidates(frame);
  frame.next_candidate = frame.candidates_begin;
  frame.candidates_end = static_cast<int32_t>(candidates_.size());
  frames_.push_back(frame);
}

void CanonicalSearch::list_candidates(Frame& frame) {
  const int32_t* list = components_.list(frame.component);
  const int32_t count = frame.component.size();
  // No buffer may start at or above this: the lowest top that an unplaced buffer can have would
  // fit below it (dominance); and above the fullest section's slack that section cannot fit.
  int64_t end = kUnlimited;
  if (params_.check_dominance) {
    for (int32_t rank = 0; rank < count; ++rank) {
      const auto b = static_cast<size_t>(list[rank]);
      end = std::min(end, minimum_offset_[b] + model_.size[b]);
    }
  }
  if (params_.monotonic_floor && params_.section_inference) {
    const int64_t fullest = *std::max_element(total_.begin() + frame.component.section_lower,
                                              total_.begin() + frame.component.section_upper);
    end = std::min(end, capacity_ - fullest + 1);
  }
  for (int32_t rank = 0; rank < count; ++rank) {
    const auto b = static_cast<size_t>(list[rank]);
    const int64_t offset = minimum_offset_[b];
    if (offset >= end || offset + model_.size[b] > capacity_) continue;
    if (params_.canonical_only &&
        std::pair(offset, rank) < std::pair(frame.minimum_offset, frame.minimum_rank)) {
      continue;
    }
    candidates_.push_back({offset, rank});
  }
  if (!params_.dynamic_ordering) return;
  std::sort(candidates_.begin() + frame.candidates_begin, candidates_.end(),
            [](const Candidate& a, const Candidate& b) {
              return a.offset != b.offset ? a.offset < b.offset : a.rank < b.rank;
            });
}

bool CanonicalSearch::has_unplaced_neighbour(int32_t buffer) const {
  const auto b = static_cast<size_t>(buffer);
  for (int64_t i = model_.neighbour_begin[b]; i < model_.neighbour_begin[b + 1]; ++i) {
    if (!is_placed(model_.neighbours[static_cast<size_t>(i)].buffer)) return true;
  }
  return false;
}

bool CanonicalSearch::raise_neighbours(int32_t buffer, int64_t offset) {
  const auto b = static_cast<size_t>(buffer);
  for (int64_t i = model_.neighbour_begin[b]; i < model_.neighbour_begin[b + 1]; ++i) {
    const Model::Neighbour& neighbour = model_.neighbours[static_cast<size_t>(i)];
    if (is_placed(neighbour.buffer)) continue;
    if (!raise(neighbour.buffer, offset + neighbour.distance_above)) return false;
  }
  return true;
}

// A buffer that could have been placed before `placed` but was not, in order of (offset, rank),
// does not lie at its minimum offset in any canonical plan from here: one placed later lifts it.
bool CanonicalSearch::lift_passed_over(const Frame& frame, const Candidate& placed) {
  const int32_t* list = components_.list(frame.component);
  const int32_t count = frame.component.size();
  for (int32_t rank = 0; rank < count; ++rank) {
    const auto b = static_cast<size_t>(list[rank]);
    const int64_t minimum = minimum_offset_[b];
    if (minimum > placed.offset || (minimum == placed.offset && rank >= placed.rank)) continue;
    int64_t lifted = kUnlimited;
    for (int64_t i = model_.neighbour_begin[b]; i < model_.neighbour_begin[b + 1]; ++i) {
      const Model::Neighbour& neighbour = model_.neighbours[static_cast<size_t>(i)];
      if (is_placed(neighbour.buffer)) continue;
      const int64_t other = minimum_offset_[static_cast<size_t>(neighbour.buffer)];
      lifted = std::min(lifted, std::max(other, placed.offset) + neighbour.distance_below);
    }
    if (lifted == kUnlimited || !raise(list[rank], lifted)) return false;
  }
  return true;
}

bool CanonicalSearch::raise(int32_t buffer, int64_t offset) {
  const auto b = static_cast<size_t>(buffer);
  if (offset <= minimum_offset_[b]) return true;
  const int64_t raised = align_up(offset, model_.alignment[b]);
  if (raised + model_.size[b] > capacity_) return false;
  if (model_.fixed_offset[b] != kNoOffset && raised > model_.fixed_offset[b]) return false;
  offset_trail_.push_back({buffer, minimum_offset_[b]});
  minimum_offset_[b] = raised;
  if (params_.section_inference && params_.unallocated_floor) mark_sections(buffer, raised);
  return true;
}

// A buffer raised to `offset` adds to what must be stacked above heights up to `offset` only, so
// where all the rest fits above that nothing can have come to exceed the capacity.
void CanonicalSearch::mark_sections(int32_t buffer, int64_t offset) {
  const auto b = static_cast<size_t>(buffer);
  for (int32_t i = model_.span_begin[b]; i < model_.span_begin[b + 1]; ++i) {
    const Model::Span& span = model_.spans[static_cast<size_t>(i)];
    for (int32_t s = span.lower; s < span.upper; ++s) {
      if (offset + total_[static_cast<size_t>(s)] <= capacity_) continue;
      if (is_marked_[static_cast<size_t>(s)]) continue;
      is_marked_[static_cast<size_t>(s)] = 1;
      marked_.push_back(s);
    }
  }
}

bool CanonicalSearch::sections_fit(int32_t placed) {
  if (!params_.section_inference) return true;
  for (const int32_t s : marked_) {
    if (section_bound(s) > capacity_) return false;
  }
  if (params_.unallocated_floor) return true;
  const auto b = static_cast<size_t>(placed);
  for (int32_t s = model_.first_section[b]; s < model_.end_section[b]; ++s) {
    if (floor_[static_cast<size_t>(s)] + total_[static_cast<size_t>(s)] > capacity_) return false;
  }
  return true;
}

// The unplaced buffers of a section are jobs on one machine with release dates: at any height t,
// those that cannot start below t must be stacked above it. The least makespan is the maximum over
// t of t + their sizes (Jackson's rule), which dominates floor + total.
int64_t CanonicalSearch::section_bound(int32_t section) {
  Model::Member* const begin = members_.data() + model_.member_begin[static_cast<size_t>(section)];
  Model::Member* const end =
      members_.data() + model_.member_begin[static_cast<size_t>(section) + 1];
  const auto release = [&](const Model::Member& member) {
    return minimum_offset_[static_cast<size_t>(member.buffer)];
  };
  // Insertion sort, descending: hardly anything moves between two calls. The placed come last,
  // since everything unplaced in their sections lies above them.
  for (Model::Member* m = begin + 1; m < end; ++m) {
    const Model::Member moving = *m;
    const int64_t key = release(moving);
    Model::Member* hole = m;
    for (; hole > begin && release(hole[-1]) < key; --hole) *hole = hole[-1];
    *hole = moving;
  }
  int64_t bound = 0;
  int64_t stacked = 0;
  for (const Model::Member* m = begin; m < end && !is_placed(m->buffer); ++m) {
    stacked += m->extent;
    bound = std::max(bound, release(*m) + stacked);
  }
  return bound;
}

}  // namespace stowage
