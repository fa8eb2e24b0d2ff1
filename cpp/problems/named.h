// Made-up problems by name, as command lines and tables give them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stowage/base/result.h"
#include "stowage/planner/problem.h"

namespace stowage::problems {

// KIND:BUFFERS:SEED, where KIND is
//   perfect    load equal to capacity everywhere, and a plan (perfect.h)
//   aligned, fixed, gaps, windows   the same, with alignments, fixed offsets, or gaps without or
//              with windows
//   sprinkled  the same, with the first three
//   full       load equal to capacity everywhere, and mostly no plan (random.h)
//   random     a quarter of all buffers live at each moment
//   short      lifetimes of up to 100 moments (random.h)
//   dense      lifetimes of up to an eighteenth of all moments: n * n / 36 pairs live together
//   heavy      a heavy tail of lifetimes, of up to a quarter of all moments (random.h)
//   layered    as short, but one in fifty lives for 2 to 7 percent of all moments
//   training   a network's pass forward and backward
// The last six have no limit on the capacity. Errors: another form, or no buffers.
Result<Problem> make_named(std::string_view name);

}  // namespace stowage::problems
