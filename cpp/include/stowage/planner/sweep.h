// The sweep over time: what is live together, and when.
//
//   offset                                  Buffers a [0,2), b [1,4), c [2,6), d [7,9).
//     |  +---+-------+                      Read left to right, a moment matters only just before
//     |  | a |   b   |                      an end that follows a start: there the set of live
//     |  +---+-+-----+---+     +-----+      buffers is maximal (a maximal clique of the interval
//     |        |    c    |     |  d  |      graph). These sets are the sections:
//     +--0--1--2--3--4--5--6--7--8--9-> time    {a,b} {b,c} | {d}
//
// A plan exists only if each section's buffers can be stacked within the capacity, and two buffers
// conflict exactly when they share a section. Nothing is live at time 6, so the problem falls into
// two partitions, which can be planned apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stowage/planner/problem.h"

namespace stowage {

using SectionIndex = int32_t;
using SectionRange = Interval<SectionIndex>;

// A maximal set of pieces (see problem.h) that are live together.
struct Section {
  Lifespan lifespan;  // the stretch of time over which just this set is live
  int64_t load = 0;   // the sum of the windows held

  bool operator==(const Section&) const = default;
};

// The sections in which a buffer holds one and the same window.
struct SectionSpan {
  SectionRange sections;
  Window window;

  bool operator==(const SectionSpan&) const = default;
};

// A stretch of sections that no buffer crosses the ends of.
struct Partition {
  SectionRange sections;
  std::vector<BufferIndex> buffers;  // ascending

  bool operator==(const Partition&) const = default;
};

// Buffers that hold no memory at any moment (size 0, or gaps throughout) have no spans and belong
// to no partition.
struct Sweep {
  std::vector<Section> sections;      // in order of time
  std::vector<SectionSpan> spans;     // of all buffers; in order of time within a buffer
  std::vector<int64_t> span_begin;    // spans of buffer b: [span_begin[b], span_begin[b + 1])
  std::vector<Partition> partitions;  // in order of time
  std::vector<int32_t> cuts;          // cuts[s]: the buffers that cross from section s to s + 1

  // The largest load of any section, a lower bound on the height of every plan; 0 without buffers.
  [[nodiscard]] int64_t max_load() const;
  // The first section with that load; -1 without sections.
  [[nodiscard]] SectionIndex peak() const;
  // From the first section in which `buffer` is live up to after its last; empty if never live.
  [[nodiscard]] SectionRange extent(BufferIndex buffer) const;
  // The buffers that hold memory in `section`, ascending. O(spans).
  [[nodiscard]] std::vector<BufferIndex> live_in(SectionIndex section) const;
};

// O(p log p) time and O(p) memory for p pieces.
Sweep sweep(const Problem& problem);

// A buffer that another holds memory together with: the other, at offset o, keeps it at
// o + effective_size or higher when it is placed above.
struct Overlap {
  int32_t position = -1;  // in Partition::buffers
  int64_t effective_size = 0;

  bool operator==(const Overlap&) const = default;
};

// For each buffer of a partition, those it holds memory together with at some moment.
struct OverlapList {
  std::vector<int64_t> begin;     // by position in Partition::buffers; size + 1 entries
  std::vector<Overlap> overlaps;  // ascending by position within each
};

// O(n + overlaps), times the gaps of the pair where there are any.
OverlapList overlaps(const Problem& problem, const Sweep& sweep, const Partition& partition);

// The number of pairs of buffers whose lifespans intersect, without listing them. O(n log n).
int64_t count_overlaps(const Problem& problem);

// Why a problem cannot fit: a moment at which the live buffers need more than the capacity.
struct Overload {
  int64_t time = 0;  // the first moment of the section
  int64_t load = 0;
  std::vector<BufferIndex> buffers;  // live in it, ascending
};

// The section with the largest load if that exceeds `capacity`.
std::optional<Overload> find_overload(const Sweep& sweep, int64_t capacity);

// One sentence: "12 buffers live at time 7 need 34 bytes together, 2 more than the capacity 32:
// ...".
std::string to_string(const Problem& problem, const Overload& overload, int64_t capacity);

}  // namespace stowage
