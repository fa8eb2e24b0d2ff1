// A whole picture of a plan, for a file: rectangles, labels, axes, the lines, the load curve and a
// legend. What `stowage render` writes, and what a page exports.
#pragma once

#include <optional>
#include <string>

#include "stowage/base/result.h"
#include "stowage/planner/plan.h"
#include "stowage/planner/problem.h"
#include "stowage/view/color_classes.h"
#include "stowage/view/viewport.h"

namespace stowage {

// The least size of a rendered picture.
inline constexpr PixelSize kLeastPicture = {200, 150};

struct RenderOptions {
  PixelSize size = {1600, 900};  // from kLeastPicture up to kMaxPixels by kMaxPixels
  ColorBy color_by = ColorBy::kSize;
  bool is_dark = false;
  std::string title = {};                           // empty: none
  std::optional<Viewport> viewport = std::nullopt;  // the whole plan when not given
};

// Null, or `invalid-argument` for a size or viewport that cannot be drawn.
Status check(const RenderOptions& options);

// A PNG file (8-bit RGB). The capacity's line is left out when there is no limit. Errors: those of
// `check`; `invalid-argument` for a plan without an offset for each buffer.
Result<std::string> render_png(const Problem& problem, const Plan& plan,
                               const RenderOptions& options);

// The same as an SVG document in UTF-8, for print: each rectangle an element of its own with the
// id, lifespan, size and offset in a <title>. Rectangles smaller than a tenth of a pixel each way
// are left out where a million of them would make the file useless: at most 100 000 are written,
// largest first, and the file says so in its <desc>.
Result<std::string> render_svg(const Problem& problem, const Plan& plan,
                               const RenderOptions& options);

}  // namespace stowage
