// Drawing what overlaps from the last to the first, each pixel once: in a plan that is not valid, a
// million rectangles may all be as large as the picture.
#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

#include "view/raster.h"

namespace stowage {

class ReverseRaster {
 public:
  explicit ReverseRaster(const Raster& raster)
      : raster_(raster),
        next_(static_cast<size_t>(raster.size().width + 1) *
              static_cast<size_t>(raster.size().height)),
        free_(static_cast<int64_t>(raster.size().width) * raster.size().height) {
    for (int y = 0; y < raster.size().height; ++y) {
      std::iota(row(y), row(y) + raster.size().width + 1, uint16_t{0});
    }
  }

  [[nodiscard]] bool is_full() const { return free_ == 0; }

  // Like Raster::fill_with_edge, but only where nothing has been drawn.
  void fill_with_edge(const PixelBox& box, uint32_t pixel, uint32_t edge) {
    const PixelBox part = clipped(box, raster_.size());
    for (int y = part.top; y < part.bottom; ++y) {
      uint16_t* const next = row(y);
      uint32_t* const pixels = raster_.row(y);
      const bool is_edge = y == box.top || y == box.bottom - 1;
      for (int x = find(next, part.left); x < part.right; x = find(next, x)) {
        pixels[x] = is_edge || x == box.left || x == box.right - 1 ? edge : pixel;
        next[x] = static_cast<uint16_t>(x + 1);
        --free_;
      }
    }
  }

 private:
  uint16_t* row(int y) {
    return next_.data() + static_cast<int64_t>(y) * (raster_.size().width + 1);
  }

  // The first free pixel from `x` on, or the width. Shortens the way for the next time.
  static int find(uint16_t* next, int x) {
    while (next[x] != x) {
      next[x] = next[next[x]];
      x = next[x];
    }
    return x;
  }

  Raster raster_;
  std::vector<uint16_t> next_;  // of each row: a free pixel is its own, others point to the right
  int64_t free_;
};

}  // namespace stowage
