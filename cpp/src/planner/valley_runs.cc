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
  if (has_fixed_) {
    for (int32_t s = lower; s < upper; ++s) {
      if (floor > ceiling(s)) return fail_at(s);
    }
    if (put_fixed(lower, upper)) return true;
  }
  int64_t wall = kInfinite;
  if (lower > 0 && linked(lower - 1)) wall = this->floor(lower - 1);
  if (linked(upper - 1)) wall = std::min(wall, this->floor(upper));
  if (wall < floor) return true;
  return evaluate(lower, upper, wall == kInfinite ? kInfinite : wall - floor);
}

// Puts a fixed buffer that the floor has come up to everywhere; false if there is none.
bool ValleyState::put_fixed(int32_t lower, int32_t upper) {
  const int64_t floor = this->floor(lower);
  int32_t found = kNobody;
  const auto consider = [&](int32_t p) {
    const Place& place = places_[static_cast<size_t>(p)];
    if (found != kNobody || place.fixed_offset != floor) return;
    if (this->floor(place.first) == floor && lies_level(place)) found = p;
  };
  unplaced_.for_each_in(first_position(lower), first_position(upper), consider);
  for (const int32_t p : gapped_) {
    if (unplaced_.contains(p)) consider(p);
  }
  if (found == kNobody) return false;
  put(found);
  return true;
}

// Decides what is plain in a valley, and finds the section to branch on. False if there is none to
// be had.
bool ValleyState::evaluate(int32_t lower, int32_t upper, int64_t wall_height) {
  count(lower, upper);
  if (!gapped_.empty()) count_gapped(lower, upper, wall_height);
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
    // What is too wide for the valley lies above its lower wall.
    if (wall_height < kInfinite && sum.sizes + slack < wall_height) return fail_at(s);
    if (count.waits || ceiling(s) == floor) continue;
    const int64_t rise = std::min(
        {wall_height, sum.least_before, count.least_after, count.most_rise, ceiling(s) - floor});
    const bool may_rise = rise <= slack;
    Valley valley;
    valley.upper = upper;
    valley.section = s;
    valley.branches = sum.covering + (may_rise ? 1 : 0);
    valley.weight = weight_[static_cast<size_t>(s)];
    valley.slack = slack;
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
void ValleyState::count(int32_t lower, int32_t upper) {
  for (int32_t s = lower; s <= upper; ++s) {
    counts_[static_cast<size_t>(s)] = {0, 0, kInfinite, kInfinite, false, kInfinite};
  }
  const int64_t floor = this->floor(lower);
  const int32_t begin = first_position(lower);
  const int32_t end = first_position(upper);
  work_ += 2 * (upper - lower) + end - begin;
  unplaced_.for_each_in(begin, end, [&](int32_t p) {
    const Place& place = places_[static_cast<size_t>(p)];
    if (place.end > upper || place.has_gaps) return;
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
}

// The buffers with gaps are held in the valley and elsewhere, perhaps beyond a wall.
void ValleyState::count_gapped(int32_t lower, int32_t upper, int64_t wall_height) {
  const int64_t floor = this->floor(lower);
  for (const int32_t p : gapped_) {
    const Place& place = places_[static_cast<size_t>(p)];
    if (!unplaced_.contains(p) || place.end <= lower || upper <= place.first) continue;
    int64_t highest = floor;
    int64_t lowest = floor;
    bool held_here = false;
    for_each_span(place, [&](int32_t first, int32_t end) {
      held_here = held_here || (first < upper && lower < end);
      for (int32_t s = first; s < end; ++s) {
        highest = std::max(highest, this->floor(s));
        lowest = std::min(lowest, this->floor(s));
      }
    });
    if (!held_here || (wall_height < kInfinite && highest - floor >= wall_height)) continue;
    const bool rests = highest == floor && lowest == floor && may_rest(place, floor);
    for (int32_t s = lower; s < upper; ++s) {
      Count& count = counts_[static_cast<size_t>(s)];
      count.most_rise = std::min(count.most_rise, place.size);
    }
    for_each_span(place, [&](int32_t first, int32_t end) {
      first = std::max(first, lower);
      end = std::min(end, upper);
      if (first >= end) return;
      counts_[static_cast<size_t>(first)].sizes += place.size;
      counts_[static_cast<size_t>(end)].sizes -= place.size;
      if (rests) {
        ++counts_[static_cast<size_t>(first)].covering;
        --counts_[static_cast<size_t>(end)].covering;
      }
      for (int32_t s = first; s < end; ++s) {
        Count& count = counts_[static_cast<size_t>(s)];
        // It may yet come to rest on this floor once the floor elsewhere has risen as far.
        if (highest == floor && lowest < floor) count.waits = true;
        // If not, something supports it: the floor elsewhere, or a buffer that rests there.
        count.most_rise =
            std::min(count.most_rise, highest > floor ? highest - floor : least_size_);
      }
    });
  }
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
