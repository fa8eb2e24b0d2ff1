// What became of a problem's memory, or of a trace's, online and in the static plan, in words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stowage/pool/pool_policy.h"

namespace stowage::cli {

struct PolicyOutcome {
  PoolPolicy policy = PoolPolicy::kFirstFit;
  int64_t peak_end = 0;
  int64_t failures = 0;  // of a pool that grows: at an offset where another block is
  std::optional<int64_t> failures_at_capacity;
};

struct PoolReport {
  int64_t max_load = 0;
  std::optional<int64_t> capacity;
  std::vector<PolicyOutcome> policies;
  std::optional<int64_t> height;  // none where fixed offsets leave no plan
  int64_t lower_bound = 0;
};

// Whether a pool left out what it could not put at its offset, so that its peak end is not of all.
bool has_failures(const PoolReport& report);

std::string to_table(const PoolReport& report);

// One object on a line.
std::string to_json(const PoolReport& report);

}  // namespace stowage::cli
