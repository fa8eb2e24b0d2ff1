// Integer arithmetic that cannot overflow unnoticed.
#pragma once

#include <cstdint>
#include <optional>

namespace stowage {

// The largest integer that a JavaScript Number holds exactly, 2^53 - 1. Times, sizes and
// offsets are limited to it (in magnitude) everywhere, so that every build accepts the same input.
inline constexpr int64_t kMaxInteger = (int64_t{1} << 53) - 1;

// a + b, or nothing when it does not fit in 64 bits.
constexpr std::optional<int64_t> checked_add(int64_t a, int64_t b) {
  int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

// a * b, or nothing when it does not fit in 64 bits.
constexpr std::optional<int64_t> checked_multiply(int64_t a, int64_t b) {
  int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

// The least multiple of `alignment` (> 0) that is at least `value` (>= 0, small enough for the
// sum with `alignment` to fit).
constexpr int64_t align_up(int64_t value, int64_t alignment) {
  if (alignment == 1) return value;
  const int64_t remainder = value % alignment;
  return remainder == 0 ? value : value + (alignment - remainder);
}

}  // namespace stowage
