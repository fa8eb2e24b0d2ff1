// Small pictures, checked by eye.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "planner/random_problem.h"
#include "stowage/view/scene.h"

namespace stowage {
namespace {

using testing::buffer_of;

// A letter for each buffer, capital at its edge; '.' for the background, '/' for a gap's stripes
// and
// '\' for those of waste.
class Drawing {
 public:
  Drawing(const Problem& problem, const Plan& plan) : scene_(problem, &plan) {
    for (size_t b = 0; b < problem.buffers.size(); ++b) {
      paint_.classes.push_back(static_cast<uint8_t>(b));
      paint_.palette.push_back(static_cast<Rgb>(kFirst + 4 * b));
    }
    paint_.background = '.';
    paint_.gap = '/';
    paint_.waste = '\\';
  }

  Paint& paint() { return paint_; }

  // The letters are in the blue channel.
  std::string text(const Viewport& viewport, PixelSize size) {
    scene_.set_paint(paint_);
    std::vector<uint8_t> pixels(static_cast<size_t>(size.width * size.height) * 4);
    scene_.draw(viewport, size, pixels);
    std::string text = "\n";
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        text += letter(pixels[static_cast<size_t>(y * size.width + x) * 4 + 2]);
      }
      text += '\n';
    }
    return text;
  }

 private:
  static constexpr int kFirst = 0xd0;

  // An edge has three quarters of the colour.
  static char letter(uint8_t blue) {
    if (blue < 0x80) return static_cast<char>(blue);
    return static_cast<char>(blue >= kFirst ? 'a' + (blue - kFirst) / 4
                                            : 'A' + (blue - kFirst * 3 / 4) / 3);
  }

  Scene scene_;
  Paint paint_;
};

TEST(ScenePicture, HasRectanglesThatMeet) {
  const Problem problem{{buffer_of("a", 0, 3, 2), buffer_of("b", 3, 8, 3), buffer_of("c", 0, 3, 1),
                         buffer_of("d", 2, 7, 1)},
                        4};
  const Plan plan{{0, 0, 2, 3}, 4};
  Drawing drawing(problem, plan);
  EXPECT_EQ(drawing.text({0, 8, 0, 4}, {24, 12}), R"(
......ddddddddddddddd...
......ddddddddddddddd...
......ddddddddddddddd...
cccccccccBBBBBBBBBBBBBBB
cccccccccBbbbbbbbbbbbbbB
cccccccccBbbbbbbbbbbbbbB
AAAAAAAAABbbbbbbbbbbbbbB
AaaaaaaaABbbbbbbbbbbbbbB
AaaaaaaaABbbbbbbbbbbbbbB
AaaaaaaaABbbbbbbbbbbbbbB
AaaaaaaaABbbbbbbbbbbbbbB
AAAAAAAAABBBBBBBBBBBBBBB
)");
  EXPECT_EQ(drawing.text({0, 8, 0, 4}, {8, 4}), R"(
..ddddd.
cccbbbbb
aaabbbbb
aaabbbbb
)");
  // Two moments a pixel, with the centres at 1, 3, 5 and 7.
  EXPECT_EQ(drawing.text({0, 8, 0, 4}, {4, 4}), R"(
.dd.
cbbb
abbb
abbb
)");
  EXPECT_EQ(drawing.text({1, 9, 1, 5}, {24, 12}), R"(
........................
........................
........................
...ddddddddddddddd......
...ddddddddddddddd......
...ddddddddddddddd......
ccccccBBBBBBBBBBBBBBB...
ccccccBbbbbbbbbbbbbbB...
ccccccBbbbbbbbbbbbbbB...
AAAAAABbbbbbbbbbbbbbB...
aaaaaABbbbbbbbbbbbbbB...
aaaaaABbbbbbbbbbbbbbB...
)");
}

TEST(ScenePicture, HatchesGapsAndWaste) {
  Problem problem{{buffer_of("a", 0, 8, 4), buffer_of("b", 2, 4, 1)}, 6};
  problem.buffers[0].gaps = {{{2, 4}, std::nullopt}, {{5, 7}, Window{1, 2}}};
  const Plan plan{{1, 2}, 5};
  Drawing drawing(problem, plan);
  drawing.paint().shows_waste = true;
  EXPECT_EQ(drawing.text({0, 8, 0, 6}, {32, 18}), R"(
................................
................................
................................
AAAAAAAA.....//.AAAA.//.....AAAA
AaaaaaaA....//..AaaA//......AaaA
AaaaaaaA...//...AaaA/....../AaaA
AaaaaaaA..//....AaaA......//AaaA
AaaaaaaA.//.....AaaA.....//.AaaA
AaaaaaaA//......AaaA....//..AaaA
AaaaaaaAbbbbbbbbAaaAaaaaaaaaAaaA
AaaaaaaAbbbbbbbbAaaAaaaaaaaaAaaA
AaaaaaaAbbbbbbbbAaaAaaaaaaaaAaaA
AaaaaaaA....//..AaaA//......AaaA
AaaaaaaA...//\\.AaaA/\\..../AaaA
AAAAAAAA..//..\\AAAA..\\..//AAAA
\......\\......\\......\\......\
\\......\\......\\......\\......
.\\......\\......\\......\\.....
)");
}

TEST(ScenePicture, ShowsOfThinRectanglesTheOneThatCoversMost) {
  // a to c share the first column, d and e the second; f holds its centre, so they give way to it.
  const Problem problem{{buffer_of("a", 0, 3, 8), buffer_of("b", 3, 4, 9), buffer_of("c", 5, 7, 6),
                         buffer_of("d", 8, 10, 4), buffer_of("e", 10, 12, 8),
                         buffer_of("f", 12, 40, 6), buffer_of("g", 21, 23, 3)},
                        12};
  const Plan plan{{0, 0, 2, 0, 0, 0, 6}, 9};
  Drawing drawing(problem, plan);
  EXPECT_EQ(drawing.text({0, 64, 0, 10}, {8, 10}), R"(
........
b.g.....
aeg.....
aeg.....
aFFFF...
aFffF...
aFffF...
aFffF...
aFffF...
aFFFF...
)");
  drawing.paint().dimmed = {1, 0, 0, 0, 0, 0, 0};
  EXPECT_EQ(drawing.text({0, 64, 0, 10}, {8, 10}), R"(
........
b.g.....
ceg.....
ceg.....
cFFFF...
cFffF...
cFffF...
cFffF...
bFffF...
bFFFF...
)");
}

TEST(ScenePicture, DrawsNoEdgeAlongTheBorderThatARectangleCrosses) {
  const Problem problem{{buffer_of("a", 0, 100, 100)}, 100};
  const Plan plan{{0}, 100};
  Drawing drawing(problem, plan);
  EXPECT_EQ(drawing.text({50, 110, 60, 120}, {12, 6}), R"(
............
............
AAAAAAAAAA..
aaaaaaaaaA..
aaaaaaaaaA..
aaaaaaaaaA..
)");
  EXPECT_EQ(drawing.text({98, 110, 98, 104}, {12, 6}), R"(
............
............
............
............
AA..........
aA..........
)");
}

// Thousands of rectangles of all sizes, at no round scale: every build rounds alike.
TEST(ScenePicture, IsTheSameOnEveryBuild) {
  testing::Random random(51);
  Problem problem;
  Plan plan;
  for (int i = 0; i < 5'000; ++i) {
    const int64_t lower = testing::between(random, 0, 1'000'000);
    const int64_t length = int64_t{1} << testing::between(random, 4, 16);
    const int64_t size = int64_t{3} << testing::between(random, 4, 24);
    problem.buffers.push_back(buffer_of("b" + std::to_string(i), lower, lower + length, size));
    plan.offsets.push_back(testing::between(random, 0, 1'000'000'000));
  }
  Scene scene(problem, &plan);
  Paint paint;
  paint.palette = {0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0x56b4e9};
  for (int i = 0; i < 5'000; ++i) paint.classes.push_back(static_cast<uint8_t>(i % 5));
  paint.shows_waste = true;
  scene.set_paint(paint);
  std::vector<uint8_t> pixels(size_t{4} * 391 * 277);
  scene.draw({-1234.5, 1.07e6 / 3, 1e7 / 7, 1.1e9 / 1.3}, {391, 277}, pixels);
  uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const uint8_t byte : pixels) hash = (hash ^ byte) * 0x100000001b3;
  EXPECT_EQ(hash, 0x8f541350001eca86U);
}

}  // namespace
}  // namespace stowage
