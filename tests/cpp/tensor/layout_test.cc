#include "stowage/tensor/layout.h"

#include <gtest/gtest.h>

namespace stowage {
namespace {

Layout row_major(const Dimensions& shape) { return *row_major_layout(shape); }

TEST(Layout, RowMajorStrides) {
  EXPECT_EQ(row_major({4, 6}).strides, Dimensions({6, 1}));
  EXPECT_EQ(row_major({3, 4, 5}).strides, Dimensions({20, 5, 1}));
  EXPECT_EQ(row_major({2, 3, 4}).strides, Dimensions({12, 4, 1}));
  EXPECT_EQ(num_elements({}), 1);
  EXPECT_EQ(required_elements(row_major({})), 1);
  EXPECT_EQ(required_elements(row_major({3, 0})), 0);
}

TEST(Layout, RefusesShapesThatCannotBe) {
  EXPECT_FALSE(row_major_layout({-1, 2}).ok());
  EXPECT_FALSE(row_major_layout({int64_t{1} << 30, int64_t{1} << 30}).ok());
  EXPECT_FALSE(strided_layout({2}, {1, 1}, 0).ok());
  EXPECT_FALSE(strided_layout({2}, {-1}, 0).ok());
  EXPECT_FALSE(strided_layout({2}, {1}, -1).ok());
  EXPECT_FALSE(strided_layout({int64_t{1} << 40}, {int64_t{1} << 40}, 0).ok());
  EXPECT_TRUE(strided_layout({2, 3}, {0, 1}, 7).ok());
}

TEST(Layout, RequiredElementsOfStrides) {
  EXPECT_EQ(required_elements(*strided_layout({2, 3}, {10, 2}, 5)), 5 + 10 + 4 + 1);
  EXPECT_EQ(required_elements(*strided_layout({4, 3}, {0, 1}, 0)), 3);
}

TEST(Layout, FlatOffsetsAndIndices) {
  const Layout layout = row_major({2, 3, 4});
  EXPECT_EQ(*flat_offset(layout, {1, 2, 3}), 23);
  EXPECT_EQ(*index_of(layout, 23), Dimensions({1, 2, 3}));
  EXPECT_FALSE(flat_offset(layout, {1, 3, 0}).ok());
  EXPECT_FALSE(flat_offset(layout, {1, 2}).ok());
  EXPECT_FALSE(index_of(layout, 24).ok());
}

TEST(Layout, Transposes) {
  const Layout layout = *transposed(row_major({3, 4}));
  EXPECT_EQ(layout.shape, Dimensions({4, 3}));
  EXPECT_EQ(layout.strides, Dimensions({1, 4}));
  EXPECT_FALSE(is_contiguous(layout));
  EXPECT_FALSE(transposed(row_major({3, 4, 5})).ok());
}

TEST(Layout, Permutes) {
  const Layout layout = *permuted(row_major({2, 3, 4}), {2, 0, -2});
  EXPECT_EQ(layout.shape, Dimensions({4, 2, 3}));
  EXPECT_EQ(layout.strides, Dimensions({1, 12, 4}));
  EXPECT_FALSE(permuted(row_major({2, 3}), {0, 0}).ok());
  EXPECT_FALSE(permuted(row_major({2, 3}), {0}).ok());
  EXPECT_FALSE(permuted(row_major({2, 3}), {0, 2}).ok());
}

TEST(Layout, NarrowsSlicesAndSelects) {
  const Layout layout = row_major({3, 4, 5});
  EXPECT_EQ(narrowed(layout, 1, 1, 2)->offset, 5);
  EXPECT_EQ(narrowed(layout, 1, 1, 2)->shape, Dimensions({3, 2, 5}));
  EXPECT_FALSE(narrowed(layout, 1, 3, 2).ok());
  EXPECT_EQ(sliced(layout, -1, 1, 5, 2)->shape, Dimensions({3, 4, 2}));
  EXPECT_EQ(sliced(layout, -1, 1, 5, 2)->strides, Dimensions({20, 5, 2}));
  EXPECT_EQ(sliced(layout, -1, 0, 5, 3)->shape, Dimensions({3, 4, 2}));
  EXPECT_FALSE(sliced(layout, 0, 0, 3, 0).ok());
  EXPECT_FALSE(sliced(layout, 0, 2, 1, 1).ok());
  const Layout row = *selected(layout, 0, 1);
  EXPECT_EQ(row.shape, Dimensions({4, 5}));
  EXPECT_EQ(row.offset, 20);
  EXPECT_FALSE(selected(row_major({4, 6}), 2, 0).ok());
  EXPECT_FALSE(selected(row_major({4, 6}), 0, 4).ok());
}

TEST(Layout, Reshapes) {
  EXPECT_EQ((*reshaped(row_major({4, 6}), {2, 12}))->strides, Dimensions({12, 1}));
  EXPECT_EQ((*reshaped(row_major({4, 6}), {-1, 3}))->shape, Dimensions({8, 3}));
  EXPECT_FALSE(reshaped(row_major({4, 6}), {5, 5}).ok());
  EXPECT_FALSE(reshaped(row_major({4, 6}), {-1, 7}).ok());
  EXPECT_FALSE(reshaped(row_major({4, 6}), {-1, -1}).ok());
  EXPECT_FALSE(reshaped(*transposed(row_major({4, 6})), {24})->has_value());
}

TEST(Layout, IsLenientAboutDimensionsOfOne) {
  EXPECT_TRUE(is_contiguous(*strided_layout({1, 4}, {99, 1}, 3)));
  EXPECT_TRUE(is_contiguous(*strided_layout({4, 1}, {1, 77}, 0)));
  EXPECT_FALSE(is_contiguous(*strided_layout({4, 2}, {1, 4}, 0)));
}

TEST(Layout, Broadcasts) {
  const Layout layout = *broadcast_to(row_major({1, 4}), {3, 4});
  EXPECT_EQ(layout.strides, Dimensions({0, 1}));
  EXPECT_EQ(broadcast_to(row_major({4}), {2, 3, 4})->strides, Dimensions({0, 0, 1}));
  EXPECT_FALSE(broadcast_to(row_major({3}), {4}).ok());
  EXPECT_FALSE(broadcast_to(row_major({2, 3}), {3}).ok());
  EXPECT_EQ(*broadcast_shape({4, 1}, {3}), Dimensions({4, 3}));
  EXPECT_EQ(*broadcast_shape({3}, {2, 1, 1}), Dimensions({2, 1, 3}));
  EXPECT_FALSE(broadcast_shape({4}, {3}).ok());
}

}  // namespace
}  // namespace stowage
