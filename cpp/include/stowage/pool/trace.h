// What is asked of a pool, in order, and what the pool makes of it under a policy.
//
// n is the number of events.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/pool/pool_policy.h"

namespace stowage {

enum class PoolOperation {
  kAlloc,    // a block wherever the pool's policy puts it
  kAllocAt,  // a block at the event's offset
  kFree,
  kDefragment,  // all blocks move down together, as by MemoryPool::defragment()
};

struct PoolEvent {
  PoolOperation operation = PoolOperation::kAlloc;
  int64_t id = 0;  // of the block; no other has it while it lives
  int64_t size = 0;
  int64_t alignment = 1;
  int64_t offset = 0;  // kAllocAt
  int64_t time = 0;

  bool operator==(const PoolEvent&) const = default;
};

constexpr bool is_alloc(const PoolEvent& event) {
  return event.operation == PoolOperation::kAlloc || event.operation == PoolOperation::kAllocAt;
}

// What is never freed lives to the end.
struct PoolTrace {
  std::vector<PoolEvent> events;
};

// Whether each event is possible after those before it. Errors: invalid-argument, with the event's
// time, for a size or alignment below 1 or above 2^53 - 1, an id or offset
// below 0 or above that, an id that is allocated while it lives, or freed while it does not, an
// offset that is not a multiple of the alignment, and blocks that together, or with their offset,
// exceed 2^53 - 1. O(n).
Status check(const PoolTrace& trace);

// The most bytes that all blocks together have at any time. The trace passes `check`. O(n).
int64_t peak_load(const PoolTrace& trace);

// A block, from when it is allocated up to, not including, when it is freed.
struct BlockLifetime {
  int64_t lower = 0;
  int64_t upper = 0;
  int64_t size = 0;
  int64_t alignment = 1;
  std::optional<int64_t> offset;  // it is allocated there

  bool operator==(const BlockLifetime&) const = default;
};

// The events in order of time; at one time first the frees, then the defragmentations, of which
// there is one for each of `defragmented_at`, then the allocations, each in the order of
// `lifetimes`, whose positions are the ids. Lifetimes of size 0 take no part. O(n log n).
PoolTrace trace_of(std::span<const BlockLifetime> lifetimes,
                   std::span<const int64_t> defragmented_at = {});

struct ReplayOptions {
  PoolPolicy policy = PoolPolicy::kFirstFit;
  // The pool's size. Without one, it starts with the peak load of the trace, and grows by just as
  // much as is needed where there is no room.
  std::optional<int64_t> capacity;
};

struct ReplaySummary {
  int64_t peak_end = 0;  // the highest end that any block had at any time
  // Allocations without room; in a pool that grows, those at an offset where another block is.
  int64_t failures = 0;
  int64_t failed_bytes = 0;

  bool operator==(const ReplaySummary&) const = default;
};

// Asks of a pool what the trace says. What fails is left out, and so is its free. Blocks at an
// offset of their own are defragmented like others. Errors: those of
// `check`; invalid-argument for a capacity below 1 or above 2^53 - 1, and if a pool would have to
// grow beyond that. O(n log n) under most policies (see MemoryPool::alloc), and O(m) more for each
// defragmentation of m blocks.
Result<ReplaySummary> replay_trace(const PoolTrace& trace, const ReplayOptions& options);

}  // namespace stowage
