#include "view/text.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace stowage {
namespace {

TEST(ViewTextTest, ElidesWhatDoesNotFit) {
  const std::string id = "encoder/layer0/attention";
  const int width = text_width(id);
  EXPECT_EQ(elided(id, width), id);
  const std::string shorter = elided(id, width - 1);
  EXPECT_TRUE(shorter.ends_with("...")) << shorter;
  EXPECT_LE(text_width(shorter), width - 1);
  EXPECT_EQ(elided(id, text_width("enc...")), "enc...");
  EXPECT_EQ(elided(id, text_width("enc...") - 1), "");
  EXPECT_EQ(elided("a", text_width("a")), "a");
  EXPECT_EQ(elided("a", 0), "");
  EXPECT_EQ(elided("", 0), "");
}

TEST(ViewTextTest, NeverCutsACharacterInTwo) {
  const std::string id = "名前名前名前名前";
  for (int width = 0; width <= text_width(id); ++width) {
    const std::string shorter = elided(id, width);
    if (shorter.empty() || shorter == id) continue;
    EXPECT_EQ((shorter.size() - 3) % 3, 0U) << shorter;
  }
}

TEST(ViewTextTest, DrawsWithinItsWidth) {
  for (const std::string text : {"conv1/weights", "~ @W|%", "\x01\x7f\xff", "名前"}) {
    const std::vector<GlyphBox> boxes = glyph_boxes(text);
    EXPECT_FALSE(boxes.empty()) << text;
    for (const GlyphBox& box : boxes) {
      EXPECT_GE(box.left, 0);
      EXPECT_LT(box.left, box.right);
      EXPECT_LE(box.right, text_width(text)) << text;
      EXPECT_GE(box.top, 0);
      EXPECT_LT(box.top, box.bottom);
      EXPECT_LE(box.bottom, kLineHeight);
    }
  }
  EXPECT_TRUE(glyph_boxes("").empty());
  EXPECT_TRUE(glyph_boxes("   ").empty());
}

}  // namespace
}  // namespace stowage
