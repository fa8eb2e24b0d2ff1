// MemoryPool as JavaScript sees it. Numbers have been checked before they come here; npm/src/pool/
// module.ts says the same in TypeScript.
#include "stowage/pool/memory_pool.h"

#include <emscripten/emscripten.h>

#include <limits>
#include <utility>

#include "bindings/exchange/exchange.h"

namespace {

using stowage::Block;
using stowage::DefragmentOptions;
using stowage::FreeBlock;
using stowage::MemoryPool;
using stowage::PoolCounters;
using stowage::PoolPolicy;
using stowage::PoolSnapshot;
using stowage::bindings::integer;
using stowage::bindings::numbers;
using stowage::bindings::put;
using stowage::bindings::report;
using stowage::bindings::text;

int64_t limit_from(double value) {
  return value < 0x1p62 ? integer(value) : std::numeric_limits<int64_t>::max();
}

MemoryPool* owned(stowage::Result<MemoryPool> pool) {
  if (!report(pool)) return nullptr;
  return new MemoryPool(std::move(*pool));
}

void put_block(const Block& block) {
  put(block.offset);
  put(block.size);
  put(block.alignment);
  put(block.tag);
}

void put_counters(const PoolCounters& counters) {
  for (const int64_t each :
       {counters.allocations, counters.failures, counters.frees, counters.allocated_bytes,
        counters.freed_bytes, counters.moved_blocks, counters.moved_bytes, counters.peak_used,
        counters.peak_blocks, counters.peak_end}) {
    put(each);
  }
}

// Reads numbers in their order.
class Reader {
 public:
  explicit Reader(const std::vector<double>& values) : values_(values) {}
  int64_t next() { return at_ < values_.size() ? integer(values_[at_++]) : 0; }

 private:
  const std::vector<double>& values_;
  size_t at_ = 0;
};

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE MemoryPool* stowage_pool_make(double total, int policy) {
  return owned(MemoryPool::make(integer(total), static_cast<PoolPolicy>(policy)));
}

EMSCRIPTEN_KEEPALIVE void stowage_pool_delete(MemoryPool* pool) { delete pool; }

// -1 for no room.
EMSCRIPTEN_KEEPALIVE double stowage_pool_alloc(MemoryPool* pool, double size, double alignment,
                                               uint32_t tag) {
  const auto offset = pool->alloc(integer(size), integer(alignment), tag);
  return offset.ok() ? static_cast<double>(offset->value_or(-1)) : -1;
}

// 1 if so, 0 if not, -1 with a text.
EMSCRIPTEN_KEEPALIVE int stowage_pool_alloc_at(MemoryPool* pool, double offset, double size,
                                               double alignment, uint32_t tag) {
  const auto is_taken = pool->alloc_at(integer(offset), integer(size), integer(alignment), tag);
  if (!report(is_taken)) return -1;
  return *is_taken ? 1 : 0;
}

// 1, or 0 with a text.
EMSCRIPTEN_KEEPALIVE int stowage_pool_free(MemoryPool* pool, double offset) {
  return report(pool->free(integer(offset))) ? 1 : 0;
}

// Whether there is a block; four numbers.
EMSCRIPTEN_KEEPALIVE int stowage_pool_find(MemoryPool* pool, double offset, int is_containing) {
  numbers().clear();
  const auto block =
      is_containing != 0 ? pool->find_containing(integer(offset)) : pool->find(integer(offset));
  if (block) put_block(*block);
  return block ? 1 : 0;
}

// Four numbers each.
EMSCRIPTEN_KEEPALIVE void stowage_pool_blocks(MemoryPool* pool) {
  numbers().clear();
  for (const Block& block : pool->blocks()) put_block(block);
}

// Two numbers each.
EMSCRIPTEN_KEEPALIVE void stowage_pool_free_blocks(MemoryPool* pool) {
  numbers().clear();
  for (const FreeBlock& block : pool->free_blocks()) {
    put(block.offset);
    put(block.size);
  }
}

// The counts of blocks, then those of bytes.
EMSCRIPTEN_KEEPALIVE void stowage_pool_free_histogram(MemoryPool* pool) {
  numbers().clear();
  const stowage::FreeHistogram histogram = pool->free_histogram();
  for (const int64_t each : histogram.blocks) put(each);
  for (const int64_t each : histogram.bytes) put(each);
}

EMSCRIPTEN_KEEPALIVE void stowage_pool_stats(MemoryPool* pool) {
  const stowage::PoolStats stats = pool->stats();
  numbers().clear();
  for (const int64_t each : {stats.total, stats.used, stats.free, stats.num_blocks}) put(each);
  put(stats.fragmentation);
  for (const int64_t each :
       {stats.largest_free, stats.num_free_blocks, stats.alignment_gaps, stats.end}) {
    put(each);
  }
}

EMSCRIPTEN_KEEPALIVE void stowage_pool_counters(MemoryPool* pool) {
  numbers().clear();
  put_counters(pool->counters());
}

EMSCRIPTEN_KEEPALIVE void stowage_pool_reset_counters(MemoryPool* pool) { pool->reset_counters(); }

EMSCRIPTEN_KEEPALIVE double stowage_pool_bookkeeping_bytes(MemoryPool* pool) {
  return static_cast<double>(pool->bookkeeping_bytes());
}

// Takes the pinned offsets as numbers; gives three numbers for each move. 1, or 0 with a text.
EMSCRIPTEN_KEEPALIVE int stowage_pool_defragment(MemoryPool* pool, double max_bytes,
                                                 double max_moves, int dry_run) {
  std::vector<int64_t> pinned;
  for (const double each : numbers()) pinned.push_back(integer(each));
  const DefragmentOptions options{limit_from(max_bytes), limit_from(max_moves), pinned,
                                  dry_run != 0};
  const auto moves = pool->defragment(options);
  numbers().clear();
  if (!report(moves)) return 0;
  for (const stowage::PoolMove& each : *moves) {
    put(each.from);
    put(each.to);
    put(each.size);
  }
  return 1;
}

// Seven numbers, and a text.
EMSCRIPTEN_KEEPALIVE void stowage_pool_explain(MemoryPool* pool, double size, double alignment) {
  numbers().clear();
  const auto found = pool->explain(integer(size), integer(alignment));
  if (!report(found)) return;
  put(found->fits ? 1 : 0);
  put(found->free);
  put(found->largest_free);
  put(found->largest_aligned);
  put(found->fits_after_defragment ? 1 : 0);
  put(found->moved_blocks);
  put(found->moved_bytes);
  text() = found->message;
}

// 1, or 0 with a text.
EMSCRIPTEN_KEEPALIVE int stowage_pool_grow(MemoryPool* pool, double total) {
  return report(pool->grow(integer(total))) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE int stowage_pool_shrink(MemoryPool* pool, double total) {
  return report(pool->shrink(integer(total))) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void stowage_pool_clear(MemoryPool* pool) { pool->clear(); }

// 1, or 0 with a text.
EMSCRIPTEN_KEEPALIVE int stowage_pool_check(MemoryPool* pool) {
  return report(pool->check()) ? 1 : 0;
}

// total, policy, next fit, the number of blocks, the number of free offsets, then the blocks, the
// free offsets, the counters.
EMSCRIPTEN_KEEPALIVE void stowage_pool_snapshot(MemoryPool* pool) {
  const PoolSnapshot snapshot = pool->snapshot();
  numbers().clear();
  put(snapshot.total);
  put(static_cast<int64_t>(snapshot.policy));
  put(snapshot.next_fit_from);
  put(std::ssize(snapshot.blocks));
  put(std::ssize(snapshot.free_order));
  for (const Block& block : snapshot.blocks) put_block(block);
  for (const int64_t each : snapshot.free_order) put(each);
  put_counters(snapshot.counters);
}

// From the same numbers. Null with a text.
EMSCRIPTEN_KEEPALIVE MemoryPool* stowage_pool_restore() {
  Reader reader(numbers());
  PoolSnapshot snapshot;
  snapshot.total = reader.next();
  snapshot.policy = static_cast<PoolPolicy>(reader.next());
  snapshot.next_fit_from = reader.next();
  snapshot.blocks.resize(static_cast<size_t>(reader.next()));
  snapshot.free_order.resize(static_cast<size_t>(reader.next()));
  for (Block& block : snapshot.blocks) {
    block.offset = reader.next();
    block.size = reader.next();
    block.alignment = reader.next();
    block.tag = static_cast<uint32_t>(reader.next());
  }
  for (int64_t& each : snapshot.free_order) each = reader.next();
  PoolCounters& counters = snapshot.counters;
  for (int64_t* each :
       {&counters.allocations, &counters.failures, &counters.frees, &counters.allocated_bytes,
        &counters.freed_bytes, &counters.moved_blocks, &counters.moved_bytes, &counters.peak_used,
        &counters.peak_blocks, &counters.peak_end}) {
    *each = reader.next();
  }
  return owned(MemoryPool::restore(snapshot));
}

// Takes the operations as numbers; gives the offsets. 1, or 0 with a text.
EMSCRIPTEN_KEEPALIVE int stowage_pool_replay(MemoryPool* pool) {
  // Both keep their memory for the next call.
  static std::vector<double> operations;
  operations.swap(numbers());
  numbers().resize(operations.size() / 3);
  return report(pool->replay(operations, numbers())) ? 1 : 0;
}

}  // extern "C"
