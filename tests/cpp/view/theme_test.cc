#include "stowage/view/theme.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace stowage {
namespace {

// Linear light, 0 to 1.
using Light = std::array<double, 3>;

Light light_of(Rgb color) {
  Light light{};
  for (size_t channel = 0; channel < 3; ++channel) {
    const double value = static_cast<double>((color >> (16 - 8 * channel)) & 0xff) / 255;
    light[channel] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  }
  return light;
}

// The relative luminance and the contrast ratio of WCAG 2.2.
double luminance(const Light& light) {
  return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
}

double contrast(Rgb a, Rgb b) {
  const double light_a = luminance(light_of(a)) + 0.05;
  const double light_b = luminance(light_of(b)) + 0.05;
  return std::max(light_a, light_b) / std::min(light_a, light_b);
}

// What someone without one kind of cones sees: Viénot, Brettel and Mollon 1999.
constexpr std::array<Light, 3> kProtanopia = {
    {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}}};
constexpr std::array<Light, 3> kDeuteranopia = {
    {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}}};

Light seen_with(const std::array<Light, 3>& matrix, const Light& light) {
  Light seen{};
  for (size_t row = 0; row < 3; ++row) {
    for (size_t column = 0; column < 3; ++column) seen[row] += matrix[row][column] * light[column];
  }
  return seen;
}

// CIE L*a*b*, in which equal distances look about equally large.
Light lab_of(const Light& light) {
  const auto root = [](double value) {
    return value > 0.008856 ? std::cbrt(value) : 7.787 * value + 16.0 / 116;
  };
  const double x = root((0.4124 * light[0] + 0.3576 * light[1] + 0.1805 * light[2]) / 0.9505);
  const double y = root(luminance(light));
  const double z = root((0.0193 * light[0] + 0.1192 * light[1] + 0.9505 * light[2]) / 1.089);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const Light& a, const Light& b) {
  const Light p = lab_of(a);
  const Light q = lab_of(b);
  return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

class ThemeTest : public ::testing::TestWithParam<const Theme*> {};

TEST_P(ThemeTest, CanBeReadOnItsBackground) {
  const Theme& theme = *GetParam();
  EXPECT_GE(contrast(theme.text, theme.background), 7);
  for (const Rgb line : {theme.load, theme.capacity, theme.bound, theme.height, theme.gap}) {
    EXPECT_GE(contrast(line, theme.background), 3) << std::hex << line;
  }
}

TEST_P(ThemeTest, HasSequentialStepsThatGrowLighter) {
  const Theme& theme = *GetParam();
  for (size_t step = 1; step < theme.sequential.size(); ++step) {
    const Light darker = light_of(theme.sequential[step - 1]);
    const Light lighter = light_of(theme.sequential[step]);
    EXPECT_GT(luminance(lighter), luminance(darker)) << step;
    EXPECT_GE(distance(lighter, darker), 10) << step;
  }
}

TEST_P(ThemeTest, HasColoursThatDifferForTheColourBlindToo) {
  const Palette& palette = GetParam()->categorical;
  for (size_t i = 0; i < palette.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const Light a = light_of(palette[i]);
      const Light b = light_of(palette[j]);
      EXPECT_GE(distance(a, b), 15) << i << ' ' << j;
      for (const auto& matrix : {kProtanopia, kDeuteranopia}) {
        EXPECT_GE(distance(seen_with(matrix, a), seen_with(matrix, b)), 10) << i << ' ' << j;
      }
    }
  }
}

TEST_P(ThemeTest, HasColoursThatStandOffTheBackground) {
  const Theme& theme = *GetParam();
  for (const Palette& palette : {theme.sequential, theme.categorical}) {
    for (const Rgb color : palette) {
      EXPECT_GE(distance(light_of(color), light_of(theme.background)), 20) << std::hex << color;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Both, ThemeTest, ::testing::Values(&kLightTheme, &kDarkTheme),
                         [](const auto& test) {
                           return test.param == &kLightTheme ? "Light" : "Dark";
                         });

}  // namespace
}  // namespace stowage
