#include "stowage/view/scene.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "planner/random_problem.h"
#include "stowage/base/integer.h"
#include "stowage/base/random.h"
#include "view/reference_picture.h"

namespace stowage {
namespace {

using testing::between;
using testing::buffer_of;
using testing::one_in;
using testing::Random;
using testing::random_problem;
using testing::ReferencePicture;
using testing::ReferencePixel;
using testing::Shape;
using testing::Shown;

using Rgba = std::array<uint8_t, 4>;

constexpr Rgb kBackground = 0xffffff;
constexpr Rgb kWaste = 0x0000ff;
constexpr Rgb kGap = 0x00ff00;

// A colour for each of 256 buffers. All differ, also when they are darkened or dimmed.
Rgb color_of(BufferIndex buffer) {
  const auto b = static_cast<uint32_t>(buffer);
  return (b % 16) << 20 | 0x6000 | (b / 16) << 4;
}

Paint paint_for(size_t buffers) {
  Paint paint;
  for (size_t b = 0; b < buffers; ++b) {
    paint.classes.push_back(static_cast<uint8_t>(b));
    paint.palette.push_back(color_of(static_cast<BufferIndex>(b)));
  }
  if (buffers == 0) paint.palette = {0};
  paint.background = kBackground;
  paint.waste = kWaste;
  paint.gap = kGap;
  return paint;
}

std::vector<Rgba> drawn(Scene& scene, const Viewport& viewport, PixelSize size) {
  std::vector<uint8_t> bytes(static_cast<size_t>(size.width * size.height) * 4, 0x5a);
  scene.draw(viewport, size, bytes);
  std::vector<Rgba> pixels;
  for (size_t i = 0; i < bytes.size(); i += 4) {
    pixels.push_back({bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]});
  }
  return pixels;
}

Rgba rgba(Rgb color) {
  return {static_cast<uint8_t>(color >> 16), static_cast<uint8_t>(color >> 8),
          static_cast<uint8_t>(color), 255};
}

Rgba expected_pixel(const ReferencePixel& pixel, const Paint& paint) {
  switch (pixel.shown) {
    case Shown::kBackground:
      return rgba(kBackground);
    case Shown::kWaste:
      return rgba(kWaste);
    case Shown::kGap:
      return rgba(kGap);
    case Shown::kThin:
    case Shown::kInside:
    case Shown::kEdge:
      break;
  }
  const auto b = static_cast<size_t>(pixel.buffer);
  Rgba color = rgba(color_of(pixel.buffer));
  for (size_t channel = 0; channel < 3; ++channel) {
    int value = color[channel];
    if (!paint.dimmed.empty() && paint.dimmed[b] != 0) value = (value + 3 * 255) / 4;
    if (pixel.shown == Shown::kEdge) value = value * 3 / 4;
    color[channel] = static_cast<uint8_t>(value);
  }
  return color;
}

struct View {
  Viewport viewport;
  PixelSize size;
};

// Somewhere in or around the whole, so oddly placed that no edge is just at a pixel's centre.
View odd_view(Random& random, const Viewport& whole) {
  const auto range = [&](double lower, double upper) {
    const double length = upper - lower;
    if (one_in(random, 3)) return std::pair(lower - length * 0.00123, upper + length * 0.00217);
    const double start = lower + length * (1.4 * random_fraction(random) - 0.4);
    return std::pair(start, start + length * (0.02 + 1.5 * random_fraction(random)));
  };
  const auto [time_lower, time_upper] = range(whole.time_lower, whole.time_upper);
  const auto [offset_lower, offset_upper] = range(whole.offset_lower, whole.offset_upper);
  return {{time_lower, time_upper, offset_lower, offset_upper},
          {static_cast<int>(between(random, 1, 40)), static_cast<int>(between(random, 1, 30))}};
}

// Whole units a pixel, or 2^n pixels a unit: edges do lie on centres, and nothing is rounded.
View even_view(Random& random, const Viewport& whole) {
  const auto range = [&](double lower, double upper) {
    const auto length = static_cast<double>(int64_t{1} << between(random, 0, 6));
    const auto start = static_cast<double>(
        between(random, static_cast<int64_t>(lower) - 3, static_cast<int64_t>(upper)));
    return std::pair(start, start + length);
  };
  const auto [time_lower, time_upper] = range(whole.time_lower, whole.time_upper);
  const auto [offset_lower, offset_upper] = range(whole.offset_lower, whole.offset_upper);
  return {{time_lower, time_upper, offset_lower, offset_upper},
          {1 << between(random, 0, 5), 1 << between(random, 0, 5)}};
}

View random_view(Random& random, const Viewport& whole) {
  return one_in(random, 2) ? odd_view(random, whole) : even_view(random, whole);
}

struct Case {
  Problem problem;
  Plan plan;
  Paint paint;
};

// A plan that need not be valid: what overlaps must be drawn in a known order too.
Case random_case(Random& random, const Shape& shape) {
  Case result;
  result.problem = random_problem(random, shape);
  const int64_t highest = between(random, 0, shape.buffers * shape.size);
  for (const Buffer& buffer : result.problem.buffers) {
    const int64_t offset = between(random, one_in(random, 20) ? -10 : 0, highest);
    result.plan.offsets.push_back(offset);
    result.plan.height = std::max(result.plan.height, offset + buffer.size);
  }
  result.paint = paint_for(result.problem.buffers.size());
  result.paint.shows_waste = one_in(random, 2);
  if (one_in(random, 3)) {
    for (size_t b = 0; b < result.problem.buffers.size(); ++b) {
      result.paint.dimmed.push_back(one_in(random, 2) ? 1 : 0);
    }
  }
  return result;
}

void compare_with_reference(const Case& given, const View& view) {
  const auto& [viewport, size] = view;
  Scene scene(given.problem, &given.plan);
  scene.set_paint(given.paint);
  const ReferencePicture reference(given.problem, given.plan, given.paint.dimmed,
                                   given.paint.shows_waste, viewport, size);
  const std::vector<Rgba> pixels = drawn(scene, viewport, size);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const ReferencePixel& pixel = reference.at(x, y);
      ASSERT_EQ(pixels[static_cast<size_t>(y * size.width + x)], expected_pixel(pixel, given.paint))
          << "column " << x << " row " << y << " buffer " << pixel.buffer;
      ASSERT_EQ(scene.pick(viewport, size, x, y), pixel.buffer) << "column " << x << " row " << y;
    }
  }
  for (size_t b = 0; b < given.problem.buffers.size(); ++b) {
    const Buffer& buffer = given.problem.buffers[b];
    const int64_t offset = given.plan.offsets[b];
    const auto index = static_cast<BufferIndex>(b);
    const VisibleBuffer expected =
        buffer.size == 0 ? VisibleBuffer{index, 0, 0, 0, 0}
                         : reference.cut(buffer.lifespan, {offset, offset + buffer.size}, index);
    ASSERT_EQ(scene.locate(viewport, size, index), expected);
  }
}

Viewport whole_of(const Case& given) { return Scene(given.problem, &given.plan).extent(); }

TEST(Scene, DrawsAndPicksWhatTheDefinitionSays) {
  Random random(21);
  for (int i = 0; i < 150; ++i) {
    Shape shape;
    shape.buffers = between(random, 0, 12);
    shape.time = between(random, 2, 60);
    shape.size = between(random, 1, 20);
    const Case given = random_case(random, shape);
    compare_with_reference(given, random_view(random, whole_of(given)));
    if (HasFatalFailure()) FAIL() << "case " << i;
  }
}

// More rectangles than a block holds, most of them thin, and lines longer than a tile.
TEST(Scene, DrawsManyThinRectangles) {
  Random random(22);
  for (int i = 0; i < 8; ++i) {
    Shape shape;
    shape.buffers = 200;
    shape.time = i % 2 == 0 ? 3'000 : 12;
    shape.size = i % 2 == 0 ? 40 : 400;
    Case given = random_case(random, shape);
    for (int64_t& offset : given.plan.offsets) offset = between(random, 0, 4'000);
    const Viewport viewport = odd_view(random, whole_of(given)).viewport;
    const PixelSize size = {i % 4 < 2 ? 150 : 20, i % 4 < 2 ? 20 : 150};
    compare_with_reference(given, {viewport, size});
    if (HasFatalFailure()) FAIL() << "case " << i;
  }
}

// Large rectangles in one heap, of which the last show.
TEST(Scene, DrawsWhatOverlapsManyTimes) {
  Random random(27);
  for (int i = 0; i < 20; ++i) {
    Shape shape;
    shape.buffers = between(random, 5, 40);
    shape.time = 30;
    shape.size = 30;
    Case given = random_case(random, shape);
    for (int64_t& offset : given.plan.offsets) offset = between(random, 0, 15);
    const Viewport viewport = {-1.23, 31.57, -2.17, 46.71};
    compare_with_reference(given, {viewport, {50, 60}});
    if (HasFatalFailure()) FAIL() << "case " << i;
  }
}

TEST(Scene, DrawsTheSameWhateverWasDrawnBefore) {
  Random random(23);
  Shape shape;
  shape.buffers = 60;
  shape.time = 300;
  const Case given = random_case(random, shape);
  Scene scene(given.problem, &given.plan);
  scene.set_paint(given.paint);
  const Viewport whole = scene.extent();
  const std::vector<Rgba> first = drawn(scene, whole, {50, 40});
  drawn(scene, odd_view(random, whole).viewport, {70, 13});
  EXPECT_EQ(drawn(scene, whole, {50, 40}), first);
}

// Pans by whole pixels move the picture and change nothing else (hatching lies on the picture).
TEST(Scene, MovesByWholePixels) {
  Random random(24);
  for (int i = 0; i < 20; ++i) {
    Shape shape;
    shape.gaps = false;
    shape.time = 64;
    Case given = random_case(random, shape);
    given.paint.shows_waste = false;
    Scene scene(given.problem, &given.plan);
    scene.set_paint(given.paint);
    const std::vector<Rgba> before = drawn(scene, {0, 32, 0, 32}, {32, 32});
    const std::vector<Rgba> after = drawn(scene, {5, 37, 3, 35}, {32, 32});
    for (size_t y = 3; y < 32; ++y) {
      for (size_t x = 0; x + 5 < 32; ++x) {
        ASSERT_EQ(after[y * 32 + x], before[(y - 3) * 32 + x + 5]) << x << ' ' << y;
      }
    }
  }
}

TEST(Scene, StaysWithinBoundsForExtremeViewportsAndPlans) {
  const auto far = static_cast<double>(kMaxInteger);
  Problem problem{{buffer_of("all", -kMaxInteger, kMaxInteger, kMaxInteger),
                   buffer_of("late", kMaxInteger - 1, kMaxInteger, 1), buffer_of("one", 0, 1, 1)},
                  kMaxInteger};
  problem.buffers[0].gaps = {{{0, 5}, Window{3, kMaxInteger - 3}}};
  const Plan plan{{0, kMaxInteger, -kMaxInteger}, 2 * kMaxInteger};
  Scene scene(problem, &plan);
  Paint paint = paint_for(3);
  paint.shows_waste = true;
  scene.set_paint(paint);
  const std::array<Viewport, 8> viewports = {{
      scene.extent(),
      {0, 1e-9, 0, 1e-9},
      {-far, far, -far, far},
      {-1e300, 1e300, -1e300, 1e300},
      {1e300, 2e300, 1e300, 2e300},
      {0, 5e-324, 0, 5e-324},
      {far, far + 2, far, far + 2},
      {-1.7e308, 1.7e308, -1.7e308, 1.7e308},  // the lengths overflow
  }};
  constexpr PixelSize kSize = {33, 17};
  for (const Viewport& viewport : viewports) {
    for (const Rgba& pixel : drawn(scene, viewport, kSize)) ASSERT_EQ(pixel[3], 255);
    EXPECT_LT(scene.pick(viewport, kSize, 32, 16), 3);
    EXPECT_LE(scene.visible(viewport, kSize, {1, 1}, 10).size(), 3U);
    for (BufferIndex b = 0; b < 3; ++b) {
      const VisibleBuffer seen = scene.locate(viewport, kSize, b);
      EXPECT_TRUE(0 <= seen.left && seen.left <= seen.right && seen.right <= kSize.width);
      EXPECT_TRUE(0 <= seen.top && seen.top <= seen.bottom && seen.bottom <= kSize.height);
    }
  }
  // Deep inside the one buffer that is there.
  const std::vector<Rgba> inside = drawn(scene, {10, 10 + 1e-9, 7, 7 + 1e-9}, kSize);
  EXPECT_TRUE(std::all_of(inside.begin(), inside.end(),
                          [](const Rgba& pixel) { return pixel == rgba(color_of(0)); }));
}

TEST(Scene, HasAnExtentEvenOfNothing) {
  EXPECT_EQ(Scene(Problem{}, nullptr).extent(), (Viewport{0, 1, 0, 1}));
  const Problem problem{{buffer_of("a", 2, 6, 10), buffer_of("b", -3, 3, 5)}, 20};
  EXPECT_EQ(Scene(problem, nullptr).extent(), (Viewport{-3, 6, 0, 15}));
  const Plan plan{{0, 30}, 35};
  EXPECT_EQ(Scene(problem, &plan).extent(), (Viewport{-3, 6, 0, 35}));
}

TEST(Scene, WithoutPlanShowsNothingButKnowsWhatIsLive) {
  const Problem problem{{buffer_of("a", 0, 4, 10), buffer_of("b", 1, 3, 20)}, 40};
  Scene scene(problem, nullptr);
  scene.set_paint(paint_for(2));
  for (const Rgba& pixel : drawn(scene, scene.extent(), {8, 8})) {
    EXPECT_EQ(pixel, rgba(kBackground));
  }
  EXPECT_EQ(scene.pick(scene.extent(), {8, 8}, 4, 4), -1);
  EXPECT_TRUE(scene.visible(scene.extent(), {8, 8}, {1, 1}, 9).empty());
  EXPECT_EQ(scene.locate(scene.extent(), {8, 8}, 0), (VisibleBuffer{0, 0, 0, 0, 0}));
  EXPECT_EQ(scene.live_at(2), (std::vector<BufferIndex>{1, 0}));
}

TEST(Scene, ListsTheLargestBuffersInSight) {
  Random random(25);
  for (int i = 0; i < 60; ++i) {
    Shape shape;
    shape.buffers = between(random, 0, 20);
    shape.time = 40;
    const Case given = random_case(random, shape);
    const Scene scene(given.problem, &given.plan);
    const Viewport viewport = odd_view(random, scene.extent()).viewport;
    constexpr PixelSize kSize = {60, 40};
    const PixelSize least = {static_cast<int>(between(random, 1, 6)),
                             static_cast<int>(between(random, 1, 6))};
    const ReferencePicture reference(given.problem, given.plan, {}, false, viewport, kSize);
    std::vector<std::pair<int, BufferIndex>> expected;  // the area, negative
    for (size_t b = 0; b < given.problem.buffers.size(); ++b) {
      std::vector<Piece> pieces;
      append_pieces(given.problem.buffers[b], pieces);
      int largest = 0;
      for (const auto& [lifespan, window] : pieces) {
        const int64_t offset = given.plan.offsets[b];
        const VisibleBuffer seen =
            reference.cut(lifespan, {offset + window.lower, offset + window.upper}, 0);
        const int width = seen.right - seen.left;
        const int height = seen.bottom - seen.top;
        if (width < least.width || height < least.height) continue;
        largest = std::max(largest, width * height);
      }
      if (largest > 0) expected.emplace_back(-largest, static_cast<BufferIndex>(b));
    }
    std::sort(expected.begin(), expected.end());
    for (const int limit : {0, 3, 100}) {
      const std::vector<VisibleBuffer> seen = scene.visible(viewport, kSize, least, limit);
      ASSERT_EQ(seen.size(), std::min(expected.size(), static_cast<size_t>(limit)));
      for (size_t s = 0; s < seen.size(); ++s) {
        ASSERT_EQ(seen[s].buffer, expected[s].second);
        ASSERT_EQ((seen[s].right - seen[s].left) * (seen[s].bottom - seen[s].top),
                  -expected[s].first);
      }
    }
  }
}

TEST(Scene, ListsWhatIsLive) {
  Random random(26);
  for (int i = 0; i < 100; ++i) {
    Shape shape;
    shape.buffers = between(random, 0, 15);
    const Problem problem = random_problem(random, shape);
    const Scene scene(problem, nullptr);
    for (int64_t time = -1; time <= shape.time; ++time) {
      std::vector<std::pair<int64_t, BufferIndex>> expected;
      for (size_t b = 0; b < problem.buffers.size(); ++b) {
        const Window window = testing::held_at(problem.buffers[b], time);
        if (!window.empty()) expected.emplace_back(-window.length(), static_cast<BufferIndex>(b));
      }
      std::sort(expected.begin(), expected.end());
      std::vector<BufferIndex> live;
      for (const auto& entry : expected) live.push_back(entry.second);
      ASSERT_EQ(scene.live_at(time), live);
    }
  }
}

TEST(Scene, TakesTheLastColourForClassesBeyondThePalette) {
  const Problem problem{{buffer_of("a", 0, 1, 1)}, 1};
  const Plan plan{{0}, 1};
  Scene scene(problem, &plan);
  Paint paint;
  paint.classes = {9};
  paint.palette = {0x112233, 0x445566};
  scene.set_paint(paint);
  EXPECT_EQ(drawn(scene, {0, 1, 0, 1}, {1, 1}), std::vector<Rgba>{rgba(0x445566)});
}

}  // namespace
}  // namespace stowage
