// The skyline search over one partition of plain rectangles (Model::plain).
//
// The floor of a section is the height below which everything in it is decided. A valley is a
// maximal run of sections with one floor whose neighbours are higher. In a settled plan, where
// every buffer rests on the ground or on another, for any section s of a valley just one of these
// holds:
//   - one particular unplaced buffer that covers s and lies within the valley rests on its floor;
//   - none does. Then what lies lowest above s rests on something else: on a wall, or on a buffer
//     that rests higher in the valley beside s. The floor of s may rise to the lower wall, or to
//     the valley's floor plus the least buffer that fits beside s, whichever is lower.
// The branches exclude each other, so no plan is met twice. Rising eats the section's slack
// (capacity - floor - sizes of its unplaced buffers); where that is too small the branch is gone.
// The search takes the section with the fewest branches anywhere, splits what is left into
// independent parts, and remembers the states that failed.
#pragma once

#include <cstdint>
#include <vector>

#include "planner/components.h"
#include "planner/failed_states.h"
#include "planner/model.h"
#include "planner/slice.h"

namespace stowage {

// In which order a branch's buffers are tried: descending.
enum class ValleyOrder {
  kWidth,  // sections crossed, then size
  kSize,
  kArea,      // size x sections crossed
  kLifetime,  // length of the lifespan x size
};
inline constexpr int kValleyOrders = 4;

class ValleySearch {
 public:
  // The model must outlive the search. `capacity` is in units; the model plain.
  ValleySearch(const Model& model, int64_t capacity);

  // Begins anew, with another order, each buffer's key stretched by a random factor in
  // [1, 1 + noise], and a limit on the nodes of this attempt. Failed states are kept.
  void start(ValleyOrder order, double noise, uint64_t seed, int64_t node_limit);

  // As CanonicalSearch::run.
  SearchStatus run(Slice& slice);

  // In units, by buffer of the model.
  [[nodiscard]] const std::vector<int64_t>& offsets() const { return offset_; }
  // Over all attempts.
  [[nodiscard]] const SearchCounters& counters() const { return counters_; }

 private:
  struct Frame {
    Component component;
    StateKey key;
    int32_t fail_to;         // the frame to resume when this one has no branch left
    int32_t section;         // that is decided here
    int64_t floor;           // of its valley
    int64_t raised_floor;    // of the section in the branch without a buffer; 0: no such branch
    int32_t branches_begin;  // buffers, in branches_
    int32_t next_branch;
    int32_t branches_end;
    int32_t placed;  // kNone if none is
    bool raised;
    ComponentStack::Mark mark;
  };
  // What is known of the section with the fewest branches.
  struct Choice {
    int32_t section = kNone;
    int32_t branches = 0;
    int64_t slack = 0;
    int64_t raised_floor = 0;
  };

  void push_frame(const Component& component, int32_t fail_to);
  // Fills branches_ for the frame; leaves it without branches if the state is hopeless.
  void choose_section(Frame& frame);
  void find_valleys(const Component& component);
  void count_buffers(const Component& component);
  Choice best_section(const Component& component) const;
  void list_branches(Frame& frame);

  bool advance();
  void undo(Frame& frame);
  bool fail();
  bool descend();
  [[nodiscard]] StateKey state_key(const Component& component) const;

  const Model& model_;
  int64_t capacity_;
  int64_t nodes_left_ = 0;
  SearchStatus status_ = SearchStatus::kRunning;
  SearchCounters counters_;

  std::vector<int32_t> rank_;    // by buffer, of this attempt's order
  std::vector<int64_t> offset_;  // by buffer
  std::vector<int64_t> floor_;   // by section
  std::vector<int64_t> total_;   // by section, of the unplaced
  std::vector<int32_t> cuts_;    // by section, of the unplaced

  std::vector<Frame> frames_;
  ComponentStack components_;
  std::vector<int32_t> branches_;
  FailedStates failed_;

  // By section, made anew at every node.
  std::vector<int32_t> valley_lower_;  // of the section's valley; kNone outside valleys
  std::vector<int32_t> valley_upper_;
  std::vector<int32_t> covering_;      // candidates that cover it
  std::vector<int64_t> least_before_;  // the least candidate of its valley that ends before it
  std::vector<int64_t> least_after_;   // the least that starts after it
};

}  // namespace stowage
