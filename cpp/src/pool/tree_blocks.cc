#include "pool/tree_blocks.h"

#include <algorithm>

namespace stowage {

TreeBlocks::TreeBlocks(int64_t total, PoolPolicy policy) : tree_(total), policy_(policy) {
  if (policy_ == PoolPolicy::kBestFit) add_free(0, total);
}

int64_t TreeBlocks::allocate(int64_t size, int64_t alignment, uint32_t tag) {
  BlockTree::Cursor at;
  const int64_t offset = find_room(size, alignment, at);
  if (offset < 0) return -1;
  place(at, {offset, size, alignment, tag});
  next_fit_from_ = offset + size;
  return offset;
}

bool TreeBlocks::take(const Block& block) {
  BlockTree::Cursor at;
  tree_.seek(block.offset, at);
  if (tree_.lower(at) > block.offset || tree_.offset(at) < block.offset + block.size) return false;
  place(at, block);
  return true;
}

void TreeBlocks::place(BlockTree::Cursor& at, const Block& block) {
  if (policy_ == PoolPolicy::kBestFit) {
    const int64_t lower = tree_.lower(at);
    const int64_t upper = tree_.offset(at);
    remove_free(lower, upper);
    add_free(lower, block.offset);
    add_free(block.offset + block.size, upper);
    // About as many as there are ever among blocks of random sizes and lifetimes (Knuth, The Art of
    // Computer Programming 1, 2.5, has half as many free blocks as others): so chance, which makes
    // them more at times, does not make a pool in a steady state grow.
    sizes_.reserve((tree_.num_blocks() + 1) / 2);
  }
  tree_.insert(at, block);
}

int64_t TreeBlocks::release(int64_t offset) {
  BlockTree::Cursor at;
  if (!seek_block(offset, at)) return 0;
  const BlockTree::Freed freed = tree_.erase(at);
  if (policy_ == PoolPolicy::kBestFit) {
    remove_free(freed.lower, freed.offset);
    remove_free(freed.end, freed.upper);
    add_free(freed.lower, freed.upper);
  }
  return freed.end - freed.offset;
}

int64_t TreeBlocks::find_room(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  switch (policy_) {
    case PoolPolicy::kBestFit:
      return find_best(size, alignment, at);
    case PoolPolicy::kWorstFit:
      return find_worst(size, alignment, at);
    case PoolPolicy::kNextFit:
      return find_next(size, alignment, at);
    default:
      return find_first(size, alignment, at);
  }
}

int64_t TreeBlocks::aligned_offset(const BlockTree::Cursor& at, int64_t alignment) const {
  return Alignment(alignment).up(tree_.lower(at));
}

int64_t TreeBlocks::find_first(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  const BlockTree::Column column = tree_.column(alignment);
  if (column >= 0) {
    return tree_.find_first(size, column, at) ? aligned_offset(at, alignment) : -1;
  }
  tree_.first(at);
  return find_from(size, alignment, at) ? aligned_offset(at, alignment) : -1;
}

bool TreeBlocks::find_from(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  const BlockTree::Column column = tree_.column(alignment);
  BlockTree::Cursor from = at;
  if (column >= 0) return tree_.find_from(from, size, column, at);
  // Without maxima for the alignment: those that are large enough, until one is aligned well.
  while (tree_.find_from(from, size, 0, at)) {
    if (tree_.offset(at) - aligned_offset(at, alignment) >= size) return true;
    from = at;
    if (!tree_.advance(from)) return false;
  }
  return false;
}

int64_t TreeBlocks::find_best(int64_t size, int64_t alignment, BlockTree::Cursor& at) const {
  // Of size + alignment - 1 bytes, `size` are behind an aligned offset wherever they lie.
  for (auto found = sizes_.first_at_least(size); found;
       found = sizes_.first_at_least(found->size, found->offset + 1)) {
    const int64_t offset = Alignment(alignment).up(found->offset);
    if (found->offset + found->size - offset < size) continue;
    tree_.seek(found->offset, at);
    return offset;
  }
  return -1;
}

int64_t TreeBlocks::find_worst(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  const BlockTree::Column column = tree_.force_column(alignment);
  const int64_t largest = tree_.largest(column);
  if (largest < size) return -1;
  tree_.find_first(largest, column, at);
  return aligned_offset(at, alignment);
}

int64_t TreeBlocks::find_next(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  tree_.seek(next_fit_from_, at);
  if (find_from(size, alignment, at)) return aligned_offset(at, alignment);
  return find_first(size, alignment, at);
}

void TreeBlocks::add_free(int64_t lower, int64_t upper) {
  if (lower < upper) sizes_.insert(lower, upper - lower);
}

void TreeBlocks::remove_free(int64_t lower, int64_t upper) {
  if (lower < upper) sizes_.erase(lower, upper - lower);
}

void TreeBlocks::resize(int64_t total) {
  if (policy_ == PoolPolicy::kBestFit) {
    remove_free(tree_.end(), tree_.total());
    add_free(tree_.end(), total);
  }
  tree_.resize(total);
  next_fit_from_ = std::min(next_fit_from_, total);
}

void TreeBlocks::move(const std::vector<PoolMove>& moves) {
  tree_.move(moves);
  next_fit_from_ = tree_.end();
  if (policy_ != PoolPolicy::kBestFit) return;
  sizes_.clear();
  tree_.for_each_free([&](const FreeBlock& block) { sizes_.insert(block.offset, block.size); });
}

bool TreeBlocks::seek_block(int64_t offset, BlockTree::Cursor& at) const {
  if (offset < 0 || offset >= tree_.total()) return false;
  tree_.seek(offset, at);
  return tree_.offset(at) == offset;
}

std::optional<Block> TreeBlocks::find(int64_t offset) const {
  BlockTree::Cursor at;
  if (!seek_block(offset, at)) return std::nullopt;
  return tree_.block(at);
}

std::optional<Block> TreeBlocks::find_containing(int64_t offset) const {
  if (offset < 0 || offset >= tree_.total()) return std::nullopt;
  BlockTree::Cursor at;
  tree_.seek(offset, at);
  if (tree_.offset(at) == offset) return tree_.block(at);
  // What is below the next block is free, or of the one before.
  if (tree_.lower(at) <= offset) return std::nullopt;
  tree_.retreat(at);
  return tree_.block(at);
}

std::vector<Block> TreeBlocks::blocks() const {
  std::vector<Block> blocks;
  blocks.reserve(static_cast<size_t>(tree_.num_blocks()));
  tree_.for_each([&](const Block& block) { blocks.push_back(block); });
  return blocks;
}

std::vector<FreeBlock> TreeBlocks::free_blocks() const {
  std::vector<FreeBlock> found;
  found.reserve(static_cast<size_t>(tree_.num_free_blocks()));
  tree_.for_each_free([&](const FreeBlock& block) { found.push_back(block); });
  return found;
}

PoolBlocks::Totals TreeBlocks::totals() const {
  return {tree_.total(),          tree_.end(),     tree_.num_blocks(), tree_.num_free_blocks(),
          tree_.alignment_gaps(), tree_.largest(0)};
}

int64_t TreeBlocks::bytes() const {
  return static_cast<int64_t>(sizeof(*this)) + tree_.bytes() + sizes_.bookkeeping_bytes();
}

Status TreeBlocks::check() const {
  if (Status status = tree_.check()) return status;
  if (policy_ != PoolPolicy::kBestFit) return std::nullopt;
  if (Status status = sizes_.check()) return status;
  bool is_indexed = sizes_.size() == tree_.num_free_blocks();
  tree_.for_each_free([&](const FreeBlock& block) {
    is_indexed &= sizes_.first_at_least(block.size, block.offset) == block;
  });
  if (is_indexed) return std::nullopt;
  return Error{ErrorCode::kInvalidArgument,
               "the pool is inconsistent: its index of free sizes does not hold its free blocks",
               {}};
}

}  // namespace stowage
