// Offsets handed out and taken back: the manager of a contiguous block of memory that it never
// touches, such as a GPU's buffer or an accelerator's SRAM.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/pool/pool_policy.h"

namespace stowage {

// What an allocation holds: bytes [offset, offset + size).
struct Block {
  int64_t offset = 0;
  int64_t size = 0;
  int64_t alignment = 1;
  uint32_t tag = 0;  // the caller's, whatever it stands for; 0 for none

  bool operator==(const Block&) const = default;
};

// Bytes [offset, offset + size) that nothing holds, with a block or an end of the pool at each
// side.
struct FreeBlock {
  int64_t offset = 0;
  int64_t size = 0;

  bool operator==(const FreeBlock&) const = default;
};

struct PoolStats {
  int64_t total = 0;
  int64_t used = 0;  // the sum of the sizes asked for
  int64_t free = 0;  // total - used
  int64_t num_blocks = 0;
  double fragmentation = 0;  // 1 - largest_free / free; 0 when nothing is free
  int64_t largest_free = 0;
  int64_t num_free_blocks = 0;
  // Free bytes that would stay free if each block moved down onto the end of the block below it, as
  // its alignment keeps them apart. They serve smaller allocations.
  int64_t alignment_gaps = 0;
  int64_t end = 0;  // the highest end of any block

  bool operator==(const PoolStats&) const = default;
};

// Since the pool was made, or since reset_counters().
struct PoolCounters {
  int64_t allocations = 0;  // that got an offset
  int64_t failures = 0;     // that found no free block large enough
  int64_t frees = 0;
  int64_t allocated_bytes = 0;
  int64_t freed_bytes = 0;
  int64_t moved_blocks = 0;  // by defragmentation
  int64_t moved_bytes = 0;
  // High-water marks.
  int64_t peak_used = 0;
  int64_t peak_blocks = 0;
  int64_t peak_end = 0;

  bool operator==(const PoolCounters&) const = default;
};

// A block that changes its offset. Copying the moves in order, each from its lowest byte up, never
// overwrites what is still to be copied: no block moves up.
struct PoolMove {
  int64_t from = 0;
  int64_t to = 0;
  int64_t size = 0;

  bool operator==(const PoolMove&) const = default;
};

struct DefragmentOptions {
  int64_t max_bytes = INT64_MAX;  // of all moves together
  int64_t max_moves = INT64_MAX;
  std::span<const int64_t> pinned;  // offsets of blocks that stay where they are
  bool dry_run = false;             // reports the moves and makes none
};

// Why an allocation finds no place, or that it does.
struct PoolExplanation {
  bool fits = false;
  int64_t free = 0;
  int64_t largest_free = 0;
  // The most bytes that any free block has behind its first aligned offset.
  int64_t largest_aligned = 0;
  bool fits_after_defragment = false;  // of the whole pool, nothing pinned
  int64_t moved_blocks = 0;            // that this would take
  int64_t moved_bytes = 0;
  std::string message;  // the same in a sentence
};

// Everything that future offsets depend on, and the counters.
struct PoolSnapshot {
  int64_t total = 0;
  PoolPolicy policy = PoolPolicy::kFirstFit;
  std::vector<Block> blocks;  // in ascending order of offsets
  int64_t next_fit_from = 0;  // where next fit goes on
  // For kTlsf, the offsets of the free blocks of all classes, of each class the next to be taken
  // first; otherwise empty.
  std::vector<int64_t> free_order;
  PoolCounters counters;

  bool operator==(const PoolSnapshot&) const = default;
};

// Free sizes by powers of two: entry k counts the free blocks of [2^k, 2^(k+1)) bytes.
struct FreeHistogram {
  std::vector<int64_t> blocks;
  std::vector<int64_t> bytes;
};

// Blocks are known by their offsets. Bytes skipped to reach an aligned offset stay free and serve
// later allocations. A free block is always the whole stretch between two blocks: neighbours
// coalesce as they are freed.
//
// n is the number of blocks. Costs are those of the policies that go by offsets; kTlsf allocates,
// frees and finds in O(1), expected, but has no order to search: see docs/pool.md. Sizes, offsets
// and alignments reach 2^53 - 1. Whatever is refused leaves the pool as it was. Movable, not
// copyable (see `snapshot`).
class MemoryPool {
 public:
  // `total` bytes from offset 0, all free. Errors: invalid-argument for less than 1 byte.
  static Result<MemoryPool> make(int64_t total, PoolPolicy policy = PoolPolicy::kFirstFit);

  // Errors: invalid-argument if blocks overlap, are not in order, are not aligned or leave the
  // pool, or the free order is not that of its free blocks. O(n log n).
  static Result<MemoryPool> restore(const PoolSnapshot& snapshot);

  MemoryPool(MemoryPool&&) noexcept;
  MemoryPool& operator=(MemoryPool&&) noexcept;
  ~MemoryPool();

  // The offset of `size` bytes at a multiple of `alignment` (any positive number), or nothing if no
  // free block has room for them. Errors: invalid-argument for a size or alignment below 1 or above
  // 2^53 - 1. O(log n) without alignment; with alignment too, for as many different alignments as
  // have a column (see docs/pool.md), beyond these O(m log n) where m free blocks have room for the
  // size, but not at an aligned offset. Best fit looks at m blocks with any alignment. kTlsf looks
  // at the m free blocks that may be large enough only where none surely is.
  Result<std::optional<int64_t>> alloc(int64_t size, int64_t alignment = 1, uint32_t tag = 0);
  Result<std::optional<int64_t>> alloc_aligned(int64_t size, int64_t alignment);

  // Takes bytes [offset, offset + size) if all of them are free: true if so. Errors:
  // invalid-argument if they leave the pool or `offset` is not a multiple of `alignment`. O(log n);
  // under kTlsf O(n), but O(1) above the last block.
  Result<bool> alloc_at(int64_t offset, int64_t size, int64_t alignment = 1, uint32_t tag = 0);

  // Errors: invalid-argument if no block starts at `offset`; the message says what is there. O(log
  // n).
  Status free(int64_t offset);

  // The block that starts at `offset`. O(log n).
  [[nodiscard]] std::optional<Block> find(int64_t offset) const;
  // The block that holds the byte at `offset`. O(log n); under kTlsf O(n).
  [[nodiscard]] std::optional<Block> find_containing(int64_t offset) const;
  // In ascending order of offsets. O(n).
  [[nodiscard]] std::vector<Block> blocks() const;
  [[nodiscard]] std::vector<FreeBlock> free_blocks() const;
  [[nodiscard]] FreeHistogram free_histogram() const;

  [[nodiscard]] int64_t total() const;
  [[nodiscard]] PoolPolicy policy() const;
  // O(1); under kTlsf O(m) for the m free blocks of the last class that has any.
  [[nodiscard]] PoolStats stats() const;
  [[nodiscard]] const PoolCounters& counters() const;
  // Zeros the counts; the high-water marks fall to what is in use now.
  void reset_counters();
  // Bytes of memory that the pool itself takes.
  [[nodiscard]] int64_t bookkeeping_bytes() const;

  // Moves blocks down, in ascending order, each to the lowest aligned offset above the block below
  // it. Stops before a move beyond `max_moves`, or beyond what is left of `max_bytes`; a block that
  // is larger than `max_bytes` stays where it is, as no pass could move it. Returns the moves of
  // blocks that really moved. Errors: invalid-argument if a pinned offset is not the start of a
  // block, or a limit is negative. O(n).
  Result<std::vector<PoolMove>> defragment(const DefragmentOptions& options = {});

  // Whether `size` bytes fit, and if not, why. O(n).
  [[nodiscard]] Result<PoolExplanation> explain(int64_t size, int64_t alignment = 1) const;

  // Errors: invalid-argument if `total` is below the present total, or above 2^53 - 1. O(log n).
  Status grow(int64_t total);
  // Errors: invalid-argument if `total` is above the present total, or below 1 or below the end of
  // the last block, which the message names. O(log n).
  Status shrink(int64_t total);
  // Frees all blocks; they count as freed. The memory that the pool itself takes is given back.
  void clear();

  [[nodiscard]] PoolSnapshot snapshot() const;

  // Checks every invariant of the data structures against each other: nothing, or an error that
  // says what is wrong (which is a fault of this library, or of whoever wrote over its memory). O(n
  // log n).
  [[nodiscard]] Status check() const;

  // Many calls in one, for traces. Each three numbers are an operation: a slot, a size and an
  // alignment. With a size, it allocates and remembers the block in the slot; with size 0, it frees
  // what the slot holds. Writes an offset for each operation to `offsets`: of the block allocated
  // or freed, or -1 where there was no room, or nothing in the slot to free as there had been no
  // room. Slots are remembered from call to call until `clear`, and follow their blocks when these
  // move.
  //
  // Errors: invalid-argument, naming the operation, for a slot outside [0, 2^24), a size or
  // alignment as in `alloc`, allocating in a slot that holds a block, freeing a slot that was never
  // filled or whose block `free` took. What came before the operation is done. O(log n) each.
  Status replay(std::span<const double> operations, std::span<double> offsets);

 private:
  struct State;
  explicit MemoryPool(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace stowage
