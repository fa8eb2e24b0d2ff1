// Alignments and tags of blocks, which most pools do without.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "pool/growing_array.h"
#include "stowage/base/integer.h"

namespace stowage {

// By index: 1 and 0 until others are set. Takes no memory before, then a byte for each index while
// alignments are powers of two, 8 more once one is not, and 4 more once there is a tag.
class BlockExtras {
 public:
  // Whether anything was set.
  explicit operator bool() const { return has_powers_; }

  // All indices that are ever used are below it. Not more than before takes no time.
  void cover(uint32_t count) {
    count_ = count;
    if (!has_powers_) return;
    cover(powers_, count);
    if (has_others_) cover(others_, count);
    if (has_tags_) cover(tags_, count);
  }

  [[nodiscard]] int64_t alignment(uint32_t index) const {
    if (!has_powers_) return 1;
    const uint8_t power = powers_[index];
    return power == kOther ? others_[index] : int64_t{1} << power;
  }
  [[nodiscard]] uint32_t tag(uint32_t index) const { return has_tags_ ? tags_[index] : 0; }

  void set(uint32_t index, int64_t alignment, uint32_t tag) {
    const bool is_power = (alignment & (alignment - 1)) == 0;
    const bool is_new = (!has_powers_ && (alignment != 1 || tag != 0)) ||
                        (!has_others_ && !is_power) || (!has_tags_ && tag != 0);
    if (is_new) {
      has_powers_ = true;
      has_others_ |= !is_power;
      has_tags_ |= tag != 0;
      cover(count_);
    }
    if (!has_powers_) return;
    powers_[index] = is_power
                         ? static_cast<uint8_t>(std::countr_zero(static_cast<uint64_t>(alignment)))
                         : kOther;
    if (!is_power) others_[index] = alignment;
    if (has_tags_) tags_[index] = tag;
  }

  // Those of `count` indices from `from` on become those from `to` on.
  void move(uint32_t from, uint32_t to, uint32_t count) {
    if (count == 0) return;
    if (has_powers_) move(powers_, from, to, count);
    if (has_others_) move(others_, from, to, count);
    if (has_tags_) move(tags_, from, to, count);
  }

  [[nodiscard]] int64_t bytes() const { return powers_.bytes() + others_.bytes() + tags_.bytes(); }

 private:
  static constexpr uint8_t kOther = 255;

  // What is new is zero: an alignment of 1, no tag.
  template <typename T>
  static void cover(GrowingArray<T>& values, uint32_t count) {
    const size_t before = values.capacity();
    if (count <= before) return;
    values.reserve(count);
    std::fill(&values[before], &values[before] + (values.capacity() - before), T{});
  }

  template <typename T>
  static void move(GrowingArray<T>& values, uint32_t from, uint32_t to, uint32_t count) {
    std::memmove(&values[to], &values[from], count * sizeof(T));
  }

  uint32_t count_ = 0;
  bool has_powers_ = false;
  bool has_others_ = false;
  bool has_tags_ = false;
  GrowingArray<uint8_t> powers_;  // whose exponent the alignment is, or kOther
  GrowingArray<int64_t> others_;  // alignments that are no powers of two
  GrowingArray<uint32_t> tags_;
};

}  // namespace stowage
