// stowage_solve_bench: solves sets of problems under many seeds in one process and prints a JSON
// object for each solve. kUsage (options.cc) is the manual.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "bench/solve/measure.h"
#include "bench/solve/options.h"
#include "cli/files.h"
#include "cli/json.h"
#include "problems/named.h"
#include "problems/twin.h"
#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/sweep.h"

namespace stowage::bench {
namespace {

// NAME.CAPACITY.csv: the capacity; of NAME.csv: nothing.
std::optional<int64_t> capacity_in_name(const std::filesystem::path& file) {
  const std::string extension = file.stem().extension().string();
  if (extension.size() < 2) return std::nullopt;
  char* end = nullptr;
  const int64_t capacity = std::strtoll(extension.c_str() + 1, &end, 10);
  return *end == '\0' ? std::optional(capacity) : std::nullopt;
}

// Where none is given, the capacity is the largest load, the least that any plan needs; without a
// limit where the least height is looked for.
Result<Problem> get_problem(const std::string& given, const Options& options) {
  const size_t tilde = std::min(given.rfind('~'), given.size());
  const std::string name = given.substr(0, tilde);
  Result<Problem> problem = Problem{};
  if (name.find(".csv") == std::string::npos) {
    problem = problems::make_named(name);
  } else {
    const auto text = cli::read_file(name);
    if (!text) return text.error();
    problem = problem_from_csv(*text, capacity_in_name(name).value_or(kMaxInteger));
  }
  if (!problem) return problem;
  if (tilde < given.size()) {
    const uint64_t seed = std::strtoull(given.c_str() + tilde + 1, nullptr, 10);
    problem = problems::make_twin(*problem, seed);
  }
  int64_t& capacity = (*problem).capacity;
  if (options.capacity) {
    capacity = *options.capacity;
  } else if (options.percent) {
    const int64_t load = sweep(*problem).max_load();
    capacity = load / 100 * *options.percent + load % 100 * *options.percent / 100;
  } else if (options.params.minimize_capacity || options.below) {
    capacity = kMaxInteger;
  } else if (capacity == kMaxInteger) {
    capacity = sweep(*problem).max_load();
  }
  return problem;
}

// What the solves of one problem took.
struct Times {
  std::vector<double> seconds;
  int answered = 0;
};

class Bench {
 public:
  explicit Bench(Options options) : options_(std::move(options)) {}

  // The first error ends it.
  Status run() {
    std::fprintf(stderr, "%-24s %6s %8s %12s %12s %12s\n", "problem", "solves", "answered",
                 "median s", "mean s", "worst s");
    for (const std::string& name : options_.problems) {
      if (Status status = solve(name)) return status;
    }
    summarize();
    return std::nullopt;
  }

 private:
  Status solve(const std::string& name) {
    const double start = processor_seconds();
    const auto problem = get_problem(name, options_);
    if (!problem) return problem.error();
    read_seconds_ = processor_seconds() - start;
    if (!options_.write.empty()) return cli::write_file(options_.write, to_csv(*problem));
    Times times;
    for (uint64_t twin = 0; twin < std::max<uint64_t>(1, options_.twins); ++twin) {
      const bool is_twin = options_.twins > 0;
      const Problem subject = is_twin ? problems::make_twin(*problem, twin) : *problem;
      const std::string label = short_name(name) + (is_twin ? "~" + std::to_string(twin) : "");
      if (Status status = solve(subject, label, times)) return status;
    }
    show(short_name(name), times);
    return std::nullopt;
  }

  Status solve(Problem problem, const std::string& label, Times& times) {
    SolverParams params = options_.params;
    if (options_.below) {
      const auto least = least_height(problem);
      if (!least) return least.error();
      // Nothing to search for where the load alone is the proof, and nothing known without one.
      if (!least->has_value()) return std::nullopt;
      problem.capacity = **least - 1;
      params.minimize_capacity = false;
    }
    for (uint64_t i = 0; i < options_.seeds; ++i) {
      params.seed = options_.first_seed + i;
      const auto found = options_.explain
                             ? measure_explanation(problem, params, options_.timeout_seconds)
                             : measure(problem, params, options_.timeout_seconds, options_.trace);
      if (!found) return found.error();
      print(label, problem, params, *found);
      times.seconds.push_back(found->seconds);
      const bool is_least = found->height == found->lower_bound;
      const bool is_plan = found->status == "solved" && (!params.minimize_capacity || is_least);
      if (is_plan || found->status == "infeasible") ++times.answered;
    }
    return std::nullopt;
  }

  // Nothing unless it was proven to be above the largest load.
  [[nodiscard]] Result<std::optional<int64_t>> least_height(Problem problem) const {
    problem.capacity = kMaxInteger;
    SolverParams params = options_.params;
    params.engine = Engine::kAuto;
    params.minimize_capacity = true;
    const auto found = measure(problem, params, options_.timeout_seconds, false);
    if (!found) return found.error();
    if (found->height != found->lower_bound || found->height == found->max_load) {
      return std::optional<int64_t>();
    }
    return found->height;
  }

  void print(const std::string& label, const Problem& problem, const SolverParams& params,
             const Measurement& found) const {
    cli::JsonObject json;
    json.add("problem", label)
        .add("buffers", static_cast<int64_t>(problem.buffers.size()))
        .add("capacity", problem.capacity)
        .add("engine", to_string(params.engine))
        .add("seed", static_cast<int64_t>(params.seed))
        .add("status", found.status)
        .add("height", found.height)
        .add("lowerBound", found.lower_bound)
        .add("maxLoad", found.max_load)
        .add("winner", to_string(found.engine))
        .add("nodes", found.counters.nodes)
        .add("backtracks", found.counters.backtracks)
        .add_raw("readSeconds", std::to_string(read_seconds_))
        .add_raw("seconds", std::to_string(found.seconds))
        .add_raw("wallSeconds", std::to_string(found.wall_seconds))
        .add("peakBytes", peak_bytes())
        .add_raw("validateSeconds", std::to_string(found.validate_seconds));
    if (found.subset) json.add("subset", found.subset).add("solves", found.solves);
    if (options_.trace) json.add_raw("trace", trace_json(found.trace));
    std::fputs(json.line().c_str(), stdout);
    std::fflush(stdout);
  }

  static std::string trace_json(const std::vector<Moment>& trace) {
    std::string json;
    for (const auto& [seconds, height, bound] : trace) {
      json += (json.empty() ? "[" : ",[") + std::to_string(seconds) + ',' +
              (height ? std::to_string(*height) : "null") + ',' + std::to_string(bound) + ']';
    }
    return '[' + json + ']';
  }

  static std::string short_name(const std::string& name) {
    const std::string file = name.substr(0, name.rfind('~'));
    const std::filesystem::path path(file);
    if (path.extension() != ".csv") return name;
    return path.stem().stem().string() + name.substr(file.size());
  }

  void show(const std::string& name, Times& times) {
    if (times.seconds.empty()) return;
    std::sort(times.seconds.begin(), times.seconds.end());
    const double median = times.seconds[times.seconds.size() / 2];
    const double worst = times.seconds.back();
    double sum = 0;
    for (const double seconds : times.seconds) sum += seconds;
    const auto count = static_cast<double>(times.seconds.size());
    std::fprintf(stderr, "%-24s %6zu %8d %12.4f %12.4f %12.4f\n", name.c_str(),
                 times.seconds.size(), times.answered, median, sum / count, worst);
    medians_.push_back(median);
    worsts_.push_back(worst);
    solves_ += times.seconds.size();
    answered_ += times.answered;
  }

  void summarize() const {
    if (medians_.empty()) return;
    std::fprintf(stderr, "%-24s %6zu %8d %12.4f %12s %12.4f  (worst %.4f)\n", "geometric mean",
                 solves_, answered_, geometric_mean(medians_), "", geometric_mean(worsts_),
                 *std::max_element(worsts_.begin(), worsts_.end()));
  }

  static double geometric_mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += std::log(std::max(value, 1e-6));
    return std::exp(sum / static_cast<double>(values.size()));
  }

  const Options options_;
  double read_seconds_ = 0;
  std::vector<double> medians_;
  std::vector<double> worsts_;
  size_t solves_ = 0;
  int answered_ = 0;
};

}  // namespace
}  // namespace stowage::bench

int main(int count, char** arguments) {
  auto options = stowage::bench::parse_options(count, arguments);
  if (!options) {
    std::fprintf(stderr, "%s\n\n%s", options.error().message.c_str(), stowage::bench::kUsage);
    return 1;
  }
  const auto status = stowage::bench::Bench(std::move(options).value()).run();
  if (!status) return 0;
  std::fprintf(stderr, "%s\n", to_string(*status).c_str());
  return 1;
}
