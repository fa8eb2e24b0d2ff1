// What an SVG shows of the plan itself: rectangles to a hundredth of a pixel, and the load's curve.
#pragma once

#include <vector>

#include "stowage/planner/plan.h"
#include "stowage/planner/problem.h"
#include "stowage/view/profile.h"
#include "view/chart.h"

namespace stowage {

// In pixels of the picture.
struct SvgRectangle {
  BufferIndex buffer = -1;
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

struct SvgRectangles {
  std::vector<SvgRectangle> held;      // one for each piece in sight, in order of the buffers
  std::vector<SvgRectangle> released;  // what buffers do not hold in their gaps
  size_t left_out = 0;                 // of those held
};

// At most `most` that are held: beyond, those smaller than a tenth of a pixel each way are left
// out, then the smallest.
SvgRectangles rectangles_of(const Problem& problem, const Plan& plan, const Chart& chart,
                            size_t most);

// From the column `x` of the picture on, until the next point.
struct CurvePoint {
  double x = 0;
  double load = 0;
  double top = 0;
};

// The load's curve within its box: each step, or for very many the largest value in each pixel.
std::vector<CurvePoint> curve_of(const std::vector<ProfileStep>& profile, const Chart& chart);

}  // namespace stowage
