// Matrix multiplication.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "stowage/base/result.h"
#include "stowage/tensor/elementwise.h"

namespace stowage {

// A matrix in memory: element (i, j) is data[i * row_stride + j * column_stride]. Strides are at
// least 0. It does not own its memory.
template <typename T>
struct MatrixView {
  T* data = nullptr;
  int64_t rows = 0;
  int64_t columns = 0;
  int64_t row_stride = 0;
  int64_t column_stride = 1;
};

using ConstMatrix = MatrixView<const float>;
using Matrix = MatrixView<float>;

template <typename T>
MatrixView<T> row_major(T* data, int64_t rows, int64_t columns) {
  return {data, rows, columns, columns, 1};
}

// What happens to each element of a product before it is written for the last time.
struct Epilogue {
  std::span<const float> bias = {};  // one for each column, added; or empty
  std::optional<UnaryOperation> activation = {};
};

// C = A B, with a = m x k, b = k x n, c = m x n. `c` has columns side by side (column_stride 1) and
// must not overlap the others. k may be 0: then C is 0 before the epilogue.
//
// Each element of C is a sum of k products in the order of k, in parts of 256 whose sums are added
// one by one; its error is at most (256 + k / 256) * 2^-24 * (sum of |a b|). The same bits on every
// processor. Errors: out-of-memory, for at most 1.2 MB that it packs A and B into.
//
// O(m n k). The blocking is that of K. Goto and R. van de Geijn, "Anatomy of High-Performance
// Matrix Multiplication", ACM TOMS 34(3), 2008.
Status gemm(const ConstMatrix& a, const ConstMatrix& b, const Matrix& c,
            const Epilogue& epilogue = {});

// y = A x, where x has a.columns elements and y a.rows, and must not overlap the others. The same
// bound on errors. O(m n), reading A once in the order in which it lies in memory.
void matvec(const ConstMatrix& a, std::span<const float> x, std::span<float> y);

}  // namespace stowage
