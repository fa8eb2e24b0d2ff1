// Going through the rectangles in sight.
#pragma once

#include <algorithm>
#include <cstddef>

#include "stowage/view/rectangles.h"
#include "view/projection.h"

namespace stowage {

// Calls visit(i, footprint) for each of `rectangles` in sight, in their order. Leaves out blocks
// that `is_near`, given the area around them, says are of no interest.
template <typename IsNear, typename Visit>
void for_each_in_sight(const Rectangles& rectangles, const Projection& projection, IsNear is_near,
                       Visit visit) {
  for (size_t block = 0; block < rectangles.blocks.size(); ++block) {
    const Viewport& around = rectangles.blocks[block];
    if (!projection.sees(around) || !is_near(around)) continue;
    const size_t begin = block * Rectangles::kBlock;
    const size_t end = std::min(begin + Rectangles::kBlock, rectangles.size());
    for (size_t i = begin; i < end; ++i) {
      const Viewport area = rectangles.area(i);
      if (projection.sees(area)) visit(i, footprint(projection, area));
    }
  }
}

template <typename Visit>
void for_each_in_sight(const Rectangles& rectangles, const Projection& projection, Visit visit) {
  for_each_in_sight(
      rectangles, projection, [](const Viewport&) { return true; }, visit);
}

// The same for those that take the pixel.
template <typename Visit>
void for_each_at(const Rectangles& rectangles, const Projection& projection, int x, int y,
                 Visit visit) {
  // What holds no centre takes a pixel that is next to where its centres would be.
  const auto is_near = [&](const Viewport& around) {
    const PixelBox box = projection.centres_in(around);
    return PixelBox{box.left - 1, box.top - 1, box.right + 1, box.bottom + 1}.contains(x, y);
  };
  for_each_in_sight(rectangles, projection, is_near, [&](size_t i, const Footprint& taken) {
    if (taken.box.contains(x, y)) visit(i, taken);
  });
}

// What decides which of the thin rectangles on a pixel shows, the greatest of them: whether it is
// not dimmed, then how much it covers, in 2^14 - 1 steps, then whether it takes but one row. Never
// 0.
inline uint16_t thin_rank(const Projection& projection, const Viewport& area, const PixelBox& box,
                          bool is_dimmed) {
  constexpr int kSteps = (1 << 14) - 1;
  const int step = 1 + static_cast<int>(projection.coverage(area) * (kSteps - 1));
  return static_cast<uint16_t>((is_dimmed ? 0 : 1 << 15) | step << 1 | (box.height() == 1 ? 1 : 0));
}

}  // namespace stowage
