// Perfect problems: a rectangle cut into buffers, so that a plan exists that leaves no byte unused
// at any moment.
#pragma once

#include <cstdint>

#include "stowage/planner/csv.h"

namespace stowage::problems {

// Every offset and size of `make_perfect` is a multiple of this.
inline constexpr int64_t kPerfectUnit = 64;

// A problem whose load equals its capacity (2^20) at every moment, made by guillotine cuts: the
// largest rectangle is cut in two at a random place, first into bands along time and then across
// its longer side (in a picture of the whole that is a square), until there are `buffers`, from 1.
// The plan is the one that the cuts leave. Such problems have no slack anywhere and buffers much
// alike, which makes them the hardest of their size (compare the instances without waste of Hopper
// and Turton, "An Empirical Investigation of Meta-heuristic and Heuristic Algorithms for a 2D
// Packing Problem", EJOR 128, 2001). O(n log n).
ProblemAndPlan make_perfect(int64_t buffers, uint64_t seed);

// What may be strewn over a problem. Each keeps the plan valid, and the load as it is.
struct Sprinkles {
  bool alignments = false;  // a power of two that divides the offset, on one buffer in four
  bool fixed = false;       // the plan's offset, on one buffer in sixteen
  bool gaps = false;        // in one buffer of four; another buffer then takes what is given away
  bool windows = false;     // the same, but the one with the gap keeps a part
};

// `solved` with sprinkles. Its plan must be valid. O(n).
ProblemAndPlan sprinkle(ProblemAndPlan solved, const Sprinkles& sprinkles, uint64_t seed);

}  // namespace stowage::problems
