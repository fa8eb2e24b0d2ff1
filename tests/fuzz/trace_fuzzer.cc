// The readers of recorded traces on arbitrary bytes: they must neither crash nor hang, and what
// they accept can be replayed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cli/trace/recorded_trace.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check_trace(const stowage::Result<stowage::cli::RecordedTrace>& read) {
  using namespace stowage;
  if (!read) {
    require(read.error().where.line >= 1 && read.error().where.column >= 1);
    require(!read.error().message.empty());
    return;
  }
  int64_t never_freed = 0;
  for (const BlockLifetime& block : read->blocks) {
    require(0 <= block.lower && block.lower < block.upper && block.upper <= read->num_events);
    if (block.upper == read->num_events) ++never_freed;
  }
  require(never_freed == read->never_freed);
  const PoolTrace trace = trace_of(read->blocks, read->defragmented_at);
  require(!check(trace));
  require(peak_load(trace) >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace stowage::cli;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Whatever the format is: the other reader has to get by too.
  format_of(text);
  check_trace(read_pool_log(text));
  check_trace(read_rmm_log(text));
  return 0;
}
