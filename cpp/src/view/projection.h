// From times and offsets to pixels: the one place where anything is rounded.
//
// A column or row is a whole number from -kMargin to the width or height + kMargin: what ends far
// outside is cut there, but not at the border itself, so that it can still be told where the edge
// of a rectangle is and how large it is. All numbers are cut in double before they are converted,
// so nothing overflows, whatever the viewport; a NaN (of a viewport without length) becomes 0.
#pragma once

#include "stowage/view/viewport.h"

namespace stowage {

class Projection {
 public:
  static constexpr int kMargin = 4;

  Projection(const Viewport& viewport, PixelSize size)
      : viewport_(viewport),
        size_(size),
        columns_per_time_(size.width / (viewport.time_upper - viewport.time_lower)),
        rows_per_offset_(size.height / (viewport.offset_upper - viewport.offset_lower)) {}

  [[nodiscard]] PixelSize size() const { return size_; }

  // Whether any of `area`, however little, is in the viewport.
  [[nodiscard]] bool sees(const Viewport& area) const {
    return area.time_upper > viewport_.time_lower && area.time_lower < viewport_.time_upper &&
           area.offset_upper > viewport_.offset_lower && area.offset_lower < viewport_.offset_upper;
  }

  // The first column whose centre is not before `time`. Measured from the right, so that rounding
  // down, which is all that a conversion can do, gives just that.
  [[nodiscard]] int column(double time) const {
    return size_.width + kMargin -
           static_cast<int>(
               cut(columns_from_right(time) + (0.5 + kMargin), size_.width + 2.0 * kMargin));
  }

  // The first row whose centre is below `offset`.
  [[nodiscard]] int row(double offset) const {
    return static_cast<int>(
               cut(rows_from_top(offset) + (0.5 + kMargin), size_.height + 2.0 * kMargin)) -
           kMargin;
  }

  // The pixels whose centres `area` holds, times from the lower up to, not including, the upper
  // end, and offsets likewise. Empty where it holds none; may reach beyond the picture.
  [[nodiscard]] PixelBox centres_in(const Viewport& area) const {
    return {column(area.time_lower), row(area.offset_upper), column(area.time_upper),
            row(area.offset_lower)};
  }

  // The column or row of the middle of something in sight that holds no centre.
  [[nodiscard]] int middle_column(double lower, double upper) const {
    const double middle = (columns_from_right(lower) + columns_from_right(upper)) / 2;
    return size_.width - 1 - static_cast<int>(cut(middle, size_.width - 1.0));
  }
  [[nodiscard]] int middle_row(double lower, double upper) const {
    const double middle = (rows_from_top(lower) + rows_from_top(upper)) / 2;
    return static_cast<int>(cut(middle, size_.height - 1.0));
  }

  // How much of the pixels that it takes an area without a centre covers, from 0 to 1.
  [[nodiscard]] double coverage(const Viewport& area) const {
    return cut((area.time_upper - area.time_lower) * columns_per_time_, 1) *
           cut((area.offset_upper - area.offset_lower) * rows_per_offset_, 1);
  }

 private:
  // `value` from 0 to `most`.
  static double cut(double value, double most) {
    const double not_below = value > 0 ? value : 0;
    return not_below < most ? not_below : most;
  }
  [[nodiscard]] double columns_from_right(double time) const {
    return (viewport_.time_upper - time) * columns_per_time_;
  }
  [[nodiscard]] double rows_from_top(double offset) const {
    return (viewport_.offset_upper - offset) * rows_per_offset_;
  }

  Viewport viewport_;
  PixelSize size_;
  double columns_per_time_;
  double rows_per_offset_;
};

// What part of `box` is in the picture.
inline PixelBox clipped(const PixelBox& box, PixelSize size) {
  return {box.left < 0 ? 0 : box.left, box.top < 0 ? 0 : box.top,
          box.right > size.width ? size.width : box.right,
          box.bottom > size.height ? size.height : box.bottom};
}

// The pixels that `area`, which is in sight, takes: those whose centres it holds, but at least one
// column and one row. May reach beyond the picture.
struct Footprint {
  PixelBox box;
  bool is_thin = false;  // it holds no centre of a column, or none of a row
};

inline Footprint footprint(const Projection& projection, const Viewport& area) {
  PixelBox box = projection.centres_in(area);
  if (!box.empty()) return {box, false};
  if (box.right <= box.left) {
    box.left = projection.middle_column(area.time_lower, area.time_upper);
    box.right = box.left + 1;
  }
  if (box.bottom <= box.top) {
    box.top = projection.middle_row(area.offset_lower, area.offset_upper);
    box.bottom = box.top + 1;
  }
  return {box, true};
}

}  // namespace stowage
