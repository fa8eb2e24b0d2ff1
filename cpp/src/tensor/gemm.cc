#include "stowage/tensor/gemm.h"

#include <algorithm>
#include <cstring>

#include "stowage/base/integer.h"
#include "stowage/pool/aligned_memory.h"
#include "tensor/gemm_pack.h"
#include "tensor/gemm_tiling.h"

namespace stowage {

namespace {

// What is packed of A stays in the second-level cache (128 KiB), of B in the third (1 MiB), and one
// panel of B in the first (16 KiB).
constexpr int64_t kBlockRows = 128;
constexpr int64_t kBlockDepth = 256;
constexpr int64_t kBlockColumns = 1024;

void finish(const Epilogue& epilogue, const Matrix& c, int64_t first_column) {
  if (epilogue.bias.empty() && !epilogue.activation) return;
  for (int64_t row = 0; row < c.rows; ++row) {
    const std::span<float> elements(c.data + row * c.row_stride, static_cast<size_t>(c.columns));
    if (!epilogue.bias.empty()) {
      apply(BinaryOperation::kAdd, elements, epilogue.bias.subspan(first_column, c.columns),
            elements);
    }
    if (epilogue.activation) apply(*epilogue.activation, elements, elements);
  }
}

Matrix part_of(const Matrix& c, int64_t row, int64_t column, int64_t rows, int64_t columns) {
  return {c.data + row * c.row_stride + column, rows, columns, c.row_stride, 1};
}

// The loops around the tiles.
class BlockedProduct {
 public:
  BlockedProduct(const ConstMatrix& a, const ConstMatrix& b, const Matrix& c,
                 const Epilogue& epilogue, const Tiling& tiling)
      : a_(a), b_(b), c_(c), epilogue_(epilogue), tiling_(tiling) {}

  Status run() {
    const int64_t depth = std::min(a_.columns, kBlockDepth);
    const int64_t left = align_up(std::min(a_.rows, kBlockRows), tiling_.rows) * depth;
    const int64_t right = align_up(std::min(b_.columns, kBlockColumns), tiling_.columns) * depth;
    const auto bytes = static_cast<int64_t>((left + right) * sizeof(float));
    const AlignedMemory memory = allocate_aligned(bytes, 64);
    if (memory == nullptr) {
      return Error{ErrorCode::kOutOfMemory,
                   "no memory for the " + std::to_string(bytes) + " bytes that a product packs"};
    }
    packed_b_ = reinterpret_cast<float*>(memory.get());
    packed_a_ = packed_b_ + right;
    for (int64_t column = 0; column < c_.columns; column += kBlockColumns) {
      for (int64_t k = 0; k < a_.columns; k += kBlockDepth) run_block_of_b(k, column);
    }
    return {};
  }

 private:
  void run_block_of_b(int64_t k, int64_t column) {
    const int64_t depth = std::min(kBlockDepth, a_.columns - k);
    const int64_t columns = std::min(kBlockColumns, c_.columns - column);
    tiling_.pack_right(part_of(b_, k, column, depth, columns), packed_b_);
    for (int64_t row = 0; row < c_.rows; row += kBlockRows) {
      const int64_t rows = std::min(kBlockRows, c_.rows - row);
      tiling_.pack_left(transposed(part_of(a_, row, k, rows, depth)), packed_a_);
      const Matrix c = part_of(c_, row, column, rows, columns);
      tiling_.multiply(packed_a_, packed_b_, depth, k != 0, c);
      if (k + depth == a_.columns) finish(epilogue_, c, column);
    }
  }

  ConstMatrix a_;
  ConstMatrix b_;
  Matrix c_;
  Epilogue epilogue_;
  const Tiling& tiling_;
  float* packed_a_ = nullptr;
  float* packed_b_ = nullptr;
};

bool is_vector(int64_t count, int64_t stride) { return count <= 1 || stride == 1; }

}  // namespace

Status gemm(const ConstMatrix& a, const ConstMatrix& b, const Matrix& c, const Epilogue& epilogue) {
  if (c.rows == 0 || c.columns == 0) return {};
  if (a.columns == 0) {
    for (int64_t row = 0; row < c.rows; ++row) {
      std::memset(c.data + row * c.row_stride, 0, c.columns * sizeof(float));
    }
    finish(epilogue, c, 0);
    return {};
  }
  // With one row, or one column, no element is used twice, so packing would cost more than the
  // rest.
  if (c.rows == 1 && is_vector(a.columns, a.column_stride)) {
    matvec(transposed(b), {a.data, static_cast<size_t>(a.columns)},
           {c.data, static_cast<size_t>(c.columns)});
    finish(epilogue, c, 0);
    return {};
  }
  if (c.columns == 1 && is_vector(b.rows, b.row_stride) && is_vector(c.rows, c.row_stride)) {
    matvec(a, {b.data, static_cast<size_t>(b.rows)}, {c.data, static_cast<size_t>(c.rows)});
    finish(epilogue, c, 0);
    return {};
  }
  return BlockedProduct(a, b, c, epilogue, tiling_for(c.columns)).run();
}

}  // namespace stowage
