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
  valley_upper_.resize(sections);
  covering_.resize(sections + 1);
  filling_.resize(sections + 1);
  least_before_.resize(sections + 1);
  least_after_.resize(sections + 1);
}

bool SkylineBranching::look(const Skyline& skyline) {
  find_valleys(skyline);
  count_candidates(skyline);
  section_ = kNone;
  forced_raises_.clear();
  best_ = Choice{};
  int32_t covering = 0;
  int32_t filling = 0;
  int32_t upper = kNone;  // of the valley before
  for (const Valley& valley : valleys_) {
    if (valley.lower > upper) covering = filling = 0;
    upper = valley.upper;
    if (!choose_in(valley, skyline, covering, filling)) return false;
  }
  if (section_ == kNone) return false;
  list_buffers(skyline);
  return true;
}

// Sections that no unplaced buffer links are no walls to each other.
void SkylineBranching::find_valleys(const Skyline& skyline) {
  const auto& [floor, slack, cuts, placed] = skyline;
  valleys_.clear();
  int32_t left_wall = kInfinite;
  for (int32_t lower = 0; lower < section_count_;) {
    const int32_t height = floor[static_cast<size_t>(lower)];
    int32_t upper = lower + 1;
    bool linked = true;
    for (; upper < section_count_; ++upper) {
      linked = cuts[static_cast<size_t>(upper) - 1] > 0;
      if (!linked || floor[static_cast<size_t>(upper)] != height) break;
    }
    linked = linked && upper < section_count_;
    const int32_t right_wall = linked ? floor[static_cast<size_t>(upper)] : kInfinite;
    const int32_t wall = std::min(left_wall, right_wall);
    const bool is_valley = wall > height;
    std::fill(valley_upper_.begin() + lower, valley_upper_.begin() + upper,
              is_valley ? upper : kNone);
    if (is_valley) valleys_.push_back({lower, upper, height, wall});
    left_wall = linked ? height : kInfinite;
    lower = upper;
  }
}

void SkylineBranching::count_candidates(const Skyline& skyline) {
  std::fill(covering_.begin(), covering_.end(), 0);
  std::fill(filling_.begin(), filling_.end(), 0);
  std::fill(least_before_.begin(), least_before_.end(), kInfinite);
  std::fill(least_after_.begin(), least_after_.end(), kInfinite);
  list_candidates(skyline);
  for (const int32_t b : candidates_) {
    const Extent& extent = extents_[static_cast<size_t>(b)];
    const auto first = static_cast<size_t>(extent.first);
    const auto end = static_cast<size_t>(extent.end);
    ++covering_[first];
    --covering_[end];
    filling_[first] += extent.size;
    filling_[end] -= extent.size;
    least_before_[end] = std::min(least_before_[end], extent.size);
    if (first > 0) least_after_[first - 1] = std::min(least_after_[first - 1], extent.size);
  }
}

// Few of the unplaced lie within a valley, and which cannot be foretold: no branch depends on it.
void SkylineBranching::list_candidates(const Skyline& skyline) {
  const auto buffers = static_cast<int32_t>(extents_.size());
  candidates_.resize(extents_.size());
  size_t count = 0;
  for (size_t word = 0; word < skyline.placed.size(); ++word) {
    const int32_t base = static_cast<int32_t>(word) * 64;
    uint64_t left = ~skyline.placed[word];
    if (buffers - base < 64) left &= (uint64_t{1} << (buffers - base)) - 1;
    for (; left != 0; left &= left - 1) {
      const int32_t b = base + std::countr_zero(left);
      const Extent& extent = extents_[static_cast<size_t>(b)];
      candidates_[count] = b;
      count += extent.end <= valley_upper_[static_cast<size_t>(extent.first)] ? 1 : 0;
    }
  }
  candidates_.resize(count);
}

// Sums up what was counted over the valley, and looks for the section with the fewest branches.
// False if one has none. `covering` and `filling` are what the valley before ended with, which is
// taken away again where it ended.
bool SkylineBranching::choose_in(const Valley& valley, const Skyline& skyline, int32_t& covering,
                                 int32_t& filling) {
  const auto lower = static_cast<size_t>(valley.lower);
  const auto upper = static_cast<size_t>(valley.upper);
  // Nothing of the valley starts at its end.
  least_after_[upper - 1] = kInfinite;
  for (size_t s = upper - 1; s-- > lower;) {
    least_after_[s] = std::min(least_after_[s], least_after_[s + 1]);
  }
  int32_t least_before = kInfinite;
  for (size_t s = lower; s < upper; ++s) {
    covering += covering_[s];
    filling += filling_[s];
    if (s > lower) least_before = std::min(least_before, least_before_[s]);
    const int32_t slack = skyline.slack[s];
    const bool is_full = valley.floor + slack == capacity_;  // nothing of it is left to place
    if (is_full) continue;
    const int32_t rise = std::min({valley.wall - valley.floor, least_before, least_after_[s]});
    const bool may_rise = rise <= slack;
    const int32_t branches = covering + (may_rise ? 1 : 0);
    if (branches == 0) return false;
    // Below the lower wall only what lies within the valley can fill the section.
    if (valley.wall < kInfinite && valley.wall - valley.floor - filling > slack) return false;
    const auto section = static_cast<int32_t>(s);
    if (covering == 0) forced_raises_.push_back({section, valley.floor + rise});
    const Choice choice{branches > 1, valley.floor, branches, slack};
    if (section_ != kNone && !(choice < best_)) continue;
    best_ = choice;
    section_ = section;
    raised_floor_ = may_rise ? valley.floor + rise : 0;
  }
  return true;
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
