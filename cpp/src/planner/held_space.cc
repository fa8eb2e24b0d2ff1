#include "planner/held_space.h"

#include <algorithm>

namespace stowage {
namespace {

void add(SpaceSet& set, Window space) {
  // Those that overlap or touch the new one become one with it.
  const auto first = std::lower_bound(
      set.begin(), set.end(), space.lower,
      [](const Window& interval, int64_t offset) { return interval.upper < offset; });
  auto last = first;
  for (; last != set.end() && last->lower <= space.upper; ++last) {
    space.lower = std::min(space.lower, last->lower);
    space.upper = std::max(space.upper, last->upper);
  }
  if (first == last) {
    set.insert(first, space);
    return;
  }
  *first = space;
  set.erase(first + 1, last);
}

}  // namespace

HeldSpace::HeldSpace(size_t sections) {
  while (leaves_ < sections) leaves_ *= 2;
  nodes_.resize(2 * leaves_);
}

void HeldSpace::insert(SectionRange range, Window space) {
  size_t lower = leaves_ + static_cast<size_t>(range.lower);
  size_t upper = leaves_ + static_cast<size_t>(range.upper);
  size_t left = lower;
  size_t right = upper - 1;
  const auto add_across = [&](size_t node) {
    add(nodes_[node].across, space);
    if (node != left && node != right) add(nodes_[node].within, space);
  };
  // Level by level, the nodes that make the range up, and the ancestors of its two ends, among
  // which are those of all of them.
  for (; left > 0; left /= 2, right /= 2, lower /= 2, upper /= 2) {
    if (lower < upper && lower % 2 == 1) add_across(lower++);
    if (lower < upper && upper % 2 == 1) add_across(--upper);
    add(nodes_[left].within, space);
    if (right != left) add(nodes_[right].within, space);
  }
}

}  // namespace stowage
