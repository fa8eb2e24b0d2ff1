#include "bench/solve/measure.h"

#if __has_include(<sys/resource.h>)
#include <sys/resource.h>
#endif

#include <chrono>
#include <ctime>
#include <memory>

#include "stowage/planner/explain.h"
#include "stowage/planner/solver.h"
#include "stowage/planner/validate.h"

namespace stowage::bench {
namespace {

const char* status_of(SearchStatus status, const Plan* plan, int64_t capacity) {
  if (status == SearchStatus::kInfeasible) return "infeasible";
  return plan && plan->height <= capacity ? "solved" : "unknown";
}

// The processor time and the time on the clock since it was made.
class Stopwatch {
 public:
  void stop(Measurement& measurement) const {
    using std::chrono::steady_clock;
    measurement.seconds = processor_seconds() - processor_start_;
    measurement.wall_seconds =
        std::chrono::duration<double>(steady_clock::now() - wall_start_).count();
  }

 private:
  double processor_start_ = processor_seconds();
  std::chrono::steady_clock::time_point wall_start_ = std::chrono::steady_clock::now();
};

Budget slice_of(std::chrono::milliseconds time) {
  return Budget{.deadline = std::chrono::steady_clock::now() + time};
}

// Appends what is known now if it is news.
void tell(const Solver& solver, double seconds, std::vector<Moment>& trace) {
  Moment now{seconds, std::nullopt, solver.lower_bound()};
  if (solver.incumbent()) now.height = solver.incumbent()->height;
  if (!trace.empty() && trace.back().height == now.height && trace.back().bound == now.bound) {
    return;
  }
  trace.push_back(now);
}

}  // namespace

double processor_seconds() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

int64_t peak_bytes() {
#if __has_include(<sys/resource.h>)
  rusage usage = {};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
#ifdef __APPLE__
  return usage.ru_maxrss;
#else
  return int64_t{1024} * usage.ru_maxrss;
#endif
#else
  return 0;
#endif
}

Result<Measurement> measure(const Problem& problem, const SolverParams& params,
                            double timeout_seconds, bool trace) {
  const auto slice = std::chrono::milliseconds(trace ? 1 : 10);
  Measurement measurement;
  const Stopwatch stopwatch;
  const auto solver = make_solver(problem, params);
  if (!solver) return solver.error();
  SearchStatus status = SearchStatus::kRunning;
  do {
    status = (*solver)->step(slice_of(slice));
    stopwatch.stop(measurement);
    if (trace) tell(**solver, measurement.seconds, measurement.trace);
  } while (status == SearchStatus::kRunning && measurement.seconds < timeout_seconds);

  const Plan* plan = (*solver)->incumbent();
  measurement.status = status_of(status, plan, problem.capacity);
  measurement.lower_bound = (*solver)->lower_bound();
  measurement.max_load = (*solver)->max_load();
  measurement.engine = (*solver)->engine();
  measurement.counters = (*solver)->counters();
  if (!plan) return measurement;
  measurement.height = plan->height;
  const double judged = processor_seconds();
  const Verdict verdict = validate(problem, *plan).verdict;
  measurement.validate_seconds = processor_seconds() - judged;
  // A plan above the capacity is no answer, and not judged as one.
  if (measurement.status == "solved" && verdict != Verdict::kGood) measurement.status = "invalid";
  return measurement;
}

Result<Measurement> measure_explanation(const Problem& problem, const SolverParams& params,
                                        double timeout_seconds) {
  Measurement measurement;
  const Stopwatch stopwatch;
  const auto explanation = make_explanation(problem, params);
  if (!explanation) return explanation.error();
  ExplanationStatus status = ExplanationStatus::kRunning;
  do {
    status = (*explanation)->step(slice_of(std::chrono::milliseconds(10)));
    stopwatch.stop(measurement);
  } while (status == ExplanationStatus::kRunning && measurement.seconds < timeout_seconds);
  measurement.status = "unknown";
  if (status == ExplanationStatus::kFound) measurement.status = "infeasible";
  if (status == ExplanationStatus::kFeasible) measurement.status = "solved";
  measurement.counters = (*explanation)->counters();
  measurement.subset = static_cast<int64_t>((*explanation)->subset().size());
  measurement.solves = (*explanation)->solves();
  return measurement;
}

}  // namespace stowage::bench
