// An executor as JavaScript has it: with everything that JavaScript holds of it, under numbers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "bindings/exchange/exchange.h"
#include "stowage/tensor/executor.h"
#include "stowage/tensor/tensor.h"

namespace stowage::bindings {

// Values under small numbers, which are used again.
template <typename T>
class NumberedValues {
 public:
  int32_t add(T value) {
    if (free_.empty()) {
      values_.push_back(std::move(value));
      return static_cast<int32_t>(values_.size() - 1);
    }
    const int32_t number = free_.back();
    free_.pop_back();
    values_[static_cast<size_t>(number)] = std::move(value);
    return number;
  }

  void remove(int32_t number) {
    values_[static_cast<size_t>(number)].reset();
    free_.push_back(number);
  }

  const auto& operator[](int32_t number) const { return *values_[static_cast<size_t>(number)]; }

 private:
  std::vector<std::optional<T>> values_;
  std::vector<int32_t> free_;
};

// What ends with the executor is freed then, whether or not JavaScript gave it back.
struct BoundExecutor {
  Executor executor;
  NumberedValues<std::shared_ptr<const ExecutorBuffer>> buffers;
  NumberedValues<Tensor> tensors;

  [[nodiscard]] const ExecutorBuffer& buffer(int32_t number) const { return *buffers[number]; }
  [[nodiscard]] const Tensor& tensor(int32_t number) const { return tensors[number]; }
};

// What functions return instead of a number when they leave an error.
inline constexpr int32_t kNoNumber = -1;
// No float: what functions return instead of one when they leave an error.
inline constexpr double kNoFloat = 1.7976931348623157e308;

inline double float_or_error(const Result<float>& result) {
  return report(result) ? static_cast<double>(*result) : kNoFloat;
}

}  // namespace stowage::bindings
