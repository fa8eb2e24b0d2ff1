// stowage_pool_bench: plays workloads on pools and prints a JSON object for each. kUsage is the
// manual.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "bench/pool/measure.h"
#include "bench/pool/workload.h"
#include "cli/files.h"
#include "cli/json.h"

namespace stowage::bench {
namespace {

const char* const kUsage = R"(Usage: stowage_pool_bench [OPTION]... WORKLOAD...

Plays workloads on a MemoryPool and prints one JSON object for each, with the nanoseconds of
processor time that a pair of free and alloc takes.

WORKLOAD is churn:BLOCKS[:ALIGNMENT] or holes:COUNT:SIZE[:ALIGNMENT] (bench/pool/workload.h).

  --policy NAME    first-fit (default), best-fit, worst-fit, next-fit or tlsf
  --replay         in batches of 1 024 operations instead of call by call
  --seconds S      of timed work for each at most, default 5
  --write FILE     write the operations instead, three doubles of this machine each, and print the
                   pool's total and how many operations are not to be timed
)";

struct Options {
  std::vector<std::string> workloads;
  PoolPolicy policy = PoolPolicy::kFirstFit;
  PoolAccess access = PoolAccess::kCalls;
  double seconds = 5;
  std::string write;
};

bool read_option(std::string_view name, const char* value, Options& options) {
  if (name == "--policy") {
    const auto policy = pool_policy_from_string(value);
    if (policy) options.policy = *policy;
    return policy.has_value();
  }
  if (name == "--seconds") {
    char* end = nullptr;
    options.seconds = std::strtod(value, &end);
    return end != value && *end == '\0' && options.seconds > 0;
  }
  if (name != "--write") return false;
  options.write = value;
  return true;
}

Result<Options> parse_options(int count, const char* const* arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--replay") {
      options.access = PoolAccess::kReplay;
    } else if (argument.substr(0, 2) != "--") {
      options.workloads.emplace_back(argument);
    } else if (i + 1 < count && read_option(argument, arguments[i + 1], options)) {
      ++i;
    } else {
      return Error{ErrorCode::kInvalidArgument,
                   "bad option " + std::string(argument) + " (or its value)"};
    }
  }
  if (options.workloads.empty()) return Error{ErrorCode::kInvalidArgument, "no workload given"};
  return options;
}

Status write(const Workload& workload, const std::string& file) {
  const std::string_view bytes(reinterpret_cast<const char*>(workload.operations.data()),
                               workload.operations.size() * sizeof(double));
  return cli::write_file(file, bytes);
}

void print(const cli::JsonObject& json) {
  std::fputs(json.line().c_str(), stdout);
  std::fflush(stdout);
}

// The first error ends it.
Status run(const Options& options) {
  for (const std::string& name : options.workloads) {
    const auto workload = make_workload(name);
    if (!workload) return workload.error();
    cli::JsonObject json;
    json.add("workload", name).add("total", workload->total).add("setup", workload->setup);
    if (!options.write.empty()) {
      if (Status status = write(*workload, options.write)) return status;
      print(json);
      continue;
    }
    const auto found = measure(*workload, options.policy, options.access, options.seconds);
    if (!found) return found.error();
    json.add("policy", to_string(options.policy))
        .add("replay", options.access == PoolAccess::kReplay)
        .add_raw("nanoseconds", std::to_string(found->median_nanoseconds))
        .add_raw("leastNanoseconds", std::to_string(found->least_nanoseconds))
        .add("pairs", found->pairs)
        .add("blocks", found->stats.num_blocks)
        .add("freeBlocks", found->stats.num_free_blocks)
        .add("failures", found->counters.failures)
        .add("peakEnd", found->counters.peak_end)
        .add("peakUsed", found->counters.peak_used)
        .add("bookkeepingBytes", found->bookkeeping_bytes);
    print(json);
  }
  return std::nullopt;
}

}  // namespace
}  // namespace stowage::bench

int main(int count, char** arguments) {
  const auto options = stowage::bench::parse_options(count, arguments);
  if (!options) {
    std::fprintf(stderr, "%s\n\n%s", options.error().message.c_str(), stowage::bench::kUsage);
    return 1;
  }
  const auto status = stowage::bench::run(*options);
  if (!status) return 0;
  std::fprintf(stderr, "%s\n", to_string(*status).c_str());
  return 1;
}
