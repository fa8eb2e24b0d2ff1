#include "planner/partition_skylines.h"

#include "planner/engine_limits.h"

namespace stowage {
namespace {

// Of a turn, in elementary operations.
constexpr int64_t kTurnWork = int64_t{1} << 25;

}  // namespace

PartitionSkylines::PartitionSkylines(const Problem& problem, const Sweep& sweep,
                                     const Partition& partition,
                                     const SkylineSearch::Effort& effort)
    : problem_(problem), partition_(partition), effort_(effort) {
  builder_.emplace(problem, sweep, partition.buffers, partition.sections, nullptr);
}

// Whether it is done, and there is a search.
bool PartitionSkylines::lay_out(Slice& slice) {
  if (!builder_) return true;
  if (!builder_->run(slice)) return false;
  part_ = builder_->take();
  builder_.reset();
  search_.emplace(problem_, part_, effort_);
  return true;
}

SkylineSearch::Status PartitionSkylines::try_goal(Slice& slice) {
  return lay_out(slice) ? search_->try_goal(slice) : SkylineSearch::Status::kRunning;
}

SkylineSearch::Status PartitionSkylines::run(Slice& slice, int64_t limit) {
  if (!lay_out(slice)) return SkylineSearch::Status::kRunning;
  if (!is_large()) return search_->run(slice, limit);
  for (;;) {
    SkylineSearch::Status status = SkylineSearch::Status::kRunning;
    turn_work_ -=
        slice.limited_work(turn_work_, [&](Slice& turn) { status = run_turn(turn, limit); });
    if (status != SkylineSearch::Status::kRunning || turn_work_ > 0) return status;
    ejecting_ = !ejecting_ && search_->best() != nullptr;
    turn_work_ = kTurnWork;
  }
}

bool PartitionSkylines::is_large() const {
  return part_.rectangles.size() > kMostBuffersUnlessLarge;
}

SkylineSearch::Status PartitionSkylines::run_turn(Slice& slice, int64_t limit) {
  if (!ejecting_) return search_->run(slice, limit);
  if (!ejections_) ejections_.emplace(part_, effort_.seed);
  if (search_->best_height() < ejections_->height()) ejections_->start_from(*search_->best());
  return ejections_->run(slice, effort_.goal) ? SkylineSearch::Status::kReached
                                              : SkylineSearch::Status::kRunning;
}

void PartitionSkylines::set_goal(int64_t goal) {
  effort_.goal = goal;
  if (search_) search_->set_goal(goal);
}

std::optional<std::vector<int64_t>> PartitionSkylines::take_found() {
  const std::vector<int64_t>* found = take_lowest();
  if (found == nullptr) return std::nullopt;
  std::vector<int64_t> offsets;
  offsets.reserve(partition_.buffers.size());
  size_t next = 0;
  for (const BufferIndex b : partition_.buffers) {
    const Buffer& buffer = problem_.buffers[static_cast<size_t>(b)];
    offsets.push_back(buffer.offset ? *buffer.offset : (*found)[next++]);
  }
  return offsets;
}

const std::vector<int64_t>* PartitionSkylines::take_lowest() {
  const std::vector<int64_t>* drawn = search_ ? search_->take_found() : nullptr;
  const std::vector<int64_t>* lowered = ejections_ ? ejections_->take_found() : nullptr;
  if (drawn == nullptr || lowered == nullptr) return drawn != nullptr ? drawn : lowered;
  return search_->best_height() <= ejections_->height() ? drawn : lowered;
}

}  // namespace stowage
