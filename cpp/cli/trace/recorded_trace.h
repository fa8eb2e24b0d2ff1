// Traces that programs wrote while they ran: what their text says, before any pool replays it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/pool/trace.h"

namespace stowage::cli {

// Something that a trace says and that takes no part in its replay.
struct Omission {
  int64_t count = 0;
  int64_t first_line = 0;

  void add(int64_t line) {
    if (count++ == 0) first_line = line;
  }
};

struct RecordedTrace {
  // In the order of their allocations. A time is the number of events before it.
  std::vector<BlockLifetime> blocks;
  int64_t num_events = 0;
  int64_t never_freed = 0;
  // The most bytes that the pool which wrote the trace ever had, where it says so.
  std::optional<int64_t> total;
  std::vector<int64_t> defragmented_at;  // times, in order
  Omission failed_allocations;
};

enum class TraceFormat {
  kProblem,  // no trace, but a problem in CSV
  kPoolLog,
  kRmmLog,
};

// By the first line that is not blank: that of a pool's log begins with a brace (or, as the mistake
// of writing one array is then explained, with a bracket), that of an RMM log is its header.
TraceFormat format_of(std::string_view text);

// The log of a MemoryPool, as JSON lines. Errors carry the line and, in bytes, the column.
Result<RecordedTrace> read_pool_log(std::string_view text);

// The CSV that the logging_resource_adaptor of RAPIDS' memory manager (RMM) writes. The same
// errors.
Result<RecordedTrace> read_rmm_log(std::string_view text);

}  // namespace stowage::cli
