// The memory of a problem, or of a recorded trace, handed out online, next to the static plan.
#include <algorithm>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/messages.h"
#include "cli/pool_report.h"
#include "cli/search_loop.h"
#include "cli/trace/recorded_trace.h"
#include "stowage/base/integer.h"
#include "stowage/planner/solver.h"
#include "stowage/planner/sweep.h"
#include "stowage/pool/trace.h"

namespace stowage::cli {
namespace {

PoolTrace online(const Problem& problem, const std::optional<RecordedTrace>& trace) {
  std::vector<BlockLifetime> lifetimes;
  lifetimes.reserve(problem.buffers.size());
  for (const Buffer& buffer : problem.buffers) {
    lifetimes.push_back({buffer.lifespan.lower, buffer.lifespan.upper, buffer.size,
                         buffer.alignment, buffer.offset});
  }
  return trace_of(lifetimes, trace ? trace->defragmented_at : std::vector<int64_t>());
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

// A trace, if it was one, and the problem that planning ahead would have had to solve.
struct Input {
  Problem problem;
  std::optional<RecordedTrace> trace;
};

Result<PoolReport> compare(const Input& input, const Options& options,
                           std::optional<int64_t> capacity) {
  const Problem& problem = input.problem;
  PoolReport report;
  report.max_load = sweep(problem).max_load();
  report.capacity = capacity;
  const PoolTrace trace = online(problem, input.trace);
  for (const PoolPolicy policy : options.policies) {
    const Result<PolicyOutcome> outcome = replay(trace, policy, capacity);
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

Result<Input> read_trace(const Options& options, std::string_view text, TraceFormat format) {
  Result<RecordedTrace> trace =
      format == TraceFormat::kPoolLog ? read_pool_log(text) : read_rmm_log(text);
  if (!trace) return in_input(options, trace.error());
  Input input{{{}, kMaxInteger}, *std::move(trace)};
  input.problem.buffers.reserve(input.trace->blocks.size());
  for (const BlockLifetime& block : input.trace->blocks) {
    Buffer& buffer = input.problem.buffers.emplace_back();
    buffer.id = std::to_string(input.problem.buffers.size() - 1);
    buffer.lifespan = {block.lower, block.upper};
    buffer.size = block.size;
    buffer.alignment = block.alignment;
    buffer.offset = block.offset;
  }
  if (const Status error = check(input.problem)) return in_input(options, *error);
  return input;
}

Result<Input> read(const Options& options) {
  const Result<std::string> text = read_file(*options.input);
  if (!text) return text.error();
  const TraceFormat format = format_of(*text);
  if (format != TraceFormat::kProblem) return read_trace(options, *text, format);
  Result<Problem> problem = to_problem(options, *text, kMaxInteger);
  if (!problem) return problem.error();
  return Input{*std::move(problem), std::nullopt};
}

void say_what_takes_no_part(const Options& options, const Input& input) {
  if (has_gaps(input.problem)) say_of_input(options, messages::kGapsAreHeld);
  if (!input.trace) return;
  const Omission& failed = input.trace->failed_allocations;
  if (failed.count > 0) {
    say_of_input(options, messages::failed_when_logged(failed.count, failed.first_line));
  }
}

}  // namespace

int run_pool(const Options& options) {
  const Result<Input> input = read(options);
  if (!input) return fail(to_string(input.error()));
  say_what_takes_no_part(options, *input);
  catch_interrupts();
  const auto total = input->trace ? input->trace->total : std::nullopt;
  const Result<PoolReport> report =
      compare(*input, options, options.capacity ? options.capacity : total);
  if (!report) return fail(to_string(report.error()));
  if (has_failures(*report)) say_of_input(options, messages::kOffsetsAreTaken);
  const Status error = write_output(options.json ? to_json(*report) : to_table(*report));
  if (error) return fail(error->message);
  if (options.json) return kAnswered;
  if (const auto& trace = input->trace) {
    say(messages::trace(trace->num_events, static_cast<int64_t>(trace->blocks.size()),
                        trace->never_freed, static_cast<int64_t>(trace->defragmented_at.size()),
                        report->max_load));
  }
  say(messages::static_plan(report->height, report->lower_bound));
  return kAnswered;
}

}  // namespace stowage::cli
