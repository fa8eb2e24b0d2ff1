// Problems and plans as CSV, in MiniMalloc's dialect.
//
// Columns in any order, named by a header line: `id` (also `buffer`, `buffer_id`), `lower` (also
// `start`, `begin`), `upper` (or `end`, the last moment, inclusive, which then also holds for the
// upper ends of gaps), `size`, and optionally `alignment`, `hint`, `gaps`, `offset`. Letter case
// does not matter there. A gap is written `5-7`, or `9-11@0:2` with the window of the space still
// held; several are separated by spaces, in any order. An empty cell (or -1, for `hint` and
// `offset`) means none. Columns of other names are ignored: files may carry notes of their own.
//
// The text is UTF-8. Quoted fields (RFC 4180), CRLF, a byte-order mark, blank lines, and blanks
// around values are accepted; quoted values are taken as they stand.
//
// Errors carry the line and, in bytes from the line's start (a byte-order mark not counted), the
// column of the value at fault, both counted from 1. They are kParseError where the text is not in
// the dialect (a missing column, an open quote, no integer where one must be) and kInvalidArgument
// where it is but breaks a rule of `check` (a negative size, an id that is there twice, a number
// beyond 2^53 - 1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/planner/plan.h"
#include "stowage/planner/problem.h"

namespace stowage {

// Reads a problem. Offsets given in the text become fixed offsets. What is read is well formed in
// the sense of `check`. O(length of the text).
Result<Problem> problem_from_csv(std::string_view text, int64_t capacity);

// Reads a plan: a problem whose buffers all have offsets, which are taken out of the returned
// problem's buffers and handed back as the plan. Whether they are good is for `validate` to say.
struct ProblemAndPlan {
  Problem problem;
  Plan plan;
};
Result<ProblemAndPlan> plan_from_csv(std::string_view text, int64_t capacity);

// The columns of the text that mean nothing here, as its header spells them: worth a word to the
// user, who may have meant one of those above. Reads only the header, but checks the whole text's
// encoding.
Result<std::vector<std::string>> ignored_columns(std::string_view text);

// Writes `id,lower,upper,size`, then `alignment`, `hint`, `gaps` when any buffer has one, then
// `offset` (of the plan, or the fixed ones when there is no plan but some are fixed). Lines end in
// "\n"; fields are quoted only where they must be. What it writes, `problem_from_csv` reads back.
std::string to_csv(const Problem& problem, const Plan* plan = nullptr);

}  // namespace stowage
