#include "planner/valley_state.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <tuple>
#include <utility>

#include "planner/offset_bounds.h"
#include "stowage/base/integer.h"

namespace stowage {

ValleyState::ValleyState(const Model& model, int64_t capacity)
    : model_(model), capacity_(capacity), sections_(model.section_count) {
  const auto buffers = static_cast<size_t>(model.buffer_count);
  const auto sections = static_cast<size_t>(sections_);
  places_.reserve(buffers);
  bool has_fixed = false;
  for (size_t b = 0; b < buffers; ++b) {
    const auto span = static_cast<size_t>(model.span_begin[b]);
    const bool has_gaps = model.span_begin[b + 1] - model.span_begin[b] > 1 ||
                          model.spans[span].extent != model.size[b];
    has_fixed = has_fixed || model.fixed_offset[b] != kNoOffset;
    places_.push_back({model.first_section[b], model.end_section[b], model.size[b],
                       model.alignment[b], model.fixed_offset[b], 0, capacity - model.size[b],
                       static_cast<int32_t>(b), kNobody, has_gaps});
  }
  for (const Model::Span& span : model.spans) least_extent_ = std::min(least_extent_, span.extent);
  if (has_fixed) bound_offsets();
  const auto shape = [](const Place& place) {
    return std::tie(place.first, place.end, place.size, place.alignment, place.fixed_offset,
                    place.least_offset, place.most_offset, place.has_gaps);
  };
  std::sort(places_.begin(), places_.end(), [&](const Place& x, const Place& y) {
    return shape(x) != shape(y) ? shape(x) < shape(y) : x.buffer < y.buffer;
  });
  first_position_.assign(sections + 1, 0);
  for (size_t p = 0; p < buffers; ++p) {
    Place& place = places_[p];
    ++first_position_[static_cast<size_t>(place.first) + 1];
    if (place.has_gaps) {
      gapped_.push_back(static_cast<int32_t>(p));
    } else if (p > 0 && shape(places_[p - 1]) == shape(place)) {
      place.twin = static_cast<int32_t>(p) - 1;
    }
  }
  std::partial_sum(first_position_.begin(), first_position_.end(), first_position_.begin());

  std::mt19937_64 random(1);
  section_keys_.resize(sections + 1);
  for (size_t s = 0; s < sections; ++s) {
    section_keys_[s + 1].low = section_keys_[s].low + (random() | 1);
    section_keys_[s + 1].high = section_keys_[s].high + (random() | 1);
  }
  buffer_keys_.resize(buffers);
  for (StateKey& key : buffer_keys_) key = {random(), random()};
  pins_.resize(sections);
  valleys_.resize(sections);
  counts_.resize(sections + 1);
  weight_.assign(sections, kFirstWeight);
}

void ValleyState::bound_offsets() {
  const OffsetBounds bounds(model_, capacity_);
  infeasible_ = bounds.infeasible();
  for (Place& place : places_) {
    place.least_offset = bounds.least()[static_cast<size_t>(place.buffer)];
    place.most_offset = bounds.most()[static_cast<size_t>(place.buffer)];
  }
}

bool ValleyState::reset(bool by_weight) {
  by_weight_ = by_weight;
  changes_.clear();
  valley_changes_.clear();
  offset_.assign(places_.size(), kNoOffset);
  unplaced_ = BitSet(model_.buffer_count);
  for (int32_t p = 0; p < model_.buffer_count; ++p) unplaced_.insert(p);
  slack_.resize(static_cast<size_t>(sections_));
  for (size_t s = 0; s < slack_.size(); ++s) {
    slack_[s] = capacity_ - model_.ground[s] - model_.load[s];
  }
  cuts_ = model_.cuts;
  cuts_.push_back(0);
  floor_ = model_.ground;
  active_ = BitSet(sections_);
  dirty_ = BitSet(sections_);
  for (int32_t s = 0; s < sections_; ++s) dirty_.insert(s);
  if (*std::min_element(slack_.begin(), slack_.end()) < 0) return false;
  if (infeasible_ || !pin_fixed()) return false;
  return propagate();
}

bool ValleyState::rest(int32_t position, int32_t section) {
  key_change_ = {};
  split_ = false;
  if (places_[static_cast<size_t>(position)].has_gaps) {
    put_pieces(position, section);
  } else {
    put(position);
  }
  return propagate();
}

bool ValleyState::raise(int32_t section, int64_t floor) {
  key_change_ = {};
  split_ = false;
  set_floor(section, floor);
  return propagate();
}

// Rests the buffer on the floor, which is level under it.
void ValleyState::put(int32_t position) {
  const Place& place = places_[static_cast<size_t>(position)];
  const int64_t floor = this->floor(place.first);
  const int64_t offset = align_up(floor, place.alignment);
  const int64_t top = offset + place.size;
  changes_.push_back({Change::Kind::kPlace, kNobody, position, floor});
  offset_[static_cast<size_t>(place.buffer)] = offset;
  unplaced_.erase(position);
  key_change_ -= buffer_keys_[static_cast<size_t>(position)];
  key_change_ += floor_key(place.first, place.end, top - floor);
  for (int32_t s = place.first; s < place.end; ++s) {
    floor_[static_cast<size_t>(s)] = top;
    slack_[static_cast<size_t>(s)] -= offset - floor;
  }
  mark_dirty(place.first, place.end);
  unlink(place);
}

// The buffer has an offset now.
void ValleyState::unlink(const Place& place) {
  for (int32_t s = place.first; s + 1 < place.end; ++s) {
    if (--cuts_[static_cast<size_t>(s)] > 0) continue;
    split_ = true;
    dirty_.insert(s);
    dirty_.insert(s + 1);
  }
}

void ValleyState::set_floor(int32_t section, int64_t floor) {
  int64_t& current = floor_[static_cast<size_t>(section)];
  changes_.push_back({Change::Kind::kRaise, section, kNobody, current});
  slack_[static_cast<size_t>(section)] -= floor - current;
  key_change_ += floor_key(section, section + 1, floor - current);
  current = floor;
  mark_dirty(section, section + 1);
}

void ValleyState::back_to(const Mark& mark) {
  for (; valley_changes_.size() > mark.valleys; valley_changes_.pop_back()) {
    const ValleyChange& change = valley_changes_.back();
    if (change.was_active) {
      active_.insert(change.lower);
      valleys_[static_cast<size_t>(change.lower)] = change.valley;
    } else {
      active_.erase(change.lower);
    }
  }
  for (; changes_.size() > mark.changes; changes_.pop_back()) {
    const Change& change = changes_.back();
    switch (change.kind) {
      case Change::Kind::kRaise: {
        int64_t& floor = floor_[static_cast<size_t>(change.section)];
        slack_[static_cast<size_t>(change.section)] += floor - change.floor;
        floor = change.floor;
        break;
      }
      case Change::Kind::kAbsorb:
        give_back(change);
        break;
      case Change::Kind::kPin:
        unpin(change);
        break;
      case Change::Kind::kPlace:
        take(change);
        break;
    }
  }
}

// Undoes `put` or `put_pieces`.
void ValleyState::take(const Change& change) {
  const Place& place = places_[static_cast<size_t>(change.position)];
  unplaced_.insert(change.position);
  for (int32_t s = place.first; s + 1 < place.end; ++s) ++cuts_[static_cast<size_t>(s)];
  if (place.has_gaps) return take_pieces(change);
  const int64_t wasted = offset_[static_cast<size_t>(place.buffer)] - change.floor;
  for (int32_t s = place.first; s < place.end; ++s) {
    floor_[static_cast<size_t>(s)] = change.floor;
    slack_[static_cast<size_t>(s)] += wasted;
  }
}

// The floor has changed over [first, end): so may the runs there and beside it, and what lies over
// it and elsewhere.
void ValleyState::mark_dirty(int32_t first, int32_t end) {
  mark_run(first, end);
  if (!gapped_.empty()) mark_held(first, end);
}

void ValleyState::mark_run(int32_t first, int32_t end) {
  dirty_.insert(first);
  if (first > 0) dirty_.insert(first - 1);
  if (end < sections_) dirty_.insert(end);
}

StateKey ValleyState::floor_key(int32_t lower, int32_t upper, int64_t change) const {
  const StateKey& begin = section_keys_[static_cast<size_t>(lower)];
  const StateKey& end = section_keys_[static_cast<size_t>(upper)];
  const auto factor = static_cast<uint64_t>(change);
  return {(end.low - begin.low) * factor, (end.high - begin.high) * factor};
}

StateKey ValleyState::key(int32_t lower, int32_t upper) const {
  StateKey key;
  for (int32_t s = lower; s < upper; ++s) {
    key += floor_key(s, s + 1, floor(s));
    if (pin_count_ == 0) continue;
    for (const Pin& pin : pins_[static_cast<size_t>(s)]) key += pin_key(s, pin);
  }
  unplaced_.for_each_in(first_position(lower), first_position(upper),
                        [&](int32_t p) { key += buffer_keys_[static_cast<size_t>(p)]; });
  return key;
}

int64_t ValleyState::take_work() { return std::exchange(work_, 0); }

// Whether the buffer may lie at the lowest aligned offset from `floor`, which is level under it:
// the slack bears what that wastes, and no pin is in the way.
bool ValleyState::fits(const Place& place, int64_t floor) const {
  const int64_t offset = align_up(floor, place.alignment);
  if (offset < place.least_offset || offset > place.most_offset) return false;
  for (int32_t s = place.first; s < place.end; ++s) {
    if (offset - floor > slack_[static_cast<size_t>(s)]) return false;
    if (offset + place.size > ceiling(s)) return false;
  }
  return true;
}

}  // namespace stowage
