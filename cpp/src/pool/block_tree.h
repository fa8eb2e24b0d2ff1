// The live blocks of a pool in ascending order, and the free space between them.
//
// A B+tree (Comer, "The ubiquitous B-tree", Computing Surveys 11, 1979) of entries, each a block
// with the free space below it; the last entry stands for the end of the pool and is no block. So
// an entry needs two numbers, where its free space starts and where its block does: what it frees
// and what it takes are changes to the entry itself, and coalescing is to remove one. For each
// child, an inner node keeps the most free space of any entry below it, so that the lowest that is
// large enough is found by descending once. The same again for an alignment, counted from the first
// aligned offset.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "pool/alignment.h"
#include "pool/block_extras.h"
#include "pool/growing_array.h"
#include "pool/node_arena.h"
#include "pool/node_numbers.h"
#include "stowage/base/result.h"
#include "stowage/pool/memory_pool.h"

namespace stowage {

class BlockTree {
 public:
  // A place more than entries, which is always spare, so that entries move in pairs.
  static constexpr int kLeafPlaces = kSearchStride;
  static constexpr int kLeafSize = kLeafPlaces - 1;
  static constexpr int kInnerSize = kNodeSize;
  // Nodes less than half full join a neighbour, unless both would be more than three quarters
  // full: enough for any number of blocks.
  static constexpr int kMaxHeight = 12;

  // What leads to an entry. Good until the tree changes. Whoever moves one fills it: to begin with
  // zeros would cost as much as a search.
  struct Cursor {
    struct Step {
      uint32_t node;
      int slot;
    };
    std::array<Step, kMaxHeight> path;  // from the root to the node above the leaf
    uint32_t leaf;
    int index;
  };

  // The free space that an erased block leaves, [lower, upper), and the block's bytes in it.
  struct Freed {
    int64_t lower = 0;
    int64_t offset = 0;  // of the block
    int64_t end = 0;
    int64_t upper = 0;
  };

  // Which maxima a search descends by: 0 for no alignment.
  using Column = int;

  explicit BlockTree(int64_t total);

  [[nodiscard]] int64_t total() const { return total_; }
  [[nodiscard]] int64_t end() const { return end_; }
  [[nodiscard]] int64_t num_blocks() const { return num_blocks_; }
  [[nodiscard]] int64_t num_free_blocks() const { return num_free_blocks_; }
  [[nodiscard]] int64_t alignment_gaps() const { return alignment_gaps_; }
  // The most bytes that any free space has behind its first offset of the column's alignment.
  [[nodiscard]] int64_t largest(Column column) const;

  // The column of an alignment; makes one if there is room for it, or one that was not used for as
  // many calls as there are blocks can give way: O(n), seldom. -1 when there is none.
  Column column(int64_t alignment) { return alignment == 1 ? 0 : aligned_column(alignment); }
  // The same, but the column used least recently gives way in any case.
  Column force_column(int64_t alignment);

  // The lowest entry with `size` free bytes behind an offset of the column's alignment. O(log n).
  bool find_first(int64_t size, Column column, Cursor& at) const;
  // The same from the entry `from` on.
  bool find_from(const Cursor& from, int64_t size, Column column, Cursor& at) const;
  // The first entry whose block starts at `offset` (up to the total) or above. O(log n).
  void seek(int64_t offset, Cursor& at) const;
  void first(Cursor& at) const { seek(0, at); }
  // Whether there is an entry after the one at `at`, which then becomes that.
  bool advance(Cursor& at) const;
  // The same backwards.
  bool retreat(Cursor& at) const;

  // Where the free space of an entry starts, and where its block does.
  [[nodiscard]] int64_t lower(const Cursor& at) const { return leaves_[at.leaf].lower(at.index); }
  [[nodiscard]] int64_t offset(const Cursor& at) const { return leaves_[at.leaf].offset[at.index]; }
  [[nodiscard]] bool is_block(const Cursor& at) const { return offset(at) != total_; }
  [[nodiscard]] Block block(const Cursor& at) const;

  // Makes a block within the free space of the entry at `at`, which becomes that of the block. The
  // entry of what is free above it is the next in the same leaf. O(log n).
  void insert(Cursor& at, const Block& block);
  // Frees the block of the entry at `at`, which becomes the entry of what is free now. O(log n).
  Freed erase(Cursor& at);
  // Moves blocks without changing their order; the moves are in ascending order. O(n).
  void move(const std::vector<PoolMove>& moves);
  // A new end of the pool, not below end(). O(log n).
  void resize(int64_t total);

  // Calls visit(block) or visit(free_block) for each, in ascending order. O(n).
  template <typename Visit>
  void for_each(Visit visit) const;
  template <typename Visit>
  void for_each_free(Visit visit) const;

  [[nodiscard]] int64_t bytes() const;
  // Every invariant. O(n).
  [[nodiscard]] Status check() const;

 private:
  static constexpr int64_t kNoLimit = std::numeric_limits<int64_t>::max();

  // Spare entries have the offset kNoLimit and no room, so that searches need not know the count.
  struct Leaf {
    std::array<int64_t, kLeafPlaces> offset;
    std::array<int64_t, kLeafPlaces> room;  // free bytes below the block

    [[nodiscard]] int64_t lower(int index) const {
      const auto i = static_cast<size_t>(index);
      return offset[i] - room[i];
    }
  };
  // Spare slots have the bound kNoLimit and the maximum 0.
  struct Inner {
    NodeKeys last;  // the offset of the last entry below a child
    NodeMaxima largest;
    std::array<uint32_t, kInnerSize> child;
    std::array<uint8_t, kInnerSize> count;  // of the child
  };
  // The maxima for an alignment.
  struct AlignedColumn {
    Alignment alignment{1};
    int64_t used_at = 0;
    GrowingArray<NodeMaxima> largest;  // of each inner node
  };

  [[nodiscard]] const NodeMaxima& maxima(Column column, uint32_t node) const;
  [[nodiscard]] NodeMaxima& maxima(Column column, uint32_t node);
  [[nodiscard]] Alignment alignment_of(Column column) const;
  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] uint8_t& count_of(const Cursor& at, int level);
  [[nodiscard]] int count_of(const Cursor& at, int level) const;
  [[nodiscard]] int leaf_count(const Cursor& at) const { return count_of(at, height_); }
  void descend_largest(Cursor& at, int64_t size, Column column, int level) const;
  [[nodiscard]] int first_entry(uint32_t leaf, int from, int64_t size, Column column) const;
  bool advance_leaf(Cursor& at) const;
  [[nodiscard]] Block block_below(const Cursor& at, const Cursor& next) const;

  [[nodiscard]] int64_t leaf_largest(uint32_t leaf, Column column) const;
  void space_grew(const Cursor& at);
  void note_room(const Cursor& at, Column column, int64_t room);
  void space_shrank(const Cursor& at, int64_t lower, int64_t upper);
  void lower_largest(const Cursor& at, Column column);
  [[nodiscard]] int64_t child_largest(uint32_t node, int slot, bool is_leaf, Column column) const;
  void refresh(uint32_t node, int slot, bool is_leaf);
  template <typename Visit>
  void for_each_inner(Visit visit);
  void rebuild(Column column);
  void rebuild_last();
  Column aligned_column(int64_t alignment);
  Column make_column(int64_t alignment);
  std::vector<AlignedColumn>::iterator oldest_column();

  void move_extras(uint32_t from, int from_index, uint32_t to, int to_index, int count);
  [[nodiscard]] static uint32_t extras_index(uint32_t leaf, int index) {
    return leaf * kLeafPlaces + static_cast<uint32_t>(index);
  }
  void move_entries(uint32_t from, int from_index, uint32_t to, int to_index, int count);
  void move_slots(uint32_t from, int from_slot, uint32_t to, int to_slot, int count);
  void spare_entries(uint32_t leaf, int from, int to);
  void spare_slots(uint32_t node, int from, int to);
  void make_room(Cursor& at);
  bool share_with_sibling(const Cursor& at, int level);
  void join_two_leaves(Cursor& at);
  void balance(uint32_t parent, int slot, bool is_leaf);
  void move_items(bool is_leaf, uint32_t from, int from_item, uint32_t to, int to_item, int count);
  void spare_items(bool is_leaf, uint32_t node, int from, int to);
  [[nodiscard]] int64_t last_item(bool is_leaf, uint32_t node, int count) const;
  void relieve_highest_full(const Cursor& at);
  void grow_root();
  void split(const Cursor& at, int level);
  bool shrink(const Cursor& at);
  void note_last(const Cursor& at);
  Freed erase_last(Cursor& at);
  Freed free_entry(uint32_t leaf, int index, uint32_t above_leaf, int above_index);
  bool join_with_sibling(const Cursor& at, int level);
  void join(uint32_t parent, int slot, bool is_leaf, uint8_t& parent_count);
  void release_child(uint32_t parent, int slot, bool is_leaf);

  [[nodiscard]] uint32_t make_leaf();
  [[nodiscard]] uint32_t make_inner();
  [[nodiscard]] int64_t padding(uint32_t leaf, int index) const;

  [[nodiscard]] Status check_node(const Cursor& at, int level) const;

  int64_t total_ = 0;
  int64_t end_ = 0;
  int64_t num_blocks_ = 0;
  int64_t num_free_blocks_ = 1;
  int64_t alignment_gaps_ = 0;

  int height_ = 1;  // inner levels
  uint32_t root_ = 0;
  uint8_t root_count_ = 1;
  NodeArena<Leaf> leaves_;
  NodeArena<Inner> inners_;
  BlockExtras extras_;
  std::vector<AlignedColumn> aligned_;
  int columns_ = 1;  // with that for no alignment
  int64_t column_calls_ = 0;
};

inline const NodeMaxima& BlockTree::maxima(Column column, uint32_t node) const {
  if (column == 0) return inners_[node].largest;
  return aligned_[static_cast<size_t>(column) - 1].largest[node];
}

inline NodeMaxima& BlockTree::maxima(Column column, uint32_t node) {
  return const_cast<NodeMaxima&>(std::as_const(*this).maxima(column, node));
}

inline Alignment BlockTree::alignment_of(Column column) const {
  return column == 0 ? Alignment(1) : aligned_[static_cast<size_t>(column) - 1].alignment;
}

inline uint8_t& BlockTree::count_of(const Cursor& at, int level) {
  if (level == 0) return root_count_;
  const Cursor::Step& step = at.path[static_cast<size_t>(level) - 1];
  return inners_[step.node].count[static_cast<size_t>(step.slot)];
}

inline int BlockTree::count_of(const Cursor& at, int level) const {
  return const_cast<BlockTree*>(this)->count_of(at, level);
}

template <typename Visit>
void BlockTree::for_each(Visit visit) const {
  Cursor at;
  Cursor next;
  for (first(at); is_block(at); at = next) {
    next = at;
    advance(next);
    visit(block_below(at, next));
  }
}

template <typename Visit>
void BlockTree::for_each_free(Visit visit) const {
  Cursor at;
  first(at);
  do {
    if (lower(at) < offset(at)) visit(FreeBlock{lower(at), offset(at) - lower(at)});
  } while (advance(at));
}

}  // namespace stowage
