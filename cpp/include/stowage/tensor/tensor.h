// Floats with a shape.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/tensor/executor.h"
#include "stowage/tensor/executor_buffer.h"
#include "stowage/tensor/layout.h"

namespace stowage {

// A buffer and the layout of a tensor's elements in it. Views share the buffer, which lives as long
// as the last tensor that has it. Cheap to copy.
class Tensor {
 public:
  // Of elements in row-major order, or of the strides and the offset given. The buffer may be
  // larger than need be. Errors: invalid-argument if it is smaller, or as of the layout.
  static Result<Tensor> make(std::shared_ptr<const ExecutorBuffer> buffer, const Dimensions& shape);
  static Result<Tensor> make(std::shared_ptr<const ExecutorBuffer> buffer, const Dimensions& shape,
                             const Dimensions& strides, int64_t offset = 0);
  static Result<Tensor> make(std::shared_ptr<const ExecutorBuffer> buffer, const Layout& layout);

  // In a buffer of its own. Errors: invalid-argument as of the layout, or if there are not as many
  // values as elements; out-of-memory; disposed.
  static Result<Tensor> zeros(Executor& executor, const Dimensions& shape);
  static Result<Tensor> from(Executor& executor, std::span<const float> values,
                             const Dimensions& shape);

  [[nodiscard]] const Layout& layout() const { return layout_; }
  [[nodiscard]] const Dimensions& shape() const { return layout_.shape; }
  [[nodiscard]] const Dimensions& strides() const { return layout_.strides; }
  [[nodiscard]] int64_t offset() const { return layout_.offset; }
  [[nodiscard]] int64_t rank() const { return layout_.rank(); }
  [[nodiscard]] int64_t num_elements() const { return stowage::num_elements(layout_.shape); }
  [[nodiscard]] bool is_contiguous() const { return stowage::is_contiguous(layout_); }
  [[nodiscard]] const std::shared_ptr<const ExecutorBuffer>& buffer() const { return buffer_; }

  // A view of the same buffer: `layout` is made of this tensor's by the functions of layout.h.
  [[nodiscard]] Result<Tensor> view(const Result<Layout>& layout) const;
  // The same elements in row-major order: this tensor if they are, or a copy. Errors:
  // out-of-memory; disposed. O(elements).
  [[nodiscard]] Result<Tensor> contiguous() const;
  // A view if the elements lie in row-major order, or a copy. Errors: as of reshaped(layout) and
  // contiguous().
  [[nodiscard]] Result<Tensor> reshape(const Dimensions& shape) const;

  // In row-major order. `out` has as many elements. Errors: disposed. O(elements).
  Status read(std::span<float> out) const;
  [[nodiscard]] Result<std::vector<float>> to_vector() const;
  // Errors: invalid-argument if there are not as many values as elements, or the tensor repeats
  // elements (a stride of 0); disposed. O(elements).
  Status write(std::span<const float> values) const;

 private:
  Tensor(std::shared_ptr<const ExecutorBuffer> buffer, const Layout& layout)
      : buffer_(std::move(buffer)), layout_(layout) {}

  std::shared_ptr<const ExecutorBuffer> buffer_;
  Layout layout_;
};

}  // namespace stowage
