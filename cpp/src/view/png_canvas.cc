#include "view/png_canvas.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <new>

#include "view/png_file.h"
#include "view/text.h"

namespace stowage {
namespace {

std::array<uint8_t, 3> parts(Rgb color) {
  return {static_cast<uint8_t>(color >> 16), static_cast<uint8_t>(color >> 8),
          static_cast<uint8_t>(color)};
}

// How much of the pixel at `position` lies in [lower, upper).
double coverage(int position, double lower, double upper) {
  return std::min(upper, position + 1.0) - std::max(lower, static_cast<double>(position));
}

uint8_t mix(uint8_t below, uint8_t above, double share) {
  return static_cast<uint8_t>(std::lround(below + (above - below) * share));
}

}  // namespace

std::optional<PngCanvas> PngCanvas::create(PixelSize size, Rgb background) {
  const size_t count = static_cast<size_t>(size.width) * static_cast<size_t>(size.height) * 3;
  std::unique_ptr<uint8_t[]> pixels(new (std::nothrow) uint8_t[count]);
  if (pixels == nullptr) return std::nullopt;
  PngCanvas canvas(size, std::move(pixels));
  canvas.fill({0, 0, size.width, size.height}, background);
  return canvas;
}

void PngCanvas::fill(const PixelBox& box, Rgb color) {
  const std::array<uint8_t, 3> rgb = parts(color);
  const int right = std::min(box.right, size_.width);
  const int bottom = std::min(box.bottom, size_.height);
  for (int y = std::max(box.top, 0); y < bottom; ++y) {
    for (int x = std::max(box.left, 0); x < right; ++x) std::copy_n(rgb.data(), 3, pixel(x, y));
  }
}

void PngCanvas::copy(const PixelBox& box, std::span<const uint8_t> pixels) {
  const uint8_t* source = pixels.data();
  for (int y = box.top; y < box.bottom; ++y) {
    for (int x = box.left; x < box.right; ++x, source += 4) std::copy_n(source, 3, pixel(x, y));
  }
}

void PngCanvas::write(std::string_view text, double left, double top, double scale, Rgb color) {
  for (const GlyphBox& box : glyph_boxes(text)) {
    blend(left + box.left * scale, top + box.top * scale, left + box.right * scale,
          top + box.bottom * scale, color);
  }
}

// A pixel takes the colour by as much as the box covers of it.
void PngCanvas::blend(double left, double top, double right, double bottom, Rgb color) {
  const std::array<uint8_t, 3> rgb = parts(color);
  left = std::max(left, 0.0);
  top = std::max(top, 0.0);
  right = std::min<double>(right, size_.width);
  bottom = std::min<double>(bottom, size_.height);
  for (int y = static_cast<int>(top); y < bottom; ++y) {
    for (int x = static_cast<int>(left); x < right; ++x) {
      const double share = coverage(x, left, right) * coverage(y, top, bottom);
      uint8_t* target = pixel(x, y);
      for (size_t i = 0; i < 3; ++i) target[i] = mix(target[i], rgb[i], share);
    }
  }
}

std::optional<std::string> PngCanvas::encode() const { return png_file(size_, pixels_.get()); }

}  // namespace stowage
