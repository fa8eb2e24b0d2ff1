// What a run of sections with one floor allows.
#include <algorithm>
#include <limits>

#include "planner/valley_state.h"

namespace stowage {
namespace {

constexpr int64_t kInfinite = std::numeric_limits<int64_t>::max() / 4;

}  // namespace

// Looks at every run that may have changed, until nothing follows any more. Every section of the
// floor that rises or buffer that is put marks others, and neither can go on without end.
bool ValleyState::propagate() {
  int32_t section = BitSet::kNone;
  int32_t from = 0;
  while ((section = dirty_.first_in(from, sections_)) != BitSet::kNone ||
         (section = dirty_.first_in(0, from)) != BitSet::kNone) {
    from = section;
    if (look_at_run(section)) continue;
    dirty_.for_each_in(0, sections_, [&](int32_t s) { dirty_.erase(s); });
    return false;
  }
  return true;
}

bool ValleyState::look_at_run(int32_t section) {
  const int64_t floor = this->floor(section);
  int32_t lower = section;
  while (lower > 0 && linked(lower - 1) && this->floor(lower - 1) == floor) --lower;
  int32_t upper = section + 1;
  while (linked(upper - 1) && this->floor(upper) == floor) ++upper;
  dirty_.for_each_in(lower, upper, [&](int32_t s) { dirty_.erase(s); });
  deactivate(lower, upper);
  work_ += upper - lower;
  if (pin_count_ > 0) {
    for (int32_t s = lower; s < upper; ++s) {
      if (floor > ceiling(s)) return fail_at(s);
    }
    if (absorb_pins(lower, upper)) return true;
  }
  int64_t wall = kInfinite;
  if (lower > 0 && linked(lower - 1)) wall = this->floor(lower - 1);
  if (linked(upper - 1)) wall = std::min(wall, this->floor(upper));
  if (wall < floor) return true;
  return evaluate(lower, upper, wall == kInfinite ? kInfinite : wall - floor);
}

// Lets the floor rise over the pins that it has come up to; false if there is none.
bool ValleyState::absorb_pins(int32_t lower, int32_t upper) {
  const int64_t floor = this->floor(lower);
  bool found = false;
  for (int32_t s = lower; s < upper; ++s) {
    if (ceiling(s) != floor || floor == capacity_) continue;
    absorb(s);
    found = true;
  }
  return found;
}

// Decides what is plain in a valley, and finds the section to branch on. False if there is none to
// be had.
bool ValleyState::evaluate(int32_t lower, int32_t upper, int64_t wall_height) {
  if (!count(lower, upper, wall_height)) return false;
  const bool pieces = pin_count_ > 0 || !gapped_.empty();
  if (pieces && !count_pieces(lower, upper, wall_height)) return false;
  const int64_t floor = this->floor(lower);
  Valley best;
  bool raised = false;
  Count sum{0, 0, kInfinite, 0, false, 0};
  for (int32_t s = lower; s < upper; ++s) {
    const Count& count = counts_[static_cast<size_t>(s)];
    sum.covering += count.covering;
    sum.sizes += count.sizes;
    sum.least_before = std::min(sum.least_before, count.least_before);
    if (sum.covering == 0 && wall_height == kInfinite && sum.sizes == 0) continue;  // empty
    const int64_t slack = slack_[static_cast<size_t>(s)];
    // What is too wide for the valley lies above its lower wall, and everything above the pin.
    const int64_t open_height = std::min(wall_height, ceiling(s) - floor);
    if (sum.sizes + slack < open_height) return fail_at(s);
    if (floor == capacity_) continue;
    const int64_t rise =
        std::min({open_height, sum.least_before, count.least_after, count.most_rise});
    const bool may_rise = rise <= slack;
    Valley valley;
    valley.upper = upper;
    valley.section = s;
    valley.branches = sum.covering + (may_rise ? 1 : 0);
    valley.weight = by_weight_ ? weight_[static_cast<size_t>(s)] : 1;
    valley.slack = slack;
    valley.waits = count.waits;
    valley.raised_floor = may_rise ? floor + rise : 0;
    if (valley.branches == 0) return fail_at(s);
    if (sum.covering == 0) {
      set_floor(s, floor + rise);
      raised = true;
    } else if (best.section == Valley::kUndecidable || valley.is_tighter_than(best)) {
      best = valley;
    }
  }
  best.upper = upper;
  if (!raised) activate(lower, best);
  return true;
}

// The buffers without gaps that lie between the walls.
bool ValleyState::count(int32_t lower, int32_t upper, int64_t wall_height) {
  for (int32_t s = lower; s <= upper; ++s) {
    counts_[static_cast<size_t>(s)] = {0, 0, kInfinite, kInfinite, false, kInfinite};
  }
  const int64_t floor = this->floor(lower);
  const int32_t begin = first_position(lower);
  const int32_t end = first_position(upper);
  work_ += 2 * (upper - lower) + end - begin;
  int32_t stuck = kNobody;
  unplaced_.for_each_in(begin, end, [&](int32_t p) {
    const Place& place = places_[static_cast<size_t>(p)];
    if (place.has_gaps) return;
    if (floor > place.most_offset) stuck = place.first;
    if (place.end > upper || place.least_offset - floor >= wall_height) return;
    Count& first_count = counts_[static_cast<size_t>(place.first)];
    Count& end_count = counts_[static_cast<size_t>(place.end)];
    first_count.sizes += place.size;
    end_count.sizes -= place.size;
    if (waits_for_twin(place)) return;
    end_count.least_before = std::min(end_count.least_before, place.size);
    if (place.first > lower) {
      Count& before = counts_[static_cast<size_t>(place.first) - 1];
      before.least_after = std::min(before.least_after, place.size);
    }
    if (!may_rest(place, floor)) return;
    ++first_count.covering;
    --end_count.covering;
  });
  for (int32_t s = upper - 2; s >= lower; --s) {
    Count& here = counts_[static_cast<size_t>(s)];
    here.least_after = std::min(here.least_after, counts_[static_cast<size_t>(s) + 1].least_after);
  }
  return stuck == kNobody || fail_at(stuck);
}

// Sections where states fail are decided earlier later on (Boussemart, Hemery, Lecoutre and Sais,
// "Boosting Systematic Search by Weighting Constraints", ECAI 2004).
bool ValleyState::fail_at(int32_t section) {
  ++weight_[static_cast<size_t>(section)];
  return false;
}

void ValleyState::deactivate(int32_t lower, int32_t upper) {
  active_.for_each_in(lower, upper, [&](int32_t l) {
    valley_changes_.push_back({true, l, valleys_[static_cast<size_t>(l)]});
    active_.erase(l);
  });
}

void ValleyState::activate(int32_t lower, const Valley& valley) {
  valley_changes_.push_back({false, lower, {}});
  valleys_[static_cast<size_t>(lower)] = valley;
  active_.insert(lower);
}

}  // namespace stowage
