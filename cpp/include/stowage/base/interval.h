// Half-open intervals [lower, upper).
#pragma once

#include <cstdint>

namespace stowage {

template <typename T>
struct Interval {
  T lower = 0;
  T upper = 0;

  [[nodiscard]] constexpr T length() const { return upper - lower; }
  [[nodiscard]] constexpr bool empty() const { return upper <= lower; }
  [[nodiscard]] constexpr bool contains(T value) const { return lower <= value && value < upper; }
  // Empty intervals intersect nothing.
  [[nodiscard]] constexpr bool intersects(const Interval& other) const {
    return lower < other.upper && other.lower < upper && !empty() && !other.empty();
  }
  bool operator==(const Interval&) const = default;
};

}  // namespace stowage
