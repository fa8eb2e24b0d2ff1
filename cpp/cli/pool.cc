// The buffers' memory handed out online, next to the static plan.
#include <algorithm>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/messages.h"
#include "cli/pool_report.h"
#include "cli/search_loop.h"
#include "stowage/base/integer.h"
#include "stowage/planner/solver.h"
#include "stowage/planner/sweep.h"
#include "stowage/pool/trace.h"

namespace stowage::cli {
namespace {

PoolTrace online(const Problem& problem) {
  std::vector<BlockLifetime> lifetimes;
  lifetimes.reserve(problem.buffers.size());
  for (const Buffer& buffer : problem.buffers) {
    lifetimes.push_back({buffer.lifespan.lower, buffer.lifespan.upper, buffer.size,
                         buffer.alignment, buffer.offset});
  }
  return trace_of(lifetimes);
}

Result<PolicyOutcome> replay(const PoolTrace& trace, PoolPolicy policy,
                             std::optional<int64_t> capacity) {
  const Result<ReplaySummary> grown = replay_trace(trace, {policy, std::nullopt});
  if (!grown) return grown.error();
  PolicyOutcome outcome{policy, grown->peak_end, grown->failures, std::nullopt};
  if (!capacity) return outcome;
  if (*capacity == 0) {
    // There are no pools without bytes.
    outcome.failures_at_capacity =
        std::count_if(trace.events.begin(), trace.events.end(), is_alloc);
    return outcome;
  }
  const Result<ReplaySummary> fixed = replay_trace(trace, {policy, capacity});
  if (!fixed) return fixed.error();
  outcome.failures_at_capacity = fixed->failures;
  return outcome;
}

// The lowest plan found within the time limit.
Status plan(const Problem& problem, const Options& options, PoolReport& report) {
  const auto deadline = deadline_after(Clock::now(), options.timeout_seconds);
  SolverParams params = options.params;
  params.minimize_capacity = true;
  const Result<std::unique_ptr<Solver>> solver = make_solver(problem, params);
  if (!solver) return solver.error();
  Solver& search = **solver;
  run_in_slices(
      deadline, [&](const Budget& budget) { return search.step(budget) == SearchStatus::kRunning; },
      [&] { return search.is_starting(); }, [] {});
  report.lower_bound = search.lower_bound();
  if (const Plan* best = search.incumbent()) report.height = best->height;
  return std::nullopt;
}

Result<PoolReport> compare(const Problem& problem, const Options& options) {
  PoolReport report;
  report.max_load = sweep(problem).max_load();
  report.capacity = options.capacity;
  const PoolTrace trace = online(problem);
  for (const PoolPolicy policy : options.policies) {
    const Result<PolicyOutcome> outcome = replay(trace, policy, options.capacity);
    if (!outcome) return in_input(options, outcome.error());
    report.policies.push_back(*outcome);
  }
  if (Status error = plan(problem, options, report)) return *std::move(error);
  return report;
}

bool has_gaps(const Problem& problem) {
  return std::any_of(problem.buffers.begin(), problem.buffers.end(),
                     [](const Buffer& buffer) { return !buffer.gaps.empty(); });
}

void say_of_input(const Options& options, const std::string& what) {
  say("stowage: " + input_name(*options.input) + ": " + what);
}

}  // namespace

int run_pool(const Options& options) {
  const Result<Problem> problem = read_problem(options, kMaxInteger);
  if (!problem) return fail(to_string(problem.error()));
  if (has_gaps(*problem)) say_of_input(options, messages::kGapsAreHeld);
  catch_interrupts();
  const Result<PoolReport> report = compare(*problem, options);
  if (!report) return fail(to_string(report.error()));
  if (has_failures(*report)) say_of_input(options, messages::kOffsetsAreTaken);
  const Status error = write_output(options.json ? to_json(*report) : to_table(*report));
  if (error) return fail(error->message);
  if (!options.json) say(messages::static_plan(report->height, report->lower_bound));
  return kAnswered;
}

}  // namespace stowage::cli
