#include "stowage/planner/validate.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"

namespace stowage {
namespace {

// A piece of a buffer where the plan puts it.
struct Placed {
  Lifespan lifespan;
  Interval<int64_t> space;
  BufferIndex buffer = -1;
};

struct Event {
  int64_t time = 0;
  bool starts = false;  // at the same time, what ends makes room for what starts
  size_t piece = 0;
};

bool happens_before(const Event& a, const Event& b) {
  if (a.time != b.time) return a.time < b.time;
  if (a.starts != b.starts) return b.starts;
  return a.piece < b.piece;
}

std::string span_text(const Interval<int64_t>& interval) {
  return "[" + std::to_string(interval.lower) + ", " + std::to_string(interval.upper) + ")";
}

std::string name(const Problem& problem, BufferIndex buffer) {
  return in_quotes(problem.buffers[static_cast<size_t>(buffer)].id);
}

std::vector<Placed> place_pieces(const Problem& problem, const Plan& plan) {
  std::vector<Placed> placed;
  std::vector<Piece> pieces;
  for (size_t i = 0; i < problem.buffers.size(); ++i) {
    pieces.clear();
    append_pieces(problem.buffers[i], pieces);
    const int64_t offset = plan.offsets[i];
    for (const Piece& piece : pieces) {
      placed.push_back({piece.lifespan,
                        {offset + piece.window.lower, offset + piece.window.upper},
                        static_cast<BufferIndex>(i)});
    }
  }
  return placed;
}

std::vector<Event> list_events(const std::vector<Placed>& pieces) {
  std::vector<Event> events;
  events.reserve(2 * pieces.size());
  for (size_t i = 0; i < pieces.size(); ++i) {
    events.push_back({pieces[i].lifespan.lower, true, i});
    events.push_back({pieces[i].lifespan.upper, false, i});
  }
  std::sort(events.begin(), events.end(), happens_before);
  return events;
}

struct Clash {
  Placed first;
  Placed second;
};

// The intervals held at any moment are disjoint as long as there is no clash, so a new one can
// clash only with its neighbours in order of space. Pieces of one buffer are never held together.
std::optional<Clash> find_clash(const std::vector<Placed>& pieces) {
  std::map<int64_t, size_t> held;  // by lower end: the piece
  for (const Event& event : list_events(pieces)) {
    const Placed& piece = pieces[event.piece];
    if (!event.starts) {
      held.erase(piece.space.lower);
      continue;
    }
    const auto above = held.lower_bound(piece.space.lower);
    for (auto neighbour : {above, above == held.begin() ? held.end() : std::prev(above)}) {
      if (neighbour == held.end()) continue;
      const Placed& other = pieces[neighbour->second];
      if (other.space.intersects(piece.space)) return Clash{other, piece};
    }
    held.emplace_hint(above, piece.space.lower, event.piece);
  }
  return std::nullopt;
}

Validation judge_fixed(const Problem& problem, const Plan& plan) {
  for (size_t i = 0; i < problem.buffers.size(); ++i) {
    const auto& fixed = problem.buffers[i].offset;
    if (!fixed || *fixed == plan.offsets[i]) continue;
    const auto buffer = static_cast<BufferIndex>(i);
    return {Verdict::kBadFixed,
            {buffer},
            "buffer " + name(problem, buffer) + " is fixed at offset " + std::to_string(*fixed) +
                " but placed at " + std::to_string(plan.offsets[i])};
  }
  return {};
}

Validation judge_range(const Problem& problem, const Plan& plan) {
  for (size_t i = 0; i < problem.buffers.size(); ++i) {
    const auto buffer = static_cast<BufferIndex>(i);
    const int64_t offset = plan.offsets[i];
    // Not offset + size > capacity, which could overflow.
    if (offset >= 0 && offset <= problem.capacity - problem.buffers[i].size) continue;
    const std::string where = "buffer " + name(problem, buffer) + ", of size " +
                              std::to_string(problem.buffers[i].size) + " at offset " +
                              std::to_string(offset);
    return {Verdict::kBadOffset,
            {buffer},
            where + (offset < 0 ? ", starts below 0"
                                : ", ends above the capacity " + std::to_string(problem.capacity))};
  }
  return {};
}

Validation judge_overlap(const Problem& problem, const Plan& plan) {
  auto clash = find_clash(place_pieces(problem, plan));
  if (!clash) return {};
  if (clash->second.buffer < clash->first.buffer) std::swap(clash->first, clash->second);
  const auto common = [](const Interval<int64_t>& a, const Interval<int64_t>& b) {
    return span_text({std::max(a.lower, b.lower), std::min(a.upper, b.upper)});
  };
  return {Verdict::kBadOverlap,
          {clash->first.buffer, clash->second.buffer},
          "buffers " + name(problem, clash->first.buffer) + " and " +
              name(problem, clash->second.buffer) + " both hold the bytes " +
              common(clash->first.space, clash->second.space) + " in the time " +
              common(clash->first.lifespan, clash->second.lifespan)};
}

Validation judge_alignment(const Problem& problem, const Plan& plan) {
  for (size_t i = 0; i < problem.buffers.size(); ++i) {
    const int64_t alignment = problem.buffers[i].alignment;
    if (plan.offsets[i] % alignment == 0) continue;
    const auto buffer = static_cast<BufferIndex>(i);
    return {Verdict::kBadAlignment,
            {buffer},
            "buffer " + name(problem, buffer) + " is at offset " + std::to_string(plan.offsets[i]) +
                ", which is not a multiple of its alignment " + std::to_string(alignment)};
  }
  return {};
}

Validation judge_height(const Problem& problem, const Plan& plan) {
  const int64_t height = plan_height(problem, plan.offsets);
  if (height == plan.height) return {};
  return {Verdict::kBadHeight,
          {},
          "the plan gives its height as " + std::to_string(plan.height) +
              " but its highest buffer ends at " + std::to_string(height)};
}

}  // namespace

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kGood:
      return "good";
    case Verdict::kBadSolution:
      return "bad-solution";
    case Verdict::kBadFixed:
      return "bad-fixed";
    case Verdict::kBadOffset:
      return "bad-offset";
    case Verdict::kBadOverlap:
      return "bad-overlap";
    case Verdict::kBadAlignment:
      return "bad-alignment";
    case Verdict::kBadHeight:
      return "bad-height";
  }
  return "unknown";
}

Validation validate(const Problem& problem, const Plan& plan) {
  if (plan.offsets.size() != problem.buffers.size()) {
    return {Verdict::kBadSolution,
            {},
            "the plan has " + std::to_string(plan.offsets.size()) + " offsets for " +
                std::to_string(problem.buffers.size()) + " buffers"};
  }
  for (const auto judge :
       {judge_fixed, judge_range, judge_overlap, judge_alignment, judge_height}) {
    Validation found = judge(problem, plan);
    if (found.verdict != Verdict::kGood) return found;
  }
  return {};
}

}  // namespace stowage
