// Aligning, with the fast way for powers of two.
#pragma once

#include <cstdint>

#include "stowage/base/integer.h"

namespace stowage {

class Alignment {
 public:
  // `value` is at least 1.
  explicit constexpr Alignment(int64_t value)
      : value_(value), mask_((value & (value - 1)) == 0 ? value - 1 : -1) {}

  [[nodiscard]] constexpr int64_t value() const { return value_; }

  // The least multiple that is at least `offset`, both up to 2^53.
  [[nodiscard]] constexpr int64_t up(int64_t offset) const {
    return mask_ >= 0 ? (offset + mask_) & ~mask_ : align_up(offset, value_);
  }

 private:
  int64_t value_;
  int64_t mask_;  // of a power of two, or -1
};

}  // namespace stowage
