// Filling pixels.
#pragma once

#include <array>
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

// Draws rectangles of less than a pixel's width or height: on each pixel the one of the
// highest rank shows, of several alike the first. Those of one row and those of more must not rank
// alike, as they are not drawn in turn.
class ThinRaster {
 public:
  // `ranks` is the memory to work in.
  ThinRaster(const Raster& raster, std::vector<uint16_t>& ranks);

  // `box` has one column or one row; `rank` is not 0.
  void draw(const PixelBox& box, uint16_t rank, uint32_t pixel);

  // To be called after the last.
  void finish();

 private:
  static constexpr int kTile = 64;
  static constexpr int kColumns = 16;

  // What is known of kTile neighbouring pixels of a line.
  struct Tile {
    // None ranks lower: what ranks no higher can skip them. Hundreds of thousands of buffers that
    // are live throughout would otherwise each cost a whole row.
    uint16_t least = 0;
    bool is_used = false;
  };

  // Pixels that lie one after the other in memory, along a row or a column.
  struct Line {
    uint16_t* ranks;  // of what shows at each pixel; 0 for nothing
    uint32_t* pixels;
    Tile* tiles;

    void draw(int begin, int end, uint16_t rank, uint32_t pixel) const;
    void draw_in_tile(int begin, int end, uint16_t rank, uint32_t pixel) const;
  };

  // Some neighbouring columns, each of which lies in one stretch, unlike in the picture: a run
  // along a column of the picture itself would touch another page of memory at every pixel.
  struct Columns {
    int first = -1;  // -1 while there is nothing in it
    std::vector<uint16_t> ranks;
    std::vector<uint32_t> pixels;
    std::vector<Tile> tiles;
  };

  [[nodiscard]] Line line_of_row(int y);
  [[nodiscard]] Line line_of_column(int x);
  // Puts what is in `columns` into the picture, and empties it.
  void put(Columns& columns);
  void put_tile(const Columns& columns, int column, int tile);

  Raster raster_;
  int tiles_per_row_;
  int tiles_per_column_;
  uint16_t* ranks_;
  std::vector<Tile> tiles_;
  // Rectangles come in order of time, so the columns do too, give or take one.
  std::array<Columns, 2> columns_;
};

}  // namespace stowage
