#include "stowage/view/profile.h"

#include <algorithm>
#include <queue>
#include <utility>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

// A piece of a buffer where it is in the plan.
struct Held {
  Lifespan lifespan;
  int64_t bytes;
  int64_t top;
};

std::vector<Held> held_pieces(const Problem& problem, const Plan* plan) {
  const bool has_offsets = plan != nullptr && plan->offsets.size() == problem.buffers.size();
  std::vector<Held> held;
  held.reserve(problem.buffers.size());
  std::vector<Piece> pieces;
  for (size_t b = 0; b < problem.buffers.size(); ++b) {
    pieces.clear();
    append_pieces(problem.buffers[b], pieces);
    for (const auto& [lifespan, window] : pieces) {
      const int64_t top =
          has_offsets ? checked_add(plan->offsets[b], window.upper).value_or(kMaxInteger) : 0;
      held.push_back({lifespan, window.length(), top});
    }
  }
  // The order among those that start together is of no matter: only sums and maxima are kept.
  std::sort(held.begin(), held.end(),
            [](const Held& a, const Held& b) { return a.lifespan.lower < b.lifespan.lower; });
  return held;
}

// What is live at the moment that a sweep has come to.
class Live {
 public:
  void start(const Held& held) {
    load_ += held.bytes;
    ends_.emplace(held.lifespan.upper, held.bytes);
    tops_.emplace(held.top, held.lifespan.upper);
  }

  [[nodiscard]] bool empty() const { return ends_.empty(); }
  [[nodiscard]] int64_t next_end() const { return ends_.top().first; }

  // Lets go of what ends at `time` or before.
  void end_until(int64_t time) {
    for (; !ends_.empty() && ends_.top().first <= time; ends_.pop()) load_ -= ends_.top().second;
    while (!tops_.empty() && tops_.top().second <= time) tops_.pop();
  }

  [[nodiscard]] ProfileStep step_at(int64_t time) const {
    return {time, load_, tops_.empty() ? 0 : std::max<int64_t>(tops_.top().first, 0)};
  }

 private:
  using Pair = std::pair<int64_t, int64_t>;

  int64_t load_ = 0;
  std::priority_queue<Pair, std::vector<Pair>, std::greater<>> ends_;  // (end, bytes), first first
  std::priority_queue<Pair> tops_;  // (top, end), highest first; some below the first have ended
};

}  // namespace

std::vector<ProfileStep> profile_of(const Problem& problem, const Plan* plan) {
  const std::vector<Held> held = held_pieces(problem, plan);
  std::vector<ProfileStep> steps;
  Live live;
  for (auto next = held.begin(); next != held.end() || !live.empty();) {
    int64_t time = live.empty() ? next->lifespan.lower : live.next_end();
    if (next != held.end()) time = std::min(time, next->lifespan.lower);
    live.end_until(time);
    for (; next != held.end() && next->lifespan.lower == time; ++next) live.start(*next);
    const ProfileStep step = live.step_at(time);
    if (steps.empty() || steps.back().load != step.load || steps.back().top != step.top) {
      steps.push_back(step);
    }
  }
  return steps;
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
