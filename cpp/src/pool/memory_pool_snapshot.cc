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

Status check_free_order(const BlockTree& tree, std::vector<int64_t> order) {
  std::sort(order.begin(), order.end());
  auto next = order.begin();
  bool is_same = static_cast<int64_t>(order.size()) == tree.num_free_blocks();
  tree.for_each_free([&](const FreeBlock& block) {
    if (is_same) is_same = *next++ == block.offset;
  });
  if (is_same) return std::nullopt;
  return wrong_snapshot("the free order does not name each of its free blocks once");
}

}  // namespace

PoolSnapshot MemoryPool::snapshot() const {
  const State& state = *state_;
  PoolSnapshot snapshot;
  snapshot.total = state.tree.total();
  snapshot.policy = state.policy;
  snapshot.blocks = blocks();
  snapshot.next_fit_from = state.next_fit_from;
  if (state.policy == PoolPolicy::kTlsf) snapshot.free_order = state.bins.order();
  snapshot.counters = state.counters;
  return snapshot;
}

Result<MemoryPool> MemoryPool::restore(const PoolSnapshot& snapshot) {
  Result<MemoryPool> pool = make(snapshot.total, snapshot.policy);
  if (!pool) return pool;
  State& state = *pool->state_;
  int64_t end = 0;
  BlockTree::Cursor at;
  for (const Block& block : snapshot.blocks) {
    if (Status status = check_block(block, end, snapshot.total)) return *status;
    state.tree.seek(snapshot.total, at);
    state.tree.insert(at, block);
    state.used += block.size;
    end = block.offset + block.size;
  }
  if (snapshot.next_fit_from < 0 || snapshot.next_fit_from > snapshot.total) {
    return invalid("next_fit_from", snapshot.next_fit_from,
                   "from 0 to the total, " + decimal(snapshot.total));
  }
  state.next_fit_from = snapshot.next_fit_from;
  std::vector<int64_t> order = snapshot.free_order;
  if (snapshot.policy == PoolPolicy::kTlsf) {
    if (Status status = check_free_order(state.tree, order)) return *status;
  } else {
    order.clear();
    state.tree.for_each_free([&](const FreeBlock& block) { order.push_back(block.offset); });
  }
  state.index_free_blocks(order);
  state.counters = snapshot.counters;
  state.note_peaks();
  return pool;
}

Status MemoryPool::check() const {
  const State& state = *state_;
  if (Status status = state.tree.check()) return status;
  int64_t used = 0;
  state.tree.for_each([&](const Block& block) { used += block.size; });
  if (used != state.used) {
    return Error{ErrorCode::kInvalidArgument,
                 "the pool is inconsistent: its blocks have " + decimal(used) + " bytes, " +
                     decimal(state.used) + " are noted",
                 {}};
  }
  return state.check_index();
}

Status MemoryPool::State::check_index() const {
  if (policy == PoolPolicy::kBestFit) {
    if (Status status = sizes.check()) return status;
  } else if (policy == PoolPolicy::kTlsf) {
    if (Status status = bins.check()) return status;
  } else {
    return std::nullopt;
  }
  bool is_indexed = true;
  BlockTree::Cursor at;
  tree.first(at);
  do {
    const int64_t lower = tree.lower(at);
    const int64_t size = tree.offset(at) - lower;
    if (size == 0) continue;
    if (policy == PoolPolicy::kTlsf) {
      is_indexed &= bins.offset(tree.label(at)) == lower;
    } else {
      const auto found = sizes.first_at_least(size, lower);
      is_indexed &= found && found->size == size && found->offset == lower;
    }
  } while (tree.advance(at));
  const int64_t count = policy == PoolPolicy::kTlsf ? bins.size() : sizes.size();
  if (is_indexed && count == tree.num_free_blocks()) return std::nullopt;
  return Error{ErrorCode::kInvalidArgument,
               "the pool is inconsistent: its index of free sizes does not hold its free blocks",
               {}};
}

}  // namespace stowage
