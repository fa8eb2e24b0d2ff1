#include <array>

#include "base/error.h"
#include "stowage/tensor/gemm.h"
#include "stowage/tensor/tensor_operations.h"
#include "tensor/strided_loop.h"
#include "tensor/tensor_memory.h"

namespace stowage {

namespace {

// The dimensions in front of the last two.
Layout batch_of(const Layout& layout) {
  Layout batch = layout;
  for (int i = 0; i < 2; ++i) {
    batch.shape.erase(batch.rank() - 1);
    batch.strides.erase(batch.strides.size() - 1);
  }
  return batch;
}

template <typename T>
MatrixView<T> matrix_of(T* data, const Layout& layout, int64_t offset) {
  const int64_t row = layout.rank() - 2;
  const int64_t column = layout.rank() - 1;
  return {data + offset, layout.shape[row], layout.shape[column], layout.strides[row],
          layout.strides[column]};
}

// The shape of the product. Errors: as of matmul.
Result<Dimensions> product_shape(const Tensor& a, const Tensor& b) {
  if (a.rank() < 2 || b.rank() < 2) {
    return invalid_argument("shapes " + to_string(a.shape()) + " and " + to_string(b.shape()) +
                            ": matmul takes matrices, so at least 2 dimensions each");
  }
  if (a.shape()[a.rank() - 1] != b.shape()[b.rank() - 2]) {
    return invalid_argument("shapes " + to_string(a.shape()) + " and " + to_string(b.shape()) +
                            " do not multiply: the first has " +
                            std::to_string(a.shape()[a.rank() - 1]) + " columns, the second " +
                            std::to_string(b.shape()[b.rank() - 2]) + " rows");
  }
  Result<Dimensions> shape =
      broadcast_shape(batch_of(a.layout()).shape, batch_of(b.layout()).shape);
  if (shape) {
    shape->push_back(a.shape()[a.rank() - 2]);
    shape->push_back(b.shape()[b.rank() - 1]);
  }
  return shape;
}

// The bias, side by side. Errors: as of matmul.
Result<std::optional<Tensor>> bias_of(const MatmulOptions& options, const Tensor& a,
                                      int64_t columns) {
  if (!options.bias) return std::optional<Tensor>();
  if (const Status status = check_operands(a, *options.bias)) return *status;
  if (options.bias->shape() != Dimensions{columns}) {
    return invalid_argument("the bias must have shape [" + std::to_string(columns) + "], not " +
                            to_string(options.bias->shape()));
  }
  const Result<Tensor> bias = options.bias->contiguous();
  if (!bias) return bias.error();
  return std::optional<Tensor>(*bias);
}

}  // namespace

Result<Tensor> matmul(const Tensor& a, const Tensor& b, const MatmulOptions& options) {
  if (const Status status = check_operands(a, b)) return *status;
  const Result<Dimensions> shape = product_shape(a, b);
  if (!shape) return shape.error();
  const int64_t columns = (*shape)[shape->size() - 1];
  const Result<std::optional<Tensor>> bias = bias_of(options, a, columns);
  if (!bias) return bias.error();
  Result<Tensor> out = fresh_tensor(a, *shape);
  if (!out) return out;

  Epilogue epilogue{.activation = options.activation};
  if (bias->has_value()) {
    epilogue.bias = {data_of(**bias) + (*bias)->offset(), static_cast<size_t>(columns)};
  }
  const Layout batch = batch_of(out->layout());
  Status status;
  for_each_row<3>({*broadcast_to(batch_of(a.layout()), batch.shape),
                   *broadcast_to(batch_of(b.layout()), batch.shape), batch},
                  0, [&](const std::array<int64_t, 3>& at) {
                    if (status) return;
                    status = gemm(matrix_of<const float>(data_of(a), a.layout(), at[0]),
                                  matrix_of<const float>(data_of(b), b.layout(), at[1]),
                                  matrix_of(data_of(*out), out->layout(), at[2]), epilogue);
                  });
  if (status) return *status;
  return out;
}

}  // namespace stowage
