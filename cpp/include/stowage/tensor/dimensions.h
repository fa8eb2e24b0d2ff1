// A few integers, one for each dimension of a tensor.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

namespace stowage {

// The most dimensions that a tensor has.
inline constexpr int64_t kMaxRank = 8;

// At most kMaxRank integers, without memory of their own.
class Dimensions {
 public:
  Dimensions() = default;
  // Both take the first kMaxRank of more.
  Dimensions(std::initializer_list<int64_t> values)
      : Dimensions(std::span<const int64_t>(values.begin(), values.size())) {}
  explicit Dimensions(std::span<const int64_t> values) {
    for (const int64_t value : values) {
      if (size_ < kMaxRank) push_back(value);
    }
  }
  static Dimensions filled(int64_t size, int64_t value) {
    Dimensions result;
    for (int64_t i = 0; i < size; ++i) result.push_back(value);
    return result;
  }

  [[nodiscard]] int64_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  int64_t& operator[](int64_t index) { return values_[static_cast<size_t>(index)]; }
  int64_t operator[](int64_t index) const { return values_[static_cast<size_t>(index)]; }
  [[nodiscard]] const int64_t* begin() const { return values_.data(); }
  [[nodiscard]] const int64_t* end() const { return values_.data() + size_; }

  // Precondition: fewer than kMaxRank.
  void push_back(int64_t value) { values_[static_cast<size_t>(size_++)] = value; }
  void erase(int64_t index) {
    std::copy(begin() + index + 1, end(), values_.data() + index);
    --size_;
  }

  bool operator==(const Dimensions& other) const {
    return std::equal(begin(), end(), other.begin(), other.end());
  }

 private:
  std::array<int64_t, kMaxRank> values_ = {};
  int64_t size_ = 0;
};

}  // namespace stowage
