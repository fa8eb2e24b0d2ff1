// PNG files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "stowage/view/viewport.h"

namespace stowage {

// A PNG file of `pixels` (red, green, blue, row by row from the top), the same on every build;
// nothing when there is no memory for it.
std::optional<std::string> png_file(PixelSize size, const uint8_t* pixels);

}  // namespace stowage
