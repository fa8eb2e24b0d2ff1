#include "stowage/planner/solver.h"

#include <cstdio>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/json.h"
#include "cli/messages.h"
#include "cli/progress.h"
#include "cli/search_loop.h"
#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/validate.h"

namespace stowage::cli {
namespace {

enum class Outcome { kSolved, kInfeasible, kUnknown };

const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSolved:
      return "solved";
    case Outcome::kInfeasible:
      return "infeasible";
    case Outcome::kUnknown:
      return "unknown";
  }
  return "";
}

int exit_status(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSolved:
      return kAnswered;
    case Outcome::kInfeasible:
      return kNoAnswer;
    case Outcome::kUnknown:
      return kUnknown;
  }
  return kFailed;
}

// A search that has ended or was stopped.
struct Answer {
  const Problem& problem;
  const Solver& solver;
  Outcome outcome;
  Stop stop;
  double seconds;

  // What is worth writing, if anything.
  [[nodiscard]] const Plan* plan() const {
    return outcome == Outcome::kInfeasible ? nullptr : solver.incumbent();
  }
};

Answer search(const Problem& problem, Solver& solver, Clock::time_point start, double timeout) {
  SearchStatus status = SearchStatus::kRunning;
  Stop stop = Stop::kEnded;
  {
    Progress progress(start);
    const auto step = [&](const Budget& budget) {
      status = solver.step(budget);
      return status == SearchStatus::kRunning;
    };
    const auto show = [&] {
      const Plan* best = solver.incumbent();
      progress.show(best ? &best->height : nullptr, solver.lower_bound(), solver.counters().nodes);
    };
    stop = run_in_slices(
        deadline_after(start, timeout), step, [&] { return solver.is_starting(); }, show);
  }
  const Plan* best = solver.incumbent();
  Outcome outcome = Outcome::kUnknown;
  if (best && best->height <= problem.capacity) outcome = Outcome::kSolved;
  if (status == SearchStatus::kInfeasible) outcome = Outcome::kInfeasible;
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return {problem, solver, outcome, stop, seconds};
}

std::string to_sentence(const Answer& answer) {
  const Solver& solver = answer.solver;
  const Plan* plan = answer.plan();
  const int64_t* height = plan ? &plan->height : nullptr;
  std::string text = std::string(to_string(answer.outcome)) + ": ";
  switch (answer.outcome) {
    case Outcome::kSolved:
      text += messages::heights(height, solver.lower_bound(), "");
      break;
    case Outcome::kInfeasible:
      // Seen before any search, so that there is no work to speak of.
      if (const auto& overload = solver.overload()) {
        return text + to_string(answer.problem, *overload, answer.problem.capacity);
      }
      text += messages::no_plan(answer.problem.capacity);
      break;
    case Outcome::kUnknown:
      text += std::string(to_string(answer.stop)) + "; " +
              messages::heights(height, solver.lower_bound(), "best ");
      break;
  }
  const SearchCounters counters = solver.counters();
  return text + messages::work(to_string(solver.engine()), counters.nodes, counters.backtracks,
                               answer.seconds);
}

std::string to_json(const Answer& answer, uint64_t seed) {
  const Plan* plan = answer.plan();
  const SearchCounters counters = answer.solver.counters();
  char seconds[64];
  std::snprintf(seconds, sizeof seconds, "%.6f", answer.seconds);
  return JsonObject()
      .add("status", to_string(answer.outcome))
      .add("height", plan ? std::optional(plan->height) : std::nullopt)
      .add("lowerBound", answer.solver.lower_bound())
      .add("maxLoad", answer.solver.max_load())
      .add("optimal", plan && plan->height == answer.solver.lower_bound())
      .add("engine", to_string(answer.solver.engine()))
      .add("nodes", counters.nodes)
      .add("backtracks", counters.backtracks)
      .add_raw("seconds", seconds)
      .add("seed", static_cast<int64_t>(seed))
      .line();
}

// Writes the plan and says how the search ended.
Status deliver(const Answer& answer, const Options& options) {
  if (const Plan* plan = answer.plan()) {
    if (options.validate) {
      const Validation validation = validate(answer.problem, *plan);
      // A plan above the capacity is what an unanswered search has to offer.
      const bool expected =
          answer.outcome == Outcome::kUnknown && validation.verdict == Verdict::kBadOffset;
      if (validation.verdict != Verdict::kGood && !expected) {
        return Error{ErrorCode::kInvalidArgument,
                     messages::defect(to_string(validation.verdict), validation.message)};
      }
    }
    if (auto error = write_file(options.output, to_csv(answer.problem, plan))) return error;
  }
  if (!options.json) {
    say(to_sentence(answer));
    return std::nullopt;
  }
  const std::string json = to_json(answer, options.params.seed);
  if (options.output != "-") return write_output(json);
  std::fputs(json.c_str(), stderr);
  return std::nullopt;
}

}  // namespace

int run_solve(const Options& options) {
  const Result<Problem> problem = read_problem(options, options.capacity.value_or(kMaxInteger));
  if (!problem) return fail(to_string(problem.error()));
  const auto start = Clock::now();
  catch_interrupts();
  const Result<std::unique_ptr<Solver>> solver = make_solver(*problem, options.params);
  if (!solver) return fail(to_string(solver.error()));
  const Answer answer = search(*problem, **solver, start, options.timeout_seconds);
  if (const Status error = deliver(answer, options)) return fail(error->message);
  return exit_status(answer.outcome);
}

}  // namespace stowage::cli
