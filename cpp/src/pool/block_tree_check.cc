#include "pool/block_tree.h"
#include "pool/inconsistency.h"

namespace stowage {

Status BlockTree::check() const {
  int64_t blocks = 0;
  int64_t free_blocks = 0;
  int64_t gaps = 0;
  int64_t end = 0;
  Cursor at;
  first(at);
  for (bool goes_on = true; goes_on;) {
    const int64_t start = lower(at);
    const int64_t offset = this->offset(at);
    if (start != end) return broken("free space does not start where the block below ends", start);
    if (offset < start) return broken("a block starts before its free space ends", offset);
    if (start < offset) ++free_blocks;
    if (extras_) gaps += padding(at.leaf, at.index);
    if (is_block(at)) {
      const Block block = this->block(at);
      ++blocks;
      if (block.size < 1) return broken("a block has no size", offset);
      if (block.alignment < 1 || offset % block.alignment != 0) {
        return broken("a block is not aligned", offset);
      }
      end = offset + block.size;
    }
    if (at.index == 0) {
      for (int level = 0; level < height_; ++level) {
        if (Status status = check_node(at, level)) return status;
      }
    }
    Cursor found;
    seek(offset, found);
    if (found.leaf != at.leaf || found.index != at.index) {
      return broken("a search does not find the block", offset);
    }
    const bool was_end = !is_block(at);
    goes_on = advance(at);
    if (was_end == goes_on) return broken("the end of the pool is not the last entry", offset);
  }
  if (end != end_) return broken("the end of the last block is not as noted", end);
  if (blocks != num_blocks_) return broken("the number of blocks is not as noted", end);
  if (free_blocks != num_free_blocks_)
    return broken("the number of free blocks is not as noted", end);
  if (gaps != alignment_gaps_) return broken("the alignment gaps are not as noted", end);
  return std::nullopt;
}

// The slot at `level` that leads to `at`, which is the first entry of its leaf.
Status BlockTree::check_node(const Cursor& at, int level) const {
  const auto [node, slot] = at.path[static_cast<size_t>(level)];
  const Inner& inner = inners_[node];
  const auto i = static_cast<size_t>(slot);
  const bool is_leaf = level + 1 == height_;
  const int count = inner.count[i];
  if (count < 1 || count > (is_leaf ? kLeafSize : kInnerSize)) {
    return broken("a node has a count out of bounds", offset(at));
  }
  if (slot > 0 && inner.last[i - 1] >= inner.last[i]) {
    return broken("the bounds of nodes do not ascend", offset(at));
  }
  const auto entries = static_cast<size_t>(count) - 1;
  const int64_t last =
      is_leaf ? leaves_[inner.child[i]].offset[entries] : inners_[inner.child[i]].last[entries];
  if (inner.last[i] != last && inner.last[i] != kNoLimit) {
    return broken("the bound of a node is not as noted", offset(at));
  }
  if (!inner.last.is_sound()) return broken("the bounds of strides are wrong", offset(at));
  for (Column column = 0; column < columns(); ++column) {
    if (!maxima(column, node).is_sound()) {
      return broken("the most free space of a stride is not as noted", offset(at));
    }
    if (maxima(column, node)[i] != child_largest(node, slot, is_leaf, column)) {
      return broken("the most free space of a node is not as noted", offset(at));
    }
  }
  return std::nullopt;
}

}  // namespace stowage
