// The skyline search over one partition.
//
// The floor of a section is the height below which everything in it is decided. A valley is a
// maximal run of sections with one floor whose neighbours are higher. In a settled plan, where
// every buffer rests on the ground or on another, for any section s of a valley just one of these
// holds:
//   - one particular unplaced buffer that covers s, and that the floor elsewhere does not lift,
//     rests on its floor;
//   - none does. Then what lies lowest above s rests on something else: on a wall, or on a buffer
//     that rests higher in the valley beside s. The floor of s may rise to the lower wall, or to
//     the valley's floor plus the least buffer that fits beside s, whichever is lower.
// The branches exclude each other, so no plan is met twice. Rising eats the section's slack; where
// that is too small the branch is gone. The search takes the section with the fewest branches
// anywhere, splits what is left into independent parts, and remembers the states that failed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "planner/failed_states.h"
#include "planner/model.h"
#include "planner/slice.h"
#include "planner/valley_order.h"
#include "planner/valley_state.h"

namespace stowage {

class ValleySearch {
 public:
  // The model must outlive the search. `capacity` is in units.
  ValleySearch(const Model& model, int64_t capacity);

  // Begins anew, with another order and a limit on the nodes of this attempt. What is known of
  // failed states, and of where states fail, is kept.
  void start(const ValleyOrder& order, int64_t node_limit);

  // As CanonicalSearch::run, and kExhausted at the limit of the attempt.
  SearchStatus run(Slice& slice);

  // In units, by buffer of the model.
  [[nodiscard]] const std::vector<int64_t>& offsets() const { return state_.offsets(); }
  // Over all attempts. A node is a branch taken, even if its state is hopeless.
  [[nodiscard]] const SearchCounters& counters() const { return counters_; }

 private:
  static constexpr int32_t kNone = -1;

  // Sections that unplaced buffers link.
  struct Part {
    int32_t lower = 0;
    int32_t upper = 0;
    int32_t next = kNone;     // in waiting_: to solve after this one; kNone: the last
    int32_t creator = kNone;  // the frame whose branch split it off; kNone: the whole partition
  };
  struct Branch {
    int64_t rank;
    int32_t position;
  };
  struct Frame {
    Part part;
    StateKey key;
    int32_t fail_to;  // the frame to resume when this one has no branch left
    int32_t section;
    int64_t raised_floor;    // 0: no such branch, or taken already
    int32_t branches_begin;  // in branches_
    int32_t next_branch;
    int32_t branches_end;
    bool is_in_branch;
    ValleyState::Mark mark;  // what to go back to
    size_t waiting;
  };

  bool advance(Slice& slice);
  bool take_branch(Frame& frame);
  void undo(Frame& frame);
  bool fail();
  bool descend();
  Part split(const Part& part, int32_t creator);
  void push_frame(const Part& part, const StateKey& key, int32_t fail_to);
  void list_branches(Frame& frame);
  [[nodiscard]] int32_t tightest_valley(const Part& part) const;
  [[nodiscard]] int64_t rank(int32_t position, int32_t lower, const Valley& valley) const;

  const Model& model_;
  ValleyState state_;
  ValleyOrder order_;
  std::vector<int32_t> ranks_;  // by buffer, of this attempt's order
  int64_t nodes_left_ = 0;
  SearchStatus status_ = SearchStatus::kRunning;
  SearchCounters counters_;
  std::vector<Frame> frames_;
  std::vector<Part> waiting_;
  std::vector<Branch> branches_;
  FailedStates failed_;
};

}  // namespace stowage
