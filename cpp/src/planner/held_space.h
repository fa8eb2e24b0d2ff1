// Space that is held, by the sections over which it is held: what first fit looks into.
#pragma once

#include <cstdint>
#include <vector>

#include "stowage/planner/sweep.h"

namespace stowage {

// A set of offsets as disjoint intervals that do not touch, ascending.
using SpaceSet = std::vector<Window>;

// A binary tree over the sections. What is held over a range is kept in the fewest nodes that make
// the range up (at most two a level), and in the union that each of their ancestors keeps of all
// below it. Plans are dense, so these unions are a few long intervals, however many buffers they
// come from: that is what makes a search for free space fast.
class HeldSpace {
 public:
  explicit HeldSpace(size_t sections);

  // O(log n) insertions into sets.
  void insert(SectionRange range, Window space);

  // Calls visit(set) for sets whose union is what is held at some section of the range. O(log n).
  template <typename Visit>
  void for_each_set(SectionRange range, const Visit& visit) const;

 private:
  struct Node {
    SpaceSet across;  // held over the whole node, but not over the whole of its parent
    SpaceSet within;  // held at some section of the node, but for what is across an ancestor
  };

  size_t leaves_ = 1;
  std::vector<Node> nodes_;
};

template <typename Visit>
void HeldSpace::for_each_set(SectionRange range, const Visit& visit) const {
  size_t lower = leaves_ + static_cast<size_t>(range.lower);
  size_t upper = leaves_ + static_cast<size_t>(range.upper);
  const auto visit_set = [&](const SpaceSet& set) {
    if (!set.empty()) visit(set);
  };
  // The ancestors of the nodes that make the range up are among those of its two ends.
  for (size_t first = lower / 2, last = (upper - 1) / 2; first > 0; first /= 2, last /= 2) {
    visit_set(nodes_[first].across);
    if (first != last) visit_set(nodes_[last].across);
  }
  for (; lower < upper; lower /= 2, upper /= 2) {
    if (lower % 2 == 1) visit_set(nodes_[lower++].within);
    if (upper % 2 == 1) visit_set(nodes_[--upper].within);
  }
}

}  // namespace stowage
