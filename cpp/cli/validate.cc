#include "stowage/planner/validate.h"

#include "cli/commands.h"
#include "cli/files.h"
#include "stowage/planner/csv.h"

namespace stowage::cli {

int run_validate(const Options& options) {
  const Result<std::string> text = read_input(options);
  if (!text) return fail(to_string(text.error()));
  const Result<ProblemAndPlan> read = plan_from_csv(*text, *options.capacity);
  if (!read) return fail(to_string(in_input(options, read.error())));
  const Validation validation = validate(read->problem, read->plan);
  std::string line = to_string(validation.verdict);
  if (validation.verdict != Verdict::kGood) line += ": " + validation.message;
  if (const Status error = write_output(line + "\n")) return fail(error->message);
  return validation.verdict == Verdict::kGood ? kAnswered : kFailed;
}

}  // namespace stowage::cli
