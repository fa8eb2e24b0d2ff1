#include "planner/incumbent.h"

#include <algorithm>

#include "planner/decoder.h"
#include "stowage/base/integer.h"

namespace stowage {

Incumbent::Incumbent(const Problem& problem, const Sweep& sweep)
    : problem_(problem),
      sweep_(sweep),
      offsets_(initial_offsets(problem)),
      heights_(sweep.partitions.size(), kNone) {
  for (size_t b = 0; b < problem.buffers.size(); ++b) {
    if (!sweep.extent(static_cast<BufferIndex>(b)).empty()) continue;
    idle_height_ = std::max(idle_height_, offsets_[b] + problem.buffers[b].size);
  }
  rebuild(Engine::kHeuristic);
}

bool Incumbent::offer(const std::vector<int64_t>& offsets, Engine engine) {
  bool better = false;
  for (size_t p = 0; p < heights_.size(); ++p) {
    int64_t height = 0;
    for (const BufferIndex buffer : sweep_.partitions[p].buffers) {
      const auto b = static_cast<size_t>(buffer);
      height = std::max(height, offsets[b] + problem_.buffers[b].size);
    }
    if (heights_[p] != kNone && heights_[p] <= height) continue;
    heights_[p] = height;
    for (const BufferIndex buffer : sweep_.partitions[p].buffers) {
      offsets_[static_cast<size_t>(buffer)] = offsets[static_cast<size_t>(buffer)];
    }
    better = true;
  }
  return better && rebuild(engine);
}

bool Incumbent::offer(size_t partition, const std::vector<int64_t>& offsets, int64_t unit,
                      Engine engine) {
  const std::vector<BufferIndex>& buffers = sweep_.partitions[partition].buffers;
  int64_t height = 0;
  for (size_t i = 0; i < buffers.size(); ++i) {
    height = std::max(height,
                      offsets[i] * unit + problem_.buffers[static_cast<size_t>(buffers[i])].size);
  }
  if (heights_[partition] != kNone && heights_[partition] <= height) return false;
  heights_[partition] = height;
  for (size_t i = 0; i < buffers.size(); ++i) {
    offsets_[static_cast<size_t>(buffers[i])] = offsets[i] * unit;
  }
  return rebuild(engine);
}

std::vector<int64_t> Incumbent::offsets(size_t partition) const {
  std::vector<int64_t> offsets;
  for (const BufferIndex buffer : sweep_.partitions[partition].buffers) {
    offsets.push_back(offsets_[static_cast<size_t>(buffer)]);
  }
  return offsets;
}

bool Incumbent::rebuild(Engine engine) {
  int64_t height = idle_height_;
  for (const int64_t partition_height : heights_) {
    if (partition_height == kNone) return false;
    height = std::max(height, partition_height);
  }
  if (height > kMaxInteger || (plan_ && plan_->height <= height)) return false;
  plan_ = Plan{offsets_, height};
  engine_ = engine;
  return true;
}

}  // namespace stowage
