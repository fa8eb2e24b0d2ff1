// Which part of a plan is looked at, and on how many pixels.
#pragma once

namespace stowage {

// A rectangle of the plan: time runs to the right, offsets run upwards. Both lengths are positive.
// Doubles, as zooming in goes beyond whole units.
struct Viewport {
  double time_lower = 0;
  double time_upper = 1;
  double offset_lower = 0;
  double offset_upper = 1;

  bool operator==(const Viewport&) const = default;
};

// The size of a picture. Pixel (0, 0) is at the top left.
struct PixelSize {
  int width = 0;
  int height = 0;

  bool operator==(const PixelSize&) const = default;
};

// Some of the pixels: columns [left, right), rows [top, bottom).
struct PixelBox {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;

  [[nodiscard]] int width() const { return right - left; }
  [[nodiscard]] int height() const { return bottom - top; }
  [[nodiscard]] bool empty() const { return right <= left || bottom <= top; }
  [[nodiscard]] bool contains(int x, int y) const {
    return left <= x && x < right && top <= y && y < bottom;
  }

  bool operator==(const PixelBox&) const = default;
};

// The most pixels along one side of a picture.
inline constexpr int kMaxPixels = 16'384;

}  // namespace stowage
