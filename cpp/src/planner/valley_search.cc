#include "planner/valley_search.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

#include "stowage/base/random.h"

namespace stowage {
namespace {

constexpr int64_t kInfinite = std::numeric_limits<int64_t>::max() / 4;

}  // namespace

ValleySearch::ValleySearch(const Model& model, int64_t capacity)
    : model_(model), capacity_(capacity), components_(model) {
  const auto sections = static_cast<size_t>(model.section_count);
  valley_lower_.resize(sections);
  valley_upper_.resize(sections);
  covering_.resize(sections + 1);
  least_before_.resize(sections + 1);
  least_after_.resize(sections + 1);
}

void ValleySearch::start(ValleyOrder order, double noise, uint64_t seed, int64_t node_limit) {
  const auto buffers = static_cast<size_t>(model_.buffer_count);
  std::mt19937_64 random(seed);
  std::vector<double> key(buffers);
  for (size_t b = 0; b < buffers; ++b) {
    const double width = model_.end_section[b] - model_.first_section[b];
    const auto size = static_cast<double>(model_.size[b]);
    switch (order) {
      case ValleyOrder::kWidth:
        key[b] = width + size / (static_cast<double>(capacity_) + 1);
        break;
      case ValleyOrder::kSize:
        key[b] = size;
        break;
      case ValleyOrder::kArea:
        key[b] = size * width;
        break;
      case ValleyOrder::kLifetime:
        key[b] = size * static_cast<double>(model_.lifespan[b].length());
        break;
    }
    key[b] *= 1.0 + noise * random_fraction(random);
  }
  std::vector<int32_t> sorted(buffers);
  std::iota(sorted.begin(), sorted.end(), 0);
  std::sort(sorted.begin(), sorted.end(), [&](int32_t a, int32_t b) {
    const double key_a = key[static_cast<size_t>(a)];
    const double key_b = key[static_cast<size_t>(b)];
    return key_a != key_b ? key_a > key_b : a < b;
  });
  rank_.resize(buffers);
  for (size_t i = 0; i < buffers; ++i)
    rank_[static_cast<size_t>(sorted[i])] = static_cast<int32_t>(i);

  nodes_left_ = node_limit;
  status_ = SearchStatus::kRunning;
  offset_.assign(buffers, kNoOffset);
  floor_.assign(static_cast<size_t>(model_.section_count), 0);
  total_ = model_.load;
  cuts_ = model_.cuts;
  frames_.clear();
  branches_.clear();
  if (*std::max_element(total_.begin(), total_.end()) > capacity_) {
    status_ = SearchStatus::kInfeasible;
    return;
  }
  push_frame(components_.reset(), kNone);
}

SearchStatus ValleySearch::run(Slice& slice) {
  while (status_ == SearchStatus::kRunning && !slice.spent()) {
    if (nodes_left_ <= 0) {
      status_ = SearchStatus::kExhausted;
    } else if (advance()) {
      slice.visit_node();
      slice.work(4 * (frames_.back().component.size() + frames_.back().component.section_upper -
                      frames_.back().component.section_lower));
      if (!descend()) status_ = SearchStatus::kSolved;
    } else if (!fail()) {
      status_ = SearchStatus::kInfeasible;
    }
  }
  return status_;
}

// Takes the top frame's next branch; false if there is none.
bool ValleySearch::advance() {
  Frame& frame = frames_.back();
  if (frame.placed != kNone || frame.raised) undo(frame);
  frame.mark = components_.mark();
  if (frame.next_branch < frame.branches_end) {
    const int32_t buffer = branches_[static_cast<size_t>(frame.next_branch++)];
    const auto b = static_cast<size_t>(buffer);
    frame.placed = buffer;
    offset_[b] = frame.floor;
    const int64_t top = frame.floor + model_.size[b];
    for (int32_t s = model_.first_section[b]; s < model_.end_section[b]; ++s) {
      floor_[static_cast<size_t>(s)] = top;
      total_[static_cast<size_t>(s)] -= model_.size[b];
    }
    for (int32_t s = model_.first_section[b]; s + 1 < model_.end_section[b]; ++s) {
      --cuts_[static_cast<size_t>(s)];
    }
    return true;
  }
  if (frame.raised_floor == 0) return false;
  floor_[static_cast<size_t>(frame.section)] = frame.raised_floor;
  frame.raised_floor = 0;
  frame.raised = true;
  return true;
}

void ValleySearch::undo(Frame& frame) {
  if (frame.raised) {
    floor_[static_cast<size_t>(frame.section)] = frame.floor;
    frame.raised = false;
    return;
  }
  const auto b = static_cast<size_t>(frame.placed);
  for (int32_t s = model_.first_section[b]; s < model_.end_section[b]; ++s) {
    floor_[static_cast<size_t>(s)] = frame.floor;
    total_[static_cast<size_t>(s)] += model_.size[b];
  }
  for (int32_t s = model_.first_section[b]; s + 1 < model_.end_section[b]; ++s) {
    ++cuts_[static_cast<size_t>(s)];
  }
  components_.back_to(frame.mark);
  offset_[b] = kNoOffset;
  frame.placed = kNone;
}

bool ValleySearch::fail() {
  ++counters_.backtracks;
  failed_.insert(frames_.back().key);
  const int32_t fail_to = frames_.back().fail_to;
  while (static_cast<int32_t>(frames_.size()) - 1 > fail_to) {
    if (frames_.back().placed != kNone || frames_.back().raised) undo(frames_.back());
    branches_.resize(static_cast<size_t>(frames_.back().branches_begin));
    frames_.pop_back();
  }
  return !frames_.empty();
}

bool ValleySearch::descend() {
  const auto index = static_cast<int32_t>(frames_.size()) - 1;
  const Frame& frame = frames_.back();
  if (frame.raised) {
    push_frame(frame.component, index);
    return true;
  }
  const Component rest =
      components_.splits(frame.placed, cuts_)
          ? components_.split(frame.component, frame.placed, cuts_, index, [](int32_t*, int32_t) {})
          : components_.without(frame.component, frame.placed);
  if (rest.size() > 0) {
    push_frame(rest, index);
  } else if (rest.next != kNone) {
    const Component next = components_.waiting(rest.next);
    push_frame(next, next.creator);
  } else {
    return false;
  }
  return true;
}

void ValleySearch::push_frame(const Component& component, int32_t fail_to) {
  ++counters_.nodes;
  --nodes_left_;
  Frame frame{};
  frame.component = component;
  frame.key = state_key(component);
  frame.fail_to = fail_to;
  frame.placed = kNone;
  frame.raised = false;
  frame.branches_begin = static_cast<int32_t>(branches_.size());
  if (!failed_.contains(frame.key)) choose_section(frame);
  frame.next_branch = frame.branches_begin;
  frame.branches_end = static_cast<int32_t>(branches_.size());
  frames_.push_back(frame);
}

StateKey ValleySearch::state_key(const Component& component) const {
  StateKey key;
  const int32_t* list = components_.list(component);
  for (int32_t i = 0; i < component.size(); ++i) {
    key.toggle(mix(static_cast<uint64_t>(list[i]), ~uint64_t{0}));
  }
  for (int32_t s = component.section_lower; s < component.section_upper; ++s) {
    key.toggle(
        mix(static_cast<uint64_t>(s), static_cast<uint64_t>(floor_[static_cast<size_t>(s)])));
  }
  return key;
}

void ValleySearch::choose_section(Frame& frame) {
  find_valleys(frame.component);
  count_buffers(frame.component);
  const Choice choice = best_section(frame.component);
  if (choice.branches == 0) return;
  frame.section = choice.section;
  frame.floor = floor_[static_cast<size_t>(choice.section)];
  frame.raised_floor = choice.raised_floor;
  list_branches(frame);
}

void ValleySearch::find_valleys(const Component& component) {
  for (int32_t lower = component.section_lower; lower < component.section_upper;) {
    const int64_t floor = floor_[static_cast<size_t>(lower)];
    int32_t upper = lower + 1;
    while (upper < component.section_upper && floor_[static_cast<size_t>(upper)] == floor) ++upper;
    const bool valley =
        (lower == component.section_lower || floor_[static_cast<size_t>(lower) - 1] > floor) &&
        (upper == component.section_upper || floor_[static_cast<size_t>(upper)] > floor);
    for (int32_t s = lower; s < upper; ++s) {
      valley_lower_[static_cast<size_t>(s)] = valley ? lower : kNone;
      valley_upper_[static_cast<size_t>(s)] = valley ? upper : kNone;
    }
    lower = upper;
  }
}

// For each section the candidates that cover it, and the least that lie on either side of it.
void ValleySearch::count_buffers(const Component& component) {
  for (int32_t s = component.section_lower; s <= component.section_upper; ++s) {
    covering_[static_cast<size_t>(s)] = 0;
    least_before_[static_cast<size_t>(s)] = kInfinite;
    least_after_[static_cast<size_t>(s)] = kInfinite;
  }
  const int32_t* list = components_.list(component);
  for (int32_t i = 0; i < component.size(); ++i) {
    const auto b = static_cast<size_t>(list[i]);
    const auto first = static_cast<size_t>(model_.first_section[b]);
    const auto end = static_cast<size_t>(model_.end_section[b]);
    if (valley_lower_[first] == kNone || model_.end_section[b] > valley_upper_[first]) continue;
    ++covering_[first];
    --covering_[end];
    least_before_[end] = std::min(least_before_[end], model_.size[b]);
    if (first > 0) least_after_[first - 1] = std::min(least_after_[first - 1], model_.size[b]);
  }
  int32_t covering = 0;
  int64_t least = kInfinite;
  for (int32_t s = component.section_lower; s < component.section_upper; ++s) {
    const auto i = static_cast<size_t>(s);
    covering += covering_[i];
    covering_[i] = covering;
    least = valley_lower_[i] == s ? kInfinite : std::min(least, least_before_[i]);
    least_before_[i] = least;
  }
  for (int32_t s = component.section_upper - 1; s >= component.section_lower; --s) {
    const auto i = static_cast<size_t>(s);
    least = valley_upper_[i] == s + 1 ? kInfinite : std::min(least, least_after_[i]);
    least_after_[i] = least;
  }
}

ValleySearch::Choice ValleySearch::best_section(const Component& component) const {
  Choice best;
  for (int32_t s = component.section_lower; s < component.section_upper; ++s) {
    const auto i = static_cast<size_t>(s);
    if (valley_lower_[i] == kNone) continue;
    const int64_t floor = floor_[i];
    const int64_t slack = capacity_ - floor - total_[i];
    int64_t rise = std::min(least_before_[i], least_after_[i]);
    if (valley_lower_[i] > component.section_lower) {
      rise = std::min(rise, floor_[static_cast<size_t>(valley_lower_[i]) - 1] - floor);
    }
    if (valley_upper_[i] < component.section_upper) {
      rise = std::min(rise, floor_[static_cast<size_t>(valley_upper_[i])] - floor);
    }
    const bool may_rise = rise <= slack;
    const int32_t branches = covering_[i] + (may_rise ? 1 : 0);
    if (best.section == kNone || branches < best.branches ||
        (branches == best.branches && slack < best.slack)) {
      best = {s, branches, slack, may_rise ? floor + rise : 0};
    }
  }
  return best;
}

void ValleySearch::list_branches(Frame& frame) {
  const auto section = static_cast<size_t>(frame.section);
  const int32_t* list = components_.list(frame.component);
  for (int32_t i = 0; i < frame.component.size(); ++i) {
    const auto b = static_cast<size_t>(list[i]);
    if (model_.first_section[b] > frame.section || model_.end_section[b] <= frame.section) continue;
    if (model_.first_section[b] < valley_lower_[section]) continue;
    if (model_.end_section[b] > valley_upper_[section]) continue;
    branches_.push_back(list[i]);
  }
  const auto begin = branches_.begin() + frame.branches_begin;
  std::sort(begin, branches_.end(), [&](int32_t a, int32_t b) {
    return rank_[static_cast<size_t>(a)] < rank_[static_cast<size_t>(b)];
  });
}

}  // namespace stowage
