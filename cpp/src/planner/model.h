// One partition of a problem, laid out for searching: flat arrays, sections counted from 0, space
// in units of the greatest common divisor of all its sizes.
#pragma once

#include <cstdint>
#include <vector>

#include "planner/overlap_rows.h"
#include "stowage/planner/sweep.h"

namespace stowage {

inline constexpr int64_t kNoOffset = -1;

struct Model {
  // A window held over the sections [lower, upper).
  struct Span {
    int32_t lower;
    int32_t upper;
    int64_t extent;  // the window's length
    int64_t window_upper;
  };
  // The least differences of offset that keep two buffers apart; positive if `ordered`.
  struct Neighbour {
    int32_t buffer;
    int64_t distance_above;  // when `buffer` is the upper of the two
    int64_t distance_below;  // when it is the lower
  };

  int32_t buffer_count = 0;
  int32_t section_count = 0;
  int64_t unit = 1;  // bytes in one unit of space

  // By buffer.
  std::vector<BufferIndex> original;  // index in the problem
  std::vector<int64_t> size;
  std::vector<int64_t> alignment;     // 1 where every reachable offset is aligned anyway
  std::vector<int64_t> fixed_offset;  // kNoOffset when free
  std::vector<int32_t> first_section;
  std::vector<int32_t> end_section;  // after the last
  std::vector<Lifespan> lifespan;

  // Rows in one array each: row b is [begin[b], begin[b + 1]).
  std::vector<int32_t> span_begin;
  std::vector<Span> spans;
  std::vector<int64_t> neighbour_begin;
  std::vector<Neighbour> neighbours;

  // By section: the buffers live in it, the sum of the windows they hold, how many cross to the
  // next, and what of the space is taken already, from 0 up, by what is not part of the model.
  struct Member {
    int32_t buffer;
    int64_t extent;
  };
  std::vector<int32_t> member_begin;
  std::vector<Member> members;
  std::vector<int64_t> load;
  std::vector<int32_t> cuts;
  std::vector<int64_t> ground;

  // Whether every buffer is one rectangle that may start at any multiple of the unit: no gaps, no
  // fixed offsets, no binding alignment.
  bool plain = true;
  // Whether for every two neighbours the forbidden differences of offset are one interval around
  // 0, so that of two buffers the one with the higher offset is wholly above the other. Only gap
  // windows can make this false (see docs/algorithms.md).
  bool ordered = true;
};

// O(spans x sections crossed + overlaps). `rows` are those of the partition.
Model make_model(const Problem& problem, const Sweep& sweep, const Partition& partition,
                 OverlapRows rows);

// The highest end that offsets, in units and by buffer of the model, give.
int64_t plan_height(const Model& model, const std::vector<int64_t>& offsets);

}  // namespace stowage
