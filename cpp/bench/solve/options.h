// The arguments of stowage_solve_bench.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/planner/solver_params.h"

namespace stowage::bench {

struct Options {
  // NAME.CAPACITY.csv, NAME.csv or KIND:BUFFERS:SEED (problems/named.h), each perhaps with ~SEED
  // behind for a twin (problems/twin.h).
  std::vector<std::string> problems;
  std::optional<int64_t> capacity;  // instead of that of the name
  SolverParams params;              // but for the seed
  uint64_t first_seed = 0;
  uint64_t seeds = 1;              // solves of each problem
  uint64_t twins = 0;              // that many twins (problems/twin.h) instead of the problem
  double timeout_seconds = 60;     // of processor time, for each solve
  bool below = false;              // prove that there is no plan one step below the least height
  bool explain = false;            // ask for an irreducible infeasible subset instead of a plan
  std::optional<int64_t> percent;  // of the largest load, as the capacity
  bool trace = false;              // tell when height and bound changed
  std::string write;               // a file for the problem instead of solving it
};

extern const char* const kUsage;

Result<Options> parse_options(int count, const char* const* arguments);

}  // namespace stowage::bench
