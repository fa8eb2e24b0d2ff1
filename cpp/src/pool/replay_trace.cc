#include <algorithm>
#include <string>
#include <unordered_map>

#include "stowage/base/integer.h"
#include "stowage/pool/memory_pool.h"
#include "stowage/pool/trace.h"

namespace stowage {
namespace {

// Does to a pool what a trace that passed `check` says.
class Replayer {
 public:
  Replayer(MemoryPool& pool, const ReplayOptions& options)
      : pool_(pool), grows_(!options.capacity), is_resized_(options.is_resized) {}

  Status replay(const PoolTrace& trace) {
    for (size_t i = 0; i < trace.events.size(); ++i) {
      if (auto error = replay(trace.events[i], i)) return error;
    }
    summary_.peak_end = pool_.counters().peak_end;
    return std::nullopt;
  }

  [[nodiscard]] const ReplaySummary& summary() const { return summary_; }

 private:
  Status replay(const PoolEvent& event, size_t position) {
    switch (event.operation) {
      case PoolOperation::kAlloc:
      case PoolOperation::kAllocAt:
        return alloc(event, position);
      case PoolOperation::kFree:
        return free(event.id);
      case PoolOperation::kDefragment:
        return defragment();
      case PoolOperation::kGrow:
      case PoolOperation::kShrink:
        return !grows_ && is_resized_ ? resize(event.total) : std::nullopt;
      case PoolOperation::kClear:
        pool_.clear();
        offsets_.clear();
        return std::nullopt;
    }
    return std::nullopt;
  }

  Status alloc(const PoolEvent& event, size_t position) {
    const Result<std::optional<int64_t>> offset =
        event.operation == PoolOperation::kAllocAt ? place_at(event) : place(event);
    if (!offset) return offset.error();
    offsets_[event.id] = *offset;
    if (*offset) return std::nullopt;
    ++summary_.failures;
    summary_.failed_bytes += event.size;
    if (!summary_.first_failure) summary_.first_failure = position;
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
                 std::string("the pool would have to grow beyond ") + std::to_string(kMaxInteger) +
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
    std::unordered_map<int64_t, int64_t> moved;
    for (const PoolMove& move : *moves) moved.emplace(move.from, move.to);
    for (auto& [id, offset] : offsets_) {
      if (!offset) continue;
      if (const auto found = moved.find(*offset); found != moved.end()) offset = found->second;
    }
    return std::nullopt;
  }

  Status resize(int64_t total) {
    if (total > pool_.total()) return pool_.grow(total);
    const int64_t least = std::max(total, pool_.stats().end);
    return least < pool_.total() ? pool_.shrink(least) : std::nullopt;
  }

  MemoryPool& pool_;
  bool grows_;
  bool is_resized_;
  ReplaySummary summary_;
  // By id; nothing where there was no room.
  std::unordered_map<int64_t, std::optional<int64_t>> offsets_;
};

}  // namespace

Result<ReplaySummary> replay_trace(const PoolTrace& trace, const ReplayOptions& options) {
  if (auto error = check(trace)) return *std::move(error);
  const int64_t peak = peak_load(trace).bytes;
  Result<MemoryPool> pool =
      MemoryPool::make(options.capacity.value_or(std::max<int64_t>(peak, 1)), options.policy);
  if (!pool) return pool.error();
  Replayer replayer(*pool, options);
  if (auto error = replayer.replay(trace)) return *std::move(error);
  return replayer.summary();
}

}  // namespace stowage
