#include "planner/valley_search.h"

#include <algorithm>

namespace stowage {

ValleySearch::ValleySearch(const Model& model, int64_t capacity)
    : model_(model), state_(model, capacity) {}

void ValleySearch::start(const ValleyOrder& order, int64_t node_limit) {
  order_ = order;
  ranks_ = ranks(model_, order);
  nodes_left_ = node_limit;
  status_ = SearchStatus::kRunning;
  frames_.clear();
  waiting_.clear();
  branches_.clear();
  if (!state_.reset(order.by_weight)) {
    status_ = SearchStatus::kInfeasible;
    return;
  }
  const Part whole = split({0, model_.section_count, kNone, kNone}, kNone);
  if (whole.lower == whole.upper) {
    status_ = SearchStatus::kSolved;
    return;
  }
  push_frame(whole, state_.key(whole.lower, whole.upper), kNone);
}

SearchStatus ValleySearch::run(Slice& slice) {
  while (status_ == SearchStatus::kRunning && !slice.spent()) {
    if (nodes_left_ <= 0) {
      status_ = SearchStatus::kExhausted;
    } else if (advance(slice)) {
      if (!descend()) status_ = SearchStatus::kSolved;
    } else if (slice.spent() || nodes_left_ <= 0) {
      continue;
    } else if (!fail()) {
      status_ = SearchStatus::kInfeasible;
    }
  }
  return status_;
}

// Takes the top frame's next branch that is not hopeless. False if there is none, or the slice or
// the attempt has no node left.
bool ValleySearch::advance(Slice& slice) {
  Frame& frame = frames_.back();
  if (frame.is_in_branch) undo(frame);
  while (frame.next_branch < frame.branches_end || frame.raised_floor != 0) {
    if (slice.spent() || nodes_left_ <= 0) return false;
    ++counters_.nodes;
    --nodes_left_;
    slice.visit_node();
    const bool is_open = take_branch(frame);
    slice.work(50 + state_.take_work());
    if (is_open) return true;
    undo(frame);
  }
  return false;
}

bool ValleySearch::take_branch(Frame& frame) {
  frame.mark = state_.mark();
  frame.waiting = waiting_.size();
  frame.is_in_branch = true;
  bool is_open = false;
  if (frame.next_branch < frame.branches_end) {
    is_open =
        state_.rest(branches_[static_cast<size_t>(frame.next_branch++)].position, frame.section);
  } else {
    is_open = state_.raise(frame.section, frame.raised_floor);
    frame.raised_floor = 0;
  }
  if (!is_open || state_.split()) return is_open;
  StateKey key = frame.key;
  key += state_.key_change();
  return !failed_.contains(key);
}

void ValleySearch::undo(Frame& frame) {
  state_.back_to(frame.mark);
  waiting_.resize(frame.waiting);
  frame.is_in_branch = false;
}

// Gives up the top frame and all that led to it alone; false if nothing is left to try.
bool ValleySearch::fail() {
  ++counters_.backtracks;
  failed_.insert(frames_.back().key);
  const int32_t fail_to = frames_.back().fail_to;
  while (static_cast<int32_t>(frames_.size()) - 1 > fail_to) {
    if (frames_.back().is_in_branch) undo(frames_.back());
    branches_.resize(static_cast<size_t>(frames_.back().branches_begin));
    frames_.pop_back();
  }
  return !frames_.empty();
}

// Goes on with what the top frame's branch leaves of its part, or with the first of the parts that
// it falls into, or with a part that waits. False if everything is placed.
bool ValleySearch::descend() {
  const auto index = static_cast<int32_t>(frames_.size()) - 1;
  Part rest = frames_.back().part;
  int32_t fail_to = index;
  StateKey key = frames_.back().key;
  key += state_.key_change();
  if (state_.split() || !state_.any_unplaced(rest.lower, rest.upper)) {
    rest = split(rest, index);
    if (rest.lower == rest.upper) {
      if (rest.next == kNone) return false;
      rest = waiting_[static_cast<size_t>(rest.next)];
      fail_to = rest.creator;
    }
    key = state_.key(rest.lower, rest.upper);
  }
  push_frame(rest, key, fail_to);
  return true;
}

// The parts that still have buffers to place: the first is returned, linked to the others and
// behind them to what waited already; it is empty, but for that link, if there are none.
ValleySearch::Part ValleySearch::split(const Part& part, int32_t creator) {
  Part first{0, 0, part.next, creator};
  int32_t upper = part.upper;
  // From right to left, so that each part can name the one after it.
  for (int32_t s = part.upper - 1; s >= part.lower; --s) {
    if (s > part.lower && state_.linked(s - 1)) continue;
    if (state_.any_unplaced(s, upper)) {
      if (first.lower < first.upper) {
        waiting_.push_back(first);
        first.next = static_cast<int32_t>(waiting_.size()) - 1;
      }
      first.lower = s;
      first.upper = upper;
    }
    upper = s;
  }
  return first;
}

void ValleySearch::push_frame(const Part& part, const StateKey& key, int32_t fail_to) {
  Frame frame{};
  frame.part = part;
  frame.key = key;
  frame.fail_to = fail_to;
  frame.branches_begin = static_cast<int32_t>(branches_.size());
  list_branches(frame);
  frame.next_branch = frame.branches_begin;
  frame.branches_end = static_cast<int32_t>(branches_.size());
  frames_.push_back(frame);
}

// Leaves the frame without branches if its state is known to have failed.
void ValleySearch::list_branches(Frame& frame) {
  if (failed_.contains(frame.key)) return;
  const int32_t lower = tightest_valley(frame.part);
  const Valley& valley = state_.valley(lower);
  frame.section = valley.section;
  frame.raised_floor = valley.raised_floor;
  state_.for_each_branch(lower, valley.upper, valley.section, [&](int32_t position) {
    branches_.push_back({rank(position, lower, valley), position});
  });
  std::sort(branches_.begin() + frame.branches_begin, branches_.end(),
            [](const Branch& a, const Branch& b) { return a.rank < b.rank; });
}

// There is one: the lowest valley of a part does not wait for others.
int32_t ValleySearch::tightest_valley(const Part& part) const {
  int32_t tightest = kNone;
  state_.valleys().for_each_in(part.lower, part.upper, [&](int32_t lower) {
    const Valley& valley = state_.valley(lower);
    if (valley.section == Valley::kUndecidable) return;
    if (tightest == kNone || valley.is_tighter_than(state_.valley(tightest))) tightest = lower;
  });
  return tightest;
}

// The buffers that end level with most of the walls and the ceiling come first (see ValleyOrder),
// then by the order.
int64_t ValleySearch::rank(int32_t position, int32_t lower, const Valley& valley) const {
  const auto b = static_cast<size_t>(state_.buffer(position));
  const int64_t top = state_.floor(valley.section) + model_.size[b];
  const bool at_left = model_.first_section[b] == lower;
  const bool at_right = model_.end_section[b] == valley.upper;
  int64_t fit = 0;
  if (at_left && lower > 0 && state_.floor(lower - 1) == top) ++fit;
  if (at_right && valley.upper < model_.section_count && state_.floor(valley.upper) == top) ++fit;
  if (order_.filling_first && at_left && at_right) ++fit;
  if (state_.ceiling(valley.section) == top) ++fit;
  if (model_.alignment[b] > 1) ++fit;  // few floors suit it
  return (5 - fit) * model_.buffer_count + ranks_[b];
}

}  // namespace stowage
