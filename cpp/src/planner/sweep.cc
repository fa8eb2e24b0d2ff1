#include "stowage/planner/sweep.h"

#include <algorithm>
#include <utility>

namespace stowage {
namespace {

// An end of a piece. Ends sort before starts at the same time, so that pieces which only touch are
// never live together.
struct Event {
  int64_t time;
  int64_t piece;
  bool start;
};

bool before(const Event& a, const Event& b) {
  return std::pair(a.time, a.start) < std::pair(b.time, b.start);
}

struct Pieces {
  std::vector<Piece> pieces;
  std::vector<int64_t> begin;  // of each buffer's; one more at the end
};

Pieces collect_pieces(const Problem& problem) {
  Pieces all;
  all.pieces.reserve(problem.buffers.size());
  all.begin.reserve(problem.buffers.size() + 1);
  for (const Buffer& buffer : problem.buffers) {
    all.begin.push_back(static_cast<int64_t>(all.pieces.size()));
    append_pieces(buffer, all.pieces);
  }
  all.begin.push_back(static_cast<int64_t>(all.pieces.size()));
  return all;
}

std::vector<Event> sorted_events(const std::vector<Piece>& pieces) {
  std::vector<Event> events;
  events.reserve(2 * pieces.size());
  for (size_t p = 0; p < pieces.size(); ++p) {
    events.push_back({pieces[p].lifespan.lower, static_cast<int64_t>(p), true});
    events.push_back({pieces[p].lifespan.upper, static_cast<int64_t>(p), false});
  }
  // Events of one moment and kind are interchangeable, so the order within them is of no matter.
  std::sort(events.begin(), events.end(), before);
  return events;
}

// Walks the events: a section is complete at the first end after a start.
void find_sections(const std::vector<Event>& events, Sweep& sweep) {
  int64_t load = 0;
  int64_t last_start = 0;
  bool grown = false;
  for (const Event& event : events) {
    const auto piece = static_cast<size_t>(event.piece);
    SectionSpan& span = sweep.spans[piece];
    if (event.start) {
      load += span.window.length();
      last_start = event.time;
      grown = true;
      span.sections.lower = static_cast<SectionIndex>(sweep.sections.size());
    } else {
      if (grown) sweep.sections.push_back({{last_start, event.time}, load});
      grown = false;
      load -= span.window.length();
      span.sections.upper = static_cast<SectionIndex>(sweep.sections.size());
    }
  }
}

void count_cuts(Sweep& sweep) {
  const auto buffers = static_cast<BufferIndex>(sweep.span_begin.size() - 1);
  sweep.cuts.assign(sweep.sections.empty() ? 0 : sweep.sections.size() - 1, 0);
  std::vector<int32_t> change(sweep.sections.size() + 1, 0);
  for (BufferIndex b = 0; b < buffers; ++b) {
    const SectionRange extent = sweep.extent(b);
    if (extent.empty()) continue;
    ++change[static_cast<size_t>(extent.lower)];
    --change[static_cast<size_t>(extent.upper - 1)];
  }
  int32_t crossing = 0;
  for (size_t s = 0; s < sweep.cuts.size(); ++s) {
    crossing += change[s];
    sweep.cuts[s] = crossing;
  }
}

void find_partitions(Sweep& sweep) {
  if (sweep.sections.empty()) return;
  std::vector<int32_t> partition_of(sweep.sections.size());
  SectionIndex begin = 0;
  for (size_t s = 0; s < sweep.sections.size(); ++s) {
    partition_of[s] = static_cast<int32_t>(sweep.partitions.size());
    if (s + 1 == sweep.sections.size() || sweep.cuts[s] == 0) {
      const auto end = static_cast<SectionIndex>(s + 1);
      sweep.partitions.push_back({{begin, end}, {}});
      begin = end;
    }
  }
  const auto buffers = static_cast<BufferIndex>(sweep.span_begin.size() - 1);
  for (BufferIndex b = 0; b < buffers; ++b) {
    const SectionRange extent = sweep.extent(b);
    if (extent.empty()) continue;
    const auto partition = static_cast<size_t>(partition_of[static_cast<size_t>(extent.lower)]);
    sweep.partitions[partition].buffers.push_back(b);
  }
}

}  // namespace

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
  Sweep result;
  Pieces pieces = collect_pieces(problem);
  result.spans.reserve(pieces.pieces.size());
  for (const Piece& piece : pieces.pieces) result.spans.push_back({{}, piece.window});
  result.span_begin = std::move(pieces.begin);
  find_sections(sorted_events(pieces.pieces), result);
  count_cuts(result);
  find_partitions(result);
  return result;
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
