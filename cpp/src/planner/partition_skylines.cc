#include "planner/partition_skylines.h"

namespace stowage {

PartitionSkylines::PartitionSkylines(const Problem& problem, const Sweep& sweep,
                                     const Partition& partition,
                                     const SkylineSearch::Effort& effort)
    : problem_(problem), partition_(partition), effort_(effort) {
  builder_.emplace(problem, sweep, partition.buffers, partition.sections, nullptr);
}

SkylineSearch::Status PartitionSkylines::run(Slice& slice, int64_t limit) {
  if (builder_) {
    if (!builder_->run(slice)) return SkylineSearch::Status::kRunning;
    part_ = builder_->take();
    builder_.reset();
    search_.emplace(problem_, part_, effort_);
  }
  return search_->run(slice, limit);
}

void PartitionSkylines::set_goal(int64_t goal) {
  effort_.goal = goal;
  if (search_) search_->set_goal(goal);
}

std::optional<std::vector<int64_t>> PartitionSkylines::take_found() {
  const std::vector<int64_t>* found = search_ ? search_->take_found() : nullptr;
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

}  // namespace stowage
