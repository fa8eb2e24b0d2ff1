#include "view/svg_shapes.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace stowage {
namespace {

double area(const SvgRectangle& each) {
  return (each.right - each.left) * (each.bottom - each.top);
}

bool is_tiny(const SvgRectangle& each) {
  return each.right - each.left < 0.1 && each.bottom - each.top < 0.1;
}

// Puts pieces of the plan where they are in the picture.
class Placer {
 public:
  explicit Placer(const Chart& chart) : view_(chart.viewport), box_(chart.plan) {}

  // Nothing when it is out of sight.
  [[nodiscard]] std::optional<SvgRectangle> place(BufferIndex buffer, int64_t offset,
                                                  const Piece& piece) const {
    const double left = x_of(static_cast<double>(piece.lifespan.lower));
    const double right = x_of(static_cast<double>(piece.lifespan.upper));
    const double bottom = y_of(static_cast<double>(offset + piece.window.lower));
    const double top = y_of(static_cast<double>(offset + piece.window.upper));
    if (left >= right || top >= bottom) return std::nullopt;
    return SvgRectangle{buffer, left, top, right, bottom};
  }

 private:
  [[nodiscard]] double x_of(double time) const {
    const double share = (time - view_.time_lower) / (view_.time_upper - view_.time_lower);
    return box_.left + std::clamp(share, 0.0, 1.0) * box_.width();
  }
  [[nodiscard]] double y_of(double offset) const {
    const double share = (offset - view_.offset_lower) / (view_.offset_upper - view_.offset_lower);
    return box_.bottom - std::clamp(share, 0.0, 1.0) * box_.height();
  }

  Viewport view_;
  PixelBox box_;
};

// The parts of a buffer that its gaps leave free, below and above their windows.
void append_released(const Buffer& buffer, std::vector<Piece>& pieces) {
  for (const Gap& gap : buffer.gaps) {
    const Window held = gap.window.value_or(Window{0, 0});
    const Window below{0, held.lower};
    const Window above{held.empty() ? 0 : held.upper, buffer.size};
    if (!held.empty() && !below.empty()) pieces.push_back({gap.lifespan, below});
    if (!above.empty()) pieces.push_back({gap.lifespan, above});
  }
}

// Keeps the largest, in their order.
void keep_largest(std::vector<SvgRectangle>& rectangles, size_t most) {
  if (rectangles.size() <= most) return;
  std::erase_if(rectangles, is_tiny);
  if (rectangles.size() <= most) return;
  std::vector<size_t> order(rectangles.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto is_larger = [&](size_t a, size_t b) {
    return std::pair(-area(rectangles[a]), a) < std::pair(-area(rectangles[b]), b);
  };
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(order.begin(), end, order.end(), is_larger);
  std::sort(order.begin(), end);
  std::vector<SvgRectangle> kept;
  kept.reserve(most);
  for (size_t i = 0; i < most; ++i) kept.push_back(rectangles[order[i]]);
  rectangles = std::move(kept);
}

}  // namespace

SvgRectangles rectangles_of(const Problem& problem, const Plan& plan, const Chart& chart,
                            size_t most) {
  const Placer placer(chart);
  SvgRectangles result;
  std::vector<Piece> pieces;
  const auto place_all = [&](size_t i, std::vector<SvgRectangle>& target) {
    for (const Piece& piece : pieces) {
      const auto placed = placer.place(static_cast<BufferIndex>(i), plan.offsets[i], piece);
      if (placed) target.push_back(*placed);
    }
    pieces.clear();
  };
  for (size_t i = 0; i < problem.buffers.size(); ++i) {
    append_released(problem.buffers[i], pieces);
    place_all(i, result.released);
    append_pieces(problem.buffers[i], pieces);
    place_all(i, result.held);
  }
  const size_t in_sight = result.held.size();
  keep_largest(result.held, most);
  keep_largest(result.released, most);
  result.left_out = in_sight - result.held.size();
  return result;
}

std::vector<CurvePoint> curve_of(const std::vector<ProfileStep>& profile, const Chart& chart) {
  const double lower = chart.viewport.time_lower;
  const double upper = chart.viewport.time_upper;
  const int columns = chart.load.width();
  const auto first = std::partition_point(profile.begin(), profile.end(), [&](const auto& step) {
    return static_cast<double>(step.time) <= lower;
  });
  const auto last = std::partition_point(first, profile.end(), [&](const auto& step) {
    return static_cast<double>(step.time) < upper;
  });
  std::vector<CurvePoint> points;
  if (last - first > 2 * columns) {
    const ProfileColumns sampled = sample(profile, lower, upper, columns);
    for (int column = 0; column < columns; ++column) {
      const auto i = static_cast<size_t>(column);
      const double x = chart.load.left + column;
      points.push_back({x, sampled.load[i], sampled.top[i]});
    }
    return points;
  }
  // The step before the first in sight holds at the left edge.
  for (auto step = first == profile.begin() ? first : first - 1; step != last; ++step) {
    const double share = (static_cast<double>(step->time) - lower) / (upper - lower);
    points.push_back({chart.load.left + std::max(share, 0.0) * columns,
                      static_cast<double>(step->load), static_cast<double>(step->top)});
  }
  return points;
}

}  // namespace stowage
