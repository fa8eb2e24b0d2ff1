// Blocks for two-level segregated fit, which asks for no order: a doubly linked list in ascending
// order of offsets, found through a hash table.
#pragma once

#include <optional>
#include <vector>

#include "pool/block_extras.h"
#include "pool/free_bins.h"
#include "pool/node_arena.h"
#include "pool/offset_table.h"
#include "pool/pool_blocks.h"

namespace stowage {

// As in BlockTree, a block goes together with the free space below it, and a last node, which is no
// block, with what is free above all. Allocating and freeing are O(1) expected.
class SegregatedBlocks final : public PoolBlocks {
 public:
  explicit SegregatedBlocks(int64_t total);

  // O(m) where no class is surely large enough, for the m free blocks that may be.
  int64_t allocate(int64_t size, int64_t alignment, uint32_t tag) override;
  // O(1) above the last block, otherwise O(n).
  bool take(const Block& block) override;
  int64_t release(int64_t offset) override;
  [[nodiscard]] std::optional<Block> find(int64_t offset) const override;
  // O(n).
  [[nodiscard]] std::optional<Block> find_containing(int64_t offset) const override;
  [[nodiscard]] std::vector<Block> blocks() const override;
  [[nodiscard]] std::vector<FreeBlock> free_blocks() const override;
  // O(m) for the m free blocks of the last class that has any.
  [[nodiscard]] Totals totals() const override;
  void move(const std::vector<PoolMove>& moves) override;
  void resize(int64_t total) override;
  [[nodiscard]] std::vector<int64_t> free_order() const override;
  void set_free_order(const std::vector<int64_t>& order) override;
  [[nodiscard]] int64_t bytes() const override;
  [[nodiscard]] Status check() const override;

 private:
  static constexpr uint32_t kNone = NodeArena<int>::kNone;

  // Two to a cache line.
  struct alignas(32) Node {
    int64_t offset;
    int64_t room;  // free bytes below the block
    uint32_t previous;
    uint32_t next;
    // In the class of the free space; kNone if there is none.
    uint32_t previous_free;
    uint32_t next_free;

    [[nodiscard]] int64_t lower() const { return offset - room; }
  };

  [[nodiscard]] uint32_t first_fit(int64_t size, int64_t alignment) const;
  // Makes the block within the free space of a node, which is in no class.
  void insert(uint32_t above, const Block& block);
  [[nodiscard]] uint32_t find_node(int64_t offset) const { return offsets_.find(nodes_, offset); }
  [[nodiscard]] uint32_t& next_of(uint32_t node);
  [[nodiscard]] Block block_of(uint32_t node) const;
  [[nodiscard]] int64_t padding(uint32_t node) const;
  void add_free(uint32_t node);
  void remove_free(uint32_t node);

  [[nodiscard]] Status check_node(uint32_t node) const;

  int64_t total_;
  int64_t num_blocks_ = 0;
  int64_t num_free_blocks_ = 0;
  int64_t alignment_gaps_ = 0;
  NodeArena<Node> nodes_;
  uint32_t first_;  // the lowest
  uint32_t last_;   // for the end of the pool
  FreeBins bins_;
  OffsetTable offsets_;  // of all blocks
  BlockExtras extras_;
};

}  // namespace stowage
