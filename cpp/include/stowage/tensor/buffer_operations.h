// The operations on whole buffers: elements [0, length) of each, or matrices that begin at element
// 0. Inputs and outputs may be the same buffer, unless it says otherwise.
//
// Errors of all: disposed, if the executor was; invalid-argument for a buffer of another executor
// than the output's, a negative length, and a buffer that is shorter than the length. Nothing is
// written then.
#pragma once

#include <cstdint>
#include <span>

#include "stowage/base/result.h"
#include "stowage/tensor/elementwise.h"
#include "stowage/tensor/executor_buffer.h"
#include "stowage/tensor/gemm.h"
#include "stowage/tensor/reduction.h"

namespace stowage {

Status fill(const ExecutorBuffer& out, float value, int64_t length);
Status copy(const ExecutorBuffer& in, const ExecutorBuffer& out, int64_t length);
// All of a buffer. Errors: invalid-argument also if there are fewer or more values than elements.
Status write(const ExecutorBuffer& out, std::span<const float> values);

Status apply(UnaryOperation operation, const ExecutorBuffer& in, const ExecutorBuffer& out,
             int64_t length);
Status apply(BinaryOperation operation, const ExecutorBuffer& a, const ExecutorBuffer& b,
             const ExecutorBuffer& out, int64_t length);
Status apply(BinaryOperation operation, const ExecutorBuffer& a, float b, const ExecutorBuffer& out,
             int64_t length);
// Errors: invalid-argument also if a limit is NaN or lo > hi.
Status clip(const ExecutorBuffer& in, float lo, float hi, const ExecutorBuffer& out,
            int64_t length);
Status softmax(const ExecutorBuffer& in, const ExecutorBuffer& out, int64_t length);

// What these return is written to element 0 of the output, which must have at least three elements,
// as the interface that they come from demands. Errors: invalid-argument also for a length of 0.
Result<float> reduce(Reduction reduction, const ExecutorBuffer& in, const ExecutorBuffer& out,
                     int64_t length);
// Errors: invalid-argument also if epsilon is not in [0, 0.5).
Result<float> loss(Loss kind, const ExecutorBuffer& predictions, const ExecutorBuffer& targets,
                   const ExecutorBuffer& out, int64_t length, float epsilon = 0);

// C = A B, with A m x k, B k x n and C m x n in row-major order. Errors:
// invalid-argument also if C shares memory with A or B; out-of-memory.
Status gemm(const ExecutorBuffer& a, const ExecutorBuffer& b, const ExecutorBuffer& c, int64_t m,
            int64_t n, int64_t k);
// y = A x, with A m x n in row-major order. Errors: as of gemm.
Status matvec(const ExecutorBuffer& a, const ExecutorBuffer& x, const ExecutorBuffer& y, int64_t m,
              int64_t n);

}  // namespace stowage
