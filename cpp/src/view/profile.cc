#include "stowage/view/profile.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

// A piece of a buffer where it is in the plan.
struct Held {
  Lifespan lifespan;
  int64_t bytes;
  int64_t top;
  Interval<size_t> steps = {};  // those that it is live in
};

std::vector<Held> held_pieces(const Problem& problem, const Plan* plan) {
  std::vector<Held> held;
  held.reserve(problem.buffers.size());
  std::vector<Piece> pieces;
  for (size_t b = 0; b < problem.buffers.size(); ++b) {
    pieces.clear();
    append_pieces(problem.buffers[b], pieces);
    for (const auto& [lifespan, window] : pieces) {
      const int64_t top =
          plan ? checked_add(plan->offsets[b], window.upper).value_or(kMaxInteger) : 0;
      held.push_back({lifespan, window.length(), top});
    }
  }
  return held;
}

// A start or an end of a piece.
struct Event {
  int64_t time;
  size_t piece;
};

template <typename TimeOf>
std::vector<Event> sorted_events(const std::vector<Held>& held, TimeOf time_of) {
  std::vector<Event> events;
  events.reserve(held.size());
  for (size_t p = 0; p < held.size(); ++p) events.push_back({time_of(held[p].lifespan), p});
  // Events of one moment are interchangeable.
  std::sort(events.begin(), events.end(),
            [](const Event& a, const Event& b) { return a.time < b.time; });
  return events;
}

// A step for each moment at which any piece starts or ends, with its load. Notes which steps each
// piece is live in.
std::vector<ProfileStep> find_steps(std::vector<Held>& held) {
  const auto starts = sorted_events(held, [](const Lifespan& span) { return span.lower; });
  const auto ends = sorted_events(held, [](const Lifespan& span) { return span.upper; });
  std::vector<ProfileStep> steps;
  int64_t load = 0;
  auto start = starts.begin();
  for (auto end = ends.begin(); end != ends.end();) {
    const bool is_start = start != starts.end() && start->time < end->time;
    const int64_t time = is_start ? start->time : end->time;
    for (; end != ends.end() && end->time == time; ++end) {
      load -= held[end->piece].bytes;
      held[end->piece].steps.upper = steps.size();
    }
    for (; start != starts.end() && start->time == time; ++start) {
      load += held[start->piece].bytes;
      held[start->piece].steps.lower = steps.size();
    }
    steps.push_back({time, load, 0});
  }
  return steps;
}

// Raises each step to the highest top of the pieces live in it.
//
// A stretch of steps is covered by two, which may overlap, of the largest power of two that fits.
// The step at which such a stretch begins stands for it; from the longest to the shortest, each
// stretch hands what it has been raised to on to its halves. O(n log n), with nothing to sort.
void raise_tops(const std::vector<Held>& held, std::vector<ProfileStep>& steps) {
  const auto power_of = [](const Held& piece) {
    return static_cast<size_t>(std::bit_width(piece.steps.length()) - 1);
  };
  std::vector<std::vector<size_t>> by_power(std::numeric_limits<size_t>::digits);
  for (size_t p = 0; p < held.size(); ++p) by_power[power_of(held[p])].push_back(p);

  std::vector<int64_t> tops(steps.size(), 0);
  const auto raise = [&](size_t step, int64_t top) { tops[step] = std::max(tops[step], top); };
  bool is_any_raised = false;
  for (size_t power = by_power.size(); power-- > 0;) {
    const size_t length = size_t{1} << power;
    for (size_t i = tops.size(); is_any_raised && i-- > length;) raise(i, tops[i - length]);
    for (const size_t p : by_power[power]) {
      raise(held[p].steps.lower, held[p].top);
      raise(held[p].steps.upper - length, held[p].top);
    }
    is_any_raised = is_any_raised || !by_power[power].empty();
  }
  for (size_t i = 0; i < steps.size(); ++i) steps[i].top = tops[i];
}

}  // namespace

std::vector<ProfileStep> profile_of(const Problem& problem, const Plan* plan) {
  const bool has_offsets = plan != nullptr && plan->offsets.size() == problem.buffers.size();
  std::vector<Held> held = held_pieces(problem, has_offsets ? plan : nullptr);
  std::vector<ProfileStep> steps = find_steps(held);
  if (has_offsets) raise_tops(held, steps);
  const auto is_unchanged = [](const ProfileStep& before, const ProfileStep& step) {
    return before.load == step.load && before.top == step.top;
  };
  steps.erase(std::unique(steps.begin(), steps.end(), is_unchanged), steps.end());
  return steps;
}

int64_t max_load(const std::vector<ProfileStep>& profile) {
  int64_t most = 0;
  for (const ProfileStep& step : profile) most = std::max(most, step.load);
  return most;
}

ProfileColumns sample(const std::vector<ProfileStep>& profile, double time_lower, double time_upper,
                      int columns) {
  ProfileColumns result;
  if (columns <= 0) return result;
  result.load.assign(static_cast<size_t>(columns), 0);
  result.top.assign(static_cast<size_t>(columns), 0);
  const double width = (time_upper - time_lower) / columns;
  // The last step that has begun when the column does.
  auto step = std::partition_point(profile.begin(), profile.end(), [&](const ProfileStep& s) {
    return static_cast<double>(s.time) <= time_lower;
  });
  if (step != profile.begin()) --step;
  for (int c = 0; c < columns; ++c) {
    const auto at = static_cast<size_t>(c);
    const double lower = time_lower + c * width;
    const double upper = c + 1 == columns ? time_upper : time_lower + (c + 1) * width;
    for (auto next = step; next != profile.end() && static_cast<double>(next->time) < upper;
         ++next) {
      // One that ends where the column begins is not in it.
      const auto after = std::next(next);
      if (after != profile.end() && static_cast<double>(after->time) <= lower) continue;
      step = next;
      result.load[at] = std::max(result.load[at], static_cast<double>(next->load));
      result.top[at] = std::max(result.top[at], static_cast<double>(next->top));
    }
  }
  return result;
}

}  // namespace stowage
