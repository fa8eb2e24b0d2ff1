// A workload on a pool, measured in processor time.
#pragma once

#include <cstdint>

#include "bench/pool/workload.h"
#include "stowage/base/result.h"
#include "stowage/pool/memory_pool.h"

namespace stowage::bench {

// How the operations reach the pool.
enum class PoolAccess {
  kCalls,   // `alloc` and `free`, one by one
  kReplay,  // `replay`, 1 024 at a time
};

struct PoolMeasurement {
  // Of a pair, over rounds of 2^16 pairs.
  double median_nanoseconds = 0;
  double least_nanoseconds = 0;
  int64_t pairs = 0;  // in the time given
  PoolStats stats;    // at the end
  PoolCounters counters;
  int64_t bookkeeping_bytes = 0;
};

// Stops after `seconds` of timed work. Errors as `MemoryPool::make`, `alloc`, `free` and `replay`.
Result<PoolMeasurement> measure(const Workload& workload, PoolPolicy policy, PoolAccess access,
                                double seconds);

}  // namespace stowage::bench
