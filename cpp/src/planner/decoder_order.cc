#include <limits>

#include "planner/decoder.h"

namespace stowage {
namespace {

BufferSort::Key key_of(const Buffer& buffer, DecoderOrder order) {
  const int64_t lifetime = buffer.lifespan.length();
  switch (order) {
    case DecoderOrder::kSize:
      return {buffer.size, lifetime};
    case DecoderOrder::kArea:
      return {buffer.area(), buffer.size};
    case DecoderOrder::kLifetime:
      return {lifetime, buffer.size};
    case DecoderOrder::kStart:
      return {-buffer.lifespan.lower, buffer.size};
    case DecoderOrder::kHint:
      return {-buffer.hint.value_or(std::numeric_limits<int64_t>::max()), buffer.size};
  }
  return {};
}

}  // namespace

BufferSort::BufferSort(const Problem& problem, const Sweep& sweep, DecoderOrder order)
    : sort_(entries(problem, sweep, order), Before{}) {}

bool BufferSort::run(Slice& slice) { return sort_.run(slice); }

std::vector<BufferIndex> BufferSort::take() {
  const std::vector<Entry> entries = sort_.take();
  std::vector<BufferIndex> sorted;
  sorted.reserve(entries.size());
  for (const Entry& entry : entries) sorted.push_back(entry.buffer);
  return sorted;
}

std::vector<BufferSort::Entry> BufferSort::entries(const Problem& problem, const Sweep& sweep,
                                                   DecoderOrder order) {
  std::vector<Entry> entries;
  entries.reserve(problem.buffers.size());
  for (size_t b = 0; b < problem.buffers.size(); ++b) {
    const auto buffer = static_cast<BufferIndex>(b);
    if (sweep.extent(buffer).empty()) continue;
    entries.push_back({key_of(problem.buffers[b], order), buffer});
  }
  return entries;
}

std::vector<int64_t> initial_offsets(const Problem& problem) {
  std::vector<int64_t> offsets;
  offsets.reserve(problem.buffers.size());
  for (const Buffer& buffer : problem.buffers) offsets.push_back(buffer.offset.value_or(0));
  return offsets;
}

}  // namespace stowage
