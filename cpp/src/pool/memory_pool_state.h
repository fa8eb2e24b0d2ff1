// What a MemoryPool consists of.
#pragma once

#include <algorithm>
#include <vector>

#include "pool/block_tree.h"
#include "pool/free_bins.h"
#include "pool/free_size_tree.h"
#include "stowage/pool/memory_pool.h"

namespace stowage {

struct MemoryPool::State {
  State(int64_t total, PoolPolicy chosen);

  // The lowest entry, by the policy, that has room, with the offset there; -1 for none.
  int64_t find(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  // find and place, counted. -1 for none. All arguments are good.
  int64_t allocate(int64_t size, int64_t alignment, uint32_t tag);
  // Makes the block in the free space of the entry at `at`.
  void place(BlockTree::Cursor& at, const Block& block);
  // Frees the block of the entry at `at`.
  void release(BlockTree::Cursor& at);
  // Whether a block starts at `offset`; then `at` is its entry.
  bool seek_block(int64_t offset, BlockTree::Cursor& at) const;
  void resize(int64_t total);
  Result<int64_t> replay_one(size_t slot, int64_t size, int64_t alignment);
  void move(const std::vector<PoolMove>& moves);
  // Makes the index of free sizes anew. For kTlsf, classes hold free blocks in the order `offsets`.
  void index_free_blocks(const std::vector<int64_t>& offsets);
  void note_peaks() {
    counters.peak_used = std::max(counters.peak_used, used);
    counters.peak_blocks = std::max(counters.peak_blocks, tree.num_blocks());
    counters.peak_end = std::max(counters.peak_end, tree.end());
  }
  // The index of free sizes against the tree.
  [[nodiscard]] Status check_index() const;

  BlockTree tree;
  PoolPolicy policy;
  FreeSizeTree sizes;  // for kBestFit
  FreeBins bins;       // for kTlsf; a free block's node is the label of its entry
  int64_t next_fit_from = 0;
  int64_t used = 0;
  PoolCounters counters;
  std::vector<int64_t> slots;  // of `replay`: offsets, or one of the two below

  static constexpr int64_t kHadNoRoom = -1;
  static constexpr int64_t kEmpty = -2;

 private:
  int64_t find_first(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  int64_t find_best(int64_t size, int64_t alignment, BlockTree::Cursor& at) const;
  int64_t find_worst(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  int64_t find_next(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  int64_t find_segregated(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  // The first entry from `at` on that has room.
  bool find_from(int64_t size, int64_t alignment, BlockTree::Cursor& at);
  [[nodiscard]] int64_t aligned_offset(const BlockTree::Cursor& at, int64_t alignment) const;
  // The free space of the entry at `at` comes into the index, or goes from it.
  void add_free(const BlockTree::Cursor& at);
  [[nodiscard]] uint32_t label(const BlockTree::Cursor& at) const;
  void remove_free(int64_t lower, int64_t upper, uint32_t label);
  [[nodiscard]] bool is_indexed() const {
    return policy == PoolPolicy::kBestFit || policy == PoolPolicy::kTlsf;
  }
};

}  // namespace stowage
