#include "view/decode_png.h"

#include <memory>

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#include <stb_image.h>

namespace stowage::testing {

std::optional<DecodedPng> decode_png(std::string_view file) {
  DecodedPng decoded;
  const auto* bytes = reinterpret_cast<const stbi_uc*>(file.data());
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load_from_memory(bytes, static_cast<int>(file.size()), &decoded.size.width,
                            &decoded.size.height, &decoded.channels, 3),
      stbi_image_free);
  if (pixels == nullptr) return std::nullopt;
  const auto count =
      static_cast<size_t>(decoded.size.width) * static_cast<size_t>(decoded.size.height) * 3;
  decoded.pixels.assign(pixels.get(), pixels.get() + count);
  return decoded;
}

}  // namespace stowage::testing
