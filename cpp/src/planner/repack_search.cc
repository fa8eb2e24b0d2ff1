#include "planner/repack_search.h"

#include <algorithm>

#include "planner/upper_part.h"

namespace stowage {
namespace {

// One in so many: a part that nothing left out joins, a plan turned over, a part packed by the
// beam, a cut around a buffer that is not left out, one more that is left out joining a part.
constexpr uint64_t kChangeOnly = 10;
constexpr uint64_t kTurnOver = 10;
constexpr uint64_t kBeam = 2000;
constexpr uint64_t kElsewhere = 10;
constexpr uint64_t kJoin = 5;
// Parts of more buffers can hardly ever be packed.
constexpr int64_t kMostBuffers = 300;
// A part is given up after so many nodes of the valley search. Most that can be packed are at once,
// or after some backtracking: so many nodes for each buffer are an attempt with one order.
constexpr int64_t kNodes = 2000;
constexpr int64_t kAttemptNodes = 5;
constexpr double kNoise = 0.7;
constexpr int64_t kBeamWidth = 64;
constexpr double kBeamNoise = 0.3;
// After so many parts in a row without one more buffer placed it goes back to the lowest plan and
// packs so many of its parts anew, at its height or up to one in so many higher.
constexpr int64_t kPatience = 500;
constexpr int64_t kChanges = 100;
constexpr int64_t kLoosening = 100;
// A cut rises to the target within a number of these parts of all sections, up to so many.
constexpr int64_t kSteepness = 4;
constexpr uint64_t kGentleness = 8;

}  // namespace

RepackSearch::RepackSearch(const Model& model, const SolverParams& params)
    : model_(model), random_(params.seed + (uint64_t{params.racer} << 32)) {
  look_work_ = 20 * int64_t{model.buffer_count} + model.section_count;
  for (size_t b = 0; b < model.size.size(); ++b) look_work_ += width(b);
}

void RepackSearch::offer(const std::vector<int64_t>& offsets) {
  const int64_t height = plan_height(model_, offsets);
  if (!best_.empty() && height >= height_) return;
  best_ = offsets;
  height_ = height;
  start_from_best();
}

void RepackSearch::start_from_best() {
  offset_ = best_;
  working_height_ = height_;
  failures_ = 0;
  changes_left_ = 0;
  drop_part();
}

void RepackSearch::drop_part() {
  finished_ = counters();
  part_.clear();
  beam_.reset();
  valley_.reset();
}

SearchStatus RepackSearch::run(Slice& slice, int64_t floor) {
  while (!slice.spent()) {
    if (part_.empty()) {
      aim(floor);
      if (left_out_.empty() && changes_left_ == 0) {
        if (keep_plan()) return SearchStatus::kSolved;
        continue;
      }
      take_off_part();
      slice.work(2 * look_work_);
      continue;
    }
    const SearchStatus status = pack_part(slice);
    if (status == SearchStatus::kRunning) break;
    finish_part(status == SearchStatus::kSolved);
  }
  return SearchStatus::kRunning;
}

// What ends too high for the target is left out.
void RepackSearch::aim(int64_t floor) {
  if (failures_ > kPatience) {
    start_from_best();
    changes_left_ = kChanges;
    working_height_ += any_of(height_ / kLoosening + 1);
  }
  target_ = changes_left_ > 0 ? working_height_ : std::max(floor, working_height_ - 1);
  left_out_.clear();
  for (size_t b = 0; b < offset_.size(); ++b) {
    if (offset_[b] != kNoOffset && offset_[b] + model_.size[b] > target_) offset_[b] = kNoOffset;
    if (offset_[b] == kNoOffset) left_out_.push_back(static_cast<int32_t>(b));
  }
}

// Goes on from a complete plan. True if it is the lowest so far.
bool RepackSearch::keep_plan() {
  working_height_ = plan_height(model_, offset_);
  failures_ = 0;
  if (working_height_ >= height_) return false;
  best_ = offset_;
  height_ = working_height_;
  return true;
}

void RepackSearch::take_off_part() {
  base_ = offset_;
  if (one_in(kTurnOver)) turn_over();
  changes_only_ = left_out_.empty() || one_in(kChangeOnly);
  const bool is_elsewhere = left_out_.empty() || one_in(kElsewhere);
  const int32_t centre = is_elsewhere
                             ? any_of(model_.buffer_count)
                             : left_out_[static_cast<size_t>(any_of(std::ssize(left_out_)))];
  std::vector<bool> taken = cut(centre);
  std::vector<int64_t> most_waste;
  for (const int64_t load : model_.load) most_waste.push_back(target_ - load);
  const std::vector<int64_t> ground = extend_upward(model_, base_, most_waste, taken);
  part_.clear();
  for (int32_t b = 0; b < model_.buffer_count; ++b) {
    if (taken[static_cast<size_t>(b)]) part_.push_back(b);
  }
  if (std::ssize(part_) > kMostBuffers) part_.clear();
  if (part_.empty()) return;
  part_model_ = model_on_ground(model_, part_, ground);
  if (one_in(kBeam)) {
    beam_ = std::make_unique<BeamSearch>(part_model_, target_);
    beam_->start(kBeamWidth, kBeamNoise, random_());
    return;
  }
  valley_ = std::make_unique<ValleySearch>(part_model_, target_);
  nodes_left_ = kNodes;
  begin_attempt();
}

// Upside down, what was below the target hangs from it, and comes down.
void RepackSearch::turn_over() {
  for (size_t b = 0; b < base_.size(); ++b) {
    if (base_[b] != kNoOffset) base_[b] = target_ - base_[b] - model_.size[b];
  }
  settle(model_, base_);
}

// What lies above a cut that is flat, or rises with the distance from a section of `centre`.
std::vector<bool> RepackSearch::cut(int32_t centre) {
  const auto c = static_cast<size_t>(centre);
  const int32_t section = model_.first_section[c] + any_of(width(c));
  const auto lowest = static_cast<int64_t>(random_() % static_cast<uint64_t>(target_ + 1));
  const bool is_flat = one_in(2);
  const auto gentleness = static_cast<int64_t>(1 + random_() % kGentleness);
  std::vector<bool> taken;
  for (size_t b = 0; b < base_.size(); ++b) {
    if (base_[b] == kNoOffset) {
      taken.push_back(!changes_only_ && (static_cast<int32_t>(b) == centre || one_in(kJoin)));
      continue;
    }
    const int32_t distance =
        std::max({0, model_.first_section[b] - section, section - model_.end_section[b] + 1});
    const int64_t rise =
        is_flat ? 0
                : (target_ - lowest) * kSteepness * distance / (gentleness * model_.section_count);
    taken.push_back(base_[b] >= lowest + rise);
  }
  return taken;
}

void RepackSearch::begin_attempt() {
  ValleyOrder order;
  order.by = static_cast<ValleyOrder::By>(random_() % ValleyOrder::kCount);
  order.filling_first = one_in(2);
  order.noise = kNoise;
  order.seed = random_();
  valley_->start(order, std::min(kAttemptNodes * part_model_.buffer_count, nodes_left_));
}

// kRunning: the slice is spent.
SearchStatus RepackSearch::pack_part(Slice& slice) {
  if (beam_) return beam_->run(slice);
  for (;;) {
    SearchStatus status = SearchStatus::kRunning;
    nodes_left_ -=
        slice.limited(nodes_left_, [&](Slice& limited) { status = valley_->run(limited); });
    if (nodes_left_ <= 0 && status == SearchStatus::kRunning) return SearchStatus::kExhausted;
    if (nodes_left_ <= 0 || status != SearchStatus::kExhausted) return status;
    begin_attempt();
  }
}

void RepackSearch::finish_part(bool is_packed) {
  if (is_packed) {
    keep_part(beam_ ? beam_->offsets() : valley_->offsets());
  } else {
    ++failures_;
  }
  if (changes_left_ > 0) --changes_left_;
  drop_part();
}

void RepackSearch::keep_part(const std::vector<int64_t>& part_offsets) {
  for (size_t i = 0; i < part_.size(); ++i) base_[static_cast<size_t>(part_[i])] = part_offsets[i];
  offset_ = base_;
  const auto left_out = std::count(offset_.begin(), offset_.end(), kNoOffset);
  const bool is_better = static_cast<size_t>(left_out) < left_out_.size();
  failures_ = is_better ? 0 : failures_ + 1;
}

SearchCounters RepackSearch::counters() const {
  SearchCounters counters = finished_;
  if (beam_) counters += beam_->counters();
  if (valley_) counters += valley_->counters();
  return counters;
}

}  // namespace stowage
