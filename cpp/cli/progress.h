// The line on the terminal while a search runs.
#pragma once

#include <cstdint>

#include "cli/search_loop.h"

namespace stowage::cli {

// Writes to standard error, only when that is a terminal, some times a second; the line is wiped
// at the end.
class Progress {
 public:
  explicit Progress(Clock::time_point start);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  // `height` is of the best plan; nullptr when there is none.
  void show(const int64_t* height, int64_t lower_bound, int64_t nodes);

 private:
  bool terminal_;
  bool shown_ = false;
  Clock::time_point start_;
  Clock::time_point next_;
};

}  // namespace stowage::cli
