// Colours. The defaults tell apart what they must for the common kinds of colour blindness.
#pragma once

#include <array>
#include <cstdint>

#include "stowage/view/color_classes.h"

namespace stowage {

// 0xRRGGBB.
using Rgb = uint32_t;

using Palette = std::array<Rgb, kMaxColorClasses>;

struct Theme {
  // Sequential: steps of viridis (Smith, van der Walt 2015). Categorical: Okabe, Ito 2008,
  // with a grey instead of black and last, for "other".
  Palette sequential;
  Palette categorical;
  Rgb background;
  Rgb text;
  Rgb grid;
  Rgb waste;     // hatching of space below the highest live end that no buffer holds
  Rgb gap;       // hatching of what a buffer does not hold in its gaps
  Rgb load;      // the load curve
  Rgb capacity;  // the line at the capacity
  Rgb bound;     // the line at the lower bound
  Rgb height;    // the line at the plan's height
};

extern const Theme kLightTheme;
extern const Theme kDarkTheme;

}  // namespace stowage
