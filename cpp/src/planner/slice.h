// What is left of a budget while a slice runs.
#pragma once

#include <chrono>
#include <cstdint>

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
    operations_ += operations;
    if (operations_ < kOperationsBetweenLooks) return;
    look();
  }

  // Looks at the clock, after something long.
  void look() {
    operations_ = 0;
    late_ = late_ || std::chrono::steady_clock::now() >= deadline_;
  }

  [[nodiscard]] bool spent() const { return visited_ >= limit_ || late_; }

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

 private:
  // Tens of microseconds of work: long beside a look at the clock, short beside a frame.
  static constexpr int64_t kOperationsBetweenLooks = 50'000;

  int64_t limit_;
  int64_t visited_ = 0;
  std::chrono::steady_clock::time_point deadline_;
  int64_t operations_ = 0;
  bool late_ = false;
};

}  // namespace stowage
