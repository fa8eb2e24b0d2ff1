#include "view/text.h"

#include <cstdint>

#include <stb_easy_font.h>

namespace stowage {
namespace {

constexpr std::string_view kEllipsis = "...";
// Less of a text says too little.
constexpr int kLeastKept = 3;
// Of East Asian characters and symbols in an SVG.
constexpr int kWide = 12;

bool is_continuation(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

bool is_printable(char byte) { return byte >= ' ' && byte <= '~'; }

// `text` as the font can show it.
std::string to_ascii(std::string_view text) {
  std::string ascii;
  for (const char byte : text) {
    if (!is_continuation(byte)) ascii += is_printable(byte) ? byte : '?';
  }
  return ascii;
}

int advance(char byte) {
  if (is_continuation(byte)) return 0;
  if (static_cast<uint8_t>(byte) >= 0xE1) return kWide;
  char character[] = {is_printable(byte) ? byte : '?', '\0'};
  return stb_easy_font_width(character);
}

}  // namespace

int text_width(std::string_view text) {
  int width = 0;
  for (const char byte : text) width += advance(byte);
  return width;
}

std::string elided(std::string_view text, int width) {
  const int room = width - text_width(kEllipsis);
  int used = 0;
  int characters = 0;
  size_t kept = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    used += advance(text[i]);
    if (used > width) break;
    if (i + 1 == text.size()) return std::string(text);
    if (used <= room && !is_continuation(text[i + 1])) {
      kept = i + 1;
      ++characters;
    }
  }
  return characters < kLeastKept ? "" : std::string(text.substr(0, kept)).append(kEllipsis);
}

std::vector<GlyphBox> glyph_boxes(std::string_view text) {
  // What stb_easy_font writes: the four corners of each stroke, clockwise from the top left.
  struct Corner {
    float x, y, z;
    unsigned char color[4];
  };
  struct Stroke {
    Corner corners[4];
  };
  // No character has more strokes.
  constexpr size_t kMostStrokes = 16;

  std::string ascii = to_ascii(text);
  std::vector<Stroke> strokes(ascii.size() * kMostStrokes + 1);
  const auto bytes = static_cast<int>(strokes.size() * sizeof(Stroke));
  const int count = stb_easy_font_print(0, 0, ascii.data(), nullptr, strokes.data(), bytes);
  std::vector<GlyphBox> boxes;
  for (int i = 0; i < count; ++i) {
    const Corner& first = strokes[static_cast<size_t>(i)].corners[0];
    const Corner& third = strokes[static_cast<size_t>(i)].corners[2];
    boxes.push_back({static_cast<int>(first.x), static_cast<int>(first.y),
                     static_cast<int>(third.x), static_cast<int>(third.y)});
  }
  return boxes;
}

}  // namespace stowage
