#include "view/raster.h"

#include <algorithm>
#include <bit>

namespace stowage {
namespace {

static_assert(std::endian::native == std::endian::little, "pixel_of puts red into the first byte");

constexpr uint32_t kOpaque = 0xff000000;

struct Channels {
  uint32_t red, green, blue;
};

Channels channels_of(Rgb color) {
  return {(color >> 16) & 0xff, (color >> 8) & 0xff, color & 0xff};
}

Rgb rgb_of(const Channels& channels) {
  return channels.red << 16 | channels.green << 8 | channels.blue;
}

// Short runs are the rule, and a call for each would cost more than the run.
inline void fill_run(uint32_t* pixels, int count, uint32_t pixel) {
  for (int i = 0; i < count; ++i) pixels[i] = pixel;
}

}  // namespace

uint32_t pixel_of(Rgb color) {
  const auto [red, green, blue] = channels_of(color);
  return kOpaque | blue << 16 | green << 8 | red;
}

Rgb darkened(Rgb color) {
  const auto [red, green, blue] = channels_of(color);
  return rgb_of({red * 3 / 4, green * 3 / 4, blue * 3 / 4});
}

Rgb blended(Rgb color, Rgb background) {
  const Channels over = channels_of(color);
  const Channels under = channels_of(background);
  return rgb_of({(over.red + 3 * under.red) / 4, (over.green + 3 * under.green) / 4,
                 (over.blue + 3 * under.blue) / 4});
}

void Raster::fill(const PixelBox& box, uint32_t pixel) const {
  const PixelBox part = clipped(box, size_);
  for (int y = part.top; y < part.bottom; ++y) fill_run(row(y) + part.left, part.width(), pixel);
}

void Raster::fill_with_edge(const PixelBox& box, uint32_t pixel, uint32_t edge) const {
  fill(box, pixel);
  fill({box.left, box.top, box.right, box.top + 1}, edge);
  fill({box.left, box.bottom - 1, box.right, box.bottom}, edge);
  fill({box.left, box.top + 1, box.left + 1, box.bottom - 1}, edge);
  fill({box.right - 1, box.top + 1, box.right, box.bottom - 1}, edge);
}

void Raster::hatch_rising(const PixelBox& box, uint32_t pixel) const {
  const PixelBox part = clipped(box, size_);
  for (int y = part.top; y < part.bottom; ++y) {
    for (int x = part.left; x < part.right; ++x) {
      if (((x + y) & 7) < 2) row(y)[x] = pixel;
    }
  }
}

void Raster::hatch_falling(const PixelBox& box, uint32_t pixel) const {
  const PixelBox part = clipped(box, size_);
  for (int y = part.top; y < part.bottom; ++y) {
    for (int x = part.left; x < part.right; ++x) {
      if (((x - y) & 7) < 2) row(y)[x] = pixel;
    }
  }
}

ThinRaster::ThinRaster(const Raster& raster, std::vector<uint16_t>& coverage)
    : raster_(raster),
      tiles_per_row_((raster.size().width + kTile - 1) / kTile),
      tiles_per_column_((raster.size().height + kTile - 1) / kTile) {
  const auto width = static_cast<size_t>(raster.size().width);
  const auto height = static_cast<size_t>(raster.size().height);
  coverage.assign(width * height, 0);
  coverage_ = coverage.data();
  row_tiles_.assign(height * static_cast<size_t>(tiles_per_row_), 0);
  column_tiles_.assign(width * static_cast<size_t>(tiles_per_column_), 0);
}

void ThinRaster::draw(const PixelBox& box, uint16_t coverage, uint32_t pixel) {
  const PixelBox part = clipped(box, raster_.size());
  if (part.height() == 1) {
    draw_row(part, coverage, pixel);
  } else {
    draw_column(part, coverage, pixel);
  }
}

void ThinRaster::draw_row(const PixelBox& box, uint16_t coverage, uint32_t pixel) {
  uint16_t* const covered = coverage_ + (raster_.row(box.top) - raster_.row(0));
  uint32_t* const pixels = raster_.row(box.top);
  uint16_t* const tiles = row_tiles_.data() + static_cast<int64_t>(box.top) * tiles_per_row_;
  for (int x = box.left; x < box.right;) {
    const int tile = x / kTile;
    const int end = std::min(box.right, (tile + 1) * kTile);
    if (tiles[tile] < coverage) {
      if (end - x == kTile) tiles[tile] = coverage;
      for (; x < end; ++x) {
        const bool wins = coverage > covered[x];
        covered[x] = wins ? coverage : covered[x];
        pixels[x] = wins ? pixel : pixels[x];
      }
    }
    x = end;
  }
}

void ThinRaster::draw_column(const PixelBox& box, uint16_t coverage, uint32_t pixel) {
  const int width = raster_.size().width;
  uint16_t* const covered = coverage_ + box.left;
  uint32_t* const pixels = raster_.row(0) + box.left;
  uint16_t* const tiles = column_tiles_.data() + static_cast<int64_t>(box.left) * tiles_per_column_;
  for (int y = box.top; y < box.bottom;) {
    const int tile = y / kTile;
    const int end = std::min(box.bottom, (tile + 1) * kTile);
    if (tiles[tile] < coverage) {
      if (end - y == kTile) tiles[tile] = coverage;
      for (; y < end; ++y) {
        const int64_t at = static_cast<int64_t>(y) * width;
        if (coverage <= covered[at]) continue;
        covered[at] = coverage;
        pixels[at] = pixel;
      }
    }
    y = end;
  }
}

}  // namespace stowage
