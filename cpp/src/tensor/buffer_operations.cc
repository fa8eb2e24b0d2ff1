#include "stowage/tensor/buffer_operations.h"

#include <algorithm>
#include <string>

#include "base/error.h"
#include "stowage/base/integer.h"

namespace stowage {

namespace {

// What a result that is returned needs in its buffer.
constexpr int64_t kResultElements = 3;

// Collects the buffers of a call; remembers the first thing that is wrong with any.
class Arguments {
 public:
  explicit Arguments(const ExecutorBuffer& out) : out_(out) {}

  // The first `length` elements of a buffer, which a message calls `name`.
  std::span<float> take(const char* name, const ExecutorBuffer& buffer, int64_t length) {
    if (status_) return {};
    const Result<std::span<float>> data = buffer.data();
    if (!data) {
      status_ = data.error();
    } else if (!buffer.shares_executor(out_)) {
      status_ = invalid_argument(std::string(name) + " belongs to another executor");
    } else if (length < 0) {
      status_ = invalid_argument("length " + std::to_string(length) + " must be at least 0");
    } else if (buffer.length() < length) {
      status_ = invalid_argument(std::string(name) + " has " + std::to_string(buffer.length()) +
                                 " elements; it must have at least " + std::to_string(length));
    } else {
      return data->first(static_cast<size_t>(length));
    }
    return {};
  }

  void demand(bool holds, const char* message) {
    if (!status_ && !holds) status_ = invalid_argument(message);
  }

  [[nodiscard]] const Status& status() const { return status_; }

 private:
  const ExecutorBuffer& out_;
  Status status_;
};

// The elements of a matrix; -1 where a side is negative or there are too many.
int64_t area(int64_t rows, int64_t columns) {
  if (rows < 0 || columns < 0) return -1;
  const auto product = checked_multiply(rows, columns);
  return product && *product <= kMaxInteger ? *product : -1;
}

}  // namespace

Status fill(const ExecutorBuffer& out, float value, int64_t length) {
  Arguments arguments(out);
  const auto to = arguments.take("the buffer", out, length);
  std::fill(to.begin(), to.end(), value);
  return arguments.status();
}

Status copy(const ExecutorBuffer& in, const ExecutorBuffer& out, int64_t length) {
  Arguments arguments(out);
  const auto from = arguments.take("the source", in, length);
  const auto to = arguments.take("the destination", out, length);
  if (!arguments.status() && !in.shares_memory(out))
    std::copy(from.begin(), from.end(), to.begin());
  return arguments.status();
}

Status write(const ExecutorBuffer& out, std::span<const float> values) {
  if (std::ssize(values) != out.length()) {
    return invalid_argument(std::to_string(values.size()) + " values for a buffer of " +
                            std::to_string(out.length()) + " elements: there must be as many");
  }
  Arguments arguments(out);
  const auto to = arguments.take("the buffer", out, out.length());
  if (!arguments.status()) std::copy(values.begin(), values.end(), to.begin());
  return arguments.status();
}

Status apply(UnaryOperation operation, const ExecutorBuffer& in, const ExecutorBuffer& out,
             int64_t length) {
  Arguments arguments(out);
  const auto from = arguments.take("the input", in, length);
  const auto to = arguments.take("the output", out, length);
  if (!arguments.status()) apply(operation, from, to);
  return arguments.status();
}

Status apply(BinaryOperation operation, const ExecutorBuffer& a, const ExecutorBuffer& b,
             const ExecutorBuffer& out, int64_t length) {
  Arguments arguments(out);
  const auto left = arguments.take("a", a, length);
  const auto right = arguments.take("b", b, length);
  const auto to = arguments.take("the output", out, length);
  if (!arguments.status()) apply(operation, left, right, to);
  return arguments.status();
}

Status apply(BinaryOperation operation, const ExecutorBuffer& a, float b, const ExecutorBuffer& out,
             int64_t length) {
  Arguments arguments(out);
  const auto left = arguments.take("the input", a, length);
  const auto to = arguments.take("the output", out, length);
  if (!arguments.status()) apply(operation, left, b, to);
  return arguments.status();
}

Status clip(const ExecutorBuffer& in, float lo, float hi, const ExecutorBuffer& out,
            int64_t length) {
  Arguments arguments(out);
  const auto from = arguments.take("the input", in, length);
  const auto to = arguments.take("the output", out, length);
  arguments.demand(lo <= hi, "the lower limit of clip must be at most the upper one");
  if (!arguments.status()) clip(from, lo, hi, to);
  return arguments.status();
}

Status softmax(const ExecutorBuffer& in, const ExecutorBuffer& out, int64_t length) {
  Arguments arguments(out);
  const auto from = arguments.take("the input", in, length);
  const auto to = arguments.take("the output", out, length);
  if (!arguments.status() && length > 0) softmax(from, to);
  return arguments.status();
}

Result<float> reduce(Reduction reduction, const ExecutorBuffer& in, const ExecutorBuffer& out,
                     int64_t length) {
  Arguments arguments(out);
  const auto from = arguments.take("the input", in, length);
  const auto to = arguments.take("the output", out, kResultElements);
  arguments.demand(length > 0, "nothing to reduce: the length must be at least 1");
  if (arguments.status()) return *arguments.status();
  return to[0] = reduce(reduction, from);
}

Result<float> loss(Loss kind, const ExecutorBuffer& predictions, const ExecutorBuffer& targets,
                   const ExecutorBuffer& out, int64_t length, float epsilon) {
  Arguments arguments(out);
  const auto p = arguments.take("the predictions", predictions, length);
  const auto t = arguments.take("the targets", targets, length);
  const auto to = arguments.take("the output", out, kResultElements);
  arguments.demand(length > 0, "no loss of nothing: the length must be at least 1");
  arguments.demand(epsilon >= 0 && epsilon < 0.5F, "epsilon must be at least 0 and below 0.5");
  if (arguments.status()) return *arguments.status();
  return to[0] = loss(kind, p, t, epsilon);
}

Status gemm(const ExecutorBuffer& a, const ExecutorBuffer& b, const ExecutorBuffer& c, int64_t m,
            int64_t n, int64_t k) {
  Arguments arguments(c);
  const auto left = arguments.take("a", a, area(m, k));
  const auto right = arguments.take("b", b, area(k, n));
  const auto product = arguments.take("c", c, area(m, n));
  arguments.demand(!c.shares_memory(a) && !c.shares_memory(b),
                   "c shares memory with a or b, which the product is still read from");
  if (arguments.status()) return arguments.status();
  return gemm(row_major<const float>(left.data(), m, k), row_major<const float>(right.data(), k, n),
              row_major(product.data(), m, n));
}

Status matvec(const ExecutorBuffer& a, const ExecutorBuffer& x, const ExecutorBuffer& y, int64_t m,
              int64_t n) {
  Arguments arguments(y);
  const auto matrix = arguments.take("a", a, area(m, n));
  const auto vector = arguments.take("x", x, n);
  const auto product = arguments.take("y", y, m);
  arguments.demand(!y.shares_memory(a) && !y.shares_memory(x),
                   "y shares memory with a or x, which the product is still read from");
  if (!arguments.status()) matvec(row_major<const float>(matrix.data(), m, n), vector, product);
  return arguments.status();
}

}  // namespace stowage
