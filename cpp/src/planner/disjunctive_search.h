// A complete search for any model, gap windows included, over one partition.
//
// A buffer with a high window can lie lower than another and yet be above it while that matters,
// so no order of placement covers all plans. This search branches on pairs instead. A pair's
// forbidden differences of offset (forbidden_differences.h) leave slots between them; a slot bounds
// the difference on both sides. Under a set of chosen slots, fixed offsets and alignments, all
// constraints have the form "offset of b >= offset of a + distance, rounded up", so there is a
// least solution, which every plan within those slots dominates (a fixpoint of monotone functions:
// Tarski). If it exceeds the capacity, there is no plan in these slots; if no pair overlaps in it,
// it is one; otherwise some pair does, and the search tries each of its slots in turn.
#pragma once

#include <cstdint>
#include <vector>

#include "planner/forbidden_differences.h"
#include "planner/model.h"
#include "planner/slice.h"
#include "stowage/planner/search.h"

namespace stowage {

class DisjunctiveSearch {
 public:
  // Everything must outlive the search. `capacity` is in units of the model.
  DisjunctiveSearch(const Problem& problem, const Model& model, int64_t capacity);

  // As CanonicalSearch::run.
  SearchStatus run(Slice& slice);

  // In units, by buffer of the model.
  [[nodiscard]] const std::vector<int64_t>& offsets() const { return offset_; }
  [[nodiscard]] const SearchCounters& counters() const { return counters_; }

 private:
  struct Pair {
    int32_t first;
    int32_t second;
    int32_t forbidden_begin;  // in forbidden_: ascending
    int32_t forbidden_end;
  };
  // offset of `upper` >= offset of `lower` + distance
  struct Distance {
    int32_t lower;
    int32_t upper;
    int64_t distance;
  };
  struct OffsetChange {
    int32_t buffer;
    int64_t offset;
  };
  struct Frame {
    int32_t pair;  // branched on
    int32_t next_slot;
    int32_t slots;
    int64_t preferred_slot;  // the one whose bound moves least comes first
    size_t distances_size;
    size_t trail_size;
  };

  void push_frame(int32_t pair);
  // Enters the next slot of the top frame whose least solution fits; false if there is none.
  bool advance(Slice& slice);
  void go_back(const Frame& frame);
  bool require(int32_t lower, int32_t upper, int64_t distance);
  bool raise(int32_t buffer, int64_t offset);
  // The overlapping pair to branch on; kNone if there is none.
  [[nodiscard]] int32_t find_overlap() const;
  [[nodiscard]] bool overlaps(const Pair& pair) const;

  const Model& model_;
  int64_t capacity_;
  bool aligned_ = false;  // whether any alignment binds
  std::vector<Pair> pairs_;
  std::vector<OpenInterval> forbidden_;  // of (offset of second - offset of first)

  std::vector<int64_t> offset_;              // the least solution
  std::vector<Distance> distances_;          // of the chosen slots
  std::vector<std::vector<int32_t>> above_;  // by lower buffer: positions in distances_
  std::vector<OffsetChange> trail_;
  std::vector<int32_t> queue_;
  std::vector<Frame> frames_;
  SearchStatus status_ = SearchStatus::kRunning;
  SearchCounters counters_;
};

}  // namespace stowage
