// A search that runs in slices.
//
// Timeouts, progress, cancellation and animation all come from calling `step` again, or not.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

#include "stowage/planner/plan.h"

namespace stowage {

enum class SearchStatus {
  kRunning,     // the slice is used up; call again
  kSolved,      // the incumbent answers the question
  kInfeasible,  // proven: there is no plan
  kExhausted,   // nothing left to try and nothing proven (heuristics, or a problem too large to
                // search)
};

// How much one slice may do: whichever limit comes first. A slice may overrun by the work between
// two looks at the clock, some ten thousand elementary operations.
struct Budget {
  int64_t nodes = std::numeric_limits<int64_t>::max();
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

struct SearchCounters {
  int64_t nodes = 0;       // states of the search visited
  int64_t backtracks = 0;  // states given up because nothing was left to try below them

  SearchCounters& operator+=(const SearchCounters& other) {
    nodes += other.nodes;
    backtracks += other.backtracks;
    return *this;
  }
};

class Search {
 public:
  Search() = default;
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;
  virtual ~Search() = default;

  // Runs until the answer is known or the budget is used. Where slices end does not change what
  // the search does. After an answer, further calls return it again.
  virtual SearchStatus step(const Budget& budget) = 0;

  // The best plan so far, which may be above the capacity; nullptr when there is none. Valid until
  // the next `step`.
  [[nodiscard]] virtual const Plan* incumbent() const = 0;
  // No plan is lower than this; never falls.
  [[nodiscard]] virtual int64_t lower_bound() const = 0;
  [[nodiscard]] virtual SearchCounters counters() const = 0;
};

}  // namespace stowage
