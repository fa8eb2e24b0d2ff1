#include "stowage/pool/memory_pool.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "pool/memory_pool_state.h"
#include "pool/pool_arguments.h"

namespace stowage {

MemoryPool::State::State(int64_t total, PoolPolicy chosen) : tree(total), policy(chosen) {
  if (policy == PoolPolicy::kTlsf) tree.keep_labels();
  index_free_blocks({0});
}

int64_t MemoryPool::State::allocate(int64_t size, int64_t alignment, uint32_t tag) {
  BlockTree::Cursor at;
  const int64_t offset = find(size, alignment, at);
  if (offset < 0) {
    ++counters.failures;
    return -1;
  }
  place(at, {offset, size, alignment, tag});
  next_fit_from = offset + size;
  return offset;
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
  State& state = *state_;
  if (Status status = check_range(offset, size, alignment, state.tree.total())) return *status;
  BlockTree::Cursor at;
  state.tree.seek(offset, at);
  if (state.tree.lower(at) > offset || state.tree.offset(at) < offset + size) {
    ++state.counters.failures;
    return false;
  }
  state.place(at, {offset, size, alignment, tag});
  return true;
}

Status MemoryPool::free(int64_t offset) {
  State& state = *state_;
  BlockTree::Cursor at;
  if (!state.seek_block(offset, at)) return not_a_block(*this, offset);
  state.release(at);
  return std::nullopt;
}

bool MemoryPool::State::seek_block(int64_t offset, BlockTree::Cursor& at) const {
  if (offset < 0 || offset >= tree.total()) return false;
  tree.seek(offset, at);
  return tree.offset(at) == offset;
}

std::optional<Block> MemoryPool::find(int64_t offset) const {
  BlockTree::Cursor at;
  if (!state_->seek_block(offset, at)) return std::nullopt;
  return state_->tree.block(at);
}

std::optional<Block> MemoryPool::find_containing(int64_t offset) const {
  const BlockTree& tree = state_->tree;
  if (offset < 0 || offset >= tree.total()) return std::nullopt;
  BlockTree::Cursor at;
  tree.seek(offset, at);
  if (tree.offset(at) == offset) return tree.block(at);
  // What is below the next block is free, or of the one before.
  if (tree.lower(at) <= offset) return std::nullopt;
  tree.retreat(at);
  return tree.block(at);
}

std::vector<Block> MemoryPool::blocks() const {
  std::vector<Block> blocks;
  blocks.reserve(static_cast<size_t>(state_->tree.num_blocks()));
  state_->tree.for_each([&](const Block& block) { blocks.push_back(block); });
  return blocks;
}

std::vector<FreeBlock> MemoryPool::free_blocks() const {
  std::vector<FreeBlock> found;
  found.reserve(static_cast<size_t>(state_->tree.num_free_blocks()));
  state_->tree.for_each_free([&](const FreeBlock& block) { found.push_back(block); });
  return found;
}

FreeHistogram MemoryPool::free_histogram() const {
  FreeHistogram histogram;
  state_->tree.for_each_free([&](const FreeBlock& block) {
    size_t power = 0;
    while (block.size >> power > 1) ++power;
    if (histogram.blocks.size() <= power) {
      histogram.blocks.resize(power + 1);
      histogram.bytes.resize(power + 1);
    }
    ++histogram.blocks[power];
    histogram.bytes[power] += block.size;
  });
  return histogram;
}

int64_t MemoryPool::total() const { return state_->tree.total(); }

PoolPolicy MemoryPool::policy() const { return state_->policy; }

PoolStats MemoryPool::stats() const {
  const BlockTree& tree = state_->tree;
  PoolStats stats;
  stats.total = tree.total();
  stats.used = state_->used;
  stats.free = stats.total - stats.used;
  stats.num_blocks = tree.num_blocks();
  stats.largest_free = tree.largest(0);
  if (stats.free > 0) {
    stats.fragmentation =
        1 - static_cast<double>(stats.largest_free) / static_cast<double>(stats.free);
  }
  stats.num_free_blocks = tree.num_free_blocks();
  stats.alignment_gaps = tree.alignment_gaps();
  stats.end = tree.end();
  return stats;
}

const PoolCounters& MemoryPool::counters() const { return state_->counters; }

void MemoryPool::reset_counters() {
  state_->counters = {};
  state_->note_peaks();
}

int64_t MemoryPool::bookkeeping_bytes() const {
  const State& state = *state_;
  return static_cast<int64_t>(sizeof(State)) + state.tree.bytes() +
         state.sizes.bookkeeping_bytes() + state.bins.bookkeeping_bytes() +
         static_cast<int64_t>(state.slots.capacity() * sizeof(int64_t));
}

Status MemoryPool::grow(int64_t total) {
  if (total < state_->tree.total() || total > kMaxInteger) {
    return invalid("total", total,
                   "from the present total, " + decimal(state_->tree.total()) + ", to 2^53 - 1");
  }
  state_->resize(total);
  return std::nullopt;
}

Status MemoryPool::shrink(int64_t total) {
  const int64_t least = std::max<int64_t>(1, state_->tree.end());
  if (total < least || total > state_->tree.total()) {
    return invalid("total", total,
                   "from the end of the last block, " + decimal(least) +
                       ", to the present total, " + decimal(state_->tree.total()));
  }
  state_->resize(total);
  return std::nullopt;
}

void MemoryPool::clear() {
  State& old = *state_;
  auto fresh = std::make_unique<State>(old.tree.total(), old.policy);
  fresh->counters = old.counters;
  fresh->counters.frees += old.tree.num_blocks();
  fresh->counters.freed_bytes += old.used;
  state_ = std::move(fresh);
}

}  // namespace stowage
