#include "stowage/planner/sweep.h"

#include <algorithm>
#include <utility>

#include "planner/sliced_sweep.h"

namespace stowage {

int64_t Sweep::max_load() const {
  const SectionIndex at = peak();
  return at < 0 ? 0 : sections[static_cast<size_t>(at)].load;
}

SectionIndex Sweep::peak() const {
  const auto it =
      std::max_element(sections.begin(), sections.end(),
                       [](const Section& a, const Section& b) { return a.load < b.load; });
  return it == sections.end() ? -1 : static_cast<SectionIndex>(it - sections.begin());
}

SectionRange Sweep::extent(BufferIndex buffer) const {
  const auto first = static_cast<size_t>(span_begin[static_cast<size_t>(buffer)]);
  const auto last = static_cast<size_t>(span_begin[static_cast<size_t>(buffer) + 1]);
  if (first == last) return {};
  return {spans[first].sections.lower, spans[last - 1].sections.upper};
}

std::vector<BufferIndex> Sweep::live_in(SectionIndex section) const {
  std::vector<BufferIndex> live;
  const auto buffers = static_cast<BufferIndex>(span_begin.size() - 1);
  for (BufferIndex b = 0; b < buffers; ++b) {
    const auto first = spans.begin() + span_begin[static_cast<size_t>(b)];
    const auto last = spans.begin() + span_begin[static_cast<size_t>(b) + 1];
    if (std::any_of(first, last,
                    [&](const SectionSpan& span) { return span.sections.contains(section); })) {
      live.push_back(b);
    }
  }
  return live;
}

Sweep sweep(const Problem& problem) {
  SlicedSweep sweeping(problem);
  Slice slice{Budget{}};
  sweeping.run(slice);
  return sweeping.take();
}

std::optional<Overload> find_overload(const Sweep& sweep, int64_t capacity) {
  const SectionIndex peak = sweep.peak();
  if (peak < 0) return std::nullopt;
  const Section& section = sweep.sections[static_cast<size_t>(peak)];
  if (section.load <= capacity) return std::nullopt;
  return Overload{section.lifespan.lower, section.load, sweep.live_in(peak)};
}

std::string to_string(const Problem& problem, const Overload& overload, int64_t capacity) {
  constexpr size_t kListed = 8;
  std::string text = std::to_string(overload.buffers.size()) +
                     (overload.buffers.size() == 1 ? " buffer" : " buffers") + " live at time " +
                     std::to_string(overload.time) + " need " + std::to_string(overload.load) +
                     " together, " + std::to_string(overload.load - capacity) +
                     " more than the capacity " + std::to_string(capacity) + ": ";
  for (size_t i = 0; i < overload.buffers.size() && i < kListed; ++i) {
    if (i > 0) text += ", ";
    text += problem.buffers[static_cast<size_t>(overload.buffers[i])].id;
  }
  if (overload.buffers.size() > kListed) {
    text += " and " + std::to_string(overload.buffers.size() - kListed) + " more";
  }
  return text;
}

}  // namespace stowage
