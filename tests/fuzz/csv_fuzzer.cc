// The CSV reader on arbitrary bytes: it must neither crash nor hang, and what it accepts is well
// formed and survives a round trip.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/validate.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace stowage;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Problem> problem = problem_from_csv(text, kMaxInteger);
  if (problem) {
    require(!check(*problem));
    const Result<Problem> again = problem_from_csv(to_csv(*problem), kMaxInteger);
    require(again.ok() && *again == *problem);
    require(ignored_columns(text).ok());
  } else {
    require(problem.error().where.line >= 1 && problem.error().where.column >= 1);
  }
  const Result<ProblemAndPlan> read = plan_from_csv(text, kMaxInteger);
  if (read) {
    const Validation validation = validate(read->problem, read->plan);
    require(validation.verdict == Verdict::kGood || !validation.message.empty());
  }
  return 0;
}
