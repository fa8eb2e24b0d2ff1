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
  const PixelBox part = clipped(box, size_);
  if (part.empty()) return;
  for (int y = part.top; y < part.bottom; ++y) {
    uint32_t* const pixels = row(y);
    const bool is_edge = y == box.top || y == box.bottom - 1;
    fill_run(pixels + part.left, part.width(), is_edge ? edge : pixel);
    if (part.left == box.left) pixels[part.left] = edge;
    if (part.right == box.right) pixels[part.right - 1] = edge;
  }
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

void ThinRaster::Line::draw(int begin, int end, uint16_t rank, uint32_t pixel) const {
  for (int at = begin; at < end;) {
    const int tile = at / kTile;
    const int stop = std::min(end, (tile + 1) * kTile);
    if (tiles[tile] < rank) {
      if (stop - at == kTile) tiles[tile] = rank;
      for (int i = at; i < stop; ++i) {
        const bool wins = rank > ranks[i];
        ranks[i] = wins ? rank : ranks[i];
        pixels[i] = wins ? pixel : pixels[i];
      }
    }
    at = stop;
  }
}

ThinRaster::ThinRaster(const Raster& raster, std::vector<uint16_t>& ranks)
    : raster_(raster),
      tiles_per_row_((raster.size().width + kTile - 1) / kTile),
      tiles_per_column_((raster.size().height + kTile - 1) / kTile) {
  const auto width = static_cast<size_t>(raster.size().width);
  const auto height = static_cast<size_t>(raster.size().height);
  ranks.assign(width * height, 0);
  ranks_ = ranks.data();
  tiles_.assign(height * static_cast<size_t>(tiles_per_row_), 0);
}

void ThinRaster::draw(const PixelBox& box, uint16_t rank, uint32_t pixel) {
  const PixelBox part = clipped(box, raster_.size());
  if (part.empty()) return;
  if (box.height() == 1) {
    line_of_row(part.top).draw(part.left, part.right, rank, pixel);
  } else {
    line_of_column(part.left).draw(part.top, part.bottom, rank, pixel);
  }
}

void ThinRaster::finish() {
  for (Columns& columns : columns_) put(columns);
}

ThinRaster::Line ThinRaster::line_of_row(int y) {
  return {ranks_ + static_cast<int64_t>(y) * raster_.size().width, raster_.row(y),
          tiles_.data() + static_cast<int64_t>(y) * tiles_per_row_};
}

ThinRaster::Line ThinRaster::line_of_column(int x) {
  const int group = x / kColumns;
  const auto height = static_cast<size_t>(raster_.size().height);
  Columns& columns = columns_[static_cast<size_t>(group) % columns_.size()];
  if (columns.first != group * kColumns) {
    put(columns);
    columns.first = group * kColumns;
    columns.ranks.assign(height * kColumns, 0);
    columns.pixels.resize(height * kColumns);
    columns.tiles.assign(static_cast<size_t>(tiles_per_column_) * kColumns, 0);
  }
  const auto at = static_cast<size_t>(x - columns.first);
  return {columns.ranks.data() + at * height, columns.pixels.data() + at * height,
          columns.tiles.data() + at * static_cast<size_t>(tiles_per_column_)};
}

void ThinRaster::put(Columns& columns) {
  if (columns.first < 0) return;
  const auto [width, height] = raster_.size();
  const int count = std::min(kColumns, width - columns.first);
  for (int y = 0; y < height; ++y) {
    uint32_t* const pixels = raster_.row(y) + columns.first;
    uint16_t* const ranks = ranks_ + static_cast<int64_t>(y) * width + columns.first;
    for (int x = 0; x < count; ++x) {
      const auto from = static_cast<size_t>(x * height + y);
      if (columns.ranks[from] <= ranks[x]) continue;
      ranks[x] = columns.ranks[from];
      pixels[x] = columns.pixels[from];
    }
  }
  columns.first = -1;
}

}  // namespace stowage
