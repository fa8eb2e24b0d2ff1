// Memory for what grows with a pool.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include "pool/array_memory.h"

namespace stowage {

// Elements in one piece, so that to find one takes a single read. It moves when it grows, by a
// sixteenth: what is spare counts for more than what is copied. Elements are not initialised.
template <typename T>
class GrowingArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  GrowingArray() = default;
  GrowingArray(GrowingArray&& other) noexcept { swap(other); }
  GrowingArray& operator=(GrowingArray&& other) noexcept {
    swap(other);
    return *this;
  }
  GrowingArray(const GrowingArray&) = delete;
  GrowingArray& operator=(const GrowingArray&) = delete;
  ~GrowingArray() { free(); }

  T& operator[](size_t index) { return elements_[index]; }
  const T& operator[](size_t index) const { return elements_[index]; }

  [[nodiscard]] size_t capacity() const { return capacity_; }

  // At least `count` elements; references to them are good until the next call. Amortised O(1) for
  // each more.
  void reserve(size_t count) {
    if (count > capacity_) grow(count);
  }

  // Gives the memory back.
  void clear() { GrowingArray().swap(*this); }

  [[nodiscard]] int64_t bytes() const { return static_cast<int64_t>(capacity_ * sizeof(T)); }

 private:
  // So little for a small pool that it does not count, and not too many steps.
  static constexpr size_t kStep = std::max<size_t>(1, 256 / sizeof(T));

  void swap(GrowingArray& other) noexcept {
    std::swap(elements_, other.elements_);
    std::swap(capacity_, other.capacity_);
  }

  [[gnu::noinline]] void grow(size_t count) {
    const size_t wanted = std::max(count, capacity_ + capacity_ / 16);
    const size_t capacity = (wanted + kStep - 1) / kStep * kStep;
    auto* const elements = static_cast<T*>(allocate_array(capacity * sizeof(T)));
    if (capacity_ > 0) {
      std::memcpy(static_cast<void*>(elements), elements_, capacity_ * sizeof(T));
    }
    free();
    elements_ = elements;
    capacity_ = capacity;
  }

  void free() {
    if (elements_ != nullptr) free_array(elements_, capacity_ * sizeof(T));
  }

  T* elements_ = nullptr;
  size_t capacity_ = 0;
};

}  // namespace stowage
