#include "stowage/pool/memory_pool.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "pool/memory_pool_state.h"
#include "pool/pool_arguments.h"
#include "pool/segregated_blocks.h"
#include "pool/tree_blocks.h"

namespace stowage {

std::unique_ptr<PoolBlocks> PoolBlocks::make(int64_t total, PoolPolicy policy) {
  if (policy == PoolPolicy::kTlsf) return std::make_unique<SegregatedBlocks>(total);
  return std::make_unique<TreeBlocks>(total, policy);
}

MemoryPool::State::State(int64_t all, PoolPolicy chosen)
    : blocks(PoolBlocks::make(all, chosen)), policy(chosen), total(all) {}

int64_t MemoryPool::State::allocate(int64_t size, int64_t alignment, uint32_t tag) {
  const int64_t offset = blocks->allocate(size, alignment, tag);
  if (offset >= 0) {
    note(offset, size);
  } else {
    ++counters.failures;
  }
  return offset;
}

bool MemoryPool::State::take(const Block& block) {
  const bool is_taken = blocks->take(block);
  if (is_taken) {
    note(block.offset, block.size);
  } else {
    ++counters.failures;
  }
  return is_taken;
}

void MemoryPool::State::note(int64_t offset, int64_t size) {
  used += size;
  ++num_blocks;
  ++counters.allocations;
  counters.allocated_bytes += size;
  counters.peak_used = std::max(counters.peak_used, used);
  counters.peak_blocks = std::max(counters.peak_blocks, num_blocks);
  counters.peak_end = std::max(counters.peak_end, offset + size);
}

int64_t MemoryPool::State::release(int64_t offset) {
  const int64_t size = blocks->release(offset);
  if (size == 0) return 0;
  used -= size;
  --num_blocks;
  ++counters.frees;
  counters.freed_bytes += size;
  return size;
}

MemoryPool::MemoryPool(std::unique_ptr<State> state) : state_(std::move(state)) {}
MemoryPool::MemoryPool(MemoryPool&&) noexcept = default;
MemoryPool& MemoryPool::operator=(MemoryPool&&) noexcept = default;
MemoryPool::~MemoryPool() = default;

Result<MemoryPool> MemoryPool::make(int64_t total, PoolPolicy policy) {
  if (Status status = check_positive("total", total)) return *status;
  return MemoryPool(std::make_unique<State>(total, policy));
}

Result<std::optional<int64_t>> MemoryPool::alloc(int64_t size, int64_t alignment, uint32_t tag) {
  if (Status status = check_size(size, alignment)) return *status;
  const int64_t offset = state_->allocate(size, alignment, tag);
  return offset < 0 ? std::nullopt : std::optional(offset);
}

Result<std::optional<int64_t>> MemoryPool::alloc_aligned(int64_t size, int64_t alignment) {
  return alloc(size, alignment);
}

Result<bool> MemoryPool::alloc_at(int64_t offset, int64_t size, int64_t alignment, uint32_t tag) {
  if (Status status = check_size(size, alignment)) return *status;
  if (Status status = check_range(offset, size, alignment, state_->total)) return *status;
  return state_->take({offset, size, alignment, tag});
}

Status MemoryPool::free(int64_t offset) {
  if (state_->release(offset) == 0) return not_a_block(*this, offset);
  return std::nullopt;
}

std::optional<Block> MemoryPool::find(int64_t offset) const { return state_->blocks->find(offset); }

std::optional<Block> MemoryPool::find_containing(int64_t offset) const {
  return state_->blocks->find_containing(offset);
}

std::vector<Block> MemoryPool::blocks() const { return state_->blocks->blocks(); }

std::vector<FreeBlock> MemoryPool::free_blocks() const { return state_->blocks->free_blocks(); }

FreeHistogram MemoryPool::free_histogram() const {
  FreeHistogram histogram;
  for (const FreeBlock& block : free_blocks()) {
    size_t power = 0;
    while (block.size >> power > 1) ++power;
    if (histogram.blocks.size() <= power) {
      histogram.blocks.resize(power + 1);
      histogram.bytes.resize(power + 1);
    }
    ++histogram.blocks[power];
    histogram.bytes[power] += block.size;
  }
  return histogram;
}

int64_t MemoryPool::total() const { return state_->total; }

PoolPolicy MemoryPool::policy() const { return state_->policy; }

PoolStats MemoryPool::stats() const {
  const PoolBlocks::Totals totals = state_->blocks->totals();
  PoolStats stats;
  stats.total = totals.total;
  stats.used = state_->used;
  stats.free = stats.total - stats.used;
  stats.num_blocks = totals.num_blocks;
  stats.largest_free = totals.largest_free;
  if (stats.free > 0) {
    stats.fragmentation =
        1 - static_cast<double>(stats.largest_free) / static_cast<double>(stats.free);
  }
  stats.num_free_blocks = totals.num_free_blocks;
  stats.alignment_gaps = totals.alignment_gaps;
  stats.end = totals.end;
  return stats;
}

const PoolCounters& MemoryPool::counters() const { return state_->counters; }

void MemoryPool::reset_counters() {
  state_->counters = {};
  state_->counters.peak_used = state_->used;
  state_->counters.peak_blocks = state_->num_blocks;
  state_->counters.peak_end = state_->blocks->totals().end;
}

int64_t MemoryPool::bookkeeping_bytes() const {
  return static_cast<int64_t>(sizeof(State)) + state_->blocks->bytes() + state_->slots.bytes();
}

Status MemoryPool::grow(int64_t total) {
  if (total < state_->total || total > kMaxInteger) {
    return invalid("total", total,
                   "from the present total, " + decimal(state_->total) + ", to 2^53 - 1");
  }
  state_->blocks->resize(total);
  state_->total = total;
  return std::nullopt;
}

Status MemoryPool::shrink(int64_t total) {
  const int64_t least = std::max<int64_t>(1, state_->blocks->totals().end);
  if (total < least || total > state_->total) {
    return invalid("total", total,
                   "from the end of the last block, " + decimal(least) +
                       ", to the present total, " + decimal(state_->total));
  }
  state_->blocks->resize(total);
  state_->total = total;
  return std::nullopt;
}

void MemoryPool::clear() {
  State& old = *state_;
  auto fresh = std::make_unique<State>(old.total, old.policy);
  fresh->counters = old.counters;
  fresh->counters.frees += old.num_blocks;
  fresh->counters.freed_bytes += old.used;
  state_ = std::move(fresh);
}

}  // namespace stowage
