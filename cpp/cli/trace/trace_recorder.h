// Lifetimes from allocations and frees in the order in which they were logged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/trace/recorded_trace.h"

namespace stowage::cli {

// Knows which blocks live, by what the log calls them: an id, or a pointer. Where something cannot
// be, a sentence says what, to stand behind the block's name.
class TraceRecorder {
 public:
  using Fault = std::optional<std::string>;

  // Each line that is an event, before anything else is said about it.
  void begin_event(int64_t line);

  // The block's times are the recorder's to set.
  Fault allocate(uint64_t name, BlockLifetime block);
  // Its free, if there is one, is passed over.
  Fault fail(uint64_t name);
  void fail() { trace_.failed_allocations.add(line_); }
  Fault free(uint64_t name);
  void clear();
  void defragment() { trace_.defragmented_at.push_back(trace_.num_events - 1); }
  void resize(int64_t total);

  RecordedTrace take();

 private:
  enum class State { kLive, kFailed, kFreed };
  struct Entry {
    State state = State::kLive;
    int64_t line = 0;  // of what made its state
    size_t block = 0;  // its position, once it was allocated
  };

  Fault enter(uint64_t name, const Entry& entry);
  void end(Entry& entry);

  RecordedTrace trace_;
  std::unordered_map<uint64_t, Entry> entries_;
  std::vector<uint64_t> since_clear_;  // what was allocated
  int64_t line_ = 0;
  int64_t load_ = 0;
};

}  // namespace stowage::cli
