#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "stowage/base/integer.h"
#include "stowage/pool/memory_pool.h"
#include "stowage/pool/trace.h"

namespace stowage {
namespace {

// Does to a pool what a trace that passed `check` says.
class Replayer {
 public:
  Replayer(MemoryPool& pool, const ReplayOptions& options)
      : pool_(pool), grows_(!options.capacity) {}

  Status replay(const PoolTrace& trace) {
    for (const PoolEvent& event : trace.events) {
      if (auto error = replay(event)) return error;
    }
    summary_.peak_end = pool_.counters().peak_end;
    return std::nullopt;
  }

  [[nodiscard]] const ReplaySummary& summary() const { return summary_; }

 private:
  Status replay(const PoolEvent& event) {
    if (event.operation == PoolOperation::kFree) return free(event.id);
    if (event.operation == PoolOperation::kDefragment) return defragment();
    return alloc(event);
  }

  Status alloc(const PoolEvent& event) {
    const Result<std::optional<int64_t>> offset =
        event.operation == PoolOperation::kAllocAt ? place_at(event) : place(event);
    if (!offset) return offset.error();
    offsets_[event.id] = *offset;
    if (*offset) return std::nullopt;
    ++summary_.failures;
    summary_.failed_bytes += event.size;
    return std::nullopt;
  }

  Result<std::optional<int64_t>> place(const PoolEvent& event) {
    auto offset = pool_.alloc(event.size, event.alignment);
    if (!offset || *offset || !grows_) return offset;
    // Of at most 2^53 each, the three cannot overflow.
    if (auto error = grow_to(align_up(pool_.stats().end, event.alignment) + event.size)) {
      return *error;
    }
    return pool_.alloc(event.size, event.alignment);
  }

  Result<std::optional<int64_t>> place_at(const PoolEvent& event) {
    const int64_t end = event.offset + event.size;
    if (end > pool_.total()) {
      if (!grows_) return std::optional<int64_t>();
      if (auto error = grow_to(end)) return *error;
    }
    const Result<bool> is_placed = pool_.alloc_at(event.offset, event.size, event.alignment);
    if (!is_placed) return is_placed.error();
    return *is_placed ? std::optional(event.offset) : std::nullopt;
  }

  Status grow_to(int64_t total) {
    if (total <= kMaxInteger) return pool_.grow(total);
    return Error{ErrorCode::kInvalidArgument,
                 std::string("the pool would have to grow beyond ") + decimal(kMaxInteger) +
                     " bytes under the policy " + to_string(pool_.policy())};
  }

  Status free(int64_t id) {
    const auto found = offsets_.find(id);
    const std::optional<int64_t> offset = found->second;
    offsets_.erase(found);
    return offset ? pool_.free(*offset) : std::nullopt;
  }

  Status defragment() {
    const Result<std::vector<PoolMove>> moves = pool_.defragment();
    if (!moves) return moves.error();
    for (auto& [id, offset] : offsets_) {
      if (!offset) continue;
      const auto move =
          std::lower_bound(moves->begin(), moves->end(), *offset,
                           [](const PoolMove& each, int64_t from) { return each.from < from; });
      if (move != moves->end() && move->from == *offset) offset = move->to;
    }
    return std::nullopt;
  }

  MemoryPool& pool_;
  bool grows_;
  ReplaySummary summary_;
  // By id; nothing where there was no room.
  std::unordered_map<int64_t, std::optional<int64_t>> offsets_;
};

}  // namespace

Result<ReplaySummary> replay_trace(const PoolTrace& trace, const ReplayOptions& options) {
  if (auto error = check(trace)) return *std::move(error);
  const int64_t peak = peak_load(trace);
  Result<MemoryPool> pool =
      MemoryPool::make(options.capacity.value_or(std::max<int64_t>(peak, 1)), options.policy);
  if (!pool) return pool.error();
  Replayer replayer(*pool, options);
  if (auto error = replayer.replay(trace)) return *std::move(error);
  return replayer.summary();
}

}  // namespace stowage
