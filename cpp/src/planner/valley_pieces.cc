// Buffers that are held in pieces, and space that is taken above the floor.
#include <algorithm>

#include "planner/valley_state.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

// The finaliser of a SplitMix64 generator.
uint64_t mixed(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

}  // namespace

// Fixed buffers are pinned from the start. False if two of them collide, or one ends too high.
bool ValleyState::pin_fixed() {
  for (std::vector<Pin>& pins : pins_) pins.clear();
  pin_count_ = 0;
  for (int32_t p = 0; p < model_.buffer_count; ++p) {
    const Place& place = places_[static_cast<size_t>(p)];
    if (place.fixed_offset == kNoOffset) continue;
    if (place.fixed_offset + place.size > capacity_) return false;
    offset_[static_cast<size_t>(place.buffer)] = place.fixed_offset;
    unplaced_.erase(p);
    for_each_span(place, [&](const Model::Span& span) {
      const int64_t top = place.fixed_offset + span.window_upper;
      for (int32_t s = span.lower; s < span.upper; ++s) pin(s, p, {top - span.extent, top});
    });
    unlink(place);
  }
  for (const std::vector<Pin>& pins : pins_) {
    for (size_t i = 1; i < pins.size(); ++i) {
      if (pins[i].upper > pins[i - 1].lower) return false;
    }
  }
  return true;
}

// Rests the buffer on the floor of `section`. Where the floor is as high beneath it, nothing else
// comes between; elsewhere there is room under it for others.
void ValleyState::put_pieces(int32_t position, int32_t section) {
  const Place& place = places_[static_cast<size_t>(position)];
  const Model::Span& rests = *span_at(place, section);
  const int64_t base = floor(section) - (rests.window_upper - rests.extent);
  const int64_t offset = align_up(base, place.alignment);
  changes_.push_back({Change::Kind::kPlace, kNobody, position, base});
  offset_[static_cast<size_t>(place.buffer)] = offset;
  unplaced_.erase(position);
  key_change_ -= buffer_keys_[static_cast<size_t>(position)];
  for_each_span(place, [&](const Model::Span& span) {
    const int64_t top = offset + span.window_upper;
    for (int32_t s = span.lower; s < span.upper; ++s) {
      int64_t& floor = floor_[static_cast<size_t>(s)];
      if (floor == base + span.window_upper - span.extent) {
        key_change_ += floor_key(s, s + 1, top - floor);
        floor = top;
        slack_[static_cast<size_t>(s)] -= offset - base;
      } else {
        pin(s, position, {top - span.extent, top});
      }
      mark_run(s, s + 1);
    }
    mark_held(span.lower, span.upper);
  });
  unlink(place);
}

void ValleyState::take_pieces(const Change& change) {
  const Place& place = places_[static_cast<size_t>(change.position)];
  const int64_t offset = offset_[static_cast<size_t>(place.buffer)];
  for_each_span(place, [&](const Model::Span& span) {
    for (int32_t s = span.lower; s < span.upper; ++s) {
      int64_t& floor = floor_[static_cast<size_t>(s)];
      if (floor != offset + span.window_upper) continue;  // it was pinned there
      floor = change.floor + span.window_upper - span.extent;
      slack_[static_cast<size_t>(s)] += offset - change.floor;
    }
  });
}

void ValleyState::pin(int32_t section, int32_t position, const Pin& pin) {
  std::vector<Pin>& pins = pins_[static_cast<size_t>(section)];
  const auto above = std::find_if(pins.begin(), pins.end(),
                                  [&](const Pin& other) { return other.lower < pin.lower; });
  pins.insert(above, pin);
  ++pin_count_;
  changes_.push_back({Change::Kind::kPin, section, position, pin.lower});
  key_change_ += pin_key(section, pin);
}

void ValleyState::unpin(const Change& change) {
  std::vector<Pin>& pins = pins_[static_cast<size_t>(change.section)];
  pins.erase(std::find_if(pins.begin(), pins.end(),
                          [&](const Pin& pin) { return pin.lower == change.floor; }));
  --pin_count_;
}

// The floor has come up to the section's lowest pin.
void ValleyState::absorb(int32_t section) {
  std::vector<Pin>& pins = pins_[static_cast<size_t>(section)];
  const Pin pin = pins.back();
  pins.pop_back();
  --pin_count_;
  changes_.push_back({Change::Kind::kAbsorb, section, kNobody, pin.lower});
  key_change_ -= pin_key(section, pin);
  key_change_ += floor_key(section, section + 1, pin.length());
  floor_[static_cast<size_t>(section)] = pin.upper;
  mark_dirty(section, section + 1);
}

void ValleyState::give_back(const Change& change) {
  int64_t& floor = floor_[static_cast<size_t>(change.section)];
  pins_[static_cast<size_t>(change.section)].push_back({change.floor, floor});
  ++pin_count_;
  floor = change.floor;
}

// What is in the way of a buffer that is held over [first, end) matters wherever else it is held.
void ValleyState::mark_held(int32_t first, int32_t end) {
  for (const int32_t p : gapped_) {
    const Place& place = places_[static_cast<size_t>(p)];
    if (place.first >= end) break;
    if (!unplaced_.contains(p) || place.end <= first) continue;
    bool is_held = false;
    for_each_span(place, [&](const Model::Span& span) {
      is_held = is_held || (span.lower < end && first < span.upper);
    });
    if (!is_held) continue;
    for_each_span(place, [&](const Model::Span& span) {
      for (int32_t s = span.lower; s < span.upper; ++s) dirty_.insert(s);
    });
  }
}

// What the pins, and the buffers held in pieces, mean for the valley. False if one of these cannot
// be placed any more.
bool ValleyState::count_pieces(int32_t lower, int32_t upper, int64_t wall_height) {
  const int64_t floor = this->floor(lower);
  // What supports something over a section may be a pin beside it, or a buffer held beside it.
  int64_t most_rise = wall_height;
  for (int32_t s = lower; s < upper; ++s) {
    const std::vector<Pin>& pins = pins_[static_cast<size_t>(s)];
    if (!pins.empty()) most_rise = std::min(most_rise, pins.back().upper - floor);
  }
  for (const int32_t p : gapped_) {
    const Place& place = places_[static_cast<size_t>(p)];
    if (place.first >= upper) break;
    if (!unplaced_.contains(p) || place.end <= lower) continue;
    const int64_t offset = least_offset(place);
    for_each_span(place, [&](const Model::Span& span) {
      const int32_t first = std::max(span.lower, lower);
      const int32_t end = std::min(span.upper, upper);
      const int64_t base = floor - (span.window_upper - span.extent);
      const int64_t height = offset - base;  // of the lower end above the floor, at least
      if (first >= end || height >= wall_height) return;
      most_rise = std::min(most_rise, height + span.extent);
      Count& first_count = counts_[static_cast<size_t>(first)];
      Count& end_count = counts_[static_cast<size_t>(end)];
      first_count.sizes += span.extent;
      end_count.sizes -= span.extent;
      int64_t rise = height;
      bool waits = false;
      if (base >= 0 && align_up(base, place.alignment) == offset) {
        const bool level = lies_level(place, base);
        if (fits_pieces(place, base, offset)) {
          ++first_count.covering;
          --end_count.covering;
          waits = !level;
        }
        // If it does not rest here, it may still lie as low, on something in the space that
        // alignment leaves; or the next lowest.
        if (height < least_extent_) {
          rise = height + place.alignment;
          if (level) rise = std::max(rise, least_extent_);
        }
      }
      for (int32_t s = first; s < end; ++s) {
        Count& count = counts_[static_cast<size_t>(s)];
        count.waits = count.waits || waits;
        count.most_rise = std::min(count.most_rise, rise);
      }
    });
    if (offset > place.most_offset) return fail_at(std::max(lower, place.first));
  }
  for (int32_t s = lower; s < upper; ++s) {
    int64_t& rise = counts_[static_cast<size_t>(s)].most_rise;
    rise = std::min(rise, most_rise);
  }
  return true;
}

// The least that clears the floor.
int64_t ValleyState::least_offset(const Place& place) const {
  int64_t base = place.least_offset;
  for_each_span(place, [&](const Model::Span& span) {
    const int64_t lower = span.window_upper - span.extent;
    for (int32_t s = span.lower; s < span.upper; ++s) base = std::max(base, floor(s) - lower);
  });
  return align_up(base, place.alignment);
}

// Whether the buffer may be the lowest on the floor of the section.
bool ValleyState::may_rest_pieces(const Place& place, int32_t section) const {
  const Model::Span* const span = span_at(place, section);
  if (span == nullptr) return false;
  const int64_t base = floor(section) - (span->window_upper - span->extent);
  if (base < 0) return false;
  const int64_t offset = least_offset(place);
  return align_up(base, place.alignment) == offset && fits_pieces(place, base, offset);
}

// Whether the slack bears what alignment wastes where the floor is `base` higher than the window,
// and no pin is in the way.
bool ValleyState::fits_pieces(const Place& place, int64_t base, int64_t offset) const {
  if (offset > place.most_offset) return false;
  bool fits = true;
  for_each_span(place, [&](const Model::Span& span) {
    const int64_t top = offset + span.window_upper;
    const int64_t bottom = top - span.extent;
    for (int32_t s = span.lower; s < span.upper && fits; ++s) {
      const int64_t wasted = bottom - floor(s);
      if (wasted == offset - base && wasted > slack_[static_cast<size_t>(s)]) fits = false;
      for (const Pin& pin : pins_[static_cast<size_t>(s)]) {
        if (pin.lower < top && bottom < pin.upper) fits = false;
      }
    }
  });
  return fits;
}

// Whether the floor is `base` higher than the window wherever the buffer is held.
bool ValleyState::lies_level(const Place& place, int64_t base) const {
  bool level = true;
  for_each_span(place, [&](const Model::Span& span) {
    const int64_t lower = span.window_upper - span.extent;
    for (int32_t s = span.lower; s < span.upper; ++s) level = level && floor(s) - lower == base;
  });
  return level;
}

const Model::Span* ValleyState::span_at(const Place& place, int32_t section) const {
  const Model::Span* found = nullptr;
  for_each_span(place, [&](const Model::Span& span) {
    if (span.lower <= section && section < span.upper) found = &span;
  });
  return found;
}

StateKey ValleyState::pin_key(int32_t section, const Pin& pin) const {
  const StateKey factor = floor_key(section, section + 1, 1);
  const auto lower = static_cast<uint64_t>(pin.lower);
  const auto length = static_cast<uint64_t>(pin.length());
  return {mixed(mixed(factor.low + lower) + length), mixed(mixed(factor.high + lower) + length)};
}

}  // namespace stowage
