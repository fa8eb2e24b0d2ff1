#include "stowage/view/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <limits>
#include <sstream>

#include "planner/random_problem.h"
#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"
#include "stowage/view/theme.h"
#include "view/decode_png.h"
#include "view/svg_writer.h"
#include "view/xml_check.h"

namespace stowage {
namespace {

using testing::buffer_of;
using testing::decode_png;
using testing::DecodedPng;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using testing::what_is_wrong_with_xml;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::string read_fixture(const std::string& name) {
  std::ifstream file(std::string(STOWAGE_FIXTURES_DIR) + "/view/" + name, std::ios::binary);
  EXPECT_TRUE(file.good()) << name;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

ProblemAndPlan fixture_plan() {
  const auto read = plan_from_csv(read_fixture("plan.csv"), kMaxInteger);
  EXPECT_TRUE(read.ok());
  return *read;
}

Problem problem_of(std::vector<Buffer> buffers) { return {std::move(buffers), kMaxInteger}; }

Plan plan_of(const Problem& problem, std::vector<int64_t> offsets) {
  const int64_t height = plan_height(problem, offsets);
  return {std::move(offsets), height};
}

size_t count(std::string_view text, std::string_view what) {
  size_t found = 0;
  for (size_t i = text.find(what); i != std::string_view::npos; i = text.find(what, i + 1)) ++found;
  return found;
}

struct RectangleInSvg {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

// That of the buffer, whose id needs no escaping.
RectangleInSvg rectangle_of(const std::string& svg, const std::string& id) {
  const size_t title = svg.find("<title>" + id + ":");
  EXPECT_NE(title, std::string::npos) << id;
  const size_t start = svg.rfind("<rect", title);
  EXPECT_NE(start, std::string::npos) << id;
  RectangleInSvg found;
  EXPECT_EQ(std::sscanf(svg.c_str() + start, R"(<rect x="%lf" y="%lf" width="%lf" height="%lf")",
                        &found.x, &found.y, &found.width, &found.height),
            4);
  return found;
}

// Both kinds of files, looked at.
struct Pictures {
  DecodedPng png;
  std::string svg;
};

// Small, as compressing is slow under the sanitizers.
constexpr PixelSize kSmall = {640, 400};

Pictures render(const Problem& problem, const Plan& plan,
                const RenderOptions& options = {.size = kSmall}) {
  const auto png = render_png(problem, plan, options);
  const auto svg = render_svg(problem, plan, options);
  EXPECT_TRUE(png.ok() && svg.ok());
  if (!png.ok() || !svg.ok()) return {};
  const auto decoded = decode_png(*png);
  EXPECT_TRUE(decoded);
  EXPECT_EQ(decoded->channels, 3);
  EXPECT_EQ(decoded->size, options.size);
  EXPECT_EQ(what_is_wrong_with_xml(*svg), "");
  return {*decoded, *svg};
}

// The native command is held to these files too; here WebAssembly is.
TEST(RenderTest, MakesTheSameFilesOnEveryBuild) {
  ProblemAndPlan read = fixture_plan();
  RenderOptions options = {};
  options.color_by = ColorBy::kLifetime;
  read.problem.capacity = 73728;
  EXPECT_EQ(*render_svg(read.problem, read.plan, options), read_fixture("light.svg"));
  options.size = {640, 400};
  options.color_by = ColorBy::kSize;
  EXPECT_EQ(*render_png(read.problem, read.plan, options), read_fixture("light.png"));

  read.problem.capacity = kMaxInteger;
  options.size = {800, 600};
  options.is_dark = true;
  options.title = "R&D \"plan\" 計画";
  options.color_by = ColorBy::kIdPrefix;
  EXPECT_EQ(*render_png(read.problem, read.plan, options), read_fixture("dark.png"));
  options.color_by = ColorBy::kAlignment;
  EXPECT_EQ(*render_svg(read.problem, read.plan, options), read_fixture("dark.svg"));
}

TEST(RenderTest, DrawsOnTheBackgroundOfItsTheme) {
  const ProblemAndPlan read = fixture_plan();
  RenderOptions options = {.size = kSmall};
  const Pictures light = render(read.problem, read.plan, options);
  options.is_dark = true;
  const Pictures dark = render(read.problem, read.plan, options);
  EXPECT_EQ(light.png.at(0, 0), kLightTheme.background);
  EXPECT_EQ(dark.png.at(0, 0), kDarkTheme.background);
  // The middle of the one buffer that is live all the time.
  EXPECT_EQ(light.png.at(100, 257), kLightTheme.sequential.back());
  EXPECT_EQ(dark.png.at(100, 257), kDarkTheme.sequential.back());
}

TEST(RenderTest, HasARectangleForEachPiece) {
  const ProblemAndPlan read = fixture_plan();
  const std::string svg = render(read.problem, read.plan).svg;
  size_t pieces = 0;
  for (const Buffer& buffer : read.problem.buffers) {
    std::vector<Piece> found;
    append_pieces(buffer, found);
    pieces += found.size();
  }
  // What the two gaps leave free: one part of the first, two of the second.
  EXPECT_EQ(count(svg, "fill=\"url(#gap)\""), 3U);
  EXPECT_EQ(count(svg, "<title>"), pieces + 3);
  EXPECT_THAT(svg, HasSubstr("<title>pool1: time [8, 18), size 10240, offset 57344</title>"));
  EXPECT_THAT(svg, HasSubstr("<title>a&lt;b&gt; &amp; &quot;c&quot; 名前: time [6, 10), "));
}

TEST(RenderTest, PutsRectanglesWhereTheyAre) {
  const Problem problem = problem_of({buffer_of("left", 0, 5, 10), buffer_of("right", 5, 10, 10)});
  const Plan plan = plan_of(problem, {0, 10});
  RenderOptions options = {.size = kSmall};
  options.viewport = Viewport{0, 10, 0, 20};
  const std::string svg = render(problem, plan, options).svg;
  const RectangleInSvg left = rectangle_of(svg, "left");
  const RectangleInSvg right = rectangle_of(svg, "right");
  EXPECT_EQ(left.width, right.width);
  EXPECT_EQ(left.height, right.height);
  // Edges are a pixel wide, half of it on each side of the rectangle as it is written.
  EXPECT_DOUBLE_EQ(left.x + left.width + 1, right.x);
  EXPECT_DOUBLE_EQ(left.y, right.y + right.height + 1);
  options.viewport = Viewport{0, 5, 10, 20};
  EXPECT_EQ(count(render(problem, plan, options).svg, "<title>"), 0U) << "neither is in that part";
  options.viewport = Viewport{4, 5, 0, 1};
  EXPECT_EQ(count(render(problem, plan, options).svg, "<title>"), 1U);
}

TEST(RenderTest, ShowsTheCapacityOnlyWhereThereIsOne) {
  Problem problem = problem_of({buffer_of("a", 0, 5, 10)});
  const Plan plan = plan_of(problem, {0});
  EXPECT_THAT(render(problem, plan).svg, Not(HasSubstr("capacity")));
  problem.capacity = 12;
  EXPECT_EQ(count(render(problem, plan).svg, ">capacity 12<"), 2U) << "a figure and a line";
  problem.capacity = 1000;
  EXPECT_EQ(count(render(problem, plan).svg, ">capacity 1000<"), 1U) << "the line is far above";
}

TEST(RenderTest, EscapesTextsOfAllKinds) {
  std::string id = "<&\">";
  for (char byte = 1; byte < 0x20; ++byte) id += byte;
  id += "\x7F\xEF\xBF\xBE ]]> &lt; 名前";
  const Problem problem = problem_of({buffer_of(id, 0, 5, 10)});
  RenderOptions options = {.size = kSmall};
  options.title = "\xFF\xC0 '\"</svg>\x1B";
  const std::string svg = render(problem, plan_of(problem, {0}), options).svg;
  EXPECT_THAT(svg, HasSubstr("]]&gt; &amp;lt; 名前: time"));
  EXPECT_THAT(svg, HasSubstr("\uFFFD\uFFFD '&quot;&lt;/svg&gt;\uFFFD"));
}

TEST(RenderTest, DrawsNothingWhereThereIsNothing) {
  const Pictures empty = render({{}, 0}, {});
  EXPECT_THAT(empty.svg, HasSubstr("0 buffers"));
  // Buffers that hold nothing.
  const Problem hollow = problem_of({buffer_of("a", 0, 5, 0), buffer_of("b", 2, 3, 0)});
  EXPECT_EQ(count(render(hollow, plan_of(hollow, {0, 7})).svg, "<title>"), 0U);
}

TEST(RenderTest, TakesTheLargestNumbers) {
  Problem problem =
      problem_of({buffer_of("a", -kMaxInteger, kMaxInteger, kMaxInteger), buffer_of("b", 0, 1, 1)});
  // Above, below and at the end of everything.
  for (const int64_t offset : {int64_t{0}, -kMaxInteger, kMaxInteger}) {
    const Plan plan = plan_of(problem, {offset, 0});
    for (const PixelSize size : {kLeastPicture, kSmall}) {
      const std::string svg = render(problem, plan, {.size = size}).svg;
      EXPECT_THAT(svg, Not(HasSubstr("nan")));
      EXPECT_THAT(svg, Not(HasSubstr("inf,")));
    }
  }
  RenderOptions options = {.size = kSmall};
  options.viewport = Viewport{-0x1p53, 0x1p53, -0x1p53, 0x1p53};
  render(problem, plan_of(problem, {0, 0}), options);
  options.viewport = Viewport{0.25, 0.25 + 1e-9, 0.5, 0.5 + 1e-9};
  render(problem, plan_of(problem, {0, 0}), options);
}

TEST(RenderTest, TakesEveryShapeOfPicture) {
  const ProblemAndPlan read = fixture_plan();
  for (const PixelSize size :
       {kLeastPicture, PixelSize{200, 3000}, PixelSize{3000, 150}, PixelSize{16384, 150},
        PixelSize{200, 16384}, PixelSize{2400, 1200}}) {
    RenderOptions options = {.size = kSmall};
    options.size = size;
    options.title = "A title that is far too long for a picture of two hundred pixels";
    render(read.problem, read.plan, options);
  }
}

TEST(RenderTest, DrawsRandomPlans) {
  testing::Random random(42);
  for (int i = 0; i < 20; ++i) {
    const Problem problem = testing::random_problem(random, {});
    std::vector<int64_t> offsets;
    for (size_t k = 0; k < problem.buffers.size(); ++k) {
      offsets.push_back(testing::between(random, -3, 30));
    }
    RenderOptions options = {.size = kSmall};
    options.size = {300, 200};
    options.color_by = static_cast<ColorBy>(i % 4);
    render(problem, plan_of(problem, std::move(offsets)), options);
  }
}

TEST(RenderTest, LeavesOutTheSmallestOfTooManyRectangles) {
  testing::Random random(5);
  Problem problem = problem_of({});
  std::vector<int64_t> offsets;
  for (int i = 0; i < 120'000; ++i) {
    const int64_t lower = testing::between(random, 0, 1'000'000);
    problem.buffers.push_back(
        buffer_of(std::to_string(i), lower, lower + 1 + i % 7000, 1 + i / 10));
    offsets.push_back(testing::between(random, 0, 10'000'000));
  }
  const Pictures pictures = render(problem, plan_of(problem, std::move(offsets)));
  EXPECT_EQ(count(pictures.svg, "<title>"), 100'000U);
  EXPECT_THAT(pictures.svg, HasSubstr("The smallest 20000 of 120000 rectangles are left out."));
  EXPECT_THAT(pictures.svg, HasSubstr("<title>119999: "));
  EXPECT_THAT(pictures.svg, Not(HasSubstr("<title>0: ")));
}

TEST(RenderTest, RefusesWhatCannotBeDrawn) {
  const Problem problem = problem_of({buffer_of("a", 0, 5, 10)});
  const Plan plan = plan_of(problem, {0});
  const auto message = [&](const RenderOptions& options) {
    const auto png = render_png(problem, plan, options);
    const auto svg = render_svg(problem, plan, options);
    EXPECT_FALSE(png.ok() || svg.ok());
    if (png.ok() || svg.ok()) return std::string();
    EXPECT_EQ(png.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(png.error().message, svg.error().message);
    EXPECT_EQ(check(options)->message, png.error().message);
    return png.error().message;
  };
  for (const PixelSize size : {PixelSize{199, 150}, PixelSize{200, 149}, PixelSize{16385, 900},
                               PixelSize{1600, 16385}, PixelSize{-1600, -900}}) {
    EXPECT_THAT(message({.size = size}),
                StartsWith("the size of a picture must be from 200 by 150 to 16384 by 16384"));
  }
  for (const Viewport& viewport :
       {Viewport{1, 1, 0, 1}, Viewport{0, 1, 2, 1}, Viewport{kNan, 1, 0, 1},
        Viewport{0, 1, 0, kNan}, Viewport{0, kInfinity, 0, 1}, Viewport{0, 1, -1e17, 1}}) {
    EXPECT_THAT(message({.viewport = viewport}), StartsWith("a viewport's lower ends"));
  }
  EXPECT_EQ(render_png(problem, {}, {}).error().message,
            "a plan to be drawn must have an offset for each of the 1 buffers, not 0");
}

TEST(SvgWriterTest, WritesHundredths) {
  SvgWriter svg({200, 150}, "");
  for (const double value : {0.0, 12.0, 12.5, 0.05, 0.004, -0.004, -1.25, 99.999}) {
    svg.number(value).raw(" ");
  }
  EXPECT_THAT(std::move(svg).finish(), HasSubstr("0 12 12.5 0.05 0 0 -1.25 100 </svg>"));
}

}  // namespace
}  // namespace stowage
