// MiniMalloc's search (Moffitt, "MiniMalloc: A Lightweight Memory Allocator for
// Hardware-Accelerated Machine Learning", ASPLOS 2023, sections 4 and 5) over one partition.
//
// Depth first, buffers are placed in order of offset, each at its minimum offset: the lowest that
// is clear of the buffers placed before it. Among the plans with the least sum of offsets one has
// just this form ("canonical"), so nothing is missed, provided that of two buffers the one with the
// higher offset is wholly above the other (Model::ordered).
//
// The stack is explicit and everything undone comes from a trail, so that a search can stop after
// any node and go on later; after warming up a node allocates nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "planner/components.h"
#include "planner/model.h"
#include "planner/preorder.h"
#include "planner/slice.h"
#include "stowage/planner/search.h"
#include "stowage/planner/solver_params.h"

namespace stowage {

class CanonicalSearch {
 public:
  // The model and the params must outlive the search. `capacity` is in units; the model ordered.
  CanonicalSearch(const Model& model, const SolverParams& params, int64_t capacity);

  // Begins anew, with another order.
  void start(const PreorderingHeuristic& heuristic);

  // kSolved: `offsets` is a plan. kInfeasible: there is none. kRunning: the slice is spent.
  SearchStatus run(Slice& slice);

  // In units, by buffer of the model.
  [[nodiscard]] const std::vector<int64_t>& offsets() const { return offset_; }
  // Over all attempts.
  [[nodiscard]] const SearchCounters& counters() const { return counters_; }

 private:
  // A candidate for the next placement: `rank` is its position in the frame's list.
  struct Candidate {
    int64_t offset;
    int32_t rank;
  };
  struct Frame {
    Component component;
    int64_t minimum_offset;  // the last placement of this component: canonical successors
    int32_t minimum_rank;    // have no lower (offset, rank)
    int32_t fail_to;         // the frame to resume when this one has no candidate left
    int32_t candidates_begin;
    int32_t candidates_end;
    int32_t next_candidate;
    int32_t placed;            // the buffer placed here, kNone between attempts
    Candidate last;            // no candidate after this one needs to be tried
    size_t offset_trail_size;  // what to go back to
    size_t floor_trail_size;
    ComponentStack::Mark mark;
  };
  struct OffsetChange {
    int32_t buffer;
    int64_t offset;
  };
  struct FloorChange {
    int32_t section;
    int64_t floor;
  };
  // What the top frame's placement leaves: a frame for the rest of its component, or for the
  // first of the components it falls into. False if everything is placed.
  bool descend();
  void sort_by_preorder(int32_t* buffers, int32_t count);
  void push_frame(const Component& component, int64_t minimum_offset, int32_t minimum_rank,
                  int32_t fail_to);
  void list_candidates(Frame& frame);

  // Tries the top frame's candidates until one survives propagation; false if none does.
  bool advance(Slice& slice);
  bool place(Frame& frame, const Candidate& candidate);
  void undo(Frame& frame);
  // Drops the top frame and all that led to it alone; false if nothing is left to try.
  bool fail();

  // Propagation. Each returns false when the node cannot lead to a plan.
  bool raise(int32_t buffer, int64_t offset);
  bool raise_neighbours(int32_t buffer, int64_t offset);
  bool lift_passed_over(const Frame& frame, const Candidate& placed);
  bool sections_fit(int32_t placed);

  [[nodiscard]] bool is_placed(int32_t buffer) const {
    return offset_[static_cast<size_t>(buffer)] != kNoOffset;
  }
  [[nodiscard]] bool has_unplaced_neighbour(int32_t buffer) const;
  void mark_sections(int32_t buffer, int64_t offset);
  [[nodiscard]] int64_t section_bound(int32_t section);

  const Model& model_;
  const SolverParams& params_;
  int64_t capacity_;
  std::optional<Preorder> preorder_;  // of this attempt
  SearchStatus status_ = SearchStatus::kRunning;
  SearchCounters counters_;

  std::vector<int64_t> offset_;          // by buffer; kNoOffset while unplaced
  std::vector<int64_t> minimum_offset_;  // by buffer
  std::vector<int64_t> total_;           // by section, of the unplaced
  std::vector<int64_t> floor_;           // by section, the highest top of the placed
  std::vector<int32_t> cuts_;            // by section, of the unplaced
  std::vector<Model::Member> members_;   // the model's, each section's by descending minimum offset

  std::vector<Frame> frames_;
  ComponentStack components_;          // the frames' buffers, by preorder
  std::vector<Candidate> candidates_;  // the frames' candidates, one stack
  std::vector<OffsetChange> offset_trail_;
  std::vector<FloorChange> floor_trail_;
  std::vector<int32_t> marked_;  // sections whose bound must be computed again
  std::vector<char> is_marked_;
};

}  // namespace stowage
