// One solve, measured in processor time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/planner/problem.h"
#include "stowage/planner/search.h"
#include "stowage/planner/solver_params.h"

namespace stowage::bench {

// The processor time of this process, in seconds.
double processor_seconds();

// The most memory that this process has held so far; 0 where the system does not tell.
int64_t peak_bytes();

// What was known from a moment on.
struct Moment {
  double seconds = 0;
  std::optional<int64_t> height;
  int64_t bound = 0;
};

struct Measurement {
  std::string status;  // "solved", "infeasible", "unknown" as the command has them, or "invalid"
  std::optional<int64_t> height;
  int64_t lower_bound = 0;
  int64_t max_load = 0;
  Engine engine = Engine::kAuto;
  SearchCounters counters;
  double seconds = 0;           // of the search
  double wall_seconds = 0;      // the same on the clock, for comparing with programs that tell that
  double validate_seconds = 0;  // of judging its plan
  std::vector<Moment> trace;
  std::optional<int64_t> subset;  // how many buffers explain that there is no plan
  int64_t solves = 0;             // that it took to find that out
};

// Solves `problem`, without a plan by itself proven valid counting as solved. Errors as
// `make_solver`.
Result<Measurement> measure(const Problem& problem, const SolverParams& params,
                            double timeout_seconds, bool trace);

// Looks for an irreducible infeasible subset: "infeasible" with one, "solved" where there is a
// plan. Errors as `make_explanation`.
Result<Measurement> measure_explanation(const Problem& problem, const SolverParams& params,
                                        double timeout_seconds);

}  // namespace stowage::bench
