// Text measured, and drawn with the one font that a PNG has. An SVG has its reader's fonts, and is
// laid out by the same measures.
//
// A unit is a pixel of the font at its own size: its capitals are 7 units high.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stowage {

inline constexpr int kCapitalHeight = 7;
inline constexpr int kLineHeight = 14;

// How many units wide `text` (UTF-8) is. What is not ASCII is taken for as wide as it may be.
int text_width(std::string_view text);

// `text` if it fits into `width` units, else as much of its beginning as does with "..." behind it,
// or nothing where that would be less than three characters.
std::string elided(std::string_view text, int width);

// In units from the left end of the text and the top of its capitals, downwards.
struct GlyphBox {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
};

// The strokes of `text`. The font has ASCII only: other characters become question marks.
std::vector<GlyphBox> glyph_boxes(std::string_view text);

}  // namespace stowage
