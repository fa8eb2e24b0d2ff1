// The picture by its definition, one pixel at a time: the oracle of the tests of the rasteriser.
//
// Shares nothing with it but the types. For pictures and problems small enough to look at every
// rectangle for every pixel.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <tuple>
#include <vector>

#include "planner/random_problem.h"
#include "stowage/view/scene.h"

namespace stowage::testing {

enum class Shown { kBackground, kWaste, kGap, kThin, kInside, kEdge };

struct ReferencePixel {
  Shown shown = Shown::kBackground;
  BufferIndex buffer = -1;  // also of a gap, between its stripes
};

// One side of a rectangle in pixels, whatever of it is in the picture.
struct Side {
  int64_t first = 0;  // pixels [first, end)
  int64_t end = 0;
  bool is_thin = false;
  double covered = 1;  // of a pixel

  [[nodiscard]] bool holds(int64_t pixel) const { return first <= pixel && pixel < end; }
  [[nodiscard]] int64_t length() const { return end - first; }
};

class ReferencePicture {
 public:
  ReferencePicture(const Problem& problem, const Plan& plan, const std::vector<uint8_t>& dimmed,
                   bool shows_waste, const Viewport& viewport, PixelSize size)
      : viewport_(viewport), size_(size) {
    for (size_t b = 0; b < problem.buffers.size(); ++b) {
      const bool is_dimmed = !dimmed.empty() && dimmed[b] != 0;
      add_buffer(problem.buffers[b], static_cast<BufferIndex>(b), plan.offsets[b], is_dimmed);
    }
    for (std::vector<Box>* boxes : {&held_, &gaps_}) {
      std::stable_sort(boxes->begin(), boxes->end(), [](const Box& a, const Box& b) {
        return std::tuple(a.time.lower, -a.space.length()) <
               std::tuple(b.time.lower, -b.space.length());
      });
    }
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) pixels_.push_back(decide(x, y, shows_waste));
    }
  }

  [[nodiscard]] const ReferencePixel& at(int x, int y) const {
    return pixels_[static_cast<size_t>(y * size_.width + x)];
  }

  // What takes the pixels of a rectangle, cut to the picture; all 0 if nothing.
  [[nodiscard]] VisibleBuffer cut(const Interval<int64_t>& time, const Interval<int64_t>& space,
                                  BufferIndex buffer) const {
    if (!is_in_sight(time, space)) return {buffer, 0, 0, 0, 0};
    const Side columns = columns_of(time);
    const Side rows = rows_of(space);
    const auto within = [](int64_t value, int most) {
      return static_cast<int>(std::clamp<int64_t>(value, 0, most));
    };
    const VisibleBuffer part = {buffer, within(columns.first, size_.width),
                                within(rows.first, size_.height), within(columns.end, size_.width),
                                within(rows.end, size_.height)};
    if (part.left >= part.right || part.top >= part.bottom) return {buffer, 0, 0, 0, 0};
    return part;
  }

 private:
  struct Box {
    Interval<int64_t> time;
    Interval<int64_t> space;
    BufferIndex buffer;
    bool is_dimmed;
    Side columns;
    Side rows;
  };

  void add(std::vector<Box>& boxes, const Box& box) {
    if (box.time.empty() || box.space.empty() || !is_in_sight(box.time, box.space)) return;
    boxes.push_back(box);
    boxes.back().columns = columns_of(box.time);
    boxes.back().rows = rows_of(box.space);
  }

  // Moment by moment, by what the buffer holds at each.
  void add_buffer(const Buffer& buffer, BufferIndex index, int64_t offset, bool is_dimmed) {
    const auto [lower, upper] = buffer.lifespan;
    for (int64_t begin = lower, time = lower; time < upper; ++time) {
      const Window window = held_at(buffer, begin);
      if (time + 1 < upper && same(held_at(buffer, time + 1), window)) continue;
      const Interval<int64_t> span = {begin, time + 1};
      begin = time + 1;
      const auto box = [&](int64_t bottom, int64_t top) {
        return Box{span, {offset + bottom, offset + top}, index, is_dimmed, {}, {}};
      };
      const Window held = window.empty() ? Window{0, 0} : window;
      add(held_, box(held.lower, held.upper));
      add(gaps_, box(0, held.lower));
      add(gaps_, box(held.upper, buffer.size));
      if (!held.empty()) tops_.push_back({span, offset + held.upper});
    }
  }

  static bool same(const Window& a, const Window& b) { return (a.empty() && b.empty()) || a == b; }

  [[nodiscard]] double unit(bool is_time) const {
    return is_time ? (viewport_.time_upper - viewport_.time_lower) / size_.width
                   : (viewport_.offset_upper - viewport_.offset_lower) / size_.height;
  }

  [[nodiscard]] bool is_in_sight(const Interval<int64_t>& time,
                                 const Interval<int64_t>& space) const {
    return static_cast<double>(time.upper) > viewport_.time_lower &&
           static_cast<double>(time.lower)<viewport_.time_upper&& static_cast<double>(space.upper)>
               viewport_.offset_lower &&
           static_cast<double>(space.lower) < viewport_.offset_upper;
  }

  // Pixels from one whose centre is at or after `lower` up to one whose centre is at or after
  // `upper`, for pixels that count upwards from `origin`.
  static Side side_of(const Interval<int64_t>& range, double origin, double unit) {
    const auto first_centre_from = [&](int64_t value) {
      auto pixel =
          static_cast<int64_t>(std::floor((static_cast<double>(value) - origin) / unit) - 2);
      while (origin + (static_cast<double>(pixel) + 0.5) * unit < static_cast<double>(value)) {
        ++pixel;
      }
      return pixel;
    };
    Side side = {first_centre_from(range.lower), first_centre_from(range.upper)};
    side.is_thin = side.first == side.end;
    side.covered = std::min(1.0, static_cast<double>(range.length()) / unit);
    return side;
  }

  [[nodiscard]] Side columns_of(const Interval<int64_t>& time) const {
    Side side = side_of(time, viewport_.time_lower, unit(true));
    if (side.is_thin) {
      const double middle = static_cast<double>(time.lower + time.upper) / 2;
      const double at = (middle - viewport_.time_lower) / unit(true);
      side.first = std::clamp(static_cast<int>(std::ceil(at)) - 1, 0, size_.width - 1);
      side.end = side.first + 1;
    }
    return side;
  }

  // Rows count downwards.
  [[nodiscard]] Side rows_of(const Interval<int64_t>& space) const {
    const Side upwards = side_of(space, viewport_.offset_lower, unit(false));
    Side side = upwards;
    side.first = size_.height - upwards.end;
    side.end = size_.height - upwards.first;
    if (side.is_thin) {
      const double middle = static_cast<double>(space.lower + space.upper) / 2;
      const double at = (viewport_.offset_upper - middle) / unit(false);
      side.first = std::clamp(static_cast<int>(std::floor(at)), 0, size_.height - 1);
      side.end = side.first + 1;
    }
    return side;
  }

  [[nodiscard]] static std::tuple<bool, int, bool> rank(const Box& box) {
    const double covered = box.columns.covered * box.rows.covered;
    return {!box.is_dimmed, 1 + static_cast<int>(covered * ((1 << 14) - 2)),
            box.rows.length() == 1};
  }

  [[nodiscard]] ReferencePixel decide(int x, int y, bool shows_waste) const {
    const auto covers = [&](const Box& box) { return box.columns.holds(x) && box.rows.holds(y); };
    const auto is_thin = [](const Box& box) { return box.columns.is_thin || box.rows.is_thin; };
    const Box* whole = nullptr;
    const Box* thin = nullptr;
    for (const Box& box : held_) {
      if (!covers(box)) continue;
      if (!is_thin(box)) {
        whole = &box;
      } else if (thin == nullptr || rank(box) > rank(*thin)) {
        thin = &box;
      }
    }
    if (whole != nullptr)
      return {is_edge(*whole, x, y) ? Shown::kEdge : Shown::kInside, whole->buffer};
    if (thin != nullptr) return {Shown::kThin, thin->buffer};
    ReferencePixel pixel;
    if (shows_waste && (x - y + 8 * size_.height) % 8 < 2 && is_waste(x, y)) {
      pixel.shown = Shown::kWaste;
    }
    for (const Box& box : gaps_) {
      if (!covers(box) || is_thin(box)) continue;
      pixel.buffer = box.buffer;
      if ((x + y) % 8 < 2) pixel.shown = Shown::kGap;
    }
    return pixel;
  }

  [[nodiscard]] static bool is_edge(const Box& box, int x, int y) {
    const Side& columns = box.columns;
    const Side& rows = box.rows;
    if (columns.length() < 4 || rows.length() < 4) return false;
    return x == columns.first || x == columns.end - 1 || y == rows.first || y == rows.end - 1;
  }

  // Whether the pixel's centre is below the highest end of what is live at its time.
  [[nodiscard]] bool is_waste(int x, int y) const {
    const double time = viewport_.time_lower + (x + 0.5) * unit(true);
    const double offset = viewport_.offset_lower + (size_.height - y - 0.5) * unit(false);
    double top = 0;
    for (const auto& [span, end] : tops_) {
      if (static_cast<double>(span.lower) <= time && time < static_cast<double>(span.upper)) {
        top = std::max(top, static_cast<double>(end));
      }
    }
    return 0 <= offset && offset < top;
  }

  Viewport viewport_;
  PixelSize size_;
  std::vector<Box> held_;
  std::vector<Box> gaps_;
  std::vector<std::pair<Interval<int64_t>, int64_t>> tops_;
  std::vector<ReferencePixel> pixels_;
};

}  // namespace stowage::testing
