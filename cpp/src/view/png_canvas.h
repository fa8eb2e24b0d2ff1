// Pixels to draw a chart on, and the PNG file that they make.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "stowage/view/theme.h"
#include "stowage/view/viewport.h"
#include "view/chart.h"

namespace stowage {

class PngCanvas {
 public:
  // Nothing when there is no memory for so many pixels.
  static std::optional<PngCanvas> create(PixelSize size, Rgb background);

  // What lies outside the canvas is not drawn.
  void fill(const PixelBox& box, Rgb color);

  // Pixels as Scene::draw writes them, which fill `box`.
  void copy(const PixelBox& box, std::span<const uint8_t> pixels);

  // `text` with its left end and the top of its capitals there, `scale` pixels a unit of text.h.
  void write(std::string_view text, double left, double top, double scale, Rgb color);

  // The file, 8-bit RGB; nothing when there is no memory for it.
  [[nodiscard]] std::optional<std::string> encode() const;

 private:
  PngCanvas(PixelSize size, std::unique_ptr<uint8_t[]> pixels)
      : size_(size), pixels_(std::move(pixels)) {}

  uint8_t* pixel(int x, int y) {
    return pixels_.get() +
           (static_cast<size_t>(y) * static_cast<size_t>(size_.width) + static_cast<size_t>(x)) * 3;
  }
  void blend(double left, double top, double right, double bottom, Rgb color);

  PixelSize size_;
  std::unique_ptr<uint8_t[]> pixels_;  // red, green, blue, row by row from the top
};

}  // namespace stowage
