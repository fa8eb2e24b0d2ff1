#include "stowage/planner/explain.h"

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/messages.h"
#include "cli/search_loop.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/sweep.h"

namespace stowage::cli {
namespace {

Problem subset_of(const Problem& problem, const std::vector<BufferIndex>& buffers) {
  Problem subset;
  subset.capacity = problem.capacity;
  for (const BufferIndex buffer : buffers) {
    subset.buffers.push_back(problem.buffers[static_cast<size_t>(buffer)]);
  }
  return subset;
}

// Writes the subset and says what it means; `why_not_less` tells whether it is irreducible.
int deliver_subset(const Problem& problem, const std::vector<BufferIndex>& subset,
                   const std::string& why_not_less, const Options& options) {
  if (const Status error = write_file(options.output, to_csv(subset_of(problem, subset)))) {
    return fail(error->message);
  }
  if (const auto overload = find_overload(sweep(problem), problem.capacity)) {
    say(to_string(problem, *overload, problem.capacity));
  }
  say(messages::subset(subset.size(), problem.buffers.size(), problem.capacity) + why_not_less);
  return kAnswered;
}

}  // namespace

int run_explain(const Options& options) {
  const Result<Problem> problem = read_problem(options, *options.capacity);
  if (!problem) return fail(to_string(problem.error()));
  const auto start = Clock::now();
  catch_interrupts();
  const auto made = make_explanation(*problem, options.params);
  if (!made) return fail(to_string(made.error()));
  Explanation& explanation = **made;
  ExplanationStatus status = ExplanationStatus::kRunning;
  const auto step = [&](const Budget& budget) {
    status = explanation.step(budget);
    return status == ExplanationStatus::kRunning;
  };
  const Stop stop = run_in_slices(
      deadline_after(start, options.timeout_seconds), step, [] { return false; }, [] {});
  if (status == ExplanationStatus::kFeasible) {
    say(messages::all_fit(problem->capacity));
    return kNoAnswer;
  }
  const std::vector<BufferIndex>& subset = explanation.subset();
  if (status == ExplanationStatus::kFound) {
    return deliver_subset(*problem, subset, subset.size() > 1 ? messages::kIrreducible : "",
                          options);
  }
  if (subset.empty()) {
    say(std::string("unknown: ") + to_string(stop));
    return kUnknown;
  }
  const int written =
      deliver_subset(*problem, subset, messages::not_irreducible(to_string(stop)), options);
  return written == kAnswered ? kUnknown : written;
}

}  // namespace stowage::cli
