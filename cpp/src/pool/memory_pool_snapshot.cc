#include <algorithm>
#include <string>

#include "base/text.h"
#include "pool/memory_pool_state.h"
#include "pool/pool_arguments.h"

namespace stowage {

namespace {

Error wrong_snapshot(const std::string& what) {
  return {ErrorCode::kInvalidArgument, "the snapshot is not of a pool: " + what, {}};
}

Status check_block(const Block& block, int64_t end, int64_t total) {
  if (Status status = check_size(block.size, block.alignment)) return status;
  if (Status status = check_range(block.offset, block.size, block.alignment, total)) return status;
  if (block.offset < end) {
    return wrong_snapshot("the block at offset " + decimal(block.offset) +
                          " starts below the end of the one before, " + decimal(end));
  }
  return std::nullopt;
}

Status check_free_order(const MemoryPool& pool, std::vector<int64_t> order) {
  std::sort(order.begin(), order.end());
  const std::vector<FreeBlock> free_blocks = pool.free_blocks();
  if (std::equal(order.begin(), order.end(), free_blocks.begin(), free_blocks.end(),
                 [](int64_t offset, const FreeBlock& block) { return offset == block.offset; })) {
    return std::nullopt;
  }
  return wrong_snapshot("the free order does not name each of its free blocks once");
}

}  // namespace

PoolSnapshot MemoryPool::snapshot() const {
  const State& state = *state_;
  PoolSnapshot snapshot;
  snapshot.total = state.total;
  snapshot.policy = state.policy;
  snapshot.blocks = blocks();
  snapshot.next_fit_from = state.blocks->next_fit_from();
  snapshot.free_order = state.blocks->free_order();
  snapshot.counters = state.counters;
  return snapshot;
}

Result<MemoryPool> MemoryPool::restore(const PoolSnapshot& snapshot) {
  Result<MemoryPool> pool = make(snapshot.total, snapshot.policy);
  if (!pool) return pool;
  State& state = *pool->state_;
  state.counters = snapshot.counters;
  int64_t end = 0;
  for (const Block& block : snapshot.blocks) {
    if (Status status = check_block(block, end, snapshot.total)) return *status;
    state.take(block);
    end = block.offset + block.size;
  }
  if (snapshot.next_fit_from < 0 || snapshot.next_fit_from > snapshot.total) {
    return invalid("next_fit_from", snapshot.next_fit_from,
                   "from 0 to the total, " + decimal(snapshot.total));
  }
  state.blocks->set_next_fit_from(snapshot.next_fit_from);
  if (snapshot.policy == PoolPolicy::kTlsf) {
    if (Status status = check_free_order(*pool, snapshot.free_order)) return *status;
    state.blocks->set_free_order(snapshot.free_order);
  }
  // Restoring counts for nothing but high-water marks.
  const PoolCounters marks = state.counters;
  state.counters = snapshot.counters;
  state.counters.peak_used = marks.peak_used;
  state.counters.peak_blocks = marks.peak_blocks;
  state.counters.peak_end = marks.peak_end;
  return pool;
}

Status MemoryPool::check() const {
  int64_t used = 0;
  int64_t num_blocks = 0;
  if (Status status = state_->blocks->check()) return status;
  for (const Block& block : blocks()) {
    used += block.size;
    ++num_blocks;
  }
  if (used == state_->used && num_blocks == state_->num_blocks) return std::nullopt;
  return Error{ErrorCode::kInvalidArgument,
               "the pool is inconsistent: its " + decimal(num_blocks) + " blocks have " +
                   decimal(used) + " bytes, but " + decimal(state_->num_blocks) + " of " +
                   decimal(state_->used) + " are noted",
               {}};
}

}  // namespace stowage
