// The independent judge of a plan. Shares no data structure with the solvers.
#pragma once

#include <string>
#include <vector>

#include "stowage/planner/plan.h"
#include "stowage/planner/problem.h"

namespace stowage {

enum class Verdict {
  kGood,
  kBadSolution,   // "bad-solution": the number of offsets is not the number of buffers
  kBadFixed,      // "bad-fixed": a fixed buffer is not at its offset
  kBadOffset,     // "bad-offset": a buffer starts below 0 or ends above the capacity
  kBadOverlap,    // "bad-overlap": two buffers hold the same byte at the same moment
  kBadAlignment,  // "bad-alignment": an offset is no multiple of its buffer's alignment
  kBadHeight,     // "bad-height": the height is not the highest end
};

// "good", "bad-overlap" and so on.
const char* to_string(Verdict verdict);

struct Validation {
  Verdict verdict = Verdict::kGood;
  // The buffers at fault: the two that overlap, the one that is misplaced, none for kBadSolution.
  std::vector<BufferIndex> buffers;
  // One sentence for a person, naming the buffers, offsets and times; empty when good.
  std::string message;
};

// Judges `plan`. The checks run in the order of `Verdict`; the first that fails is reported.
// A sweep over time that keeps the held intervals of space in order: O(p log p) for p pieces.
Validation validate(const Problem& problem, const Plan& plan);

}  // namespace stowage
