// Problems and plans as CSV, in MiniMalloc's dialect.
//
// Columns in any order, named by a header line: `id` (also `buffer`, `buffer_id`), `lower` (also
// `start`, `begin`), `upper` (or `end`, the last moment, inclusive, which then also holds for the
// upper ends of gaps), `size`, and optionally `alignment`, `hint`, `gaps`, `offset`. A gap is
// written `5-7`, or `9-11@0:2` with the window of the space still held; several are separated by
// spaces. An empty cell (or -1, for `hint` and `offset`) means none. Quoted fields (RFC 4180), CRLF,
// a byte-order mark and blank lines are accepted.
#pragma once

#include <string>
#include <string_view>

#include "stowage/base/result.h"
#include "stowage/planner/plan.h"
#include "stowage/planner/problem.h"

namespace stowage {

// Reads a problem. Offsets given in the text become fixed offsets. What is read is well formed in
// the sense of `check`; an error carries the line and column of the value at fault.
// O(length of the text).
Result<Problem> problem_from_csv(std::string_view text, int64_t capacity);

// Reads a plan: a problem whose buffers all have offsets, which are taken out of the returned
// problem's buffers and handed back as the plan.
struct ProblemAndPlan {
  Problem problem;
  Plan plan;
};
Result<ProblemAndPlan> plan_from_csv(std::string_view text, int64_t capacity);

// Writes `id,lower,upper,size`, then `alignment`, `hint`, `gaps` when any buffer has one, then
// `offset` (of the plan, or the fixed ones when there is no plan but some are fixed). Lines end in
// "\n"; fields are quoted only where they must be. What it writes, `problem_from_csv` reads back.
std::string to_csv(const Problem& problem, const Plan* plan = nullptr);

}  // namespace stowage
