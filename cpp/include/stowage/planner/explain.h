// Why there is no plan: an irreducible infeasible subset.
#pragma once

#include <memory>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/planner/search.h"
#include "stowage/planner/solver_params.h"

namespace stowage {

enum class ExplanationStatus {
  kRunning,    // the slice is used up; call again
  kFound,      // `subset` cannot fit, and fits as soon as any one buffer is taken out of it
  kFeasible,   // the problem has a plan: there is nothing to explain
  kExhausted,  // the problem is too large to search
};

// A search in slices, like `Search`. Until it has ended, `subset` is the smallest subset so far
// that is proven not to fit; empty before the first.
class Explanation {
 public:
  Explanation() = default;
  Explanation(const Explanation&) = delete;
  Explanation& operator=(const Explanation&) = delete;
  virtual ~Explanation() = default;

  virtual ExplanationStatus step(const Budget& budget) = 0;
  [[nodiscard]] virtual const std::vector<BufferIndex>& subset() const = 0;  // ascending
  // How many problems have been posed to a solver.
  [[nodiscard]] virtual int64_t solves() const = 0;
  [[nodiscard]] virtual SearchCounters counters() const = 0;
};

// A section whose load exceeds the capacity gives the subset at once: its largest buffers, as many
// as it takes. Otherwise buffers are taken out for as long as the rest stays infeasible, many at a
// time first; plans of what is left tell of most buffers that they are needed, so that it takes
// fewer solves than there are buffers in the subset, unless those are few. Errors as `make_solver`.
// The problem must outlive the explanation.
Result<std::unique_ptr<Explanation>> make_explanation(const Problem& problem,
                                                      const SolverParams& params);

}  // namespace stowage
