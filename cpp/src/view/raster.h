// Filling pixels.
#pragma once

#include <cstdint>
#include <vector>

#include "stowage/view/theme.h"
#include "stowage/view/viewport.h"
#include "view/projection.h"

namespace stowage {

// A pixel as it lies in memory: red, green, blue, 255.
uint32_t pixel_of(Rgb color);

// A quarter darker.
Rgb darkened(Rgb color);

// A quarter of `color` on three of `background`.
Rgb blended(Rgb color, Rgb background);

// The pixels of a picture, which belong to someone else. Boxes may reach beyond the picture.
class Raster {
 public:
  Raster(uint32_t* pixels, PixelSize size) : pixels_(pixels), size_(size) {}

  [[nodiscard]] PixelSize size() const { return size_; }
  [[nodiscard]] uint32_t* row(int y) const {
    return pixels_ + static_cast<int64_t>(y) * size_.width;
  }

  void fill(const PixelBox& box, uint32_t pixel) const;
  // With an edge of one pixel, which is not drawn along the border of the picture where the box
  // goes on beyond it.
  void fill_with_edge(const PixelBox& box, uint32_t pixel, uint32_t edge) const;
  // Stripes two pixels wide and eight apart, which rise to the right or fall; the pixels between
  // them stay as they are. They lie on the picture, so that neighbours' stripes meet.
  void hatch_rising(const PixelBox& box, uint32_t pixel) const;
  void hatch_falling(const PixelBox& box, uint32_t pixel) const;

 private:
  uint32_t* pixels_;
  PixelSize size_;
};

// Draws rectangles of less than a pixel's width or height: on each pixel the one shows that covers
// most of it, of several alike the first.
class ThinRaster {
 public:
  // `coverage` is the memory to work in.
  ThinRaster(const Raster& raster, std::vector<uint16_t>& coverage);

  // `box` has one column or one row. `coverage` is at least 1.
  void draw(const PixelBox& box, uint16_t coverage, uint32_t pixel);

 private:
  static constexpr int kTile = 64;

  void draw_row(const PixelBox& box, uint16_t coverage, uint32_t pixel);
  void draw_column(const PixelBox& box, uint16_t coverage, uint32_t pixel);

  Raster raster_;
  uint16_t* coverage_;  // of what shows at each pixel; 0 for nothing
  // The least coverage (or less) in each stretch of kTile pixels of a row, and of a column: what
  // covers no more can skip them. Hundreds of thousands of buffers that are live throughout would
  // otherwise each cost a row.
  std::vector<uint16_t> row_tiles_;
  std::vector<uint16_t> column_tiles_;
  int tiles_per_row_;
  int tiles_per_column_;
};

}  // namespace stowage
