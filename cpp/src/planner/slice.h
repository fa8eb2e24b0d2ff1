// What is left of a budget while a slice runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

#include "stowage/planner/search.h"

namespace stowage {

class Slice {
 public:
  explicit Slice(const Budget& budget) : limit_(budget.nodes), deadline_(budget.deadline) {}

  // Accounts for one node.
  void visit_node() { ++visited_; }
  [[nodiscard]] int64_t visited() const { return visited_; }

  // Accounts for elementary operations; looks at the clock every kOperationsBetweenLooks of them.
  void work(int64_t operations) {
    worked_ += operations;
    operations_ += operations;
    if (operations_ < kOperationsBetweenLooks) return;
    look();
  }

  // Looks at the clock, after something long.
  void look() {
    operations_ = 0;
    late_ = late_ || std::chrono::steady_clock::now() >= deadline_;
  }

  [[nodiscard]] bool spent() const { return visited_ >= limit_ || worked_ >= work_limit_ || late_; }

  // Runs `search` on this slice with at most `nodes` more nodes; returns how many it visited.
  template <typename Search>
  int64_t limited(int64_t nodes, const Search& search) {
    const int64_t limit = limit_;
    const int64_t before = visited_;
    if (nodes < limit_ - visited_) limit_ = visited_ + nodes;
    search(*this);
    limit_ = limit;
    return visited_ - before;
  }

  // The same with at most about `operations` more operations; returns how many it accounted for.
  template <typename Search>
  int64_t limited_work(int64_t operations, const Search& search) {
    const int64_t limit = work_limit_;
    const int64_t before = worked_;
    if (operations < limit - worked_) work_limit_ = worked_ + operations;
    search(*this);
    work_limit_ = limit;
    return worked_ - before;
  }

 private:
  // Tens of microseconds of work: long beside a look at the clock, short beside a frame.
  static constexpr int64_t kOperationsBetweenLooks = 50'000;

  int64_t limit_;
  int64_t visited_ = 0;
  int64_t work_limit_ = std::numeric_limits<int64_t>::max();
  int64_t worked_ = 0;
  std::chrono::steady_clock::time_point deadline_;
  int64_t operations_ = 0;
  bool late_ = false;
};

}  // namespace stowage
