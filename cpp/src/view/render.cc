#include "stowage/view/render.h"

#include <cmath>

#include "base/error.h"
#include "stowage/base/integer.h"
#include "view/render_chart.h"

namespace stowage {
namespace {

// Twice what a time or an offset can be, so that there is space around a plan.
constexpr double kFarthest = 2.0 * static_cast<double>(kMaxInteger);

std::string to_string(PixelSize size) {
  return std::to_string(size.width) + " by " + std::to_string(size.height);
}

bool is_within(double value) { return std::abs(value) <= kFarthest; }

// NaN compares as false.
bool is_drawable(double lower, double upper) {
  return is_within(lower) && is_within(upper) && lower < upper;
}

// Steps of one quantity take the whole range of colours.
std::vector<Rgb> palette_for(const ColorClasses& classes, const Theme& theme) {
  const Palette& palette = classes.is_sequential ? theme.sequential : theme.categorical;
  const size_t last = classes.labels.empty() ? 0 : classes.labels.size() - 1;
  std::vector<Rgb> colors;
  for (size_t i = 0; i <= last; ++i) {
    const bool is_spread = classes.is_sequential && last > 0;
    const size_t step = is_spread ? (2 * i * (palette.size() - 1) + last) / (2 * last) : i;
    colors.push_back(palette[step]);
  }
  return colors;
}

}  // namespace

Status check(const RenderOptions& options) {
  const PixelSize size = options.size;
  if (size.width < kLeastPicture.width || size.height < kLeastPicture.height ||
      size.width > kMaxPixels || size.height > kMaxPixels) {
    return invalid_argument("the size of a picture must be from " + to_string(kLeastPicture) +
                            " to " + to_string({kMaxPixels, kMaxPixels}) + " pixels, not " +
                            to_string(size));
  }
  if (!options.viewport) return std::nullopt;
  const Viewport& viewport = *options.viewport;
  if (!is_drawable(viewport.time_lower, viewport.time_upper) ||
      !is_drawable(viewport.offset_lower, viewport.offset_upper)) {
    return invalid_argument(
        "a viewport's lower ends must be below its upper ends, all within 2^54");
  }
  return std::nullopt;
}

Result<RenderedChart> make_chart(const Problem& problem, const Plan& plan,
                                 const RenderOptions& options) {
  if (auto error = check(options)) return *std::move(error);
  if (plan.offsets.size() != problem.buffers.size()) {
    return invalid_argument("a plan to be drawn must have an offset for each of the " +
                            std::to_string(problem.buffers.size()) + " buffers, not " +
                            std::to_string(plan.offsets.size()));
  }
  RenderedChart rendered{Scene(problem, &plan), classify(problem, options.color_by), {}, {}};
  rendered.palette = palette_for(rendered.classes, options.is_dark ? kDarkTheme : kLightTheme);
  rendered.chart =
      lay_out({problem, plan, rendered.scene, rendered.classes, rendered.palette}, options);
  return rendered;
}

}  // namespace stowage
