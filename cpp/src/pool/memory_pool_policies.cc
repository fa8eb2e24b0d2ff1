// The free block that each policy takes.
#include <algorithm>

#include "pool/memory_pool_state.h"

namespace stowage {

int64_t MemoryPool::State::find(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  switch (policy) {
    case PoolPolicy::kFirstFit:
      return find_first(size, alignment, at);
    case PoolPolicy::kBestFit:
      return find_best(size, alignment, at);
    case PoolPolicy::kWorstFit:
      return find_worst(size, alignment, at);
    case PoolPolicy::kNextFit:
      return find_next(size, alignment, at);
    case PoolPolicy::kTlsf:
      return find_segregated(size, alignment, at);
  }
  return -1;
}

int64_t MemoryPool::State::aligned_offset(const BlockTree::Cursor& at, int64_t alignment) const {
  return Alignment(alignment).up(tree.lower(at));
}

int64_t MemoryPool::State::find_first(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  const BlockTree::Column column = tree.column(alignment);
  if (column >= 0) {
    return tree.find_first(size, column, at) ? aligned_offset(at, alignment) : -1;
  }
  tree.first(at);
  return find_from(size, alignment, at) ? aligned_offset(at, alignment) : -1;
}

bool MemoryPool::State::find_from(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  const BlockTree::Column column = tree.column(alignment);
  BlockTree::Cursor from = at;
  if (column >= 0) return tree.find_from(from, size, column, at);
  // Without maxima for the alignment: those that are large enough, until one is aligned well.
  while (tree.find_from(from, size, 0, at)) {
    if (tree.offset(at) - aligned_offset(at, alignment) >= size) return true;
    from = at;
    if (!tree.advance(from)) return false;
  }
  return false;
}

int64_t MemoryPool::State::find_best(int64_t size, int64_t alignment, BlockTree::Cursor& at) const {
  // Of size + alignment - 1 bytes, `size` are behind an aligned offset wherever they lie.
  for (auto found = sizes.first_at_least(size); found;
       found = sizes.first_at_least(found->size, found->offset + 1)) {
    const int64_t offset = Alignment(alignment).up(found->offset);
    if (found->offset + found->size - offset < size) continue;
    tree.seek(found->offset, at);
    return offset;
  }
  return -1;
}

int64_t MemoryPool::State::find_worst(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  const BlockTree::Column column = tree.force_column(alignment);
  const int64_t largest = tree.largest(column);
  if (largest < size) return -1;
  tree.find_first(largest, column, at);
  return aligned_offset(at, alignment);
}

int64_t MemoryPool::State::find_next(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  tree.seek(next_fit_from, at);
  if (find_from(size, alignment, at)) return aligned_offset(at, alignment);
  return find_first(size, alignment, at);
}

int64_t MemoryPool::State::find_segregated(int64_t size, int64_t alignment, BlockTree::Cursor& at) {
  // Sums stay far below 2^63: both are below 2^53.
  const auto found = bins.find(size + alignment - 1);
  if (!found) return find_first(size, alignment, at);
  tree.seek(*found, at);
  return aligned_offset(at, alignment);
}

void MemoryPool::State::add_free(const BlockTree::Cursor& at) {
  const int64_t lower = tree.lower(at);
  const int64_t upper = tree.offset(at);
  if (lower == upper) return;
  if (policy == PoolPolicy::kBestFit) {
    sizes.insert(lower, upper - lower);
  } else {
    tree.set_label(at, bins.insert(lower, upper - lower));
  }
}

void MemoryPool::State::remove_free(int64_t lower, int64_t upper, uint32_t label) {
  if (lower == upper) return;
  if (policy == PoolPolicy::kBestFit) {
    sizes.erase(lower, upper - lower);
  } else {
    bins.erase(label, upper - lower);
  }
}

void MemoryPool::State::place(BlockTree::Cursor& at, const Block& block) {
  if (is_indexed()) remove_free(tree.lower(at), tree.offset(at), label(at));
  tree.insert(at, block);
  if (is_indexed()) {
    add_free(at);
    BlockTree::Cursor above = at;
    ++above.index;
    add_free(above);
  }
  used += block.size;
  ++counters.allocations;
  counters.allocated_bytes += block.size;
  note_peaks();
}

void MemoryPool::State::release(BlockTree::Cursor& at) {
  const BlockTree::Freed freed = tree.erase(at);
  if (is_indexed()) {
    remove_free(freed.lower, freed.offset, freed.label_below);
    remove_free(freed.end, freed.upper, freed.label_above);
    add_free(at);
  }
  used -= freed.end - freed.offset;
  ++counters.frees;
  counters.freed_bytes += freed.end - freed.offset;
}

void MemoryPool::State::resize(int64_t total) {
  BlockTree::Cursor at;
  tree.seek(tree.total(), at);
  if (is_indexed()) remove_free(tree.lower(at), tree.offset(at), label(at));
  tree.resize(total);
  if (is_indexed()) add_free(at);
  next_fit_from = std::min(next_fit_from, total);
}

void MemoryPool::State::index_free_blocks(const std::vector<int64_t>& offsets) {
  sizes.clear();
  bins.clear();
  if (!is_indexed()) return;
  // Each goes to the head of its class.
  BlockTree::Cursor at;
  for (auto offset = offsets.rbegin(); offset != offsets.rend(); ++offset) {
    tree.seek(*offset, at);
    add_free(at);
  }
}

uint32_t MemoryPool::State::label(const BlockTree::Cursor& at) const {
  return policy == PoolPolicy::kTlsf ? tree.label(at) : 0;
}

}  // namespace stowage
