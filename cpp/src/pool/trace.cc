#include "stowage/pool/trace.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

constexpr std::array<std::pair<PoolOperation, const char*>, 7> kNames = {{
    {PoolOperation::kAlloc, "alloc"},
    {PoolOperation::kAllocAt, "alloc-at"},
    {PoolOperation::kFree, "free"},
    {PoolOperation::kDefragment, "defragment"},
    {PoolOperation::kGrow, "grow"},
    {PoolOperation::kShrink, "shrink"},
    {PoolOperation::kClear, "clear"},
}};

bool is_alloc(const PoolEvent& event) {
  return event.operation == PoolOperation::kAlloc || event.operation == PoolOperation::kAllocAt;
}

bool is_in_range(int64_t value, int64_t least) { return least <= value && value <= kMaxInteger; }

Error fault(const PoolEvent& event, std::string message) {
  return {ErrorCode::kInvalidArgument, std::move(message), {event.place, event.place > 0 ? 1 : 0}};
}

Error out_of_range(const PoolEvent& event, const char* name, int64_t value, int64_t least) {
  return fault(event, std::string(name) + " '" + std::to_string(value) +
                          "' must be an integer from " + std::to_string(least) + " to " +
                          std::to_string(kMaxInteger));
}

// Goes through a trace and knows what lives.
class Checker {
 public:
  Status check(const PoolEvent& event) {
    switch (event.operation) {
      case PoolOperation::kAlloc:
      case PoolOperation::kAllocAt:
        return check_alloc(event);
      case PoolOperation::kFree:
        return check_free(event);
      case PoolOperation::kGrow:
      case PoolOperation::kShrink:
        if (!is_in_range(event.total, 1)) return out_of_range(event, "total", event.total, 1);
        return std::nullopt;
      case PoolOperation::kClear:
        live_.clear();
        load_ = 0;
        return std::nullopt;
      case PoolOperation::kDefragment:
        return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  struct Live {
    int64_t size;
    bool failed;
  };

  Status check_alloc(const PoolEvent& event) {
    if (!is_in_range(event.id, 0)) return out_of_range(event, "id", event.id, 0);
    if (!is_in_range(event.size, 1)) return out_of_range(event, "size", event.size, 1);
    if (!is_in_range(event.alignment, 1)) {
      return out_of_range(event, "alignment", event.alignment, 1);
    }
    if (event.operation == PoolOperation::kAllocAt) {
      if (auto error = check_offset(event)) return error;
    }
    const auto [live, is_new] = live_.try_emplace(event.id, Live{event.size, event.failed});
    if (!is_new) {
      // Whoever got no block may ask again.
      if (!live->second.failed) {
        return fault(event, "id " + std::to_string(event.id) +
                                " is allocated again before it is freed: blocks that live at the "
                                "same time need different ids");
      }
      load_ -= live->second.size;
      live->second = {event.size, event.failed};
    }
    load_ += event.size;
    if (load_ <= kMaxInteger) return std::nullopt;
    return fault(event, "all blocks that live here have more than " + std::to_string(kMaxInteger) +
                            " bytes together");
  }

  static Status check_offset(const PoolEvent& event) {
    if (!is_in_range(event.offset, 0)) return out_of_range(event, "offset", event.offset, 0);
    if (event.offset % event.alignment != 0) {
      return fault(event, "offset " + std::to_string(event.offset) +
                              " must be a multiple of the alignment " +
                              std::to_string(event.alignment));
    }
    if (event.offset + event.size <= kMaxInteger) return std::nullopt;
    return fault(event, "the block would end above " + std::to_string(kMaxInteger) +
                            ": lower its offset or its size");
  }

  Status check_free(const PoolEvent& event) {
    const auto live = live_.find(event.id);
    if (live == live_.end()) {
      return fault(event, "id " + std::to_string(event.id) +
                              " is freed but not allocated: a free needs an alloc of the same id "
                              "before it, and only one free may follow that");
    }
    load_ -= live->second.size;
    live_.erase(live);
    return std::nullopt;
  }

  std::unordered_map<int64_t, Live> live_;
  int64_t load_ = 0;
};

}  // namespace

const char* to_string(PoolOperation operation) {
  for (const auto& [each, name] : kNames) {
    if (each == operation) return name;
  }
  return "";
}

std::optional<PoolOperation> pool_operation_from_string(std::string_view name) {
  for (const auto& [operation, each] : kNames) {
    if (name == each) return operation;
  }
  return std::nullopt;
}

Status check(const PoolTrace& trace) {
  Checker checker;
  for (const PoolEvent& event : trace.events) {
    if (auto error = checker.check(event)) return error;
  }
  return std::nullopt;
}

int64_t drop_failures(PoolTrace& trace) {
  // Allocations that failed and may yet be freed, by id.
  std::unordered_map<int64_t, size_t> failed;
  std::vector<bool> is_dropped(trace.events.size());
  const auto drop = [&](const std::pair<const int64_t, size_t>& entry) {
    is_dropped[entry.second] = true;
  };
  for (size_t i = 0; i < trace.events.size(); ++i) {
    const PoolEvent& event = trace.events[i];
    if (event.operation == PoolOperation::kFree) failed.erase(event.id);
    if (event.operation == PoolOperation::kClear) {
      std::for_each(failed.begin(), failed.end(), drop);
      failed.clear();
    }
    if (!is_alloc(event)) continue;
    if (const auto before = failed.find(event.id); before != failed.end()) {
      drop(*before);
      failed.erase(before);
    }
    if (event.failed) failed.emplace(event.id, i);
  }
  std::for_each(failed.begin(), failed.end(), drop);
  size_t position = 0;
  return static_cast<int64_t>(
      std::erase_if(trace.events, [&](const PoolEvent&) { return is_dropped[position++]; }));
}

PeakLoad peak_load(const PoolTrace& trace) {
  PeakLoad peak;
  int64_t load = 0;
  std::unordered_map<int64_t, int64_t> sizes;
  for (size_t i = 0; i < trace.events.size(); ++i) {
    const PoolEvent& event = trace.events[i];
    if (event.operation == PoolOperation::kClear) {
      sizes.clear();
      load = 0;
    } else if (event.operation == PoolOperation::kFree) {
      const auto freed = sizes.find(event.id);
      load -= freed->second;
      sizes.erase(freed);
    } else if (is_alloc(event)) {
      sizes.emplace(event.id, event.size);
      load += event.size;
      if (load > peak.bytes) peak = {load, i};
    }
  }
  return peak;
}

std::vector<BlockLifetime> lifetimes_of(const PoolTrace& trace) {
  std::vector<BlockLifetime> lifetimes;
  std::unordered_map<int64_t, size_t> live;
  const auto end = static_cast<int64_t>(trace.events.size());
  for (int64_t time = 0; time < end; ++time) {
    const PoolEvent& event = trace.events[static_cast<size_t>(time)];
    if (event.operation == PoolOperation::kClear) {
      for (const auto& [id, block] : live) lifetimes[block].upper = time;
      live.clear();
    } else if (event.operation == PoolOperation::kFree) {
      const auto freed = live.find(event.id);
      lifetimes[freed->second].upper = time;
      live.erase(freed);
    } else if (is_alloc(event)) {
      live.emplace(event.id, lifetimes.size());
      BlockLifetime lifetime{time, end, event.size, event.alignment, std::nullopt};
      if (event.operation == PoolOperation::kAllocAt) lifetime.offset = event.offset;
      lifetimes.push_back(lifetime);
    }
  }
  return lifetimes;
}

PoolTrace trace_of(std::span<const BlockLifetime> lifetimes) {
  PoolTrace trace;
  for (size_t i = 0; i < lifetimes.size(); ++i) {
    const BlockLifetime& lifetime = lifetimes[i];
    if (lifetime.size == 0) continue;
    PoolEvent event;
    event.id = static_cast<int64_t>(i);
    event.operation = PoolOperation::kFree;
    event.place = lifetime.upper;
    trace.events.push_back(event);
    event.operation = lifetime.offset ? PoolOperation::kAllocAt : PoolOperation::kAlloc;
    event.place = lifetime.lower;
    event.size = lifetime.size;
    event.alignment = lifetime.alignment;
    event.offset = lifetime.offset.value_or(0);
    trace.events.push_back(event);
  }
  std::stable_sort(trace.events.begin(), trace.events.end(),
                   [](const PoolEvent& a, const PoolEvent& b) {
                     return std::pair(a.place, is_alloc(a)) < std::pair(b.place, is_alloc(b));
                   });
  return trace;
}

}  // namespace stowage
