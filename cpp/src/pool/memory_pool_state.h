// What a MemoryPool consists of.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "pool/pool_blocks.h"
#include "pool/slot_table.h"
#include "stowage/pool/memory_pool.h"

namespace stowage {

struct MemoryPool::State {
  State(int64_t total, PoolPolicy chosen);

  // As PoolBlocks has them, counted.
  int64_t allocate(int64_t size, int64_t alignment, uint32_t tag);
  bool take(const Block& block);
  int64_t release(int64_t offset);
  Result<int64_t> replay_one(size_t slot, int64_t size, int64_t alignment);
  void move(const std::vector<PoolMove>& moves);
  // A block is there that was not.
  void note(int64_t offset, int64_t size);

  std::unique_ptr<PoolBlocks> blocks;
  PoolPolicy policy;
  int64_t total;
  int64_t used = 0;
  int64_t num_blocks = 0;
  PoolCounters counters;
  SlotTable slots;  // of `replay`
};

}  // namespace stowage
