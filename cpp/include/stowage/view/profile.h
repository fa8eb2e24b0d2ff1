// What is in use over time: the load, and how high the plan reaches.
#pragma once

#include <cstdint>
#include <vector>

#include "stowage/planner/plan.h"
#include "stowage/planner/problem.h"

namespace stowage {

// From `time` on, until the next step.
struct ProfileStep {
  int64_t time = 0;
  int64_t load = 0;  // the bytes held
  int64_t top = 0;   // the highest end of a byte held; 0 without a plan

  bool operator==(const ProfileStep&) const = default;
};

// In order of time; the last step has load 0. Empty without buffers that hold memory. Steps that
// change nothing are left out. `plan` may be null: then only the load is known.
// O(p log p) for p pieces.
std::vector<ProfileStep> profile_of(const Problem& problem, const Plan* plan);

// The largest load of any step; 0 without steps. O(steps).
int64_t max_load(const std::vector<ProfileStep>& profile);

// A profile for a row of pixels: column c spans the time from
// time_lower + c * (time_upper - time_lower) / columns up to that of c + 1.
struct ProfileColumns {
  std::vector<double> load;  // the largest in each column; 0 where nothing is live
  std::vector<double> top;   // the highest in each column
};

// O(log steps + steps in the range + columns).
ProfileColumns sample(const std::vector<ProfileStep>& profile, double time_lower, double time_upper,
                      int columns);

}  // namespace stowage
