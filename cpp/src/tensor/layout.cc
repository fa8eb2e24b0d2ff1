#include "stowage/tensor/layout.h"

#include <limits>

#include "base/error.h"
#include "stowage/base/integer.h"

namespace stowage {

namespace {

// The number of elements, or -1 beyond 2^53 - 1 or with a negative dimension.
int64_t checked_elements(const Dimensions& shape) {
  int64_t elements = 1;
  bool is_empty = false;
  for (const int64_t dimension : shape) {
    if (dimension < 0) return -1;
    is_empty = is_empty || dimension == 0;
    if (dimension > 0 && elements > kMaxInteger / dimension) return -1;
    if (dimension > 0) elements *= dimension;
  }
  return is_empty ? 0 : elements;
}

Status check_shape(const Dimensions& shape) {
  if (checked_elements(shape) >= 0) return {};
  return invalid_argument(
      "shape " + to_string(shape) +
      ": each dimension must be at least 0, and their product at most 2^53 - 1");
}

Dimensions row_major_strides(const Dimensions& shape) {
  Dimensions strides = Dimensions::filled(shape.size(), 1);
  for (int64_t i = shape.size() - 2; i >= 0; --i) {
    strides[i] = strides[i + 1] * std::max<int64_t>(shape[i + 1], 1);
  }
  return strides;
}

std::string of_shape(const Layout& layout) {
  return " of a tensor of shape " + to_string(layout.shape);
}

}  // namespace

std::string to_string(const Dimensions& dimensions) {
  std::string text = "[";
  for (int64_t i = 0; i < dimensions.size(); ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(dimensions[i]);
  }
  return text + "]";
}

Result<Layout> row_major_layout(const Dimensions& shape) {
  if (const Status status = check_shape(shape)) return *status;
  return Layout{shape, row_major_strides(shape), 0};
}

Result<Layout> strided_layout(const Dimensions& shape, const Dimensions& strides, int64_t offset) {
  if (const Status status = check_shape(shape)) return *status;
  if (strides.size() != shape.size()) {
    return invalid_argument("shape " + to_string(shape) + " and strides " + to_string(strides) +
                            " differ in length");
  }
  int64_t reach = offset;
  for (int64_t i = 0; i < shape.size(); ++i) {
    const int64_t steps = std::max<int64_t>(shape[i] - 1, 0);
    const bool is_beyond = strides[i] < 0 || strides[i] > kMaxInteger || offset < 0 ||
                           (steps > 0 && strides[i] > (kMaxInteger - reach) / steps);
    if (is_beyond) {
      return invalid_argument("strides " + to_string(strides) + " from offset " +
                              std::to_string(offset) +
                              ": all must be at least 0, and reach at most 2^53 - 1");
    }
    reach += steps * strides[i];
  }
  if (offset < 0 || offset > kMaxInteger) {
    return invalid_argument("offset " + std::to_string(offset) + " must be from 0 to 2^53 - 1");
  }
  return Layout{shape, strides, offset};
}

int64_t num_elements(const Dimensions& shape) {
  return std::max<int64_t>(checked_elements(shape), 0);
}

int64_t required_elements(const Layout& layout) {
  if (num_elements(layout.shape) == 0) return 0;
  int64_t last = layout.offset;
  for (int64_t i = 0; i < layout.rank(); ++i) last += (layout.shape[i] - 1) * layout.strides[i];
  return last + 1;
}

bool is_contiguous(const Layout& layout) {
  int64_t expected = 1;
  for (int64_t i = layout.rank() - 1; i >= 0; --i) {
    if (layout.shape[i] == 0) return true;
    if (layout.shape[i] != 1 && layout.strides[i] != expected) return false;
    expected *= layout.shape[i];
  }
  return true;
}

Result<int64_t> flat_offset(const Layout& layout, const Dimensions& index) {
  if (index.size() != layout.rank()) {
    return invalid_argument("index " + to_string(index) + of_shape(layout) + ": it must have " +
                            std::to_string(layout.rank()) + " numbers");
  }
  int64_t offset = layout.offset;
  for (int64_t i = 0; i < index.size(); ++i) {
    if (index[i] < 0 || index[i] >= layout.shape[i]) {
      return invalid_argument("index " + to_string(index) + of_shape(layout) + " is outside it");
    }
    offset += index[i] * layout.strides[i];
  }
  return offset;
}

Result<Dimensions> index_of(const Layout& layout, int64_t position) {
  if (position < 0 || position >= num_elements(layout.shape)) {
    return invalid_argument("element " + std::to_string(position) + of_shape(layout) +
                            " is outside it");
  }
  Dimensions index = Dimensions::filled(layout.rank(), 0);
  for (int64_t i = layout.rank() - 1; i >= 0; --i) {
    index[i] = position % layout.shape[i];
    position /= layout.shape[i];
  }
  return index;
}

Result<int64_t> normalized_axis(int64_t axis, int64_t rank) {
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  return invalid_argument("axis " + std::to_string(axis) + " of a tensor with " +
                          std::to_string(rank) + " dimensions is outside it");
}

Result<Layout> transposed(const Layout& layout) {
  if (layout.rank() != 2) {
    return invalid_argument("only a tensor with 2 dimensions is transposed; this has shape " +
                            to_string(layout.shape) + ": permute it");
  }
  return permuted(layout, {1, 0});
}

Result<Layout> permuted(const Layout& layout, const Dimensions& axes) {
  Dimensions seen = Dimensions::filled(layout.rank(), 0);
  Layout result{{}, {}, layout.offset};
  bool is_permutation = axes.size() == layout.rank();
  for (int64_t i = 0; is_permutation && i < axes.size(); ++i) {
    const Result<int64_t> axis = normalized_axis(axes[i], layout.rank());
    is_permutation = axis.ok() && seen[*axis] == 0;
    if (!is_permutation) break;
    seen[*axis] = 1;
    result.shape.push_back(layout.shape[*axis]);
    result.strides.push_back(layout.strides[*axis]);
  }
  if (is_permutation) return result;
  return invalid_argument("axes " + to_string(axes) + of_shape(layout) +
                          ": each must be named once");
}

Result<Layout> narrowed(const Layout& layout, int64_t axis, int64_t start, int64_t length) {
  const Result<int64_t> along = normalized_axis(axis, layout.rank());
  if (!along) return along.error();
  if (start < 0 || length < 0 || start > layout.shape[*along] ||
      length > layout.shape[*along] - start) {
    return invalid_argument(std::to_string(length) + " elements from " + std::to_string(start) +
                            " on along axis " + std::to_string(axis) + of_shape(layout) +
                            " are outside it");
  }
  Layout result = layout;
  result.shape[*along] = length;
  if (length > 0) result.offset += start * layout.strides[*along];
  return result;
}

Result<Layout> sliced(const Layout& layout, int64_t axis, int64_t start, int64_t end,
                      int64_t step) {
  if (step < 1) return invalid_argument("step " + std::to_string(step) + " must be at least 1");
  Result<Layout> result = narrowed(layout, axis, start, end - start);
  if (!result) return result;
  const int64_t along = *normalized_axis(axis, layout.rank());
  int64_t& length = result->shape[along];
  length = length / step + (length % step != 0 ? 1 : 0);
  // A single element is not stepped from; so no stride exceeds what the buffer holds.
  if (length > 1) result->strides[along] *= step;
  return result;
}

Result<Layout> selected(const Layout& layout, int64_t axis, int64_t index) {
  const Result<int64_t> along = normalized_axis(axis, layout.rank());
  if (!along) return along.error();
  if (index < 0 || index >= layout.shape[*along]) {
    return invalid_argument("index " + std::to_string(index) + " along axis " +
                            std::to_string(axis) + of_shape(layout) + " is outside it");
  }
  Layout result = layout;
  result.offset += index * layout.strides[*along];
  result.shape.erase(*along);
  result.strides.erase(*along);
  return result;
}

namespace {

// `shape` with its -1, if it has one, as many as are left of `elements`.
Result<Dimensions> completed(const Dimensions& shape, int64_t elements) {
  Dimensions result = shape;
  int64_t open = -1;
  int64_t known = 1;
  for (int64_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == -1 && open < 0) {
      open = i;
    } else if (shape[i] < 0 || (shape[i] > 0 && known > kMaxInteger / shape[i])) {
      return invalid_argument("shape " + to_string(shape) +
                              ": each dimension must be at least 0, but for one that may be -1");
    } else {
      known *= shape[i];
    }
  }
  if (open >= 0 && known > 0) result[open] = elements / known;
  if (open >= 0 && known == 0) result[open] = 0;
  if (num_elements(result) == elements) return result;
  return invalid_argument("shape " + to_string(shape) + " does not have the " +
                          std::to_string(elements) + " elements of the tensor");
}

}  // namespace

Result<std::optional<Layout>> reshaped(const Layout& layout, const Dimensions& shape) {
  const Result<Dimensions> whole = completed(shape, num_elements(layout.shape));
  if (!whole) return whole.error();
  if (!is_contiguous(layout)) return std::optional<Layout>();
  return std::optional<Layout>(Layout{*whole, row_major_strides(*whole), layout.offset});
}

Result<Layout> broadcast_to(const Layout& layout, const Dimensions& shape) {
  if (const Status status = check_shape(shape)) return *status;
  const int64_t added = shape.size() - layout.rank();
  Layout result{shape, Dimensions::filled(shape.size(), 0), layout.offset};
  bool fits = added >= 0;
  for (int64_t i = 0; fits && i < layout.rank(); ++i) {
    fits = layout.shape[i] == 1 || layout.shape[i] == shape[added + i];
    if (layout.shape[i] == shape[added + i]) result.strides[added + i] = layout.strides[i];
  }
  if (fits) return result;
  return invalid_argument("a tensor of shape " + to_string(layout.shape) +
                          " does not broadcast to " + to_string(shape));
}

Result<Dimensions> broadcast_shape(const Dimensions& a, const Dimensions& b) {
  Dimensions result = a.size() >= b.size() ? a : b;
  const Dimensions& shorter = a.size() >= b.size() ? b : a;
  const int64_t added = result.size() - shorter.size();
  for (int64_t i = 0; i < shorter.size(); ++i) {
    int64_t& dimension = result[added + i];
    if (shorter[i] == dimension || shorter[i] == 1) continue;
    if (dimension != 1) {
      return invalid_argument("shapes " + to_string(a) + " and " + to_string(b) +
                              " do not broadcast: dimensions must be equal, or one of them 1");
    }
    dimension = shorter[i];
  }
  return result;
}

}  // namespace stowage
