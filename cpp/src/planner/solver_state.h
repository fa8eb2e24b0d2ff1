// What a solver knows so far, which its stages and its partitions share.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "planner/engine_limits.h"
#include "planner/incumbent.h"
#include "stowage/planner/search.h"
#include "stowage/planner/solver_params.h"
#include "stowage/planner/sweep.h"

namespace stowage {

struct SolverState {
  SolverState(const Problem& the_problem, SolverParams the_params)
      : problem(the_problem), params(std::move(the_params)) {}

  // What a plan must not exceed to end the search.
  [[nodiscard]] int64_t goal() const {
    return params.minimize_capacity ? lower_bound : problem.capacity;
  }

  // Decoders can only fail where two fixed buffers overlap each other.
  [[nodiscard]] bool fixed_buffers_fit() {
    if (!fixed_buffers_disjoint) fixed_buffers_disjoint = fixed_buffers_are_disjoint(problem);
    return *fixed_buffers_disjoint;
  }

  const Problem& problem;
  const SolverParams params;
  Sweep sweep;
  std::optional<Incumbent> incumbent;  // once the sweep is finished
  int64_t lower_bound = 0;
  static constexpr int64_t kNoHeight = std::numeric_limits<int64_t>::max();
  int64_t reported_height = kNoHeight;  // by another search
  Engine engine = Engine::kAuto;
  SearchStatus status = SearchStatus::kRunning;
  std::optional<bool> fixed_buffers_disjoint;  // nothing until asked for
};

}  // namespace stowage
