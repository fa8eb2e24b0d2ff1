// Operations that make a new tensor of tensors, in a buffer of its own, row-major. Operands may be
// views of any strides. Errors of all: invalid-argument, naming the shapes, where they do not fit;
// invalid-argument for tensors of different executors; out-of-memory; disposed.
#pragma once

#include <cstdint>
#include <optional>

#include "stowage/base/result.h"
#include "stowage/tensor/elementwise.h"
#include "stowage/tensor/reduction.h"
#include "stowage/tensor/tensor.h"

namespace stowage {

Result<Tensor> apply(UnaryOperation operation, const Tensor& in);
// The shapes are broadcast (broadcast_shape).
Result<Tensor> apply(BinaryOperation operation, const Tensor& a, const Tensor& b);
Result<Tensor> apply(BinaryOperation operation, const Tensor& a, float b);
Result<Tensor> apply(BinaryOperation operation, float a, const Tensor& b);
// Errors: invalid-argument also if a limit is NaN or lo > hi.
Result<Tensor> clip(const Tensor& in, float lo, float hi);

// Of all elements, or of those along an axis, which then is gone, or 1 long with `keeps_axis`.
// Errors: invalid-argument also where there is nothing to reduce.
Result<float> reduce(Reduction reduction, const Tensor& in);
Result<Tensor> reduce(Reduction reduction, const Tensor& in, int64_t axis, bool keeps_axis = false);

Result<Tensor> softmax(const Tensor& in, int64_t axis = -1);

struct LayerNormOptions {
  std::optional<Tensor> weight = {};  // of shape [last dimension]
  std::optional<Tensor> bias = {};    // likewise
  float epsilon = 1e-5F;              // above 0
};
// Along the last axis.
Result<Tensor> layer_norm(const Tensor& in, const LayerNormOptions& options = {});

// The mean over all elements of two tensors of the same shape. Errors: invalid-argument also for no
// elements, and if epsilon is not in [0, 0.5).
Result<float> loss(Loss kind, const Tensor& predictions, const Tensor& targets, float epsilon = 0);

struct MatmulOptions {
  std::optional<Tensor> bias = {};  // of shape [n], added to each row
  std::optional<UnaryOperation> activation = {};
};
// [..., m, k] times [..., k, n] is [..., m, n]: a product for each of the dimensions in front,
// which are broadcast. Both have at least two dimensions.
Result<Tensor> matmul(const Tensor& a, const Tensor& b, const MatmulOptions& options = {});

}  // namespace stowage
