// Rectangles of a plan in flat arrays, in blocks that are skipped at once when out of sight.
#pragma once

#include <cstddef>
#include <vector>

#include "stowage/planner/problem.h"
#include "stowage/view/viewport.h"

namespace stowage {

// One rectangle: from time_lower up to time_upper, from offset_lower up to offset_upper.
struct PlanRectangle {
  Viewport area;
  BufferIndex buffer = -1;
};

// In the order in which they are drawn: by start, then the tallest first (so that of thin ones
// those come first that cover most), then by buffer.
struct Rectangles {
  static constexpr size_t kBlock = 128;

  std::vector<double> time_lower;
  std::vector<double> time_upper;
  std::vector<double> offset_lower;
  std::vector<double> offset_upper;
  std::vector<BufferIndex> buffer;
  std::vector<Viewport> blocks;  // the least area around each kBlock of them

  Rectangles() = default;
  // Of one buffer, the rectangles do not start at the same time. O(n log n).
  explicit Rectangles(const std::vector<PlanRectangle>& rectangles);

  [[nodiscard]] size_t size() const { return buffer.size(); }
  [[nodiscard]] Viewport area(size_t i) const {
    return {time_lower[i], time_upper[i], offset_lower[i], offset_upper[i]};
  }
};

}  // namespace stowage
