#include "planner/beam_search.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <random>
#include <utility>

#include "stowage/base/random.h"

namespace stowage {
namespace {

// A section's weight is this over its slack at the start and a little more.
constexpr int64_t kWeight = int64_t{1} << 24;
// Added to all waste, so that what is filled counts where there is none.
constexpr int64_t kLeastWaste = kWeight / 16;
// That little, as a part of the capacity: below it, slack is as scarce as can be.
constexpr int64_t kScarceShare = 256;
// A pass takes time in proportion to the buffers times these (buffers and sections).
constexpr int64_t kMostCells = 5'000;
// Of the states of a level.
constexpr size_t kMostBytes = size_t{32} << 20;
// Children are thinned out beyond this many for each state of the beam: many turn out to be dead
// or alike.
constexpr size_t kChildrenPerState = 2;
constexpr double kInfinite = std::numeric_limits<double>::infinity();

// How promising a state is, the less the more: its waste, and that against the space filled.
// Multiplication and division only, none of which can be fused with an addition: the same on every
// processor.
double guide(int64_t waste, int64_t filled) {
  const auto wasted = static_cast<double>(waste + kLeastWaste);
  return wasted / static_cast<double>(filled) * wasted;
}

StateKey times(const StateKey& key, int64_t factor) {
  return {key.low * static_cast<uint64_t>(factor), key.high * static_cast<uint64_t>(factor)};
}

}  // namespace

bool BeamSearch::accepts(const Model& model, int64_t capacity) {
  return model.plain && capacity <= SkylineBranching::kMostUnits &&
         model.section_count + model.buffer_count <= kMostCells;
}

BeamSearch::BeamSearch(const Model& model, int64_t capacity)
    : model_(model),
      capacity_(static_cast<int32_t>(capacity)),
      sections_(static_cast<size_t>(model.section_count)),
      branching_(model, static_cast<int32_t>(capacity)),
      level_{{}, {sections_, model.size.size()}},
      next_(level_),
      scratch_(level_) {
  scratch_.states.resize(1);
  scratch_.skylines.resize(1);
  std::mt19937_64 random;
  const auto random_key = [&random] {
    const uint64_t low = random();
    return StateKey{low, random()};
  };
  for (size_t s = 0; s < sections_; ++s) section_key_.push_back(random_key());
  for (size_t b = 0; b < model.size.size(); ++b) {
    StateKey key = random_key();
    for (int32_t s = model.first_section[b]; s < model.end_section[b]; ++s) {
      key += times(section_key_[static_cast<size_t>(s)], model.size[b]);
    }
    buffer_key_.push_back(key);
  }
}

void BeamSearch::start(int64_t width, double noise, uint64_t seed) {
  const size_t most = kMostBytes / level_.skylines.bytes_each();
  width_ = std::clamp<size_t>(static_cast<size_t>(width), 1, most);
  complete_ = true;
  expanding_ = true;
  next_parent_ = 0;
  worst_guide_ = kInfinite;
  children_.clear();
  raises_.clear();
  raises_begin_.clear();
  next_.states.clear();
  next_.skylines.resize(0);
  links_.assign(1, {});
  seen_.assign(2 * kChildrenPerState * width_, StateKey{});
  offset_.assign(model_.size.size(), 0);
  weigh(noise, seed);
  status_ = make_root() ? SearchStatus::kRunning : SearchStatus::kInfeasible;
  if (status_ == SearchStatus::kRunning && placed_ == model_.buffer_count) {
    status_ = SearchStatus::kSolved;
  }
}

// Space is the dearer the less slack a section has.
void BeamSearch::weigh(double noise, uint64_t seed) {
  std::mt19937_64 random(seed);
  const int64_t scarce = capacity_ / kScarceShare + 1;
  weight_.clear();
  for (size_t s = 0; s < sections_; ++s) {
    const int64_t slack = capacity_ - model_.ground[s] - model_.load[s];
    const int64_t weight = kWeight / (std::max<int64_t>(0, slack) + scarce);
    const double stretch = 1.0 + noise * random_fraction(random);
    weight_.push_back(static_cast<int64_t>(static_cast<double>(weight) * stretch));
  }
  filling_.clear();
  for (size_t b = 0; b < model_.size.size(); ++b) {
    int64_t weight = 0;
    for (int32_t s = model_.first_section[b]; s < model_.end_section[b]; ++s) {
      weight += weight_[static_cast<size_t>(s)];
    }
    filling_.push_back(weight * model_.size[b]);
  }
}

// Where the ground is level, buffers that cross all sections cut a plan into layers, which may be
// stacked in any order: here those buffers come first.
bool BeamSearch::make_root() {
  level_.states.assign(1, State{});
  level_.skylines.resize(0);
  level_.skylines.resize(1);
  const Skyline root = level_.skylines[0];
  placed_ = 0;
  const std::vector<int64_t>& ground = model_.ground;
  const bool level =
      std::adjacent_find(ground.begin(), ground.end(), std::not_equal_to<>()) == ground.end();
  int32_t layers = 0;
  for (size_t b = 0; level && b < model_.size.size(); ++b) {
    if (model_.first_section[b] > 0 || model_.end_section[b] < model_.section_count) continue;
    offset_[b] = ground.front() + layers;
    layers += static_cast<int32_t>(model_.size[b]);
    root.placed[b / 64] |= uint64_t{1} << (b % 64);
    ++placed_;
  }
  for (size_t s = 0; s < sections_; ++s) {
    const int64_t slack = capacity_ - ground[s] - model_.load[s];
    if (slack < 0) return false;
    root.floor[s] = static_cast<int32_t>(ground[s]) + layers;
    root.slack[s] = static_cast<int32_t>(slack);
    root.cuts[s] = s + 1 < sections_ ? model_.cuts[s] - placed_ : 0;
  }
  return true;
}

SearchStatus BeamSearch::run(Slice& slice) {
  while (status_ == SearchStatus::kRunning && !slice.spent()) {
    if (expanding_ && next_parent_ < level_.states.size()) {
      slice.visit_node();
      slice.work(expand(next_parent_++));
    } else if (expanding_) {
      end_expansion();
      slice.work(static_cast<int64_t>(20 * children_.size()));
    } else if (next_child_ < children_.size() && next_.states.size() < width_) {
      slice.work(build(children_[next_child_++]));
    } else {
      end_level();
    }
  }
  return status_;
}

// Lists the ways to go on from a state, and the raises on the way; returns the work.
int64_t BeamSearch::expand(size_t parent) {
  int64_t work = 0;
  const Skyline here = scratch_.skylines[0];
  here.copy_from(level_.skylines[parent]);
  State state = level_.states[parent];
  raises_begin_.push_back(static_cast<int32_t>(raises_.size()));
  for (;;) {
    work += look_work();
    if (!branching_.look(here)) break;
    if (!branching_.forced_raises().empty()) {
      for (const Raise& raise : branching_.forced_raises()) {
        raises_.push_back(raise);
        apply(raise, here, state);
      }
      continue;
    }
    double best = kInfinite;
    for (const int32_t b : branching_.buffers()) {
      const int64_t filled = state.filled + filling_[static_cast<size_t>(b)];
      const double rank = guide(state.waste, filled);
      best = std::min(best, rank);
      children_.push_back(
          {rank, static_cast<int32_t>(parent), b, static_cast<int32_t>(raises_.size())});
    }
    if (branching_.raised_floor() == 0) break;
    // Behind more waste, hardly any child is better.
    if (best != kInfinite && best > worst_guide_) {
      complete_ = false;
      break;
    }
    raises_.push_back({branching_.section(), branching_.raised_floor()});
    apply(raises_.back(), here, state);
  }
  if (children_.size() > 2 * kChildrenPerState * width_) keep_best(kChildrenPerState * width_);
  return work;
}

void BeamSearch::end_expansion() {
  keep_best(kChildrenPerState * width_);
  std::sort(children_.begin(), children_.end());
  expanding_ = false;
  next_child_ = 0;
}

void BeamSearch::keep_best(size_t count) {
  if (children_.size() <= count) return;
  const auto end = children_.begin() + static_cast<ptrdiff_t>(count);
  std::nth_element(children_.begin(), end, children_.end());
  worst_guide_ = end->guide;
  children_.erase(end, children_.end());
  complete_ = false;
}

// Makes the child a state of the next level, unless it is dead or there is one like it.
int64_t BeamSearch::build(const Child& child) {
  int64_t work = 0;
  const auto parent = static_cast<size_t>(child.parent);
  const size_t index = next_.states.size();
  next_.skylines.resize(index + 1);
  const Skyline here = next_.skylines[index];
  here.copy_from(level_.skylines[parent]);
  State state = level_.states[parent];
  for (int32_t i = raises_begin_[parent]; i < child.raises_end; ++i) {
    apply(raises_[static_cast<size_t>(i)], here, state);
  }
  const auto buffer = static_cast<size_t>(child.buffer);
  const int32_t offset = here.floor[static_cast<size_t>(model_.first_section[buffer])];
  place(buffer, here, state);
  const bool is_last = placed_ + 1 == model_.buffer_count;
  if (!(is_last || settle(here, state, work)) || !insert(state.key)) {
    ++counters_.backtracks;
    return work;  // the next one takes its place
  }
  ++counters_.nodes;
  next_.states.push_back(state);
  links_.back().push_back({child.parent, child.buffer, offset});
  return work;
}

// Raises what can only rise, until a section has several ways to go on. False if one has none.
bool BeamSearch::settle(const Skyline& skyline, State& state, int64_t& work) {
  for (;;) {
    work += look_work();
    if (!branching_.look(skyline)) return false;
    if (branching_.forced_raises().empty()) return true;
    for (const Raise& raise : branching_.forced_raises()) apply(raise, skyline, state);
  }
}

// False if the key is there already.
bool BeamSearch::insert(const StateKey& key) {
  size_t place = key.low % seen_.size();
  for (; !(seen_[place] == StateKey{}); place = (place + 1) % seen_.size()) {
    if (seen_[place] == key) return false;
  }
  seen_[place] = key;
  return true;
}

void BeamSearch::end_level() {
  if (next_child_ < children_.size()) complete_ = false;
  next_.skylines.resize(next_.states.size());
  std::swap(level_, next_);
  next_.states.clear();
  next_.skylines.resize(0);
  ++placed_;
  if (level_.states.empty()) {
    status_ = complete_ ? SearchStatus::kInfeasible : SearchStatus::kExhausted;
  } else if (placed_ == model_.buffer_count) {
    trace_back();
    status_ = SearchStatus::kSolved;
  }
  links_.emplace_back();
  worst_guide_ = kInfinite;
  children_.clear();
  raises_.clear();
  raises_begin_.clear();
  seen_.assign(seen_.size(), StateKey{});
  next_parent_ = 0;
  expanding_ = true;
}

void BeamSearch::trace_back() {
  int32_t state = 0;
  for (auto level = links_.rbegin(); level != links_.rend(); ++level) {
    const Link& link = (*level)[static_cast<size_t>(state)];
    offset_[static_cast<size_t>(link.buffer)] = link.offset;
    state = link.parent;
  }
}

void BeamSearch::apply(const Raise& raise, const Skyline& skyline, State& state) const {
  const auto s = static_cast<size_t>(raise.section);
  const int32_t wasted = raise.floor - skyline.floor[s];
  state.key += times(section_key_[s], wasted);
  state.waste += weight_[s] * wasted;
  skyline.floor[s] = raise.floor;
  skyline.slack[s] -= wasted;
}

void BeamSearch::place(size_t buffer, const Skyline& skyline, State& state) const {
  const auto first = static_cast<size_t>(model_.first_section[buffer]);
  const auto end = static_cast<size_t>(model_.end_section[buffer]);
  const int32_t offset = skyline.floor[first];
  const int32_t top = offset + static_cast<int32_t>(model_.size[buffer]);
  for (size_t s = first; s < end; ++s) {
    skyline.floor[s] = top;
  }
  for (size_t s = first; s + 1 < end; ++s) --skyline.cuts[s];
  skyline.placed[buffer / 64] |= uint64_t{1} << (buffer % 64);
  state.key += buffer_key_[buffer];
  state.filled += filling_[buffer];
}

}  // namespace stowage
