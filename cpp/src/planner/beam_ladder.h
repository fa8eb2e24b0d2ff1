// Beam searches of one partition, each at the height that it is best aimed at.
//
// A pass is a gamble: it takes a time that is known beforehand, and finds a plan or does not. When
// minimising, every other pass aims at the floor, the least height that there may be; those between
// aim at where plans have come within reach: half as far above the floor after a plan, farther
// after a pass without one. Passes become wider little by little.
#pragma once

#include <cstdint>
#include <memory>

#include "planner/beam_search.h"
#include "planner/model.h"
#include "planner/slice.h"
#include "stowage/planner/solver_params.h"

namespace stowage {

class BeamLadder {
 public:
  // Both must outlive this; BeamSearch accepts the model.
  BeamLadder(const Model& model, const SolverParams& params) : model_(model), params_(params) {}

  // Heights in units. Goes on with a pass that aims below `ceiling`, or else begins one that aims
  // from `floor` to `ceiling`. As BeamSearch::run.
  SearchStatus run(Slice& slice, int64_t floor, int64_t ceiling);

  // What the last pass aimed at, and its plan if it was solved.
  [[nodiscard]] int64_t target() const { return target_; }
  [[nodiscard]] const std::vector<int64_t>& offsets() const { return search_->offsets(); }
  [[nodiscard]] SearchCounters counters() const;

 private:
  void begin_pass(int64_t floor, int64_t ceiling);

  const Model& model_;
  const SolverParams& params_;
  std::unique_ptr<BeamSearch> search_;  // at target_
  int64_t target_ = -1;
  bool in_pass_ = false;
  bool at_floor_ = false;
  double aim_ = 0.5;  // from the floor (0) to the ceiling (1)
  int64_t passes_ = 0;
  int64_t width_ = 16;  // of the next pass
  SearchCounters finished_;
};

}  // namespace stowage
