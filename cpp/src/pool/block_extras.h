// Alignments and tags of blocks, which most pools do without.
#pragma once

#include <bit>
#include <cstdint>

#include "pool/chunked_column.h"
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
    if (has_powers_) powers_.cover(count, 0);
    if (has_others_) others_.cover(count, 0);
    if (has_tags_) tags_.cover(count, 0);
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

  // Those of `count` indices from `from` on become those from `to` on; as ChunkedColumn::move.
  void move(uint32_t from, uint32_t to, uint32_t count) {
    if (has_powers_) powers_.move(from, to, count);
    if (has_others_) others_.move(from, to, count);
    if (has_tags_) tags_.move(from, to, count);
  }

  [[nodiscard]] int64_t bytes() const { return powers_.bytes() + others_.bytes() + tags_.bytes(); }

 private:
  static constexpr uint8_t kOther = 255;

  uint32_t count_ = 0;
  bool has_powers_ = false;
  bool has_others_ = false;
  bool has_tags_ = false;
  ChunkedColumn<uint8_t> powers_;  // whose exponent the alignment is, or kOther
  ChunkedColumn<int64_t> others_;  // alignments that are no powers of two
  ChunkedColumn<uint32_t> tags_;
};

}  // namespace stowage
