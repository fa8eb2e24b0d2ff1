#include "cli/pool_report.h"

#include <algorithm>

#include "cli/json.h"
#include "stowage/base/integer.h"

namespace stowage::cli {
namespace {

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

std::string without_end(std::string line) {
  line.pop_back();
  return line;
}

}  // namespace

bool has_failures(const PoolReport& report) {
  return std::any_of(report.policies.begin(), report.policies.end(),
                     [](const PolicyOutcome& outcome) { return outcome.failures > 0; });
}

std::string to_table(const PoolReport& report) {
  const bool fails = has_failures(report);
  std::vector<Line> lines = {{"policy", "peak end", "of the max load"}};
  if (fails) lines[0].push_back("failed");
  if (report.capacity) lines[0].push_back("failed at " + std::to_string(*report.capacity));
  const auto add = [&](const std::string& name, int64_t end, int64_t failures,
                       const std::string& at_capacity) {
    // What was left out counts in the max load: the two do not compare.
    lines.push_back({name, std::to_string(end), failures > 0 ? "-" : ratio(end, report.max_load)});
    if (fails) lines.back().push_back(std::to_string(failures));
    if (report.capacity) lines.back().push_back(at_capacity);
  };
  for (const PolicyOutcome& outcome : report.policies) {
    add(to_string(outcome.policy), outcome.peak_end, outcome.failures,
        std::to_string(outcome.failures_at_capacity.value_or(0)));
  }
  if (report.height) {
    const bool fits = *report.height <= report.capacity.value_or(kMaxInteger);
    add("static plan", *report.height, 0, fits ? "fits" : "does not fit");
  }
  return aligned(lines);
}

std::string to_json(const PoolReport& report) {
  std::string policies;
  for (const PolicyOutcome& outcome : report.policies) {
    if (!policies.empty()) policies += ",";
    policies += without_end(JsonObject()
                                .add("policy", to_string(outcome.policy))
                                .add("peakEnd", outcome.peak_end)
                                .add("failures", outcome.failures)
                                .add("failuresAtCapacity", outcome.failures_at_capacity)
                                .line());
  }
  const auto bound = report.height ? std::optional(report.lower_bound) : std::nullopt;
  const std::string plan = without_end(JsonObject()
                                           .add("height", report.height)
                                           .add("lowerBound", bound)
                                           .add("optimal", bound && report.height == bound)
                                           .line());
  return JsonObject()
      .add("maxLoad", report.max_load)
      .add("capacity", report.capacity)
      .add_raw("policies", "[" + policies + "]")
      .add_raw("staticPlan", plan)
      .line();
}

}  // namespace stowage::cli
