// The front door: from a problem to a plan, or to the proof that there is none.
#pragma once

#include <memory>
#include <optional>

#include "stowage/base/result.h"
#include "stowage/planner/search.h"
#include "stowage/planner/solver_params.h"
#include "stowage/planner/sweep.h"

namespace stowage {

// The search that `params` ask for:
//   - without minimize_capacity: kSolved with an incumbent within the capacity, or kInfeasible;
//   - with it: kSolved with the least height (incumbent()->height == lower_bound()), an incumbent
//     from early on; kInfeasible once the least height is proven to exceed the capacity.
// The heuristic engine ends in kExhausted when its best plan is neither within the capacity nor
// at the lower bound; so do the exact ones where a problem has too many overlaps to search.
class Solver : public Search {
 public:
  // Tells of what another search of the same problem has found: that there is a plan of `height`,
  // and that none is lower than `lower_bound`. From then on a search for the least height looks
  // only for lower plans, and ends in kExhausted, with a bound of `height`, when there are none;
  // any search ends as soon as the bound is the answer. Both must be true. Call between two steps.
  virtual void report(int64_t height, int64_t lower_bound) = 0;

  // Whether the plans are still to come that every answer is at least as low as: a greedy one, and
  // first fit by size, unless this takes more than some tenths of a second. A time limit had better
  // wait for them.
  [[nodiscard]] virtual bool is_starting() const = 0;

  // All are known once the first plan or the answer is.

  // Why the answer was kInfeasible at once, when it was the load.
  [[nodiscard]] virtual const std::optional<Overload>& overload() const = 0;
  // The largest load of any section.
  [[nodiscard]] virtual int64_t max_load() const = 0;
  // The engine whose search gave the incumbent or the proof; kAuto while there is neither, and when
  // the load alone is the proof.
  [[nodiscard]] virtual Engine engine() const = 0;
};

// Errors: an ill-formed problem or params. The problem must outlive the solver.
Result<std::unique_ptr<Solver>> make_solver(const Problem& problem, const SolverParams& params);

}  // namespace stowage
