// Memory for what grows with a pool.
#pragma once

#include <cstddef>
#include <cstdint>
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
  GrowingArray(GrowingArray&& other) noexcept : array_(std::exchange(other.array_, {})) {}
  GrowingArray& operator=(GrowingArray&& other) noexcept {
    std::swap(array_, other.array_);
    return *this;
  }
  GrowingArray(const GrowingArray&) = delete;
  GrowingArray& operator=(const GrowingArray&) = delete;
  ~GrowingArray() { array_.free(sizeof(T)); }

  T& operator[](size_t index) { return static_cast<T*>(array_.elements)[index]; }
  const T& operator[](size_t index) const { return static_cast<const T*>(array_.elements)[index]; }

  [[nodiscard]] size_t capacity() const { return array_.capacity; }

  // At least `count` elements; references to them are good until the next call. Amortised O(1) for
  // each more.
  void reserve(size_t count) {
    if (count > array_.capacity) array_.grow(count, sizeof(T));
  }

  // Gives the memory back.
  void clear() { array_.free(sizeof(T)); }

  [[nodiscard]] int64_t bytes() const { return static_cast<int64_t>(capacity() * sizeof(T)); }

 private:
  RawArray array_;
};

}  // namespace stowage
