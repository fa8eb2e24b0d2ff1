// The layout of a whole picture of a plan, which its two writers (PNG and SVG) share: where the
// plan and the load curve go, and everything around them as boxes, lines and texts.
#pragma once

#include <string>
#include <vector>

#include "stowage/planner/plan.h"
#include "stowage/planner/problem.h"
#include "stowage/view/color_classes.h"
#include "stowage/view/profile.h"
#include "stowage/view/render.h"
#include "stowage/view/scene.h"
#include "stowage/view/theme.h"
#include "stowage/view/viewport.h"
#include "view/projection.h"

namespace stowage {

struct ColoredBox {
  PixelBox box;
  Rgb color = 0;
};

// A level line across the picture: `dash` pixels drawn, as many left out; 0: all drawn.
struct LevelLine {
  PixelBox box;
  Rgb color = 0;
  int dash = 0;
};

enum class Anchor { kLeft, kMiddle, kRight };

struct Label {
  std::string text;
  int x = 0;  // of its left end, middle or right end
  int y = 0;  // of the middle of its capitals
  Anchor anchor = Anchor::kLeft;
  Rgb color = 0;
  bool is_bold = false;
};

struct Chart {
  PixelSize size;
  double text_scale = 1;  // pixels in a unit of text.h
  Theme theme;
  Viewport viewport;      // what the plan's box shows
  PixelBox plan;          // where the plan goes
  PixelBox load;          // where the load curve goes, on the same time axis; empty if nowhere
  double load_upper = 1;  // the load at the top of its box
  std::vector<ColoredBox> grid;   // behind the load curve
  std::vector<ColoredBox> boxes;  // axes and keys of the legend
  std::vector<LevelLine> lines;   // over the plan and the load curve
  std::vector<Label> labels;
};

// What a chart shows. The references must outlive the call.
struct ChartContents {
  const Problem& problem;
  const Plan& plan;
  const Scene& scene;
  const ColorClasses& classes;
  const std::vector<Rgb>& palette;  // a colour for each class
};

// `options` are good in the sense of `check`.
Chart lay_out(const ChartContents& contents, const RenderOptions& options);

}  // namespace stowage
