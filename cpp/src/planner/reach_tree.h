// Where a greedy plan is most in danger of growing too high.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "stowage/planner/sweep.h"

namespace stowage {

// The reach of each section: its floor and the sizes of all that is still to be placed in it, the
// height it ends at if no more space is wasted. Placing a buffer on the floor leaves it as it is;
// lifting the floor raises it. A maximum over ranges under additions to ranges, O(log n) each.
class ReachTree {
 public:
  explicit ReachTree(const std::vector<int64_t>& reach) {
    while (leaves_ < reach.size()) leaves_ *= 2;
    most_.assign(2 * leaves_, std::numeric_limits<int64_t>::min() / 2);
    added_.assign(2 * leaves_, 0);
    for (size_t s = 0; s < reach.size(); ++s) most_[leaves_ + s] = reach[s];
    for (size_t node = leaves_ - 1; node > 0; --node) pull(node);
  }

  [[nodiscard]] int64_t most() const { return most_[1]; }

  void raise(SectionRange range, int64_t amount) {
    const size_t first = leaves_ + static_cast<size_t>(range.lower);
    const size_t last = leaves_ + static_cast<size_t>(range.upper) - 1;
    for (size_t lower = first, upper = last + 1; lower < upper; lower /= 2, upper /= 2) {
      if (lower % 2 == 1) raise_at(lower++, amount);
      if (upper % 2 == 1) raise_at(--upper, amount);
    }
    for (size_t node = first / 2; node > 0; node /= 2) pull(node);
    for (size_t node = last / 2; node > 0; node /= 2) pull(node);
  }

  // The first section with the most reach of a range that is not empty.
  [[nodiscard]] SectionIndex most_critical(SectionRange range) const {
    size_t best = 0;
    int64_t most = std::numeric_limits<int64_t>::min();
    // A node that starts earlier wins ties; the parts of the range are not met in that order.
    SectionIndex best_start = 0;
    const auto consider = [&](size_t node, SectionIndex start) {
      int64_t reach = most_[node];
      for (size_t above = node / 2; above > 0; above /= 2) reach += added_[above];
      if (reach < most || (reach == most && start > best_start)) return;
      most = reach;
      best = node;
      best_start = start;
    };
    size_t lower = leaves_ + static_cast<size_t>(range.lower);
    size_t upper = leaves_ + static_cast<size_t>(range.upper);
    for (size_t width = 1; lower < upper; lower /= 2, upper /= 2, width *= 2) {
      if (lower % 2 == 1) {
        consider(lower, start_of(lower, width));
        ++lower;
      }
      if (upper % 2 == 1) {
        --upper;
        consider(upper, start_of(upper, width));
      }
    }
    while (best < leaves_) best = most_[2 * best] >= most_[2 * best + 1] ? 2 * best : 2 * best + 1;
    return static_cast<SectionIndex>(best - leaves_);
  }

 private:
  // A node `width` leaves wide.
  [[nodiscard]] SectionIndex start_of(size_t node, size_t width) const {
    return static_cast<SectionIndex>(node * width - leaves_);
  }
  void raise_at(size_t node, int64_t amount) {
    most_[node] += amount;
    added_[node] += amount;
  }
  void pull(size_t node) {
    most_[node] = std::max(most_[2 * node], most_[2 * node + 1]) + added_[node];
  }

  size_t leaves_ = 1;
  std::vector<int64_t> most_;   // below a node, its own addition included, not its ancestors'
  std::vector<int64_t> added_;  // to all below a node
};

}  // namespace stowage
