#include "planner/skyline_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

#include "stowage/base/random.h"

namespace stowage {
namespace {

constexpr int64_t kUnlimited = std::numeric_limits<int64_t>::max();
constexpr int32_t kOutside = -1;

// Keys are fixed-point numbers. By shape they are logarithms to the base 2; by start and end a
// section counts as much as a sixteenth of that, so that random changes suit both.
constexpr int kLogBits = 20;
constexpr int64_t kOne = int64_t{1} << 40;
constexpr int64_t kSection = kOne / 16;

using By = SkylineOrder::By;
using When = WhenUncovered;

// Each wins on some kind of problem; those that win most often come first.
constexpr std::array<SkylineOrder, 8> kFirstOrders = {{
    {By::kStart, 0, 0, 0, When::kFill},
    {By::kShape, 8, 0, 0, When::kFill},
    {By::kShape, 8, 0, 0, When::kLift},
    {By::kShape, 8, 8, 0, When::kLift},
    {By::kShape, 8, 8, 0, When::kFill},
    {By::kStart, 0, 0, 0, When::kLift},
    {By::kEnd, 0, 0, 0, When::kFill},
    {By::kEnd, 0, 0, 0, When::kLift},
}};

// Base 2, of a positive number; linear between powers of two, which keeps the order.
int64_t logarithm(int64_t value) {
  const auto bits = static_cast<uint64_t>(value);
  const int exponent = std::max(0, 63 - std::countl_zero(bits));
  const uint64_t fraction = (bits << (63 - exponent)) & ~(uint64_t{1} << 63);
  return (int64_t{exponent} << kLogBits) + static_cast<int64_t>(fraction >> (63 - kLogBits));
}

}  // namespace

SkylineSearch::SkylineSearch(const Problem& problem, const SkylinePart& part, const Effort& effort)
    : problem_(problem),
      part_(part),
      effort_(effort),
      bound_(part.load.empty() ? 0 : *std::max_element(part.load.begin(), part.load.end())),
      random_(effort.seed),
      current_height_(kUnlimited),
      best_height_(kUnlimited) {}

int64_t SkylineSearch::first_decodes() { return static_cast<int64_t>(kFirstOrders.size()); }

SkylineSearch::Status SkylineSearch::try_goal(Slice& slice) {
  while (best_height_ > allowed()) {
    if (slice.spent()) return Status::kRunning;
    if (!decoder_ && decodes_ > 0) {
      decodes_ = 0;
      return Status::kTurnOver;
    }
    if (!decoder_) begin_first(effort_.goal);
    const SkylineDecoder::Status status = decoder_->run(slice);
    if (status == SkylineDecoder::Status::kRunning) return Status::kRunning;
    finish(status);
  }
  return Status::kReached;
}

SkylineSearch::Status SkylineSearch::run(Slice& slice, int64_t limit) {
  for (;;) {
    if (best_height_ <= allowed()) return Status::kReached;
    if (slice.spent()) return Status::kRunning;
    if (!decoder_) {
      if (decodes_ >= limit) return Status::kTurnOver;
      decodes_ < first_decodes() ? begin_first(first_limit()) : begin_change();
      slice.work(8 * static_cast<int64_t>(part_.rectangles.size()));
    }
    const SkylineDecoder::Status status = decoder_->run(slice);
    if (status == SkylineDecoder::Status::kRunning) return Status::kRunning;
    finish(status);
    slice.work(8 * static_cast<int64_t>(part_.rectangles.size()));
  }
}

const std::vector<int64_t>* SkylineSearch::take_found() {
  return std::exchange(found_, false) ? &best_offsets_ : nullptr;
}

void SkylineSearch::begin_first(int64_t limit) {
  const SkylineOrder& order = kFirstOrders[static_cast<size_t>(decodes_)];
  changed_.keys.clear();
  for (size_t r = 0; r < part_.rectangles.size(); ++r) changed_.keys.push_back(key(r, order));
  changed_.when_uncovered.assign(static_cast<size_t>(part_.sections.length()),
                                 order.when_uncovered);
  begin(changed_, limit);
}

// Two plans are made whatever they come to, to have one whose dangers to start from.
int64_t SkylineSearch::first_limit() const {
  if (best_height_ == kUnlimited) return kUnlimited;
  return effort_.any_height || decodes_ < 2 ? best_height_ - 1 : effort_.goal;
}

void SkylineSearch::begin_change() {
  find_windows();
  changed_ = current_;
  if (random_fraction(random_) < 0.5) {
    draw_orders();
  } else {
    move_forward();
  }
  // With several windows even a higher plan shows which of them became lower.
  begin(changed_, windows_.size() == 1 ? current_height_ : kUnlimited);
}

void SkylineSearch::begin(State& state, int64_t limit) {
  ++decodes_;
  decoder_.emplace(part_, state.keys, state.when_uncovered, limit);
}

void SkylineSearch::finish(SkylineDecoder::Status status) {
  const bool merging = std::exchange(merging_, false);
  if (status == SkylineDecoder::Status::kAbandoned) {
    decoder_.reset();
    return;
  }
  const std::vector<int64_t> offsets = decoder_->offsets();
  decoder_.reset();
  const int64_t reached = height(offsets);
  if (reached < best_height_) {
    best_height_ = reached;
    best_offsets_ = offsets;
    found_ = true;
  }
  if (merging || reached <= current_height_) {
    current_ = changed_;
    current_offsets_ = offsets;
    current_height_ = reached;
    return;
  }
  if (windows_.size() > 1) begin_merge(offsets);
}

// Takes back what was changed in windows that did not become lower in `offsets`, if some did.
void SkylineSearch::begin_merge(const std::vector<int64_t>& offsets) {
  const std::vector<int64_t> heights = window_heights(offsets);
  std::vector<bool> lower(windows_.size());
  for (size_t w = 0; w < windows_.size(); ++w) lower[w] = heights[w] < windows_[w].height;
  if (std::find(lower.begin(), lower.end(), true) == lower.end()) return;
  const auto taken_back = [&](int32_t window) {
    return window != kOutside && !lower[static_cast<size_t>(window)];
  };
  for (size_t r = 0; r < part_.rectangles.size(); ++r) {
    if (taken_back(window_of(part_.rectangles[r]))) changed_.keys[r] = current_.keys[r];
  }
  for (size_t s = 0; s < window_at_.size(); ++s) {
    if (taken_back(window_at_[s])) changed_.when_uncovered[s] = current_.when_uncovered[s];
  }
  merging_ = true;
  begin(changed_, kUnlimited);
}

void SkylineSearch::find_windows() {
  const SectionIndex sections = part_.sections.length();
  std::vector<int32_t> change(static_cast<size_t>(sections) + 1, 0);
  for (size_t r = 0; r < part_.rectangles.size(); ++r) {
    if (top(r, current_offsets_) <= allowed()) continue;
    const Rectangle& rectangle = part_.rectangles[r];
    const double share = random_fraction(random_) * random_fraction(random_);
    const auto margin =
        static_cast<SectionIndex>(3 * share * (4 + rectangle.upper - rectangle.lower));
    ++change[static_cast<size_t>(std::max(0, rectangle.lower - margin))];
    --change[static_cast<size_t>(std::min<int64_t>(sections, int64_t{rectangle.upper} + margin))];
  }
  windows_.clear();
  window_at_.assign(static_cast<size_t>(sections), kOutside);
  int32_t depth = 0;
  for (SectionIndex s = 0; s < sections; ++s) {
    const bool inside = depth > 0;
    depth += change[static_cast<size_t>(s)];
    if (depth == 0) continue;
    if (!inside) windows_.push_back({{s, s}, 0});
    windows_.back().sections.upper = s + 1;
    window_at_[static_cast<size_t>(s)] = static_cast<int32_t>(windows_.size()) - 1;
  }
  const std::vector<int64_t> heights = window_heights(current_offsets_);
  for (size_t w = 0; w < windows_.size(); ++w) windows_[w].height = heights[w];
}

// A rectangle belongs to the window that it starts in, or else ends in.
int32_t SkylineSearch::window_of(const Rectangle& rectangle) const {
  const int32_t window = window_at_[static_cast<size_t>(rectangle.lower)];
  return window != kOutside ? window : window_at_[static_cast<size_t>(rectangle.upper) - 1];
}

std::vector<int64_t> SkylineSearch::window_heights(const std::vector<int64_t>& offsets) const {
  std::vector<int64_t> heights(windows_.size(), 0);
  for (size_t r = 0; r < part_.rectangles.size(); ++r) {
    const int32_t window = window_of(part_.rectangles[r]);
    if (window == kOutside) continue;
    int64_t& height = heights[static_cast<size_t>(window)];
    height = std::max(height, top(r, offsets));
  }
  return heights;
}

void SkylineSearch::draw_orders() {
  std::vector<SkylineOrder> orders;
  for (const Window& window : windows_) {
    orders.push_back(draw_order());
    for (SectionIndex s = window.sections.lower; s < window.sections.upper; ++s) {
      changed_.when_uncovered[static_cast<size_t>(s)] = orders.back().when_uncovered;
    }
  }
  for (size_t r = 0; r < part_.rectangles.size(); ++r) {
    const int32_t window = window_of(part_.rectangles[r]);
    if (window != kOutside) changed_.keys[r] = key(r, orders[static_cast<size_t>(window)]);
  }
}

void SkylineSearch::move_forward() {
  const double step = 3 * random_fraction(random_);
  const bool shake = random_fraction(random_) < 0.7;
  const double shaken = 0.1 * random_fraction(random_) * random_fraction(random_);
  for (size_t r = 0; r < part_.rectangles.size(); ++r) {
    double units = 0;
    if (top(r, current_offsets_) > allowed()) units = step * random_fraction(random_);
    if (shake && window_of(part_.rectangles[r]) != kOutside && random_fraction(random_) < shaken) {
      units += 3 * (2 * random_fraction(random_) - 1);
    }
    changed_.keys[r] += static_cast<int64_t>(units * static_cast<double>(kOne));
  }
}

SkylineOrder SkylineSearch::draw_order() {
  SkylineOrder order;
  const uint64_t kind = random_() % 4;
  order.by = kind == 0 ? By::kStart : kind == 1 ? By::kEnd : By::kShape;
  order.lifetime_weight = static_cast<int64_t>(random_() % 17);
  order.size_weight = static_cast<int64_t>(random_() % 17);
  if (random_() % 2 == 0) order.noise = 3 * random_fraction(random_) * random_fraction(random_);
  order.when_uncovered = random_() % 2 == 0 ? When::kFill : When::kLift;
  return order;
}

int64_t SkylineSearch::key(size_t rectangle, const SkylineOrder& order) {
  const Rectangle& r = part_.rectangles[rectangle];
  const auto b = static_cast<size_t>(part_.buffers[rectangle]);
  const int64_t lifetime = logarithm(problem_.buffers[b].lifespan.length());
  const int64_t size = logarithm(r.size);
  const double noise = order.noise == 0 ? 0 : order.noise * (random_fraction(random_) - 0.5);
  if (order.by == By::kShape) {
    constexpr int64_t kEighth = (kOne >> kLogBits) / 8;
    // Ties go by size.
    return kEighth * (order.lifetime_weight * lifetime + order.size_weight * size) + size +
           static_cast<int64_t>(noise * static_cast<double>(kOne));
  }
  const auto shift = static_cast<int64_t>(noise * static_cast<double>(kSection) *
                                          static_cast<double>(r.upper - r.lower));
  // Ties go by lifetime.
  return kSection * (order.by == By::kStart ? -int64_t{r.lower} : int64_t{r.upper}) + lifetime +
         shift;
}

int64_t SkylineSearch::height(const std::vector<int64_t>& offsets) const {
  int64_t height = 0;
  for (size_t r = 0; r < offsets.size(); ++r) height = std::max(height, top(r, offsets));
  return height;
}

}  // namespace stowage
