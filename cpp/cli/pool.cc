// The buffers' memory handed out online, next to the static plan.
#include <algorithm>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/json.h"
#include "cli/messages.h"
#include "cli/search_loop.h"
#include "stowage/base/integer.h"
#include "stowage/planner/solver.h"
#include "stowage/planner/sweep.h"
#include "stowage/pool/trace.h"

namespace stowage::cli {
namespace {

// What became of a policy, or of the plan.
struct Row {
  std::string name;
  int64_t end = 0;
  std::optional<int64_t> failures;  // with a capacity
};

struct Comparison {
  int64_t max_load = 0;
  std::optional<int64_t> capacity;
  std::vector<Row> policies;
  std::optional<int64_t> height;  // none where fixed offsets leave no plan
  int64_t lower_bound = 0;
};

PoolTrace online(const Problem& problem) {
  std::vector<BlockLifetime> lifetimes;
  lifetimes.reserve(problem.buffers.size());
  for (const Buffer& buffer : problem.buffers) {
    lifetimes.push_back({buffer.lifespan.lower, buffer.lifespan.upper, buffer.size,
                         buffer.alignment, buffer.offset});
  }
  return trace_of(lifetimes);
}

Result<Row> replay(const PoolTrace& trace, PoolPolicy policy, std::optional<int64_t> capacity) {
  const Result<ReplaySummary> grown = replay_trace(trace, {policy, std::nullopt});
  if (!grown) return grown.error();
  Row row{to_string(policy), grown->peak_end, std::nullopt};
  if (!capacity) return row;
  if (*capacity == 0) {
    // There are no pools without bytes.
    row.failures = std::count_if(trace.events.begin(), trace.events.end(), is_alloc);
    return row;
  }
  const Result<ReplaySummary> fixed = replay_trace(trace, {policy, capacity});
  if (!fixed) return fixed.error();
  row.failures = fixed->failures;
  return row;
}

// The lowest plan found within the time limit.
Status plan(const Problem& problem, const Options& options, Comparison& comparison) {
  const auto deadline = deadline_after(Clock::now(), options.timeout_seconds);
  SolverParams params = options.params;
  params.minimize_capacity = true;
  const Result<std::unique_ptr<Solver>> solver = make_solver(problem, params);
  if (!solver) return solver.error();
  Solver& search = **solver;
  run_in_slices(
      deadline, [&](const Budget& budget) { return search.step(budget) == SearchStatus::kRunning; },
      [&] { return search.is_starting(); }, [] {});
  comparison.lower_bound = search.lower_bound();
  if (const Plan* best = search.incumbent()) comparison.height = best->height;
  return std::nullopt;
}

// `end` by the max load with four decimals, rounded half up: in integers, as the libraries of the
// two commands round in different ways.
std::string ratio(int64_t end, int64_t max_load) {
  if (max_load == 0) return "-";
  __extension__ using Wide = __int128;
  const auto scaled = static_cast<int64_t>((Wide{end} * 20000 + max_load) / (Wide{max_load} * 2));
  std::string decimals = std::to_string(scaled % 10000);
  decimals.insert(0, 4 - decimals.size(), '0');
  return std::to_string(scaled / 10000) + "." + decimals;
}

using Line = std::vector<std::string>;

// The first column to the left, the others to the right, two spaces between.
std::string aligned(const std::vector<Line>& lines) {
  std::vector<size_t> widths(lines[0].size());
  for (const Line& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  std::string text;
  for (const Line& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) {
      const std::string padding(widths[i] - line[i].size(), ' ');
      text += i == 0 ? line[i] + padding : "  " + padding + line[i];
    }
    text += "\n";
  }
  return text;
}

std::string to_table(const Comparison& comparison) {
  std::vector<Line> lines = {{"policy", "peak end", "of the max load"}};
  if (comparison.capacity) lines[0].push_back("failed at " + std::to_string(*comparison.capacity));
  const auto add = [&](const std::string& name, int64_t end, const std::string& failed) {
    lines.push_back({name, std::to_string(end), ratio(end, comparison.max_load)});
    if (comparison.capacity) lines.back().push_back(failed);
  };
  for (const Row& row : comparison.policies) {
    add(row.name, row.end, std::to_string(row.failures.value_or(0)));
  }
  if (comparison.height) {
    const bool fits = *comparison.height <= comparison.capacity.value_or(kMaxInteger);
    add("static plan", *comparison.height, fits ? "fits" : "does not fit");
  }
  return aligned(lines);
}

std::string without_end(std::string line) {
  line.pop_back();
  return line;
}

std::string to_json(const Comparison& comparison) {
  std::string policies;
  for (const Row& row : comparison.policies) {
    if (!policies.empty()) policies += ",";
    policies += without_end(JsonObject()
                                .add("policy", row.name)
                                .add("peakEnd", row.end)
                                .add("failures", row.failures)
                                .line());
  }
  const auto bound = comparison.height ? std::optional(comparison.lower_bound) : std::nullopt;
  const std::string plan = without_end(JsonObject()
                                           .add("height", comparison.height)
                                           .add("lowerBound", bound)
                                           .add("optimal", bound && comparison.height == bound)
                                           .line());
  return JsonObject()
      .add("maxLoad", comparison.max_load)
      .add("capacity", comparison.capacity)
      .add_raw("policies", "[" + policies + "]")
      .add_raw("staticPlan", plan)
      .line();
}

bool has_gaps(const Problem& problem) {
  return std::any_of(problem.buffers.begin(), problem.buffers.end(),
                     [](const Buffer& buffer) { return !buffer.gaps.empty(); });
}

}  // namespace

int run_pool(const Options& options) {
  const Result<Problem> problem = read_problem(options, kMaxInteger);
  if (!problem) return fail(to_string(problem.error()));
  if (has_gaps(*problem)) {
    say("stowage: " + input_name(*options.input) + ": " + messages::kGapsAreHeld);
  }
  catch_interrupts();
  Comparison comparison;
  comparison.max_load = sweep(*problem).max_load();
  comparison.capacity = options.capacity;
  const PoolTrace trace = online(*problem);
  for (const PoolPolicy policy : options.policies) {
    Result<Row> row = replay(trace, policy, options.capacity);
    if (!row) return fail(to_string(row.error()));
    comparison.policies.push_back(*row);
  }
  if (const Status error = plan(*problem, options, comparison)) return fail(to_string(*error));
  const Status error = write_output(options.json ? to_json(comparison) : to_table(comparison));
  if (error) return fail(error->message);
  if (!options.json) say(messages::static_plan(comparison.height, comparison.lower_bound));
  return kAnswered;
}

}  // namespace stowage::cli
