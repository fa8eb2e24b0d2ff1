#include <string>

#include "base/error.h"
#include "stowage/tensor/tensor_operations.h"
#include "tensor/strided_copy.h"
#include "tensor/tensor_memory.h"
#include "tensor/tensor_rows.h"

namespace stowage {

namespace {

Error nothing_to_reduce(const Tensor& in) {
  return invalid_argument("nothing to reduce in a tensor of shape " + to_string(in.shape()));
}

std::span<const float> elements_of(const Tensor& contiguous) {
  return {data_of(contiguous) + contiguous.offset(),
          static_cast<size_t>(contiguous.num_elements())};
}

// A tensor of the shape of `in` whose rows along `axis` are kernel(row, out) of those of `in`.
template <typename Kernel>
Result<Tensor> map_rows(const Tensor& in, int64_t axis, Kernel kernel) {
  Result<Tensor> rows = rows_along(in, axis);
  if (!rows) return rows;
  Result<Tensor> out = fresh_tensor(in, rows->shape());
  if (!out) return out;
  float* to = data_of(*out);
  for_each_row_of(*rows, [&](std::span<const float> row) {
    if (!row.empty()) kernel(row, std::span(to, row.size()));
    to += row.size();
  });
  if (axis == in.rank() - 1) return out;
  Dimensions back;
  for (int64_t i = 0; i < in.rank(); ++i) {
    if (i == axis) back.push_back(in.rank() - 1);
    if (back.size() < in.rank() && i < in.rank() - 1) back.push_back(i);
  }
  return out->view(permuted(out->layout(), back))->contiguous();
}

}  // namespace

Result<float> reduce(Reduction reduction, const Tensor& in) {
  if (const Status status = check_operand(in)) return *status;
  if (in.num_elements() == 0) return nothing_to_reduce(in);
  const Result<Tensor> all = in.contiguous();
  if (!all) return all.error();
  return reduce(reduction, elements_of(*all));
}

Result<Tensor> reduce(Reduction reduction, const Tensor& in, int64_t axis, bool keeps_axis) {
  if (const Status status = check_operand(in)) return *status;
  const Result<int64_t> along = normalized_axis(axis, in.rank());
  if (!along) return along.error();
  if (in.shape()[*along] == 0) return nothing_to_reduce(in);
  Result<Tensor> rows = rows_along(in, *along);
  if (!rows) return rows;
  Dimensions shape = in.shape();
  if (keeps_axis) {
    shape[*along] = 1;
  } else {
    shape.erase(*along);
  }
  Result<Tensor> out = fresh_tensor(in, shape);
  if (!out) return out;
  float* to = data_of(*out);
  for_each_row_of(*rows, [&](std::span<const float> row) { *to++ = reduce(reduction, row); });
  return out;
}

Result<Tensor> softmax(const Tensor& in, int64_t axis) {
  if (const Status status = check_operand(in)) return *status;
  const Result<int64_t> along = normalized_axis(axis, in.rank());
  if (!along) return along.error();
  return map_rows(in, *along,
                  [](std::span<const float> row, std::span<float> out) { softmax(row, out); });
}

Result<Tensor> layer_norm(const Tensor& in, const LayerNormOptions& options) {
  if (const Status status = check_operand(in)) return *status;
  if (in.rank() == 0)
    return invalid_argument("a tensor without dimensions has no axis to normalise along");
  if (!(options.epsilon > 0)) return invalid_argument("epsilon must be above 0");
  const Dimensions shape = {in.shape()[in.rank() - 1]};
  std::array<std::optional<Tensor>, 2> vectors = {options.weight, options.bias};
  std::array<std::span<const float>, 2> elements;
  for (size_t i = 0; i < vectors.size(); ++i) {
    if (!vectors[i]) continue;
    if (const Status status = check_operands(in, *vectors[i])) return *status;
    if (vectors[i]->shape() != shape) {
      return invalid_argument("the weight and the bias of a tensor of shape " +
                              to_string(in.shape()) + " must have shape " + to_string(shape) +
                              ", not " + to_string(vectors[i]->shape()));
    }
    Result<Tensor> contiguous = vectors[i]->contiguous();
    if (!contiguous) return contiguous;
    vectors[i] = *contiguous;
    elements[i] = elements_of(*contiguous);
  }
  return map_rows(in, in.rank() - 1, [&](std::span<const float> row, std::span<float> out) {
    layer_norm(row, elements[0], elements[1], options.epsilon, out);
  });
}

Result<float> loss(Loss kind, const Tensor& predictions, const Tensor& targets, float epsilon) {
  if (const Status status = check_operands(predictions, targets)) return *status;
  if (predictions.shape() != targets.shape()) {
    return invalid_argument("predictions of shape " + to_string(predictions.shape()) +
                            " and targets of shape " + to_string(targets.shape()) +
                            ": they must have the same");
  }
  if (!(epsilon >= 0 && epsilon < 0.5F)) {
    return invalid_argument("epsilon must be at least 0 and below 0.5");
  }
  if (predictions.num_elements() == 0) return nothing_to_reduce(predictions);
  const Result<Tensor> p = predictions.contiguous();
  if (!p) return p.error();
  const Result<Tensor> t = targets.contiguous();
  if (!t) return t.error();
  return loss(kind, elements_of(*p), elements_of(*t), epsilon);
}

}  // namespace stowage
