#include "planner/skyline_branching.h"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

namespace stowage {
namespace {

constexpr int32_t kInfinite = 2 * static_cast<int32_t>(SkylineBranching::kMostUnits);

bool contains(std::span<const uint64_t> bits, int32_t index) {
  return (bits[static_cast<size_t>(index) / 64] >> (index % 64) & 1) != 0;
}

}  // namespace

SkylineBranching::SkylineBranching(const Model& model, int32_t capacity)
    : capacity_(capacity), section_count_(model.section_count) {
  std::map<std::tuple<int32_t, int32_t, int64_t>, int32_t> last;
  for (int32_t b = 0; b < model.buffer_count; ++b) {
    const auto i = static_cast<size_t>(b);
    const auto [twin, is_new] =
        last.try_emplace({model.first_section[i], model.end_section[i], model.size[i]}, b);
    extents_.push_back({model.first_section[i], model.end_section[i],
                        static_cast<int32_t>(model.size[i]), is_new ? kNone : twin->second});
    twin->second = b;
  }
  const auto sections = static_cast<size_t>(section_count_);
  valley_lower_.resize(sections);
  valley_upper_.resize(sections);
  wall_.resize(sections);
  covering_.resize(sections + 1);
  filling_.resize(sections + 1);
  least_before_.resize(sections + 1);
  least_after_.resize(sections + 1);
}

bool SkylineBranching::look(const Skyline& skyline) {
  find_valleys(skyline);
  count_candidates(skyline);
  spread_counts();
  if (!choose_section(skyline)) return false;
  list_buffers(skyline);
  return true;
}

// Sections that no unplaced buffer links are no walls to each other.
void SkylineBranching::find_valleys(const Skyline& skyline) {
  const auto& [floor, slack, cuts, placed] = skyline;
  const auto count = static_cast<size_t>(section_count_);
  int32_t left_wall = kInfinite;
  for (size_t lower = 0; lower < count;) {
    size_t upper = lower + 1;
    while (upper < count && floor[upper] == floor[lower] && cuts[upper - 1] > 0) ++upper;
    const bool linked = upper < count && cuts[upper - 1] > 0;
    const int32_t right_wall = linked ? floor[upper] : kInfinite;
    const int32_t wall = std::min(left_wall, right_wall);
    const bool is_valley = wall > floor[lower];
    for (size_t s = lower; s < upper; ++s) {
      valley_lower_[s] = is_valley ? static_cast<int32_t>(lower) : kNone;
      valley_upper_[s] = is_valley ? static_cast<int32_t>(upper) : kNone;
      wall_[s] = wall;
    }
    left_wall = linked ? floor[lower] : kInfinite;
    lower = upper;
  }
}

void SkylineBranching::count_candidates(const Skyline& skyline) {
  std::fill(covering_.begin(), covering_.end(), 0);
  std::fill(filling_.begin(), filling_.end(), 0);
  std::fill(least_before_.begin(), least_before_.end(), kInfinite);
  std::fill(least_after_.begin(), least_after_.end(), kInfinite);
  candidates_.clear();
  const auto buffers = static_cast<int32_t>(extents_.size());
  for (size_t word = 0; word < skyline.placed.size(); ++word) {
    for (uint64_t left = ~skyline.placed[word]; left != 0; left &= left - 1) {
      const int32_t b = static_cast<int32_t>(word) * 64 + std::countr_zero(left);
      if (b >= buffers) return;
      const Extent& extent = extents_[static_cast<size_t>(b)];
      const auto first = static_cast<size_t>(extent.first);
      const auto end = static_cast<size_t>(extent.end);
      if (extent.end > valley_upper_[first]) continue;
      ++covering_[first];
      --covering_[end];
      filling_[first] += extent.size;
      filling_[end] -= extent.size;
      least_before_[end] = std::min(least_before_[end], extent.size);
      if (first > 0) least_after_[first - 1] = std::min(least_after_[first - 1], extent.size);
      candidates_.push_back(b);
    }
  }
}

void SkylineBranching::spread_counts() {
  int32_t covering = 0;
  int32_t filling = 0;
  int32_t least = kInfinite;
  for (int32_t s = 0; s < section_count_; ++s) {
    const auto i = static_cast<size_t>(s);
    covering += covering_[i];
    covering_[i] = covering;
    filling += filling_[i];
    filling_[i] = filling;
    least = valley_lower_[i] == s ? kInfinite : std::min(least, least_before_[i]);
    least_before_[i] = least;
  }
  for (int32_t s = section_count_ - 1; s >= 0; --s) {
    const auto i = static_cast<size_t>(s);
    least = valley_upper_[i] == s + 1 ? kInfinite : std::min(least, least_after_[i]);
    least_after_[i] = least;
  }
}

bool SkylineBranching::choose_section(const Skyline& skyline) {
  std::tuple<bool, int32_t, int32_t, int32_t> best;
  section_ = kNone;
  forced_raises_.clear();
  for (int32_t s = 0; s < section_count_; ++s) {
    const auto i = static_cast<size_t>(s);
    const int32_t floor = skyline.floor[i];
    const int32_t slack = skyline.slack[i];
    const bool is_full = floor + slack == capacity_;  // nothing of it is left to place
    if (valley_lower_[i] == kNone || is_full) continue;
    const int32_t raised = std::min({wall_[i], floor + least_before_[i], floor + least_after_[i]});
    const bool may_rise = raised - floor <= slack;
    const int32_t branches = covering_[i] + (may_rise ? 1 : 0);
    if (branches == 0) return false;
    // Below the lower wall only what lies within the valley can fill the section.
    if (wall_[i] < kInfinite && wall_[i] - floor - filling_[i] > slack) return false;
    if (covering_[i] == 0) forced_raises_.push_back({s, raised});
    const std::tuple rank(branches > 1, floor, branches, slack);
    if (section_ != kNone && rank >= best) continue;
    best = rank;
    section_ = s;
    raised_floor_ = may_rise ? raised : 0;
  }
  return section_ != kNone;
}

void SkylineBranching::list_buffers(const Skyline& skyline) {
  buffers_.clear();
  for (const int32_t b : candidates_) {
    const Extent& extent = extents_[static_cast<size_t>(b)];
    if (extent.first > section_ || extent.end <= section_) continue;
    if (extent.twin != kNone && !contains(skyline.placed, extent.twin)) continue;
    buffers_.push_back(b);
  }
}

}  // namespace stowage
