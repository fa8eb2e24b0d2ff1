// All that searches one partition: skylines and, where the engine and the size allow it, the exact
// search, in turns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "planner/overlap_rows.h"
#include "planner/partition_skylines.h"
#include "planner/partition_solver.h"
#include "planner/slice.h"
#include "planner/solver_state.h"

namespace stowage {

class PartitionTurns {
 public:
  // The partition of that index. What it finds it tells the state, which must outlive it.
  PartitionTurns(SolverState& state, size_t index) : state_(state), index_(index) {}

  // Whether no lower plan is needed.
  [[nodiscard]] bool is_low_enough() const;
  [[nodiscard]] bool is_large() const;
  // Asked in every slice, so that the answer is kept.
  [[nodiscard]] bool is_searched();

  // Instead of a number of plans: `SkylineSearch::try_goal`.
  static constexpr int64_t kTrial = 0;
  // Brings the skylines to so many plans.
  SkylineSearch::Status run_skylines(Slice& slice, int64_t plans);
  void drop_skylines() { skylines_.reset(); }

  // One step of the way to its answer. Whether there is nothing more to do for it; if not, the
  // slice need not be spent. The exact search begins `at_once`, or after skylines have had their
  // time.
  bool run(Slice& slice, bool at_once);
  // Gives back what it holds.
  void close();

  // Tells the exact search of the state's reported height, when there is one.
  void report_height();
  // Of the exact search.
  [[nodiscard]] SearchCounters counters() const;

 private:
  [[nodiscard]] const Partition& partition() const { return state_.sweep.partitions[index_]; }
  bool improve(Slice& slice);
  bool has_waited(Slice& slice);
  void open(Slice& slice);
  bool run_turn(Slice& slice);
  void begin_turn(bool skylines, bool skylines_ended);
  bool search(Slice& slice);

  SolverState& state_;
  size_t index_;
  std::optional<bool> searched_;                 // exactly; nothing until asked for
  std::unique_ptr<PartitionSkylines> skylines_;  // while they may be needed
  std::optional<int64_t> waiting_work_;          // left before the exact search is opened
  std::unique_ptr<OverlapRowsBuilder> rows_;     // while it is being opened
  std::unique_ptr<PartitionSolver> exact_;
  bool skyline_turn_ = false;
  bool skylines_ended_ = false;
  int64_t turn_work_ = 0;  // left of the turn
};

}  // namespace stowage
