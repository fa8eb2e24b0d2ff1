#include "cli/search_loop.h"

#include <csignal>

#include "cli/messages.h"

namespace stowage::cli {
namespace {

// In seconds.
constexpr double kCentury = 3.2e9;

volatile std::sig_atomic_t interrupt_mark = 0;

void mark_interrupt(int signal) {
  interrupt_mark = 1;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void catch_interrupts() { std::signal(SIGINT, mark_interrupt); }

bool interrupted() { return interrupt_mark != 0; }

Clock::time_point deadline_after(Clock::time_point start, double seconds) {
  if (!(seconds < kCentury)) return Clock::time_point::max();
  return start +
         std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

const char* to_string(Stop stop) {
  switch (stop) {
    case Stop::kEnded:
      return messages::kNothingLeft;
    case Stop::kTimeLimit:
      return messages::kTimeLimit;
    case Stop::kInterrupted:
      return messages::kInterrupted;
  }
  return "";
}

}  // namespace stowage::cli
