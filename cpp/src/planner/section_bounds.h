// Lower bounds from the fullest sections, each searched alone.
//
// Where fixed offsets, alignments or windows keep a section's buffers from being stacked without
// holes, its load says too little, and the search of the whole partition would find that out again
// below every placement elsewhere. The few buffers of one section are searched in no time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "planner/model.h"
#include "planner/slice.h"
#include "stowage/planner/solver_params.h"

namespace stowage {

class PartitionSolver;

class SectionBounds {
 public:
  // Heights in bytes; as PartitionSolver. The problem and the params must outlive this.
  SectionBounds(const Problem& problem, const Model& model, const SolverParams& params,
                int64_t goal, int64_t capacity);
  ~SectionBounds();

  // Searches the next section, or goes on with it. False when the slice is spent first.
  bool run(Slice& slice);
  [[nodiscard]] bool done() const { return next_ == sections_.size(); }

  // The best bound of the sections done with, in bytes; 0 without any.
  [[nodiscard]] int64_t lower_bound() const { return lower_bound_; }
  [[nodiscard]] SearchCounters counters() const;

 private:
  void open(size_t section);

  const Problem& problem_;
  const Model& model_;
  const SolverParams& params_;
  int64_t goal_;
  int64_t capacity_;
  int64_t lower_bound_ = 0;
  std::vector<size_t> sections_;  // to look at, the fullest first
  size_t next_ = 0;
  Problem part_;  // the buffers of the section being searched
  std::unique_ptr<PartitionSolver> solver_;
  int64_t nodes_left_ = 0;  // for it
  SearchCounters finished_;
};

}  // namespace stowage
