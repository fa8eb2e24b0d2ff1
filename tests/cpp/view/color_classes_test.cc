#include "stowage/view/color_classes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "planner/random_problem.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

using testing::buffer_of;
using testing::Random;
using testing::random_problem;

Problem with_sizes(const std::vector<int64_t>& sizes) {
  Problem problem;
  for (const int64_t size : sizes) {
    problem.buffers.push_back(buffer_of(std::to_string(problem.buffers.size()), 0, 1, size));
  }
  return problem;
}

Problem with_lifetimes(const std::vector<int64_t>& lifetimes) {
  Problem problem;
  for (const int64_t length : lifetimes) {
    problem.buffers.push_back(buffer_of(std::to_string(problem.buffers.size()), 5, 5 + length, 1));
  }
  return problem;
}

Problem with_ids(const std::vector<std::string>& ids) {
  Problem problem;
  for (const std::string& id : ids) problem.buffers.push_back(buffer_of(id, 0, 1, 1));
  return problem;
}

using Labels = std::vector<std::string>;
using Classes = std::vector<uint8_t>;

TEST(ColorBy, HasNames) {
  for (const ColorBy by :
       {ColorBy::kSize, ColorBy::kLifetime, ColorBy::kAlignment, ColorBy::kIdPrefix}) {
    EXPECT_EQ(color_by_from_string(to_string(by)), by);
  }
  EXPECT_EQ(color_by_from_string("Size"), std::nullopt);
  EXPECT_EQ(color_by_from_string(""), std::nullopt);
}

TEST(IdPrefix, EndsBeforeTheFirstSeparatorOrDigit) {
  EXPECT_EQ(id_prefix("conv2/weights"), "conv");
  EXPECT_EQ(id_prefix("a.b"), "a");
  EXPECT_EQ(id_prefix("a:b"), "a");
  EXPECT_EQ(id_prefix("a_b"), "a");
  EXPECT_EQ(id_prefix("a-b"), "a");
  EXPECT_EQ(id_prefix("bias"), "bias");
  EXPECT_EQ(id_prefix("17"), "17");
  EXPECT_EQ(id_prefix("/model/x"), "/model/x");
  EXPECT_EQ(id_prefix(""), "");
}

TEST(Classify, PutsSizesIntoOctaves) {
  const ColorClasses classes = classify(with_sizes({1, 2, 3, 4, 7, 8}), ColorBy::kSize);
  EXPECT_TRUE(classes.is_sequential);
  EXPECT_EQ(classes.labels, (Labels{"1 B", "2 B to 4 B", "4 B to 8 B", "8 B"}));
  EXPECT_EQ(classes.of_buffer, (Classes{0, 1, 1, 2, 2, 3}));
}

TEST(Classify, PutsManyOctavesTogetherAndLeavesOutWhatIsEmpty) {
  // Octaves from 64 B to 4 GiB are 27: four a class, of which the third to sixth have no buffer.
  const int64_t gib = int64_t{1} << 30;
  const ColorClasses classes =
      classify(with_sizes({64, 100, 1024, 3072, 2 * gib, 4 * gib, 4 * gib - 1}), ColorBy::kSize);
  EXPECT_EQ(classes.labels, (Labels{"64 B to 1 KiB", "1 KiB to 16 KiB", "1 GiB to 16 GiB"}));
  EXPECT_EQ(classes.of_buffer, (Classes{0, 0, 1, 1, 2, 2, 2}));
}

TEST(Classify, NamesSingleSizesExactly) {
  const auto label = [](int64_t size) {
    return classify(with_sizes({size, size}), ColorBy::kSize).labels.front();
  };
  EXPECT_EQ(label(0), "0 B");
  EXPECT_EQ(label(48), "48 B");
  EXPECT_EQ(label(1024), "1 KiB");
  EXPECT_EQ(label(1536), "1.5 KiB");
  EXPECT_EQ(label(1280), "1.25 KiB");
  EXPECT_EQ(label(1025), "1025 B");
  EXPECT_EQ(label(int64_t{3} << 19), "1.5 MiB");
  EXPECT_EQ(label(int64_t{1} << 50), "1 PiB");
  EXPECT_EQ(label(kMaxInteger), std::to_string(kMaxInteger) + " B");
}

TEST(Classify, TakesTheLargestRangeOfSizes) {
  const ColorClasses classes = classify(with_sizes({0, 1, kMaxInteger}), ColorBy::kSize);
  EXPECT_EQ(classes.labels, (Labels{"0 B to 64 B", std::to_string(kMaxInteger) + " B"}));
  EXPECT_EQ(classes.of_buffer, (Classes{0, 0, 1}));
}

TEST(Classify, PutsLifetimesIntoOctaves) {
  const ColorClasses classes =
      classify(with_lifetimes({1, 2, 3, 5, 5, 16, 31}), ColorBy::kLifetime);
  EXPECT_TRUE(classes.is_sequential);
  EXPECT_EQ(classes.labels, (Labels{"1", "2 to 3", "5", "16 to 31"}));
  EXPECT_EQ(classes.of_buffer, (Classes{0, 1, 1, 2, 2, 3, 3}));
}

TEST(Classify, OrdersAlignmentsAndPutsTheRareTogether) {
  Problem problem;
  for (const int64_t alignment : {64, 1, 64, 16}) {
    problem.buffers.push_back(buffer_of("", 0, 1, 1));
    problem.buffers.back().alignment = alignment;
  }
  const ColorClasses few = classify(problem, ColorBy::kAlignment);
  EXPECT_FALSE(few.is_sequential);
  EXPECT_EQ(few.labels, (Labels{"1", "16", "64"}));
  EXPECT_EQ(few.of_buffer, (Classes{2, 0, 2, 1}));

  // 64 is there twice; of the others, which are as frequent as each other, the first come first.
  for (const int64_t alignment : {2, 4, 8, 32, 128, 256}) {
    problem.buffers.push_back(buffer_of("", 0, 1, 1));
    problem.buffers.back().alignment = alignment;
  }
  const ColorClasses many = classify(problem, ColorBy::kAlignment);
  EXPECT_EQ(many.labels, (Labels{"1", "2", "4", "8", "16", "32", "64", "other"}));
  EXPECT_EQ(many.of_buffer, (Classes{6, 0, 6, 4, 1, 2, 3, 5, 7, 7}));
}

TEST(Classify, OrdersPrefixesByHowFrequentTheyAre) {
  const ColorClasses classes =
      classify(with_ids({"bias0", "conv0", "conv1", "gru", "bias1", "conv2"}), ColorBy::kIdPrefix);
  EXPECT_FALSE(classes.is_sequential);
  EXPECT_EQ(classes.labels, (Labels{"conv", "bias", "gru"}));
  EXPECT_EQ(classes.of_buffer, (Classes{1, 0, 0, 2, 1, 0}));
}

TEST(Classify, GivesEightValuesAClassEachAndNineNot) {
  std::vector<std::string> ids = {"a", "b", "c", "d", "e", "f", "g", "h"};
  EXPECT_EQ(classify(with_ids(ids), ColorBy::kIdPrefix).labels, ids);
  ids.emplace_back("i");
  EXPECT_EQ(classify(with_ids(ids), ColorBy::kIdPrefix).labels,
            (Labels{"a", "b", "c", "d", "e", "f", "g", "other"}));
}

TEST(Classify, GivesEachBufferAClassThatHasALabelAndEachLabelABuffer) {
  Random random(41);
  for (int i = 0; i < 200; ++i) {
    testing::Shape shape;
    shape.buffers = static_cast<int64_t>(random() % 40);
    shape.size = int64_t{1} << (random() % 40);
    const Problem problem = random_problem(random, shape);
    for (const ColorBy by :
         {ColorBy::kSize, ColorBy::kLifetime, ColorBy::kAlignment, ColorBy::kIdPrefix}) {
      const ColorClasses classes = classify(problem, by);
      ASSERT_LE(classes.labels.size(), static_cast<size_t>(kMaxColorClasses));
      ASSERT_EQ(classes.of_buffer.size(), problem.buffers.size());
      std::vector<bool> is_used(classes.labels.size(), false);
      for (const uint8_t entry : classes.of_buffer) is_used.at(entry) = true;
      ASSERT_EQ(std::count(is_used.begin(), is_used.end(), false), 0);
    }
  }
}

}  // namespace
}  // namespace stowage
