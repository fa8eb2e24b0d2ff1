#include "planner.h"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "marshal.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/sweep.h"
#include "stowage/planner/validate.h"

namespace stowage::bindings {

using emscripten::val;

namespace {

val failed(const Error& error) {
  val result = val::object();
  result.set("error", error_object(error));
  return result;
}

// Infinite limits mean none.
Budget budget_of(double nodes, double milliseconds) {
  Budget budget;
  if (std::isfinite(nodes)) budget.nodes = static_cast<int64_t>(nodes);
  if (std::isfinite(milliseconds)) {
    budget.deadline = std::chrono::steady_clock::now() +
                      std::chrono::microseconds(static_cast<int64_t>(milliseconds * 1000));
  }
  return budget;
}

// Begin and end of each range, as two Float64Arrays `<name>Lower` and `<name>Upper`.
template <typename Items, typename RangeOf>
void set_ranges(val& object, const std::string& name, const Items& items, RangeOf range_of) {
  std::vector<double> lower;
  std::vector<double> upper;
  lower.reserve(items.size());
  upper.reserve(items.size());
  for (const auto& item : items) {
    lower.push_back(static_cast<double>(range_of(item).lower));
    upper.push_back(static_cast<double>(range_of(item).upper));
  }
  object.set(name + "Lower", array_of(lower));
  object.set(name + "Upper", array_of(upper));
}

}  // namespace

val parse_problem(const val& text, double capacity) {
  const auto problem = problem_from_csv(bytes_from(text), static_cast<int64_t>(capacity));
  if (!problem) return failed(problem.error());
  val result = val::object();
  result.set("columns", columns_of(*problem));
  return result;
}

val parse_plan(const val& text, double capacity) {
  const auto parsed = plan_from_csv(bytes_from(text), static_cast<int64_t>(capacity));
  if (!parsed) return failed(parsed.error());
  val result = val::object();
  result.set("columns", columns_of(parsed->problem));
  result.set("offsets", doubles_of(parsed->plan.offsets));
  result.set("height", static_cast<double>(parsed->plan.height));
  return result;
}

val ignored_columns_of(const val& text) {
  const auto names = ignored_columns(bytes_from(text));
  return names.ok() ? val::array(*names) : val::null();
}

val write_csv(const val& columns, const val& offsets) {
  const Problem problem = problem_from(columns);
  if (offsets.isNull()) return bytes_of(to_csv(problem));
  const Plan plan = plan_from(offsets, 0);
  return bytes_of(to_csv(problem, &plan));
}

val check_problem(const val& columns) { return status_object(check(problem_from(columns))); }

val check_params(const val& params) { return status_object(check(params_from(params))); }

val validate_plan(const val& columns, const val& offsets, double height) {
  const Validation validation = validate(problem_from(columns), plan_from(offsets, height));
  val result = val::object();
  result.set("verdict", std::string(to_string(validation.verdict)));
  result.set("buffers", indices_of(validation.buffers));
  result.set("message", validation.message);
  return result;
}

double height_of(const val& columns, const val& offsets) {
  return static_cast<double>(plan_height(problem_from(columns), integers_from(offsets)));
}

val sweep_problem(const val& columns) {
  const Problem problem = problem_from(columns);
  const Sweep swept = sweep(problem);
  val result = val::object();
  set_ranges(result, "section", swept.sections,
             [](const Section& section) { return section.lifespan; });
  std::vector<int64_t> loads;
  loads.reserve(swept.sections.size());
  for (const Section& section : swept.sections) loads.push_back(section.load);
  result.set("sectionLoad", doubles_of(loads));
  set_ranges(result, "span", swept.spans, [](const SectionSpan& span) { return span.sections; });
  result.set("spanEnds", doubles_of({swept.span_begin.begin() + (swept.span_begin.empty() ? 0 : 1),
                                     swept.span_begin.end()}));
  set_ranges(result, "partition", swept.partitions,
             [](const Partition& partition) { return partition.sections; });
  result.set("maxLoad", static_cast<double>(swept.max_load()));
  result.set("peak", static_cast<double>(swept.peak()));
  result.set("overlaps", static_cast<double>(count_overlaps(problem)));
  return result;
}

val overload_of(const val& columns) {
  const Problem problem = problem_from(columns);
  return overload_object(problem, find_overload(sweep(problem), problem.capacity));
}

SearchHandle::SearchHandle(const val& columns, const val& params)
    : problem_(problem_from(columns)), solver_(make_solver(problem_, params_from(params))) {}

val SearchHandle::error() const {
  return solver_.ok() ? val::null() : error_object(solver_.error());
}

int SearchHandle::step(double nodes, double milliseconds) {
  return static_cast<int>((*solver_)->step(budget_of(nodes, milliseconds)));
}

void SearchHandle::report(double height, double lower_bound) {
  const int64_t known =
      std::isfinite(height) ? static_cast<int64_t>(height) : std::numeric_limits<int64_t>::max();
  (*solver_)->report(known, static_cast<int64_t>(lower_bound));
}

double SearchHandle::nodes() const { return static_cast<double>((*solver_)->counters().nodes); }

double SearchHandle::backtracks() const {
  return static_cast<double>((*solver_)->counters().backtracks);
}

double SearchHandle::lower_bound() const { return static_cast<double>((*solver_)->lower_bound()); }

bool SearchHandle::is_starting() const { return (*solver_)->is_starting(); }

double SearchHandle::max_load() const { return static_cast<double>((*solver_)->max_load()); }

std::string SearchHandle::engine() const { return to_string((*solver_)->engine()); }

double SearchHandle::height() const {
  const Plan* plan = (*solver_)->incumbent();
  return plan == nullptr ? -1 : static_cast<double>(plan->height);
}

val SearchHandle::offsets() const {
  const Plan* plan = (*solver_)->incumbent();
  return plan == nullptr ? val::null() : doubles_of(plan->offsets);
}

val SearchHandle::overload() const { return overload_object(problem_, (*solver_)->overload()); }

ExplanationHandle::ExplanationHandle(const val& columns, const val& params)
    : problem_(problem_from(columns)),
      explanation_(make_explanation(problem_, params_from(params))) {}

val ExplanationHandle::error() const {
  return explanation_.ok() ? val::null() : error_object(explanation_.error());
}

int ExplanationHandle::step(double nodes, double milliseconds) {
  return static_cast<int>((*explanation_)->step(budget_of(nodes, milliseconds)));
}

val ExplanationHandle::subset() const { return indices_of((*explanation_)->subset()); }

double ExplanationHandle::nodes() const {
  return static_cast<double>((*explanation_)->counters().nodes);
}

double ExplanationHandle::backtracks() const {
  return static_cast<double>((*explanation_)->counters().backtracks);
}

}  // namespace stowage::bindings
