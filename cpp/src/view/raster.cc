#include "view/raster.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

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

void fill_run(uint32_t* pixels, int count, uint32_t pixel) {
  for (int i = 0; i < count; ++i) pixels[i] = pixel;
}

// Boxes of few columns are the rule, and a loop over them would cost more than the pixels: a row of
// kCount to 2 * kCount of them is filled in two steps that may overlap.
template <int kCount>
void fill_narrow(const Raster& raster, const PixelBox& box, uint32_t pixel) {
  std::array<uint32_t, kCount> run;
  run.fill(pixel);
  for (int y = box.top; y < box.bottom; ++y) {
    uint32_t* const pixels = raster.row(y);
    std::memcpy(pixels + box.left, run.data(), sizeof run);
    std::memcpy(pixels + box.right - kCount, run.data(), sizeof run);
  }
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
  const int width = part.width();
  if (width <= 0) return;
  if (width <= 2) return fill_narrow<1>(*this, part, pixel);
  if (width <= 4) return fill_narrow<2>(*this, part, pixel);
  if (width <= 8) return fill_narrow<4>(*this, part, pixel);
  if (width <= 16) return fill_narrow<8>(*this, part, pixel);
  for (int y = part.top; y < part.bottom; ++y) fill_run(row(y) + part.left, width, pixel);
}

void Raster::fill_with_edge(const PixelBox& box, uint32_t pixel, uint32_t edge) const {
  fill({box.left + 1, box.top + 1, box.right - 1, box.bottom - 1}, pixel);
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

void ThinRaster::Line::draw(int begin, int end, uint16_t rank, uint32_t pixel) const {
  const int first_whole = (begin + kTile - 1) / kTile;
  const int end_whole = end / kTile;
  if (first_whole > end_whole) return draw_in_tile(begin, end, rank, pixel);
  draw_in_tile(begin, first_whole * kTile, rank, pixel);
  for (int tile = first_whole; tile < end_whole; ++tile) {
    if (tiles[tile].least >= rank) continue;
    draw_in_tile(tile * kTile, (tile + 1) * kTile, rank, pixel);
    tiles[tile].least = rank;
  }
  draw_in_tile(end_whole * kTile, end, rank, pixel);
}

void ThinRaster::Line::draw_in_tile(int begin, int end, uint16_t rank, uint32_t pixel) const {
  if (begin >= end) return;
  Tile& tile = tiles[begin / kTile];
  if (tile.least >= rank) return;
  tile.is_used = true;
  for (int i = begin; i < end; ++i) {
    const bool wins = rank > ranks[i];
    ranks[i] = wins ? rank : ranks[i];
    pixels[i] = wins ? pixel : pixels[i];
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
  tiles_.assign(height * static_cast<size_t>(tiles_per_row_), {});
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
    columns.tiles.assign(static_cast<size_t>(tiles_per_column_) * kColumns, {});
  }
  const auto at = static_cast<size_t>(x - columns.first);
  return {columns.ranks.data() + at * height, columns.pixels.data() + at * height,
          columns.tiles.data() + at * static_cast<size_t>(tiles_per_column_)};
}

void ThinRaster::put(Columns& columns) {
  if (columns.first < 0) return;
  for (int tile = 0; tile < tiles_per_column_; ++tile) {
    for (int column = 0; column < kColumns; ++column) {
      const auto at = static_cast<size_t>(column * tiles_per_column_ + tile);
      if (columns.tiles[at].is_used) put_tile(columns, column, tile);
    }
  }
  columns.first = -1;
}

void ThinRaster::put_tile(const Columns& columns, int column, int tile) {
  const auto [width, height] = raster_.size();
  const uint16_t* const ranks = columns.ranks.data() + static_cast<int64_t>(column) * height;
  const uint32_t* const pixels = columns.pixels.data() + static_cast<int64_t>(column) * height;
  const int x = columns.first + column;
  const int end = std::min(height, (tile + 1) * kTile);
  for (int y = tile * kTile; y < end; ++y) {
    uint16_t& shown = ranks_[static_cast<int64_t>(y) * width + x];
    if (ranks[y] <= shown) continue;
    shown = ranks[y];
    raster_.row(y)[x] = pixels[y];
  }
}

}  // namespace stowage
