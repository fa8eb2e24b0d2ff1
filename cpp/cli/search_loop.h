// Runs a search in slices until it ends, its time is up, or the user interrupts.
#pragma once

#include <algorithm>
#include <chrono>

#include "stowage/planner/search.h"

namespace stowage::cli {

using Clock = std::chrono::steady_clock;

// From now on an interrupt (Ctrl-C) only sets a mark that `run_in_slices` looks at; a second one
// ends the command.
void catch_interrupts();
bool interrupted();

// `seconds` from `start`; never when that is too far away to count.
Clock::time_point deadline_after(Clock::time_point start, double seconds);

// How long a search runs between two looks at the user.
inline constexpr auto kSlice = std::chrono::milliseconds(50);

// Why a search stopped.
enum class Stop { kEnded, kTimeLimit, kInterrupted };

// Calls step(budget), which says whether the search goes on, and, after each slice in which it
// did, show(). The first slice runs even without any time, and so do those after it for as long as
// is_starting(): what is found out so soon counts.
template <typename Step, typename Starting, typename Show>
Stop run_in_slices(Clock::time_point deadline, const Step& step, const Starting& is_starting,
                   const Show& show) {
  while (true) {
    if (interrupted()) return Stop::kInterrupted;
    Budget budget;
    budget.deadline = Clock::now() + kSlice;
    if (!is_starting()) budget.deadline = std::min(deadline, budget.deadline);
    if (!step(budget)) return Stop::kEnded;
    show();
    if (Clock::now() >= deadline && !is_starting()) return Stop::kTimeLimit;
  }
}

// What a stop is called in messages.
const char* to_string(Stop stop);

}  // namespace stowage::cli
