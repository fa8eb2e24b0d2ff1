// Blocks in a tree, for every policy that goes by offsets.
#pragma once

#include <optional>
#include <vector>

#include "pool/block_tree.h"
#include "pool/free_size_tree.h"
#include "pool/pool_blocks.h"

namespace stowage {

class TreeBlocks final : public PoolBlocks {
 public:
  TreeBlocks(int64_t total, PoolPolicy policy);

  int64_t allocate(int64_t size, int64_t alignment, uint32_t tag) override;
  bool take(const Block& block) override;
  int64_t release(int64_t offset) override;
  [[nodiscard]] std::optional<Block> find(int64_t offset) const override;
  [[nodiscard]] std::optional<Block> find_containing(int64_t offset) const override;
  [[nodiscard]] std::vector<Block> blocks() const override;
  [[nodiscard]] std::vector<FreeBlock> free_blocks() const override;
  [[nodiscard]] Totals totals() const override;
  void move(const std::vector<PoolMove>& moves) override;
  void resize(int64_t total) override;
  [[nodiscard]] int64_t next_fit_from() const override { return next_fit_from_; }
  void set_next_fit_from(int64_t offset) override { next_fit_from_ = offset; }
  [[nodiscard]] int64_t bytes() const override;
  [[nodiscard]] Status check() const override;

 private:
  // The offset that the policy chooses, within the free space of the entry at `at`; -1 for none.
  int64_t find_room(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  int64_t find_first(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  int64_t find_best(int64_t size, int64_t alignment, BlockTree::Cursor& at) const;
  int64_t find_worst(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  int64_t find_next(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  // The first entry from `at` on that has room.
  bool find_from(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  [[nodiscard]] int64_t aligned_offset(const BlockTree::Cursor& at, int64_t alignment) const;
  // Whether a block starts at `offset`; then `at` is its entry.
  bool seek_block(int64_t offset, BlockTree::Cursor& at) const;
  // Makes the block in the free space of the entry at `at`.
  void place(BlockTree::Cursor& at, const Block& block);
  // For kBestFit, the free space [lower, upper) comes into the index of sizes, or goes from it.
  void add_free(int64_t lower, int64_t upper);
  void remove_free(int64_t lower, int64_t upper);

  BlockTree tree_;
  PoolPolicy policy_;
  FreeSizeTree sizes_;  // for kBestFit
  int64_t next_fit_from_ = 0;
};

}  // namespace stowage
