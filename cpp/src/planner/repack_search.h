// A search among plans for a lower one: takes the upper part off the plan that there is and packs
// it anew, a little lower (large neighbourhood search: Shaw, "Using Constraint Programming and
// Local Search Methods to Solve Vehicle Routing Problems", CP 1998).
//
// Where a problem has some slack everywhere, no search from the ground up comes to the least
// height: it must do everything right at once. Here a plan is kept and made better step by step:
//   - It aims one unit below its height. The buffers that end above that are *left out*.
//   - A cut through the plan, from side to side or rising away from one buffer that is left out,
//     decides what is taken off; some of those left out join it, and the valley search, now and
//     then a beam, looks for room for all. What it finds is kept.
//   - Now and then it packs the part without any that is left out, just to have another plan, or
//     turns the plan upside down first.
//   - When nothing is left out any more, the plan is complete, and it aims lower. When it is stuck,
//     it goes back to the lowest plan, packs parts of that anew under a looser target, and comes
//     down again.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <vector>

#include "planner/beam_search.h"
#include "planner/model.h"
#include "planner/slice.h"
#include "planner/valley_search.h"
#include "stowage/planner/solver_params.h"

namespace stowage {

class RepackSearch {
 public:
  static bool accepts(const Model& model, int64_t height) {
    return BeamSearch::accepts(model, height);
  }

  // The model must be accepted with the height of any plan, and outlive the search.
  RepackSearch(const Model& model, const SolverParams& params);

  // Takes over a valid plan (in units, by buffer of the model) if it is lower than its own.
  void offer(const std::vector<int64_t>& offsets);

  // After the first offer. kSolved: the plan has become lower. Otherwise kRunning: it never ends.
  // Aims no lower than `floor`.
  SearchStatus run(Slice& slice, int64_t floor);

  // The lowest plan, and its height.
  [[nodiscard]] const std::vector<int64_t>& offsets() const { return best_; }
  [[nodiscard]] int64_t height() const { return height_; }
  // A node is one of the search that packs a part.
  [[nodiscard]] SearchCounters counters() const;

 private:
  void start_from_best();
  void drop_part();
  void aim(int64_t floor);
  bool keep_plan();
  void take_off_part();
  void turn_over();
  std::vector<bool> cut(int32_t centre);
  void begin_attempt();
  SearchStatus pack_part(Slice& slice);
  void finish_part(bool is_packed);
  void keep_part(const std::vector<int64_t>& part_offsets);

  bool one_in(uint64_t count) { return random_() % count == 0; }
  int32_t any_of(int64_t count) {
    return static_cast<int32_t>(random_() % static_cast<uint64_t>(count));
  }
  [[nodiscard]] int64_t width(size_t b) const {
    return model_.end_section[b] - model_.first_section[b];
  }

  const Model& model_;
  std::mt19937_64 random_;
  int64_t look_work_;          // of looking at everything once
  std::vector<int64_t> best_;  // the lowest complete plan
  int64_t height_ = 0;         // of it

  // What is worked on: all that is not left out ends at or below the target.
  int64_t working_height_ = 0;   // of the last complete plan, or what it may be changed up to
  std::vector<int64_t> offset_;  // kNoOffset: left out
  std::vector<int32_t> left_out_;
  int64_t target_ = 0;
  int64_t failures_ = 0;      // parts in a row that did not help
  int64_t changes_left_ = 0;  // parts of the complete plan to pack anew

  // The part taken off; empty between two.
  std::vector<int32_t> part_;
  std::vector<int64_t> base_;  // the plan that it is taken off
  bool changes_only_ = false;  // nothing left out is in it
  Model part_model_;
  std::unique_ptr<ValleySearch> valley_;  // packs it,
  std::unique_ptr<BeamSearch> beam_;      // or this does
  int64_t nodes_left_ = 0;
  SearchCounters finished_;  // of parts done with
};

}  // namespace stowage
