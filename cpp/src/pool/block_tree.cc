#include "pool/block_tree.h"

#include <bit>
#include <utility>

#include "pool/node_search.h"

namespace stowage {

BlockTree::BlockTree(int64_t total) : total_(total) {
  root_ = make_inner();
  Inner& root = inners_[root_];
  root.last.set(0, kNoLimit);
  root.largest.set(0, total);
  root.child[0] = make_leaf();
  root.count[0] = 1;
  Leaf& leaf = leaves_[root.child[0]];
  leaf.offset[0] = total;
  leaf.room[0] = total;
}

int64_t BlockTree::largest(Column column) const { return maxima(column, root_).largest(); }

void BlockTree::seek(int64_t offset, Cursor& at) const {
  uint32_t node = root_;
  for (int level = 0; level < height_; ++level) {
    const Inner& inner = inners_[node];
    const int slot = inner.last.count_below(offset);
    at.path[static_cast<size_t>(level)] = {node, slot};
    node = inner.child[static_cast<size_t>(slot)];
  }
  at.leaf = node;
  at.index = std::countr_one(mask_below(leaves_[node].offset.data(), offset));
}

bool BlockTree::find_first(int64_t size, Column column, Cursor& at) const {
  const int slot = maxima(column, root_).first_at_least(size);
  if (slot == kInnerSize) return false;
  at.path[0] = {root_, slot};
  descend_largest(at, size, column, 0);
  return true;
}

// From a slot of `level` that has room for `size`, down to the first entry below it that has.
void BlockTree::descend_largest(Cursor& at, int64_t size, Column column, int level) const {
  for (;; ++level) {
    const auto [node, slot] = at.path[static_cast<size_t>(level)];
    const uint32_t child = inners_[node].child[static_cast<size_t>(slot)];
    if (level + 1 == height_) {
      at.leaf = child;
      at.index = first_entry(child, 0, size, column);
      return;
    }
    at.path[static_cast<size_t>(level) + 1] = {child, maxima(column, child).first_at_least(size)};
  }
}

// kLeafPlaces for none.
int BlockTree::first_entry(uint32_t leaf, int from, int64_t size, Column column) const {
  const Leaf& entries = leaves_[leaf];
  const uint32_t passed = (1U << static_cast<uint32_t>(from)) - 1;
  uint32_t below = mask_below(entries.room.data(), size) | passed;
  int i = std::countr_one(below);
  if (column == 0) return i;
  const Alignment alignment = alignment_of(column);
  while (i < kLeafPlaces &&
         entries.offset[static_cast<size_t>(i)] - alignment.up(entries.lower(i)) < size) {
    below |= 1U << i;
    i = std::countr_one(below);
  }
  return i;
}

bool BlockTree::find_from(const Cursor& from, int64_t size, Column column, Cursor& at) const {
  at = from;
  at.index = first_entry(at.leaf, at.index, size, column);
  if (at.index < kLeafPlaces) return true;
  for (int level = height_ - 1; level >= 0; --level) {
    auto& [node, slot] = at.path[static_cast<size_t>(level)];
    if (++slot == kInnerSize) continue;
    slot = maxima(column, node).first_at_least(size, slot);
    if (slot == kInnerSize) continue;
    descend_largest(at, size, column, level);
    return true;
  }
  return false;
}

bool BlockTree::advance(Cursor& at) const {
  if (at.index + 1 < leaf_count(at)) {
    ++at.index;
    return true;
  }
  return advance_leaf(at);
}

// To the first entry of the next leaf. Where there is none, the cursor stays.
bool BlockTree::advance_leaf(Cursor& at) const {
  int level = height_ - 1;
  while (level >= 0 && at.path[static_cast<size_t>(level)].slot + 1 == count_of(at, level)) --level;
  if (level < 0) return false;
  ++at.path[static_cast<size_t>(level)].slot;
  for (; level + 1 < height_; ++level) {
    const auto [node, slot] = at.path[static_cast<size_t>(level)];
    at.path[static_cast<size_t>(level) + 1] = {inners_[node].child[static_cast<size_t>(slot)], 0};
  }
  const auto [node, slot] = at.path[static_cast<size_t>(level)];
  at.leaf = inners_[node].child[static_cast<size_t>(slot)];
  at.index = 0;
  return true;
}

bool BlockTree::retreat(Cursor& at) const {
  if (at.index > 0) {
    --at.index;
    return true;
  }
  int level = height_ - 1;
  while (level >= 0 && at.path[static_cast<size_t>(level)].slot == 0) --level;
  if (level < 0) return false;
  --at.path[static_cast<size_t>(level)].slot;
  for (; level < height_; ++level) {
    const auto [node, slot] = at.path[static_cast<size_t>(level)];
    const Inner& inner = inners_[node];
    const uint32_t child = inner.child[static_cast<size_t>(slot)];
    const int last = inner.count[static_cast<size_t>(slot)] - 1;
    if (level + 1 < height_) {
      at.path[static_cast<size_t>(level) + 1] = {child, last};
    } else {
      at.leaf = child;
      at.index = last;
    }
  }
  return true;
}

Block BlockTree::block(const Cursor& at) const {
  Cursor next = at;
  advance(next);
  return block_below(at, next);
}

// The block of the entry at `at`, which ends where the free space of the `next` entry starts.
Block BlockTree::block_below(const Cursor& at, const Cursor& next) const {
  Block block;
  block.offset = offset(at);
  block.size = lower(next) - block.offset;
  const uint32_t index = extras_index(at.leaf, at.index);
  block.alignment = extras_.alignment(index);
  block.tag = extras_.tag(index);
  return block;
}

void BlockTree::insert(Cursor& at, const Block& block) {
  uint8_t* count = &count_of(at, height_);
  if (*count == kLeafSize) {
    make_room(at);
    count = &count_of(at, height_);
  }
  const auto index = static_cast<size_t>(at.index);
  Leaf& leaf = leaves_[at.leaf];
  const int64_t upper = leaf.offset[index];
  const int64_t lower = upper - leaf.room[index];
  const int64_t end = block.offset + block.size;
  if (extras_) alignment_gaps_ -= padding(at.leaf, at.index);
  if (extras_) move_extras(at.leaf, at.index, at.leaf, at.index + 1, *count - at.index);
  shift_up(leaf.offset, at.index);
  shift_up(leaf.room, at.index);
  ++*count;
  leaf.offset[index] = block.offset;
  leaf.room[index] = block.offset - lower;
  leaf.room[index + 1] = upper - end;
  extras_.set(extras_index(at.leaf, at.index), block.alignment, block.tag);
  if (extras_) alignment_gaps_ += padding(at.leaf, at.index) + padding(at.leaf, at.index + 1);
  ++num_blocks_;
  num_free_blocks_ += (lower < block.offset ? 1 : 0) + (end < upper ? 1 : 0) - 1;
  if (upper == total_) end_ = end;
  space_shrank(at, lower, upper);
}

BlockTree::Freed BlockTree::erase(Cursor& at) {
  uint8_t& count_now = count_of(at, height_);
  const int count = count_now;
  if (at.index + 1 == count) return erase_last(at);
  const Freed freed = free_entry(at.leaf, at.index, at.leaf, at.index + 1);
  if (extras_) move_extras(at.leaf, at.index + 1, at.leaf, at.index, count - at.index - 1);
  Leaf& leaf = leaves_[at.leaf];
  shift_down(leaf.offset, at.index);
  shift_down(leaf.room, at.index);
  --count_now;
  space_grew(at);
  if (count - 1 < kLeafSize / 2 && shrink(at)) seek(freed.upper, at);
  return freed;
}

// The free space comes to the first entry of the next leaf.
BlockTree::Freed BlockTree::erase_last(Cursor& at) {
  const Cursor erased = at;
  advance_leaf(at);
  const Freed freed = free_entry(erased.leaf, erased.index, at.leaf, at.index);
  spare_entries(erased.leaf, erased.index, erased.index + 1);
  const int left = --count_of(erased, height_);
  space_grew(at);
  space_shrank(erased, freed.lower, freed.offset);
  if (left < kLeafSize / 2 && shrink(erased)) seek(freed.upper, at);
  Cursor below = at;
  if (retreat(below)) note_last(below);
  return freed;
}

// Frees the block of an entry in favour of the entry above it.
BlockTree::Freed BlockTree::free_entry(uint32_t leaf, int index, uint32_t above_leaf,
                                       int above_index) {
  const auto above = static_cast<size_t>(above_index);
  Leaf& entries_above = leaves_[above_leaf];
  Freed freed;
  freed.lower = leaves_[leaf].lower(index);
  freed.offset = leaves_[leaf].offset[static_cast<size_t>(index)];
  freed.end = entries_above.lower(above_index);
  freed.upper = entries_above.offset[above];
  if (extras_) alignment_gaps_ -= padding(leaf, index) + padding(above_leaf, above_index);
  entries_above.room[above] = freed.upper - freed.lower;
  if (extras_) alignment_gaps_ += padding(above_leaf, above_index);
  --num_blocks_;
  num_free_blocks_ += 1 - (freed.lower < freed.offset ? 1 : 0) - (freed.end < freed.upper ? 1 : 0);
  if (freed.upper == total_) end_ = freed.lower;
  return freed;
}

// The leaf at `at`, which is not the last of all, has another last entry than before. Bounds must
// be exact: the next leaf may take entries from below its first.
void BlockTree::note_last(const Cursor& at) {
  const int64_t last = leaves_[at.leaf].offset[static_cast<size_t>(leaf_count(at)) - 1];
  if (last == total_) return;
  for (int level = height_ - 1; level >= 0; --level) {
    const auto [node, slot] = at.path[static_cast<size_t>(level)];
    inners_[node].last.set(static_cast<size_t>(slot), last);
    if (slot + 1 < count_of(at, level)) return;
  }
}

void BlockTree::resize(int64_t total) {
  Cursor at;
  seek(total_, at);
  const int64_t lower = this->lower(at);
  const int64_t upper = total_;
  Leaf& leaf = leaves_[at.leaf];
  leaf.offset[static_cast<size_t>(at.index)] = total;
  leaf.room[static_cast<size_t>(at.index)] = total - lower;
  num_free_blocks_ += (lower < total ? 1 : 0) - (lower < upper ? 1 : 0);
  total_ = total;
  if (total > upper) {
    space_grew(at);
  } else {
    space_shrank(at, lower, upper);
  }
}

// Free bytes below the block of an entry that its alignment needs wherever the block below it ends.
int64_t BlockTree::padding(uint32_t leaf, int index) const {
  const int64_t alignment = extras_.alignment(extras_index(leaf, index));
  if (alignment == 1) return 0;
  const int64_t lower = leaves_[leaf].lower(index);
  return Alignment(alignment).up(lower) - lower;
}

void BlockTree::move(const std::vector<PoolMove>& moves) {
  auto next_move = moves.begin();
  int64_t end = 0;
  alignment_gaps_ = 0;
  num_free_blocks_ = 0;
  Cursor at;
  first(at);
  do {
    const auto index = static_cast<size_t>(at.index);
    const int64_t size = is_block(at) ? block(at).size : 0;
    Leaf& leaf = leaves_[at.leaf];
    if (next_move != moves.end() && next_move->from == leaf.offset[index]) {
      leaf.offset[index] = next_move->to;
      ++next_move;
    }
    leaf.room[index] = leaf.offset[index] - end;
    if (end < leaf.offset[index]) ++num_free_blocks_;
    if (extras_) alignment_gaps_ += padding(at.leaf, at.index);
    if (size > 0) end = leaf.offset[index] + size;
  } while (advance(at));
  end_ = end;
  rebuild_last();
  for (Column column = 0; column < columns(); ++column) rebuild(column);
}

uint32_t BlockTree::make_leaf() {
  // Room for as many leaves as there are when blocks have come and gone at random for long, and
  // some more: so chance does not make a pool in a steady state grow.
  constexpr int64_t kEntries = 10;
  leaves_.reserve(static_cast<size_t>(num_blocks_ / kEntries) + 1);
  const uint32_t leaf = leaves_.make();
  spare_entries(leaf, 0, kLeafPlaces);
  extras_.cover(leaves_.capacity() * kLeafPlaces);
  return leaf;
}

uint32_t BlockTree::make_inner() {
  const uint32_t inner = inners_.make();
  for (AlignedColumn& column : aligned_) column.largest.reserve(inners_.limit());
  spare_slots(inner, 0, kInnerSize);
  return inner;
}

int64_t BlockTree::bytes() const {
  int64_t sum = leaves_.bytes() + inners_.bytes() + extras_.bytes();
  for (const AlignedColumn& column : aligned_) sum += column.largest.bytes();
  return sum;
}

}  // namespace stowage
