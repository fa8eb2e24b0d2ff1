// PNG files read back.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "stowage/view/theme.h"
#include "stowage/view/viewport.h"

namespace stowage::testing {

struct DecodedPng {
  PixelSize size;
  int channels = 0;
  std::vector<uint8_t> pixels;  // red, green, blue, row by row from the top

  [[nodiscard]] Rgb at(int x, int y) const {
    const size_t i =
        (static_cast<size_t>(y) * static_cast<size_t>(size.width) + static_cast<size_t>(x)) * 3;
    return static_cast<Rgb>(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]);
  }
};

// Nothing where `file` is no PNG.
std::optional<DecodedPng> decode_png(std::string_view file);

}  // namespace stowage::testing
