// A set of small numbers, walked through in order word by word.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace stowage {

class BitSet {
 public:
  static constexpr int32_t kNone = -1;

  BitSet() = default;
  // Numbers in [0, size), none in the set.
  explicit BitSet(int32_t size) : words_((static_cast<size_t>(size) + 63) / 64 + 1, 0) {}

  void insert(int32_t i) { word(i) |= bit(i); }
  void erase(int32_t i) { word(i) &= ~bit(i); }
  [[nodiscard]] bool contains(int32_t i) const { return (word(i) & bit(i)) != 0; }

  // The first member in [lower, upper), or kNone.
  [[nodiscard]] int32_t first_in(int32_t lower, int32_t upper) const {
    if (lower >= upper) return kNone;
    auto index = static_cast<size_t>(lower) / 64;
    uint64_t bits = words_[index] & (~uint64_t{0} << (lower % 64));
    const size_t last = static_cast<size_t>(upper - 1) / 64;
    while (bits == 0) {
      if (++index > last) return kNone;
      bits = words_[index];
    }
    const int32_t found = static_cast<int32_t>(index * 64) + std::countr_zero(bits);
    return found < upper ? found : kNone;
  }

  // Calls visit(i) for each member in [lower, upper), ascending. `visit` may erase what it visits.
  template <typename Visit>
  void for_each_in(int32_t lower, int32_t upper, const Visit& visit) const {
    if (lower >= upper) return;
    auto index = static_cast<size_t>(lower) / 64;
    const size_t last = static_cast<size_t>(upper - 1) / 64;
    uint64_t bits = words_[index] & (~uint64_t{0} << (lower % 64));
    for (;;) {
      if (index == last) bits &= ~uint64_t{0} >> (63 - (upper - 1) % 64);
      for (; bits != 0; bits &= bits - 1) {
        visit(static_cast<int32_t>(index * 64) + std::countr_zero(bits));
      }
      if (index == last) return;
      bits = words_[++index];
    }
  }

 private:
  static uint64_t bit(int32_t i) { return uint64_t{1} << (i % 64); }
  [[nodiscard]] uint64_t& word(int32_t i) { return words_[static_cast<size_t>(i) / 64]; }
  [[nodiscard]] const uint64_t& word(int32_t i) const {
    return words_[static_cast<size_t>(i) / 64];
  }

  std::vector<uint64_t> words_;
};

}  // namespace stowage
