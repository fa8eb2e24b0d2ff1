// Twins: problems that differ from another in looks alone.
#pragma once

#include <cstdint>

#include "stowage/planner/problem.h"

namespace stowage::problems {

// The buffers of `problem` in another order, with other ids, on a time that may run backwards and
// is multiplied by a prime, and with sizes, alignments, offsets and the capacity multiplied by
// another. What the seed decides of this, it decides for every problem alike. A plan of the one,
// multiplied, is a plan of the other, so nothing that a search may rightly depend on differs. The
// products must stay within 2^53 - 1. O(n).
Problem make_twin(const Problem& problem, uint64_t seed);

}  // namespace stowage::problems
