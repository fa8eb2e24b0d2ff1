// Moving blocks together, and what that would take.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "pool/alignment.h"
#include "pool/memory_pool_state.h"
#include "pool/pool_arguments.h"

namespace stowage {

namespace {

struct Compaction {
  std::vector<PoolMove> moves;
  int64_t moved_bytes = 0;
  int64_t end = 0;      // of the last block afterwards
  int64_t largest = 0;  // free bytes afterwards behind an offset of the alignment asked about
};

// `pinned` is in ascending order.
Compaction compact(const MemoryPool& pool, const DefragmentOptions& options,
                   const std::vector<int64_t>& pinned, const Alignment& asked) {
  Compaction result;
  auto next_pinned = pinned.begin();
  bool is_over = false;
  for (const Block& block : pool.blocks()) {
    int64_t offset = Alignment(block.alignment).up(result.end);
    const bool is_pinned = next_pinned != pinned.end() && *next_pinned == block.offset;
    if (is_pinned) ++next_pinned;
    if (offset < block.offset && !is_pinned && !is_over && block.size <= options.max_bytes) {
      // A block that would fit another pass is waited for; those behind it would move twice.
      is_over = static_cast<int64_t>(result.moves.size()) >= options.max_moves ||
                block.size > options.max_bytes - result.moved_bytes;
    }
    if (is_pinned || is_over || block.size > options.max_bytes) offset = block.offset;
    if (offset != block.offset) {
      result.moves.push_back({block.offset, offset, block.size});
      result.moved_bytes += block.size;
    }
    result.largest = std::max(result.largest, offset - asked.up(result.end));
    result.end = offset + block.size;
  }
  result.largest = std::max(result.largest, pool.total() - asked.up(result.end));
  return result;
}

std::string bytes_text(int64_t bytes) { return decimal(bytes) + (bytes == 1 ? " byte" : " bytes"); }

std::string explain_failure(const PoolExplanation& found, int64_t size, int64_t alignment) {
  std::string message = bytes_text(size);
  if (alignment > 1) message += " aligned to " + decimal(alignment);
  if (found.fits) return message + " fit";
  message += " do not fit: " + bytes_text(found.free) + " are free";
  if (found.free < size) return message;
  message += ", the largest free block has " + decimal(found.largest_free);
  if (found.largest_free >= size) {
    message +=
        ", but none has more than " + decimal(found.largest_aligned) + " behind an aligned offset";
  }
  return message +
         (found.fits_after_defragment
              ? "; they fit after defragment(), which would move " + decimal(found.moved_blocks) +
                    " blocks of " + bytes_text(found.moved_bytes)
              : "; they do not fit after defragment() either");
}

}  // namespace

Result<std::vector<PoolMove>> MemoryPool::defragment(const DefragmentOptions& options) {
  if (options.max_bytes < 0) return invalid("max_bytes", options.max_bytes, "0 or more");
  if (options.max_moves < 0) return invalid("max_moves", options.max_moves, "0 or more");
  std::vector<int64_t> pinned(options.pinned.begin(), options.pinned.end());
  std::sort(pinned.begin(), pinned.end());
  for (const int64_t offset : pinned) {
    if (!find(offset)) return not_a_block(*this, offset);
  }
  pinned.erase(std::unique(pinned.begin(), pinned.end()), pinned.end());
  Compaction compaction = compact(*this, options, pinned, Alignment(1));
  if (!options.dry_run && !compaction.moves.empty()) state_->move(compaction.moves);
  return std::move(compaction.moves);
}

void MemoryPool::State::move(const std::vector<PoolMove>& moves) {
  blocks->move(moves);
  for (const PoolMove& each : moves) counters.moved_bytes += each.size;
  counters.moved_blocks += static_cast<int64_t>(moves.size());
  for (size_t slot = 0; slot < slots.size(); ++slot) {
    const int64_t held = slots.get(slot);
    const auto found =
        std::lower_bound(moves.begin(), moves.end(), held,
                         [](const PoolMove& each, int64_t offset) { return each.from < offset; });
    if (found != moves.end() && found->from == held) slots.set(slot, found->to);
  }
}

Result<PoolExplanation> MemoryPool::explain(int64_t size, int64_t alignment) const {
  if (Status status = check_size(size, alignment)) return *status;
  PoolExplanation found;
  found.free = total() - state_->used;
  const Alignment aligned(alignment);
  for (const FreeBlock& block : free_blocks()) {
    found.largest_free = std::max(found.largest_free, block.size);
    const int64_t room = block.offset + block.size - aligned.up(block.offset);
    found.largest_aligned = std::max(found.largest_aligned, room);
  }
  found.fits = found.largest_aligned >= size;
  const Compaction compaction = compact(*this, {}, {}, aligned);
  found.moved_blocks = static_cast<int64_t>(compaction.moves.size());
  found.moved_bytes = compaction.moved_bytes;
  found.fits_after_defragment = compaction.largest >= size;
  found.message = explain_failure(found, size, alignment);
  return found;
}

}  // namespace stowage
