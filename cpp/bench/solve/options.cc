#include "bench/solve/options.h"

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace stowage::bench {

const char* const kUsage =
    R"(Usage: stowage_solve_bench [OPTION]... PROBLEM...

Solves problems and prints one JSON object for each solve, and a summary on standard error.

PROBLEM is a file NAME.CAPACITY.csv or NAME.csv, or KIND:BUFFERS:SEED, or KIND:BUFFERS:FIRST-LAST,
with a KIND of perfect, aligned, fixed, gaps, windows, sprinkled, full, random,
short, dense, heavy, layered, training. ~SEED behind either stands for a twin of it.

  --engine NAME    auto (default), canonical, valley or heuristic
  --seeds N        solve with the seeds 0 to N - 1, or with --seeds A-B from A to B
  --twins N        solve N twins of each problem instead: time reversed, rows shuffled, times and
                   sizes multiplied by primes
  --racer N        solve as the racer of that number (SolverParams::racer)
  --timeout S      seconds of processor time for each solve, default 60
  --capacity N     instead of the name's; without either the largest load, and no limit with
                   --minimize and --below
  --percent N      so much of the largest load as the capacity
  --minimize       look for the least height
  --below          find the least height first, not timed; then prove that one less is not enough
  --explain        look for an irreducible infeasible subset
  --trace          list when height and bound changed: [seconds, height, bound]
  --write FILE     write the problem as CSV instead
)";

namespace {

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && rest == end;
}

bool read_seconds(const char* text, double& seconds) {
  char* end = nullptr;
  seconds = std::strtod(text, &end);
  return end != text && *end == '\0' && seconds >= 0;
}

// "20": 0 to 19; "5-7": 5 to 7.
bool read_seeds(std::string_view text, Options& options) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return read_number(text, options.seeds);
  uint64_t last = 0;
  if (!read_number(text.substr(0, dash), options.first_seed)) return false;
  if (!read_number(text.substr(dash + 1), last) || last < options.first_seed) return false;
  options.seeds = last - options.first_seed + 1;
  return true;
}

// "perfect:250:0-19": twenty problems.
void add_problems(std::string_view name, std::vector<std::string>& problems) {
  const size_t colon = name.rfind(':');
  const size_t dash = name.rfind('-');
  uint64_t first = 0;
  uint64_t last = 0;
  if (colon == std::string_view::npos || dash == std::string_view::npos || dash < colon ||
      !read_number(name.substr(colon + 1, dash - colon - 1), first) ||
      !read_number(name.substr(dash + 1), last)) {
    problems.emplace_back(name);
    return;
  }
  for (uint64_t seed = first; seed <= last; ++seed) {
    problems.push_back(std::string(name.substr(0, colon + 1)) + std::to_string(seed));
  }
}

bool read_flag(std::string_view name, Options& options) {
  if (name == "--minimize") {
    options.params.minimize_capacity = true;
  } else if (name == "--below") {
    options.below = true;
  } else if (name == "--explain") {
    options.explain = true;
  } else if (name == "--trace") {
    options.trace = true;
  } else {
    return false;
  }
  return true;
}

bool read_option(std::string_view name, const char* value, Options& options) {
  if (name == "--engine") {
    const auto engine = engine_from_string(value);
    if (engine) options.params.engine = *engine;
    return engine.has_value();
  }
  if (name == "--seeds") return read_seeds(value, options);
  if (name == "--racer") return read_number(value, options.params.racer);
  if (name == "--twins") return read_number(value, options.twins);
  if (name == "--timeout") return read_seconds(value, options.timeout_seconds);
  if (name == "--capacity") return read_number(value, options.capacity.emplace());
  if (name == "--percent") return read_number(value, options.percent.emplace());
  if (name != "--write") return false;
  options.write = value;
  return true;
}

}  // namespace

Result<Options> parse_options(int count, const char* const* arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument.substr(0, 2) != "--") {
      add_problems(argument, options.problems);
      continue;
    }
    if (read_flag(argument, options)) continue;
    if (i + 1 == count || !read_option(argument, arguments[i + 1], options)) {
      return Error{ErrorCode::kInvalidArgument,
                   "bad option " + std::string(argument) + " (or its value)"};
    }
    ++i;
  }
  if (options.problems.empty()) return Error{ErrorCode::kInvalidArgument, "no problem given"};
  return options;
}

}  // namespace stowage::bench
