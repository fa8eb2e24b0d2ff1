// What a MemoryPool keeps of its blocks, and how it finds room for them: by its policy.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/pool/memory_pool.h"

namespace stowage {

// Arguments are good wherever MemoryPool has checked them.
class PoolBlocks {
 public:
  struct Totals {
    int64_t total = 0;
    int64_t end = 0;
    int64_t num_blocks = 0;
    int64_t num_free_blocks = 0;
    int64_t alignment_gaps = 0;
    int64_t largest_free = 0;
  };

  // `total` free bytes.
  static std::unique_ptr<PoolBlocks> make(int64_t total, PoolPolicy policy);

  PoolBlocks() = default;
  PoolBlocks(const PoolBlocks&) = delete;
  PoolBlocks& operator=(const PoolBlocks&) = delete;
  virtual ~PoolBlocks() = default;

  // The offset of a new block where the policy has it, or -1 if nothing fits.
  virtual int64_t allocate(int64_t size, int64_t alignment, uint32_t tag) = 0;
  // Whether the bytes of `block` were free; then it is one now.
  virtual bool take(const Block& block) = 0;
  // The size of the block at `offset`, which it frees; 0 if none starts there.
  virtual int64_t release(int64_t offset) = 0;

  [[nodiscard]] virtual std::optional<Block> find(int64_t offset) const = 0;
  [[nodiscard]] virtual std::optional<Block> find_containing(int64_t offset) const = 0;
  // In ascending order of offsets.
  [[nodiscard]] virtual std::vector<Block> blocks() const = 0;
  [[nodiscard]] virtual std::vector<FreeBlock> free_blocks() const = 0;
  [[nodiscard]] virtual Totals totals() const = 0;

  // Moves blocks without changing their order; the moves are in ascending order.
  virtual void move(const std::vector<PoolMove>& moves) = 0;
  // A new end of the pool, not below the end of the last block.
  virtual void resize(int64_t total) = 0;

  // What a snapshot has of these names.
  [[nodiscard]] virtual int64_t next_fit_from() const { return 0; }
  virtual void set_next_fit_from(int64_t) {}
  [[nodiscard]] virtual std::vector<int64_t> free_order() const { return {}; }
  // `order` has the offset of each free block once.
  virtual void set_free_order(const std::vector<int64_t>&) {}

  [[nodiscard]] virtual int64_t bytes() const = 0;
  // Every invariant.
  [[nodiscard]] virtual Status check() const = 0;
};

}  // namespace stowage
