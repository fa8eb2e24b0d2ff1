// What the inner nodes know about the free space below them.
#include <algorithm>

#include "pool/block_tree.h"
#include "pool/node_search.h"

namespace stowage {

namespace {

// How many alignments have maxima of their own. Each costs every allocation a little.
constexpr size_t kMaxAlignedColumns = 16;

}  // namespace

int64_t BlockTree::leaf_largest(uint32_t leaf, Column column) const {
  const Leaf& entries = leaves_[leaf];
  if (column == 0) return largest_of(entries.room.data(), kLeafPlaces);
  const Alignment alignment = alignment_of(column);
  int64_t largest = 0;
  for (int i = 0; i < kLeafSize; ++i) {
    // Where not even all of it is more, there is no need to align.
    if (entries.room[static_cast<size_t>(i)] > largest) {
      largest = std::max(largest,
                         entries.offset[static_cast<size_t>(i)] - alignment.up(entries.lower(i)));
    }
  }
  return largest;
}

// The entry at `at` has more free space than before.
void BlockTree::space_grew(const Cursor& at) {
  const int64_t upper = offset(at);
  const int64_t lower = this->lower(at);
  note_room(at, 0, upper - lower);
  for (Column column = 1; column < columns(); ++column) {
    note_room(at, column, upper - alignment_of(column).up(lower));
  }
}

// Raises the maxima above `at` to `room` where they are less.
void BlockTree::note_room(const Cursor& at, Column column, int64_t room) {
  for (auto level = static_cast<size_t>(height_); level-- > 0;) {
    const auto [node, slot] = at.path[level];
    maxima(column, node).raise(static_cast<size_t>(slot), room);
  }
}

// The leaf at `at` no longer has the free space [lower, upper), but at most parts of it.
void BlockTree::space_shrank(const Cursor& at, int64_t lower, int64_t upper) {
  const auto [node, slot] = at.path[static_cast<size_t>(height_) - 1];
  const auto i = static_cast<size_t>(slot);
  if (upper - lower >= inners_[node].largest[i]) lower_largest(at, 0);
  for (Column column = 1; column < columns(); ++column) {
    const int64_t room = upper - alignment_of(column).up(lower);
    if (room >= maxima(column, node)[i]) lower_largest(at, column);
  }
}

void BlockTree::lower_largest(const Cursor& at, Column column) {
  int64_t value = leaf_largest(at.leaf, column);
  for (int level = height_ - 1;; --level) {
    const auto [node, slot] = at.path[static_cast<size_t>(level)];
    NodeMaxima& largest = maxima(column, node);
    const int64_t old = largest[static_cast<size_t>(slot)];
    if (old == value) return;
    largest.set(static_cast<size_t>(slot), value);
    if (level == 0) return;
    const auto [parent, parent_slot] = at.path[static_cast<size_t>(level) - 1];
    // Another child has more.
    if (maxima(column, parent)[static_cast<size_t>(parent_slot)] > old) return;
    value = largest.largest();
  }
}

// What the maximum of a slot is by those below it.
int64_t BlockTree::child_largest(uint32_t node, int slot, bool is_leaf, Column column) const {
  const uint32_t child = inners_[node].child[static_cast<size_t>(slot)];
  return is_leaf ? leaf_largest(child, column) : maxima(column, child).largest();
}

// Makes the maxima of a slot anew.
void BlockTree::refresh(uint32_t node, int slot, bool is_leaf) {
  for (Column column = 0; column < columns(); ++column) {
    maxima(column, node).set(static_cast<size_t>(slot), child_largest(node, slot, is_leaf, column));
  }
}

// Visits every inner node after those below it.
template <typename Visit>
void BlockTree::for_each_inner(Visit visit) {
  Cursor at;
  first(at);
  bool goes_on = true;
  while (goes_on) {
    Cursor next = at;
    goes_on = advance_leaf(next);
    // The nodes that the step leaves behind are complete, from the lowest up.
    for (int level = height_ - 1; level >= 0; --level) {
      const uint32_t node = at.path[static_cast<size_t>(level)].node;
      if (goes_on && next.path[static_cast<size_t>(level)].node == node) break;
      visit(node, count_of(at, level), level + 1 == height_, !goes_on);
    }
    at = next;
  }
}

void BlockTree::rebuild(Column column) {
  for_each_inner([&](uint32_t node, int count, bool is_lowest, bool) {
    for (int slot = 0; slot < count; ++slot) {
      maxima(column, node)
          .set(static_cast<size_t>(slot), child_largest(node, slot, is_lowest, column));
    }
  });
}

void BlockTree::rebuild_last() {
  for_each_inner([&](uint32_t node, int count, bool is_lowest, bool is_rightmost) {
    Inner& inner = inners_[node];
    for (int slot = 0; slot < count; ++slot) {
      const auto i = static_cast<size_t>(slot);
      // Nothing is above the last of all, whatever the pool's end.
      if (is_rightmost && slot + 1 == count) continue;
      const auto last = static_cast<size_t>(inner.count[i]) - 1;
      inner.last.set(
          i, is_lowest ? leaves_[inner.child[i]].offset[last] : inners_[inner.child[i]].last[last]);
    }
  });
}

BlockTree::Column BlockTree::aligned_column(int64_t alignment) {
  ++column_calls_;
  for (size_t i = 0; i < aligned_.size(); ++i) {
    if (aligned_[i].alignment.value() != alignment) continue;
    aligned_[i].used_at = column_calls_;
    return static_cast<Column>(i) + 1;
  }
  if (aligned_.size() == kMaxAlignedColumns) {
    if (column_calls_ - oldest_column()->used_at <= num_blocks_) return -1;
  }
  return make_column(alignment);
}

BlockTree::Column BlockTree::force_column(int64_t alignment) {
  const Column found = column(alignment);
  return found >= 0 ? found : make_column(alignment);
}

std::vector<BlockTree::AlignedColumn>::iterator BlockTree::oldest_column() {
  return std::min_element(
      aligned_.begin(), aligned_.end(),
      [](const AlignedColumn& a, const AlignedColumn& b) { return a.used_at < b.used_at; });
}

// In the place of the one that was used least recently, where there are too many.
BlockTree::Column BlockTree::make_column(int64_t alignment) {
  if (aligned_.size() < kMaxAlignedColumns) {
    aligned_.push_back({Alignment(alignment), column_calls_, {}});
    ++columns_;
    GrowingArray<NodeMaxima>& largest = aligned_.back().largest;
    largest.reserve(inners_.limit());
    for (uint32_t node = 0; node < inners_.limit(); ++node) largest[node].fill(0, kInnerSize, 0);
  } else {
    const auto oldest = oldest_column();
    oldest->alignment = Alignment(alignment);
    oldest->used_at = column_calls_;
    // To where it is found as the last.
    std::rotate(oldest, oldest + 1, aligned_.end());
  }
  const Column column = columns() - 1;
  rebuild(column);
  return column;
}

}  // namespace stowage
