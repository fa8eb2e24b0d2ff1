// What render_png and render_svg have in common.
#pragma once

#include <vector>

#include "stowage/base/result.h"
#include "stowage/view/color_classes.h"
#include "stowage/view/render.h"
#include "stowage/view/scene.h"
#include "view/chart.h"

namespace stowage {

// A chart with what it was made from.
struct RenderedChart {
  Scene scene;
  ColorClasses classes;
  std::vector<Rgb> palette;  // a colour for each class
  Chart chart;
};

// Errors: those of render_png.
Result<RenderedChart> make_chart(const Problem& problem, const Plan& plan,
                                 const RenderOptions& options);

}  // namespace stowage
