// One partition's way to its answer: a plan within the capacity, or the least height.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "planner/beam_ladder.h"
#include "planner/model.h"
#include "planner/portfolio.h"
#include "planner/repack_search.h"
#include "planner/section_bounds.h"
#include "planner/slice.h"
#include "planner/window_bounds.h"

namespace stowage {

class PartitionSolver {
 public:
  // All heights in bytes. The problem and the params must outlive the solver. Looks for a plan of
  // at most `goal`; when params.minimize_capacity says so and there is none, for the lowest of at
  // most `capacity`.
  // With `bound_sections` it first looks at the fullest sections alone.
  PartitionSolver(const Problem& problem, Model model, const SolverParams& params, int64_t goal,
                  int64_t capacity, bool bound_sections = false);

  // kSolved: a plan of at most the goal, or the lowest, is known: the last that was found or
  // reported. kInfeasible: none within the capacity. kRunning: the slice is spent, or a plan has
  // been found (`take_found`) and the search for a lower one goes on.
  SearchStatus run(Slice& slice);

  // The offsets in units of a plan found since the last call; nullptr if none was.
  const std::vector<int64_t>* take_found();
  // Tells of a plan from elsewhere: its height, or its offsets in bytes, by buffer of the model.
  void report_height(int64_t height);
  void report_plan(const std::vector<int64_t>& offsets);

  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] Engine engine() const { return engine_; }  // of the last answer
  [[nodiscard]] int64_t lower_bound() const;
  [[nodiscard]] SearchCounters counters() const;

 private:
  enum class Turn { kPortfolio, kBeam, kRepack, kWindows };

  // In units.
  void bound_sections(Slice& slice);
  [[nodiscard]] int64_t ceiling() const;  // the heights worth looking at
  [[nodiscard]] int64_t floor() const;
  void begin_turn();
  void run_portfolio(Slice& slice);
  void run_beam(Slice& slice);
  void run_repack(Slice& slice);
  void run_windows(Slice& slice);
  void aim();
  void learn(SearchStatus status);
  void take_plan(const std::vector<int64_t>& offsets);
  void drop_portfolio();

  const Problem& problem_;
  Model model_;
  const SolverParams& params_;
  int64_t goal_;
  int64_t capacity_;
  int64_t lower_bound_;            // proven
  std::optional<int64_t> height_;  // of the lowest known plan
  int64_t target_ = 0;             // the capacity that the portfolio searches
  double aim_ = 0;                 // where between the bound (0) and the incumbent (1)
  int64_t node_limit_;
  std::unique_ptr<SectionBounds> section_bounds_;
  std::unique_ptr<Portfolio> portfolio_;
  std::optional<BeamLadder> beam_;  // takes turns with the portfolio
  std::optional<RepackSearch> repack_;
  std::optional<WindowBounds> windows_;
  bool relaxes_ = false;  // looks at parts of the partition alone
  Turn turn_ = Turn::kWindows;
  int64_t turn_work_ = 0;      // left of this turn
  SearchCounters finished_;    // of portfolios done with
  std::vector<int64_t> plan_;  // the last that was found or reported with offsets
  bool has_found_ = false;
  Engine engine_ = Engine::kAuto;
};

}  // namespace stowage
