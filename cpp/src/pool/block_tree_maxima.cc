// What the inner nodes know about the free space below them.
#include <algorithm>

#include "pool/block_tree.h"

namespace stowage {

namespace {

// How many alignments have maxima of their own. Each costs every allocation a little.
constexpr size_t kMaxAlignedColumns = 16;

}  // namespace

int64_t BlockTree::leaf_largest(uint32_t leaf, int count, Column column) const {
  const int64_t* lower = leaves_[leaf].lower.data();
  const int64_t* offset = leaves_[leaf].offset.data();
  int64_t largest = 0;
  if (column == 0) {
    int64_t odd = 0;
    for (int i = 0; i + 1 < count; i += 2) {
      largest = std::max(largest, offset[i] - lower[i]);
      odd = std::max(odd, offset[i + 1] - lower[i + 1]);
    }
    if (count % 2 != 0) odd = std::max(odd, offset[count - 1] - lower[count - 1]);
    return std::max(largest, odd);
  }
  const Alignment alignment = alignment_of(column);
  for (int i = 0; i < count; ++i) {
    // Where not even all of it is more, there is no need to align.
    if (offset[i] - lower[i] > largest) {
      largest = std::max(largest, offset[i] - alignment.up(lower[i]));
    }
  }
  return largest;
}

int64_t BlockTree::node_largest(uint32_t node, int count, Column column) const {
  const int64_t* largest = maxima(column, node);
  // Two of them, so that none waits for every other.
  int64_t even = largest[0];
  int64_t odd = largest[count - 1];
  for (int i = 1; i + 1 < count; i += 2) {
    even = std::max(even, largest[i + 1]);
    odd = std::max(odd, largest[i]);
  }
  return std::max(even, odd);
}

// The entry at `at` has more free space than before.
void BlockTree::space_grew(const Cursor& at) {
  const int64_t lower = this->lower(at);
  const int64_t upper = offset(at);
  for (Column column = 0; column < columns(); ++column) {
    const int64_t room = column == 0 ? upper - lower : upper - alignment_of(column).up(lower);
    for (int level = height_ - 1; level >= 0; --level) {
      const auto [node, slot] = at.path[static_cast<size_t>(level)];
      int64_t& largest = maxima(column, node)[slot];
      if (largest >= room) break;
      largest = room;
    }
  }
}

// The leaf at `at` no longer has the free space [lower, upper), but at most parts of it.
void BlockTree::space_shrank(const Cursor& at, int64_t lower, int64_t upper) {
  const auto [node, slot] = at.path[static_cast<size_t>(height_) - 1];
  for (Column column = 0; column < columns(); ++column) {
    const int64_t room = column == 0 ? upper - lower : upper - alignment_of(column).up(lower);
    if (room >= maxima(column, node)[slot]) lower_largest(at, column);
  }
}

void BlockTree::lower_largest(const Cursor& at, Column column) {
  int64_t value = leaf_largest(at.leaf, leaf_count(at), column);
  for (int level = height_ - 1;; --level) {
    const auto [node, slot] = at.path[static_cast<size_t>(level)];
    int64_t& largest = maxima(column, node)[slot];
    const int64_t old = largest;
    if (old == value) return;
    largest = value;
    if (level == 0) return;
    const auto [parent, parent_slot] = at.path[static_cast<size_t>(level) - 1];
    // Another child has more.
    if (maxima(column, parent)[parent_slot] > old) return;
    value = node_largest(node, count_of(at, level), column);
  }
}

// What the maximum of a slot is by those below it.
int64_t BlockTree::child_largest(uint32_t node, int slot, bool is_leaf, Column column) const {
  const Inner& inner = inners_[node];
  const uint32_t child = inner.child[static_cast<size_t>(slot)];
  const int count = inner.count[static_cast<size_t>(slot)];
  return is_leaf ? leaf_largest(child, count, column) : node_largest(child, count, column);
}

// Makes the maxima of a slot anew.
void BlockTree::refresh(uint32_t node, int slot, bool is_leaf) {
  for (Column column = 0; column < columns(); ++column) {
    maxima(column, node)[slot] = child_largest(node, slot, is_leaf, column);
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
      maxima(column, node)[slot] = child_largest(node, slot, is_lowest, column);
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
      inner.last[i] =
          is_lowest ? leaves_[inner.child[i]].offset[last] : inners_[inner.child[i]].last[last];
    }
  });
}

BlockTree::Column BlockTree::column(int64_t alignment) {
  if (alignment == 1) return 0;
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
    aligned_.back().largest.resize(inners_.limit());
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
