// Going through the rectangles in sight.
#pragma once

#include <algorithm>
#include <cstddef>

#include "stowage/view/rectangles.h"
#include "view/projection.h"

namespace stowage {

// Calls visit(i, footprint) for each of `rectangles` in sight, in their order.
template <typename Visit>
void for_each_in_sight(const Rectangles& rectangles, const Projection& projection, Visit visit) {
  for (size_t block = 0; block < rectangles.blocks.size(); ++block) {
    if (!projection.sees(rectangles.blocks[block])) continue;
    const size_t begin = block * Rectangles::kBlock;
    const size_t end = std::min(begin + Rectangles::kBlock, rectangles.size());
    for (size_t i = begin; i < end; ++i) {
      const Viewport area = rectangles.area(i);
      if (projection.sees(area)) visit(i, footprint(projection, area));
    }
  }
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
