// What `MemoryPool::replay` remembers in its slots.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "pool/growing_array.h"

namespace stowage {

// Offsets by slot. Four bytes each while all are below 2^32, eight once one is not.
class SlotTable {
 public:
  static constexpr int64_t kHadNoRoom = -1;
  static constexpr int64_t kEmpty = -2;

  // Slots below it may be filled.
  [[nodiscard]] size_t size() const { return low_.capacity(); }
  // Makes slots, empty ones, for at least `count`. Amortised O(1) for each more.
  void cover(size_t count) { cover(low_, count); }

  // An offset, or one of the two above.
  [[nodiscard]] int64_t get(size_t slot) const {
    uint64_t code = low_[slot];
    if (slot < high_.capacity()) code |= uint64_t{high_[slot]} << 32;
    return static_cast<int64_t>(code) + kEmpty;
  }
  void set(size_t slot, int64_t value) {
    const auto code = static_cast<uint64_t>(value - kEmpty);
    low_[slot] = static_cast<uint32_t>(code);
    const auto high = static_cast<uint32_t>(code >> 32);
    if (high == 0 && slot >= high_.capacity()) return;
    cover(high_, low_.capacity());
    high_[slot] = high;
  }

  [[nodiscard]] int64_t bytes() const { return low_.bytes() + high_.bytes(); }

 private:
  // What is new is zero, which is the code of kEmpty.
  static void cover(GrowingArray<uint32_t>& values, size_t count) {
    const size_t before = values.capacity();
    if (count <= before) return;
    values.reserve(count);
    std::fill(&values[before], &values[before] + (values.capacity() - before), 0);
  }

  // Of the difference to kEmpty.
  GrowingArray<uint32_t> low_;
  GrowingArray<uint32_t> high_;
};

}  // namespace stowage
