// What was asked of a pool, in order: recorded, or made from lifetimes known ahead; and what a pool
// makes of it under a policy.
//
// n is the number of events.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/pool/pool_policy.h"

namespace stowage {

enum class PoolOperation {
  kAlloc,       // "alloc": a block wherever the pool's policy puts it
  kAllocAt,     // "alloc-at": a block at the event's offset
  kFree,        // "free"
  kDefragment,  // "defragment": of the whole pool
  kGrow,        // "grow"
  kShrink,      // "shrink"
  kClear,       // "clear": frees all blocks
};

// The hyphenated name, e.g. "alloc-at".
const char* to_string(PoolOperation operation);
std::optional<PoolOperation> pool_operation_from_string(std::string_view name);

struct PoolEvent {
  PoolOperation operation = PoolOperation::kAlloc;
  int64_t id = 0;  // kAlloc, kAllocAt, kFree: of the block, which no other has while it lives
  int64_t size = 0;
  int64_t alignment = 1;
  int64_t offset = 0;   // kAllocAt
  int64_t total = 0;    // kGrow, kShrink: of the pool from then on
  bool failed = false;  // kAlloc: the pool that was recorded had no room
  // Where the event comes from: the line of a text, counted from 1, or a moment.
  int64_t place = 0;

  bool operator==(const PoolEvent&) const = default;
};

// What is never freed lives to the end.
struct PoolTrace {
  // Of the pool that was recorded.
  std::optional<int64_t> total;
  std::optional<PoolPolicy> policy;
  std::vector<PoolEvent> events;
};

// Whether each event is possible after those before it. Errors: invalid-argument, with the event's
// place as the line, for a size, alignment or total below 1 or above 2^53 - 1, an id or offset
// below 0 or above that, an id that is allocated while it lives, or freed while it does not, an
// offset that is not a multiple of the alignment, and blocks that together, or with their offset,
// exceed 2^53 - 1. O(n).
Status check(const PoolTrace& trace);

// Takes out the allocations that failed when they were recorded and have no free: how long they
// would have lived is not known. Returns how many there were. The trace passes `check`. O(n).
int64_t drop_failures(PoolTrace& trace);

// The most bytes that all blocks together have at any time, and the event that first reaches it.
struct PeakLoad {
  int64_t bytes = 0;
  std::optional<size_t> event;
};

// O(n). The trace passes `check`.
PeakLoad peak_load(const PoolTrace& trace);

// A block, from when it is allocated up to, not including, when it is freed.
struct BlockLifetime {
  int64_t lower = 0;
  int64_t upper = 0;
  int64_t size = 0;
  int64_t alignment = 1;
  std::optional<int64_t> offset;  // it is allocated there

  bool operator==(const BlockLifetime&) const = default;
};

// The blocks of the trace in the order of their allocation, with the positions of events as times;
// blocks that are not freed live up to the number of events. The trace passes `check`. O(n).
std::vector<BlockLifetime> lifetimes_of(const PoolTrace& trace);

// The events in order of time, which is their place; at one time first the frees, then the
// allocations, each in the order of `lifetimes`, whose positions are the ids. Lifetimes of size 0
// take no part. O(n log n).
PoolTrace trace_of(std::span<const BlockLifetime> lifetimes);

struct ReplayOptions {
  PoolPolicy policy = PoolPolicy::kFirstFit;
  // The pool's size. Without one, it starts with the peak load of the trace, and grows by just as
  // much as is needed where there is no room.
  std::optional<int64_t> capacity;
  // Whether the events kGrow and kShrink change a capacity that is given. A pool shrinks no further
  // than to the end of its last block.
  bool is_resized = false;
};

struct ReplaySummary {
  int64_t peak_end = 0;  // the highest end that any block had at any time
  // Allocations without room; in a pool that grows, those at an offset where another block is.
  int64_t failures = 0;
  int64_t failed_bytes = 0;
  std::optional<size_t> first_failure;  // the event

  bool operator==(const ReplaySummary&) const = default;
};

// Asks of a pool what the trace says. What fails is left out, and so is its free. Errors: those of
// `check`; invalid-argument for a capacity below 1 or above 2^53 - 1, and if a pool would have to
// grow beyond that. O(n log n), but for what the pool's policies and defragmentation take.
Result<ReplaySummary> replay_trace(const PoolTrace& trace, const ReplayOptions& options);

}  // namespace stowage
