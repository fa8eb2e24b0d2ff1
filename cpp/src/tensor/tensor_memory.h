// What operations on tensors need of their memory.
#pragma once

#include "stowage/base/result.h"
#include "stowage/tensor/tensor.h"

namespace stowage {

// A row-major tensor in a new buffer of the executor that `like` is of, with any content. Errors:
// as of Tensor::zeros.
Result<Tensor> fresh_tensor(const Tensor& like, const Dimensions& shape);

// Its buffer's elements, layout.offset not added. Precondition: not disposed of.
float* data_of(const Tensor& tensor);

// Errors: disposed; invalid-argument for tensors of different executors.
Status check_operands(const Tensor& a, const Tensor& b);
Status check_operand(const Tensor& tensor);

}  // namespace stowage
