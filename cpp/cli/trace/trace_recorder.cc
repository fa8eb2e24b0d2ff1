#include "cli/trace/trace_recorder.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "stowage/base/integer.h"

namespace stowage::cli {

void TraceRecorder::begin_event(int64_t line) {
  ++trace_.num_events;
  line_ = line;
}

TraceRecorder::Fault TraceRecorder::allocate(uint64_t name, BlockLifetime block) {
  if (Fault fault = enter(name, {State::kLive, line_, trace_.blocks.size()})) return fault;
  load_ += block.size;
  if (load_ > kMaxInteger) {
    return "makes the blocks that live here have more than " + decimal(kMaxInteger) +
           " bytes together: a size is wrong, or frees are missing";
  }
  since_clear_.push_back(name);
  block.lower = trace_.num_events - 1;
  trace_.blocks.push_back(block);
  return std::nullopt;
}

TraceRecorder::Fault TraceRecorder::fail(uint64_t name) {
  if (Fault fault = enter(name, {State::kFailed, line_, 0})) return fault;
  fail();
  return std::nullopt;
}

TraceRecorder::Fault TraceRecorder::free(uint64_t name) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) {
    return "is freed but was never allocated: if the log began after that, delete this line";
  }
  Entry& entry = found->second;
  if (entry.state == State::kFreed) {
    return "is freed again: line " + decimal(entry.line) +
           " freed it already, and nothing allocated it since; delete one of the two lines";
  }
  if (entry.state == State::kLive) end(entry);
  entry.state = State::kFreed;
  entry.line = line_;
  return std::nullopt;
}

void TraceRecorder::clear() {
  for (const uint64_t name : since_clear_) {
    Entry& entry = entries_[name];
    if (entry.state == State::kLive) end(entry);
    entry.state = State::kFreed;
    entry.line = line_;
  }
  since_clear_.clear();
}

void TraceRecorder::resize(int64_t total) {
  trace_.total = std::max(trace_.total.value_or(0), total);
}

RecordedTrace TraceRecorder::take() {
  for (BlockLifetime& block : trace_.blocks) {
    // No block ends before the first event is over.
    if (block.upper > 0) continue;
    block.upper = trace_.num_events;
    ++trace_.never_freed;
  }
  return std::move(trace_);
}

TraceRecorder::Fault TraceRecorder::enter(uint64_t name, const Entry& entry) {
  const auto [found, is_new] = entries_.try_emplace(name, entry);
  if (is_new) return std::nullopt;
  if (found->second.state == State::kLive) {
    return "is allocated again before it is freed: line " + decimal(found->second.line) +
           " allocated it; its free is missing in between";
  }
  found->second = entry;
  return std::nullopt;
}

void TraceRecorder::end(Entry& entry) {
  BlockLifetime& block = trace_.blocks[entry.block];
  block.upper = trace_.num_events - 1;
  load_ -= block.size;
}

}  // namespace stowage::cli
