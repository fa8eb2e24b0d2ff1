#include "stowage/pool/trace.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

bool is_in_range(int64_t value, int64_t least) { return least <= value && value <= kMaxInteger; }

Error fault(const PoolEvent& event, const std::string& message) {
  return {ErrorCode::kInvalidArgument, "at time " + decimal(event.time) + ": " + message, {}};
}

Error out_of_range(const PoolEvent& event, const char* name, int64_t value, int64_t least) {
  return fault(event, std::string(name) + " '" + decimal(value) + "' must be an integer from " +
                          decimal(least) + " to " + decimal(kMaxInteger));
}

// Goes through a trace and knows what lives.
class Checker {
 public:
  Status check(const PoolEvent& event) {
    if (event.operation == PoolOperation::kDefragment) return std::nullopt;
    return is_alloc(event) ? check_alloc(event) : check_free(event);
  }

 private:
  Status check_alloc(const PoolEvent& event) {
    if (!is_in_range(event.id, 0)) return out_of_range(event, "id", event.id, 0);
    if (!is_in_range(event.size, 1)) return out_of_range(event, "size", event.size, 1);
    if (!is_in_range(event.alignment, 1)) {
      return out_of_range(event, "alignment", event.alignment, 1);
    }
    if (event.operation == PoolOperation::kAllocAt) {
      if (auto error = check_offset(event)) return error;
    }
    if (!live_.try_emplace(event.id, event.size).second) {
      return fault(event, "id " + decimal(event.id) +
                              " is allocated again before it is freed: blocks that live at the "
                              "same time need different ids");
    }
    load_ += event.size;
    if (load_ <= kMaxInteger) return std::nullopt;
    return fault(event, "all blocks that live here have more than " + decimal(kMaxInteger) +
                            " bytes together");
  }

  static Status check_offset(const PoolEvent& event) {
    if (!is_in_range(event.offset, 0)) return out_of_range(event, "offset", event.offset, 0);
    if (event.offset % event.alignment != 0) {
      return fault(event, "offset " + decimal(event.offset) +
                              " must be a multiple of the alignment " + decimal(event.alignment));
    }
    if (event.offset + event.size <= kMaxInteger) return std::nullopt;
    return fault(event, "the block would end above " + decimal(kMaxInteger) +
                            ": lower its offset or its size");
  }

  Status check_free(const PoolEvent& event) {
    const auto live = live_.find(event.id);
    if (live == live_.end()) {
      return fault(event, "id " + decimal(event.id) +
                              " is freed but not allocated: a free needs an alloc of the same id "
                              "before it, and only one free may follow that");
    }
    load_ -= live->second;
    live_.erase(live);
    return std::nullopt;
  }

  std::unordered_map<int64_t, int64_t> live_;  // sizes by id
  int64_t load_ = 0;
};

}  // namespace

Status check(const PoolTrace& trace) {
  Checker checker;
  for (const PoolEvent& event : trace.events) {
    if (auto error = checker.check(event)) return error;
  }
  return std::nullopt;
}

int64_t peak_load(const PoolTrace& trace) {
  int64_t peak = 0;
  int64_t load = 0;
  std::unordered_map<int64_t, int64_t> sizes;
  for (const PoolEvent& event : trace.events) {
    if (is_alloc(event)) {
      sizes.emplace(event.id, event.size);
      load += event.size;
      peak = std::max(peak, load);
    } else if (event.operation == PoolOperation::kFree) {
      const auto freed = sizes.find(event.id);
      load -= freed->second;
      sizes.erase(freed);
    }
  }
  return peak;
}

PoolTrace trace_of(std::span<const BlockLifetime> lifetimes,
                   std::span<const int64_t> defragmented_at) {
  PoolTrace trace;
  for (const int64_t time : defragmented_at) {
    trace.events.push_back({PoolOperation::kDefragment, 0, 0, 1, 0, time});
  }
  for (size_t i = 0; i < lifetimes.size(); ++i) {
    const BlockLifetime& lifetime = lifetimes[i];
    if (lifetime.size == 0) continue;
    PoolEvent event;
    event.id = static_cast<int64_t>(i);
    event.operation = PoolOperation::kFree;
    event.time = lifetime.upper;
    trace.events.push_back(event);
    event.operation = lifetime.offset ? PoolOperation::kAllocAt : PoolOperation::kAlloc;
    event.time = lifetime.lower;
    event.size = lifetime.size;
    event.alignment = lifetime.alignment;
    event.offset = lifetime.offset.value_or(0);
    trace.events.push_back(event);
  }
  const auto rank = [](const PoolEvent& event) {
    return std::pair(event.time, is_alloc(event)                           ? 2
                                 : event.operation == PoolOperation::kFree ? 0
                                                                           : 1);
  };
  std::stable_sort(trace.events.begin(), trace.events.end(),
                   [&](const PoolEvent& a, const PoolEvent& b) { return rank(a) < rank(b); });
  return trace;
}

}  // namespace stowage
