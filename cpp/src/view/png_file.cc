#include "view/png_file.h"

#include <cstdlib>
#include <memory>

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#include <stb_image_write.h>

namespace stowage {

std::optional<std::string> png_file(PixelSize size, const uint8_t* pixels) {
  int length = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
      stbi_write_png_to_mem(pixels, 0, size.width, size.height, 3, &length), std::free);
  if (bytes == nullptr) return std::nullopt;
  return std::string(bytes.get(), bytes.get() + length);
}

}  // namespace stowage
