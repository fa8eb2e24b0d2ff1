#include "tensor/executor_state.h"

#include <algorithm>
#include <cstring>

#include "stowage/base/integer.h"

namespace stowage {

namespace {

// As sizes are multiples of it, so are offsets, without the pool's care for alignments.
constexpr int64_t kGrain = 64;
constexpr int64_t kFirstRegion = int64_t{1} << 18;
constexpr int64_t kLargestStep = int64_t{1} << 26;
constexpr int64_t kBoundaryBytes = kBoundaryWidth * kBoundaryHeight;

int64_t bytes_of(int64_t length) {
  return align_up(length * static_cast<int64_t>(sizeof(float)), kGrain);
}

Error out_of_memory(int64_t size) {
  return {ErrorCode::kOutOfMemory, "no memory for a buffer of " + std::to_string(size) +
                                       " bytes: dispose of tensors that are not needed any more"};
}

}  // namespace

Result<uint32_t> ExecutorState::allocate(int64_t length, bool is_zeroed) {
  const int64_t size = bytes_of(length);
  const uint32_t slot = take_slot();
  slots_[slot] = {.region = 0, .offset = 0, .length = length};
  if (size == 0) return slot;
  auto place = find_place(size, slot, static_cast<uint32_t>(regions_.size()));
  if (!place) {
    const Result<uint32_t> region = add_region(size);
    if (!region) {
      free_slots_.push_back(slot);
      return region.error();
    }
    place = find_place(size, slot, *region + 1);
  }
  slots_[slot].region = place->region;
  slots_[slot].offset = place->offset;
  if (is_zeroed) {
    std::memset(regions_[place->region].memory.get() + place->offset, 0, static_cast<size_t>(size));
  }
  used_ += size;
  peak_used_ = std::max(peak_used_, used_);
  return slot;
}

std::optional<ExecutorState::Place> ExecutorState::find_place(int64_t size, uint32_t slot,
                                                              uint32_t limit) {
  for (uint32_t region = 0; region < limit; ++region) {
    const auto offset = regions_[region].pool.alloc(size, 1, slot);
    if (offset.ok() && offset->has_value()) return Place{.region = region, .offset = **offset};
  }
  return {};
}

Result<uint32_t> ExecutorState::add_region(int64_t size) {
  int64_t reserved = 0;
  for (const Region& region : regions_) reserved += region.pool.total();
  const int64_t wanted = std::max(size, std::clamp(reserved, kFirstRegion, kLargestStep));
  // Where there is not so much, no more than what is needed.
  for (const int64_t total : {wanted, size}) {
    AlignedMemory memory = allocate_aligned(total, kGrain);
    if (memory == nullptr) continue;
    Result<MemoryPool> pool = MemoryPool::make(total);
    if (!pool) return pool.error();
    regions_.push_back({.memory = std::move(memory), .pool = std::move(*pool)});
    return static_cast<uint32_t>(regions_.size() - 1);
  }
  return out_of_memory(size);
}

uint32_t ExecutorState::take_slot() {
  if (free_slots_.empty()) {
    slots_.emplace_back();
    return static_cast<uint32_t>(slots_.size() - 1);
  }
  const uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  return slot;
}

void ExecutorState::release(uint32_t slot) {
  if (is_disposed_) return;
  const Slot held = slots_[slot];
  free_slots_.push_back(slot);
  if (held.length == 0) return;
  (void)regions_[held.region].pool.free(held.offset);
  used_ -= bytes_of(held.length);
  if (regions_[held.region].pool.stats().num_blocks == 0) release_emptied(held.region);
}

// Keeps one empty region, the larger of two, so that a lone buffer that comes and goes is cheap.
void ExecutorState::release_emptied(uint32_t region) {
  for (uint32_t other = 0; other < regions_.size(); ++other) {
    if (other == region || regions_[other].pool.stats().num_blocks > 0) continue;
    release_region(regions_[other].pool.total() < regions_[region].pool.total() ? other : region);
    return;
  }
}

// The last region takes its number.
int64_t ExecutorState::release_region(uint32_t region) {
  const int64_t size = regions_[region].pool.total();
  const auto last = static_cast<uint32_t>(regions_.size() - 1);
  if (region != last) {
    for (const Block& block : regions_[last].pool.blocks()) slots_[block.tag].region = region;
    regions_[region] = std::move(regions_[last]);
  }
  regions_.pop_back();
  return size;
}

std::span<float> ExecutorState::data(uint32_t slot) const {
  const Slot& held = slots_[slot];
  if (held.length == 0) return {};
  std::byte* memory = regions_[held.region].memory.get() + held.offset;
  return {reinterpret_cast<float*>(memory), static_cast<size_t>(held.length)};
}

Status ExecutorState::open_boundary(int32_t class_index) {
  if (boundary_ == nullptr) {
    boundary_ = allocate_aligned(kBoundaryClasses * kBoundaryBytes, kGrain);
    if (boundary_ == nullptr) return out_of_memory(kBoundaryClasses * kBoundaryBytes);
    std::memset(boundary_.get(), 0, kBoundaryClasses * kBoundaryBytes);
  }
  ++boundary_counts_[static_cast<size_t>(class_index)];
  ++num_boundary_;
  return {};
}

void ExecutorState::close_boundary(int32_t class_index) {
  --boundary_counts_[static_cast<size_t>(class_index)];
  --num_boundary_;
}

float* ExecutorState::boundary_data(int32_t class_index) const {
  return reinterpret_cast<float*>(boundary_.get() + class_index * kBoundaryBytes);
}

ExecutorStats ExecutorState::stats() const {
  ExecutorStats stats;
  if (is_disposed_) return stats;
  stats.num_buffers = static_cast<int64_t>(slots_.size() - free_slots_.size()) + num_boundary_;
  stats.used_bytes = used_;
  stats.peak_used_bytes = peak_used_;
  stats.num_regions = std::ssize(regions_);
  for (const Region& region : regions_) {
    const PoolStats pool = region.pool.stats();
    stats.reserved_bytes += pool.total;
    stats.largest_free = std::max(stats.largest_free, pool.largest_free);
  }
  const int64_t free = stats.reserved_bytes - used_;
  if (free > 0) {
    stats.fragmentation = 1 - static_cast<double>(stats.largest_free) / static_cast<double>(free);
  }
  return stats;
}

ExecutorDefragmentation ExecutorState::defragment() {
  ExecutorDefragmentation report;
  std::sort(regions_.begin(), regions_.end(),
            [](const Region& a, const Region& b) { return a.pool.total() > b.pool.total(); });
  for (uint32_t region = 0; region < regions_.size(); ++region) {
    for (const Block& block : regions_[region].pool.blocks()) slots_[block.tag].region = region;
    compact(region, report);
  }
  for (auto region = static_cast<uint32_t>(regions_.size()); region-- > 0;) {
    move_down(region, report);
    if (regions_[region].pool.stats().num_blocks == 0) {
      report.released_bytes += release_region(region);
    } else {
      compact(region, report);
    }
  }
  return report;
}

// Closes the gaps within a region. Moves go down in ascending order, so none overwrites another.
void ExecutorState::compact(uint32_t region, ExecutorDefragmentation& report) {
  Region& in = regions_[region];
  const Result<std::vector<PoolMove>> moves = in.pool.defragment();
  if (!moves) return;
  for (const PoolMove& move : *moves) {
    std::memmove(in.memory.get() + move.to, in.memory.get() + move.from,
                 static_cast<size_t>(move.size));
    slots_[in.pool.find(move.to)->tag].offset = move.to;
    ++report.moved_buffers;
    report.moved_bytes += move.size;
  }
}

// Moves what finds room in a larger region.
void ExecutorState::move_down(uint32_t region, ExecutorDefragmentation& report) {
  for (const Block& block : regions_[region].pool.blocks()) {
    const auto place = find_place(block.size, block.tag, region);
    if (!place) continue;
    std::memcpy(regions_[place->region].memory.get() + place->offset,
                regions_[region].memory.get() + block.offset, static_cast<size_t>(block.size));
    (void)regions_[region].pool.free(block.offset);
    slots_[block.tag].region = place->region;
    slots_[block.tag].offset = place->offset;
    ++report.moved_buffers;
    report.moved_bytes += block.size;
  }
}

void ExecutorState::dispose() {
  is_disposed_ = true;
  regions_.clear();
  slots_.clear();
  free_slots_.clear();
  boundary_ = nullptr;
}

}  // namespace stowage
