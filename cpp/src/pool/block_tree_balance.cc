// How nodes divide and join.
#include <algorithm>
#include <cstring>

#include "pool/block_tree.h"

namespace stowage {

namespace {

template <typename Array>
void move_within(const Array& from, int from_index, Array& to, int to_index, int count) {
  std::memmove(to.data() + to_index, from.data() + from_index,
               static_cast<size_t>(count) * sizeof(from[0]));
}

}  // namespace

void BlockTree::move_entries(uint32_t from, int from_index, uint32_t to, int to_index, int count) {
  if (count <= 0) return;
  const Leaf& source = leaves_[from];
  Leaf& target = leaves_[to];
  move_within(source.offset, from_index, target.offset, to_index, count);
  move_within(source.room, from_index, target.room, to_index, count);
  if (extras_) move_extras(from, from_index, to, to_index, count);
}

void BlockTree::move_extras(uint32_t from, int from_index, uint32_t to, int to_index, int count) {
  extras_.move(extras_index(from, from_index), extras_index(to, to_index),
               static_cast<uint32_t>(count));
}

void BlockTree::move_slots(uint32_t from, int from_slot, uint32_t to, int to_slot, int count) {
  if (count <= 0) return;
  const Inner& source = inners_[from];
  Inner& target = inners_[to];
  target.last.take(source.last, from_slot, to_slot, count);
  move_within(source.child, from_slot, target.child, to_slot, count);
  move_within(source.count, from_slot, target.count, to_slot, count);
  for (Column column = 0; column < columns(); ++column) {
    maxima(column, to).take(maxima(column, from), from_slot, to_slot, count);
  }
}

// Entries [from, to) of a leaf are no longer in use.
void BlockTree::spare_entries(uint32_t leaf, int from, int to) {
  Leaf& entries = leaves_[leaf];
  for (auto i = static_cast<size_t>(from); i < static_cast<size_t>(to); ++i) {
    entries.offset[i] = kNoLimit;
    entries.room[i] = 0;
  }
}

// Slots [from, to) of an inner node are no longer in use.
void BlockTree::spare_slots(uint32_t node, int from, int to) {
  inners_[node].last.fill(from, to, kNoLimit);
  for (Column column = 0; column < columns(); ++column) maxima(column, node).fill(from, to, 0);
}

// Makes the leaf at `at` have room for another entry; `at` still leads to the same one.
void BlockTree::make_room(Cursor& at) {
  const int64_t offset = this->offset(at);
  while (leaf_count(at) == kLeafSize) {
    if (!share_with_sibling(at, height_)) {
      if (leaves_.is_full()) join_two_leaves(at);
      relieve_highest_full(at);
    }
    seek(offset, at);
  }
}

// Divides what is in a full node and in a neighbour of the same parent evenly, where that one is at
// most three quarters full: so nodes are fuller than with divisions alone. Where another node would
// take more memory, it is enough that both have room afterwards: so chance, which makes nodes a
// little emptier at times, does not make a pool in a steady state grow.
bool BlockTree::share_with_sibling(const Cursor& at, int level) {
  const bool is_leaf = level == height_;
  const auto [parent, slot] = at.path[static_cast<size_t>(level) - 1];
  const Inner& inner = inners_[parent];
  const int size = is_leaf ? kLeafSize : kInnerSize;
  const bool is_last = is_leaf ? leaves_.is_full() : inners_.is_full();
  const int most = is_last ? size - 2 : size * 3 / 4;
  const auto is_roomy = [&](int sibling) {
    return inner.count[static_cast<size_t>(sibling)] <= most;
  };
  if (slot > 0 && is_roomy(slot - 1)) {
    balance(parent, slot - 1, is_leaf);
    return true;
  }
  if (slot + 1 < count_of(at, level - 1) && is_roomy(slot + 1)) {
    balance(parent, slot, is_leaf);
    return true;
  }
  return false;
}

// So that one is left to divide a full one without more memory, where two beside each other in the
// same parent go into one.
void BlockTree::join_two_leaves(Cursor& at) {
  auto& [parent, slot] = at.path[static_cast<size_t>(height_) - 1];
  uint8_t& parent_count = count_of(at, height_ - 1);
  const Inner& inner = inners_[parent];
  for (int i = 0; i + 1 < parent_count; ++i) {
    const auto left = static_cast<size_t>(i);
    if (inner.count[left] + inner.count[left + 1] > kLeafSize) continue;
    join(parent, i, true, parent_count);
    if (i < slot) --slot;
    return;
  }
}

// Divides what is in the children at `slot` and behind it evenly.
void BlockTree::balance(uint32_t parent, int slot, bool is_leaf) {
  Inner& inner = inners_[parent];
  const auto i = static_cast<size_t>(slot);
  const uint32_t left = inner.child[i];
  const uint32_t right = inner.child[i + 1];
  const int left_count = inner.count[i];
  const int right_count = inner.count[i + 1];
  const int target = (left_count + right_count) / 2;
  if (target > left_count) {
    const int moved = target - left_count;
    move_items(is_leaf, right, 0, left, left_count, moved);
    move_items(is_leaf, right, moved, right, 0, right_count - moved);
    spare_items(is_leaf, right, right_count - moved, right_count);
  } else {
    const int moved = left_count - target;
    move_items(is_leaf, right, 0, right, moved, right_count);
    move_items(is_leaf, left, target, right, 0, moved);
    spare_items(is_leaf, left, target, left_count);
  }
  inner.count[i] = static_cast<uint8_t>(target);
  inner.count[i + 1] = static_cast<uint8_t>(left_count + right_count - target);
  inner.last.set(i, last_item(is_leaf, left, target));
  refresh(parent, slot, is_leaf);
  refresh(parent, slot + 1, is_leaf);
}

void BlockTree::move_items(bool is_leaf, uint32_t from, int from_item, uint32_t to, int to_item,
                           int count) {
  if (is_leaf) {
    move_entries(from, from_item, to, to_item, count);
  } else {
    move_slots(from, from_item, to, to_item, count);
  }
}

void BlockTree::spare_items(bool is_leaf, uint32_t node, int from, int to) {
  if (is_leaf) {
    spare_entries(node, from, to);
  } else {
    spare_slots(node, from, to);
  }
}

// The offset of the last entry in a node of `count` entries or children.
int64_t BlockTree::last_item(bool is_leaf, uint32_t node, int count) const {
  const auto last = static_cast<size_t>(count) - 1;
  return is_leaf ? leaves_[node].offset[last] : inners_[node].last[last];
}

// Makes room in the highest of the full nodes that end the path, or in its parent, so that those
// below can be divided.
void BlockTree::relieve_highest_full(const Cursor& at) {
  int level = height_;
  while (level > 0 && count_of(at, level - 1) == kInnerSize) --level;
  if (level == 0) {
    grow_root();
  } else if (level == height_ || !share_with_sibling(at, level)) {
    split(at, level);
  }
}

void BlockTree::grow_root() {
  const uint32_t child = root_;
  root_ = make_inner();
  Inner& root = inners_[root_];
  root.last.set(0, kNoLimit);
  root.child[0] = child;
  root.count[0] = root_count_;
  root_count_ = 1;
  ++height_;
  refresh(root_, 0, false);
}

// Where entries come in ascending order, as when a new pool fills, the nodes behind stay full.
void BlockTree::split(const Cursor& at, int level) {
  const bool is_leaf = level == height_;
  const auto [parent, slot] = at.path[static_cast<size_t>(level) - 1];
  const int count = count_of(at, level);
  const int position = is_leaf ? at.index : at.path[static_cast<size_t>(level)].slot;
  const int kept = position >= count * 3 / 4 ? position : count / 2;

  const uint32_t right = is_leaf ? make_leaf() : make_inner();
  const int parent_count = count_of(at, level - 1)++;
  move_slots(parent, slot, parent, slot + 1, parent_count - slot);
  Inner& inner = inners_[parent];
  const auto i = static_cast<size_t>(slot);
  const uint32_t left = inner.child[i];
  inner.child[i + 1] = right;
  inner.count[i] = static_cast<uint8_t>(kept);
  inner.count[i + 1] = static_cast<uint8_t>(count - kept);
  move_items(is_leaf, left, kept, right, 0, count - kept);
  spare_items(is_leaf, left, kept, count);
  inner.last.set(i, last_item(is_leaf, left, kept));
  refresh(parent, slot, is_leaf);
  refresh(parent, slot + 1, is_leaf);
}

// After an entry was erased from the leaf at `at`: joins nodes that are nearly empty with a
// neighbour. Whether anything moved.
bool BlockTree::shrink(const Cursor& at) {
  bool has_changed = false;
  for (int level = height_; level > 0; --level) {
    if (count_of(at, level) >= (level == height_ ? kLeafSize : kInnerSize) / 2) break;
    if (!join_with_sibling(at, level)) break;
    has_changed = true;
  }
  while (height_ > 1 && root_count_ == 1) {
    const uint32_t old = root_;
    root_count_ = inners_[old].count[0];
    root_ = inners_[old].child[0];
    inners_.release(old);
    --height_;
    has_changed = true;
  }
  return has_changed;
}

bool BlockTree::join_with_sibling(const Cursor& at, int level) {
  const bool is_leaf = level == height_;
  const auto [parent, slot] = at.path[static_cast<size_t>(level) - 1];
  uint8_t& parent_count = count_of(at, level - 1);
  const Inner& inner = inners_[parent];
  const int limit = (is_leaf ? kLeafSize : kInnerSize) * 3 / 4;
  const auto can_join = [&](int left) {
    const int left_count = inner.count[static_cast<size_t>(left)];
    const int right_count = inner.count[static_cast<size_t>(left) + 1];
    return left_count == 0 || right_count == 0 || left_count + right_count <= limit;
  };
  if (slot > 0 && can_join(slot - 1)) {
    join(parent, slot - 1, is_leaf, parent_count);
  } else if (slot + 1 < parent_count && can_join(slot)) {
    join(parent, slot, is_leaf, parent_count);
  } else if (inner.count[static_cast<size_t>(slot)] == 0) {
    // The only child: the parent is going to be removed as empty in its turn.
    release_child(parent, slot, is_leaf);
    parent_count = 0;
  } else {
    return false;
  }
  return true;
}

// Moves what is in the child right of `slot` to the one there.
void BlockTree::join(uint32_t parent, int slot, bool is_leaf, uint8_t& parent_count) {
  Inner& inner = inners_[parent];
  const auto i = static_cast<size_t>(slot);
  const int left_count = inner.count[i];
  const int right_count = inner.count[i + 1];
  move_items(is_leaf, inner.child[i + 1], 0, inner.child[i], left_count, right_count);
  inner.count[i] = static_cast<uint8_t>(left_count + right_count);
  if (right_count > 0) inner.last.set(i, inner.last[i + 1]);
  for (Column column = 0; column < columns(); ++column) {
    NodeMaxima& largest = maxima(column, parent);
    largest.set(i, std::max(largest[i], largest[i + 1]));
  }
  release_child(parent, slot + 1, is_leaf);
  move_slots(parent, slot + 2, parent, slot + 1, parent_count - slot - 2);
  --parent_count;
  spare_slots(parent, parent_count, parent_count + 1);
}

void BlockTree::release_child(uint32_t parent, int slot, bool is_leaf) {
  const uint32_t child = inners_[parent].child[static_cast<size_t>(slot)];
  if (is_leaf) {
    leaves_.release(child);
  } else {
    inners_.release(child);
  }
}

}  // namespace stowage
