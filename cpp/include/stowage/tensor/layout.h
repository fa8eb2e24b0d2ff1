// Where the elements of a tensor lie in its buffer, and the views that change only that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "stowage/base/result.h"
#include "stowage/tensor/dimensions.h"

namespace stowage {

// Element (i, j, ...) is at offset + i * strides[0] + j * strides[1] + ... All are counted in
// elements. A tensor without dimensions has one element; one with a dimension of 0 has none.
struct Layout {
  Dimensions shape;
  Dimensions strides;  // at least 0; with 0, all along the dimension are the same element
  int64_t offset = 0;

  [[nodiscard]] int64_t rank() const { return shape.size(); }
  bool operator==(const Layout&) const = default;
};

// "[2, 3]".
std::string to_string(const Dimensions& dimensions);

// Row-major: the last dimension side by side. For [2, 3, 4], strides [12, 4, 1]. Errors:
// invalid-argument for a negative dimension, or more elements than 2^53 - 1.
Result<Layout> row_major_layout(const Dimensions& shape);
// Errors: likewise, and for a negative stride, or not as many of one as of the other.
Result<Layout> strided_layout(const Dimensions& shape, const Dimensions& strides, int64_t offset);

// The product of the dimensions.
int64_t num_elements(const Dimensions& shape);
// The fewest elements that a buffer must have: one more than the highest that the layout reaches.
int64_t required_elements(const Layout& layout);
// Whether the elements lie side by side in row-major order. Strides of dimensions of 1 do not
// matter.
bool is_contiguous(const Layout& layout);

// The position in the buffer of the element at `index`, which has a number for each dimension.
// Errors: invalid-argument.
Result<int64_t> flat_offset(const Layout& layout, const Dimensions& index);
// The index of the `position`-th element in row-major order. Errors: invalid-argument.
Result<Dimensions> index_of(const Layout& layout, int64_t position);

// The views below share the buffer. Errors: invalid-argument, naming what does not fit. A dimension
// (`axis`) may be negative: it is counted from the last, -1.

// 0 <= axis < rank. Errors: invalid-argument.
Result<int64_t> normalized_axis(int64_t axis, int64_t rank);

// Rows and columns of a 2-D layout swapped.
Result<Layout> transposed(const Layout& layout);
// Dimension i is what dimension axes[i] was; each once.
Result<Layout> permuted(const Layout& layout, const Dimensions& axes);
// `length` elements from `start` on along `axis`.
Result<Layout> narrowed(const Layout& layout, int64_t axis, int64_t start, int64_t length);
// Each `step`-th element of [start, end) along `axis`, step at least 1.
Result<Layout> sliced(const Layout& layout, int64_t axis, int64_t start, int64_t end, int64_t step);
// Without the dimension `axis`: what is at `index` of it.
Result<Layout> selected(const Layout& layout, int64_t axis, int64_t index);
// The same elements in row-major order under another shape, of which one dimension may be -1: as
// many as are left. Nothing where the layout would have to be copied. O(rank).
Result<std::optional<Layout>> reshaped(const Layout& layout, const Dimensions& shape);
// Dimensions of 1, and missing ones in front, repeated.
Result<Layout> broadcast_to(const Layout& layout, const Dimensions& shape);

// The shape of an elementwise result: each dimension that of either, where the other is 1 or
// missing in front. Errors: invalid-argument.
Result<Dimensions> broadcast_shape(const Dimensions& a, const Dimensions& b);

}  // namespace stowage
