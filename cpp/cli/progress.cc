#include "cli/progress.h"

#include <unistd.h>

#include <cstdio>

#include "cli/messages.h"

namespace stowage::cli {
namespace {

constexpr auto kPause = std::chrono::milliseconds(250);
constexpr const char* kWipe = "\r\x1b[K";

}  // namespace

Progress::Progress(Clock::time_point start)
    : terminal_(::isatty(STDERR_FILENO) == 1), start_(start), next_(start + kPause) {}

Progress::~Progress() {
  if (shown_) std::fputs(kWipe, stderr);
}

void Progress::show(const int64_t* height, int64_t lower_bound, int64_t nodes) {
  const auto now = Clock::now();
  if (!terminal_ || now < next_) return;
  next_ = now + kPause;
  shown_ = true;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const std::string line = messages::heights(height, lower_bound, "best ") + "; " +
                           std::to_string(nodes) + " nodes, " + messages::seconds(elapsed);
  std::fprintf(stderr, "%s%s", kWipe, line.c_str());
}

}  // namespace stowage::cli
