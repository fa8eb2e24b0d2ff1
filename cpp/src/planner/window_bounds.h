// Lower bounds from windows of time, each searched alone.
//
// Leave out all sections but a few neighbouring ones, and the buffers that are live there are cut
// to them: every plan of the whole is a plan of the window as well, so the least height of the
// window is a lower bound. Windows of few sections have few buffers and are searched in no time;
// wider ones follow, and more nodes for each in every round.
#pragma once

#include <cstdint>
#include <memory>

#include "planner/model.h"
#include "planner/slice.h"
#include "stowage/planner/problem.h"
#include "stowage/planner/solver_params.h"

namespace stowage {

class PartitionSolver;

class WindowBounds {
 public:
  // Whether the model is plain and has windows narrower than itself.
  static bool accepts(const Model& model);

  // The model must outlive this.
  WindowBounds(const Model& model, const SolverParams& params);
  ~WindowBounds();

  // Goes on with a window, looking for its least height from `floor` to `ceiling`; in units.
  // Returns once it is done with, or the slice is spent.
  void run(Slice& slice, int64_t floor, int64_t ceiling);

  // Whether no window has more to tell: each was searched to its least height or below the floor.
  [[nodiscard]] bool done() const { return done_; }
  // The best bound of the windows so far, in units.
  [[nodiscard]] int64_t lower_bound() const { return lower_bound_; }
  [[nodiscard]] SearchCounters counters() const;

 private:
  void open(int64_t floor, int64_t ceiling);
  void next();

  const Model& model_;
  SolverParams params_;
  int64_t lower_bound_ = 0;
  int32_t width_;
  int32_t begin_ = 0;
  int64_t node_limit_;  // for a window
  Problem part_;        // the window being searched
  std::unique_ptr<PartitionSolver> solver_;
  int64_t nodes_left_ = 0;
  bool all_decided_ = true;  // in this round
  bool done_ = false;
  SearchCounters finished_;
};

}  // namespace stowage
