#include "planner/beam_ladder.h"

namespace stowage {
namespace {

// Every other pass is wider by one part in so many: which widths lead to a plan is a matter of
// luck.
constexpr int64_t kGrowth = 10;
// The guide is good, but passes should differ: by little and by more in turns.
constexpr double kLittleNoise = 0.05;
constexpr double kMoreNoise = 0.5;
// How far the seeds of racers lie apart.
constexpr uint64_t kSeedsPerRacer = uint64_t{1} << 32;

}  // namespace

SearchStatus BeamLadder::run(Slice& slice, int64_t floor, int64_t ceiling) {
  if (!in_pass_ || target_ > ceiling) begin_pass(floor, ceiling);
  const SearchStatus status = search_->run(slice);
  if (status == SearchStatus::kRunning) return status;
  in_pass_ = false;
  if (at_floor_) return status;
  aim_ = status == SearchStatus::kSolved ? aim_ / 2 : (1 + 2 * aim_) / 3;
  return status;
}

void BeamLadder::begin_pass(int64_t floor, int64_t ceiling) {
  // What is left of a pass that has lost its use counts as one.
  at_floor_ = passes_ % 2 == 0;
  const double aim = at_floor_ ? 0 : aim_;
  const int64_t target = floor + static_cast<int64_t>(aim * static_cast<double>(ceiling - floor));
  if (!search_ || target != target_) {
    finished_ = counters();
    search_ = std::make_unique<BeamSearch>(model_, target);
    target_ = target;
  }
  const double noise = passes_ / 2 % 2 == 0 ? kLittleNoise : kMoreNoise;
  const uint64_t seed = params_.seed + kSeedsPerRacer * params_.racer;
  search_->start(width_, noise, seed + static_cast<uint64_t>(passes_));
  if (passes_ % 2 == 1) width_ += width_ / kGrowth + 1;
  ++passes_;
  in_pass_ = true;
}

SearchCounters BeamLadder::counters() const {
  SearchCounters counters = finished_;
  if (search_) counters += search_->counters();
  return counters;
}

}  // namespace stowage
