// The numbers of the children of an inner node, with a number for each stride of them, so that a
// search reads two or three cache lines of a node, whatever it finds.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "pool/node_search.h"

namespace stowage {

inline constexpr size_t kNodeStrides = 8;
inline constexpr size_t kNodeSize = kNodeStrides * kSearchStride;

// What both kinds have in common: `Self` has the number of a stride.
template <typename Self>
class alignas(64) NodeNumbers {
 public:
  int64_t operator[](size_t slot) const { return values_[slot]; }

  [[gnu::noinline]] void fill(int from, int to, int64_t value) {
    std::fill(values_.begin() + from, values_.begin() + to, value);
    sum_up();
  }

  // Numbers [from, from + count) of `source`, which may be this, become those from `to` on.
  [[gnu::noinline]] void take(const NodeNumbers& source, int from, int to, int count) {
    std::memmove(values_.data() + to, source.values_.data() + from,
                 static_cast<size_t>(count) * sizeof(int64_t));
    sum_up();
  }

  // Whether the numbers of the strides are right.
  [[nodiscard]] bool is_sound() const {
    NodeNumbers again = *this;
    again.sum_up();
    return again.strides_ == strides_;
  }

 protected:
  void sum_up(size_t stride) {
    strides_[stride] = Self::of_stride(&values_[stride * kSearchStride]);
  }
  void sum_up() {
    for (size_t stride = 0; stride < kNodeStrides; ++stride) sum_up(stride);
  }

  std::array<int64_t, kNodeStrides> strides_;
  std::array<int64_t, kNodeSize> values_;
};

// In ascending order; of a stride, its last.
class NodeKeys : public NodeNumbers<NodeKeys> {
 public:
  void set(size_t slot, int64_t value) {
    values_[slot] = value;
    sum_up(slot / kSearchStride);
  }

  // How many are below `key`, of which the last of all is not one.
  [[nodiscard]] int count_below(int64_t key) const {
    const auto stride = static_cast<size_t>(std::countr_one(mask_below_of_8(strides_.data(), key)));
    const int64_t* const values = &values_[stride * kSearchStride];
    return static_cast<int>(stride * kSearchStride) + std::countr_one(mask_below(values, key));
  }

 private:
  friend class NodeNumbers<NodeKeys>;
  static int64_t of_stride(const int64_t* values) { return values[kSearchStride - 1]; }
};

// In any order; of a stride, its greatest.
class NodeMaxima : public NodeNumbers<NodeMaxima> {
 public:
  [[gnu::noinline]] void set(size_t slot, int64_t value) {
    const size_t stride = slot / kSearchStride;
    const int64_t old = values_[slot];
    values_[slot] = value;
    if (value >= strides_[stride]) {
      strides_[stride] = value;
    } else if (old == strides_[stride]) {
      sum_up(stride);
    }
  }

  // To `value` where it is less.
  void raise(size_t slot, int64_t value) {
    values_[slot] = std::max(values_[slot], value);
    int64_t& of_stride = strides_[slot / kSearchStride];
    of_stride = std::max(of_stride, value);
  }

  // The first that is at least `least`, which is above 0; kNodeSize for none.
  [[nodiscard]] int first_at_least(int64_t least) const {
    return first_in_strides(mask_below_of_8(strides_.data(), least), least);
  }

  // The same of those from `from` on.
  [[nodiscard]] int first_at_least(int64_t least, int from) const {
    const auto start = static_cast<uint32_t>(from) / kSearchStride;
    const int64_t* const values = &values_[start * kSearchStride];
    const uint32_t passed = (1U << static_cast<uint32_t>(from) % kSearchStride) - 1;
    const int within = std::countr_one(mask_below(values, least) | passed);
    if (within < static_cast<int>(kSearchStride)) {
      return static_cast<int>(start * kSearchStride) + within;
    }
    return first_in_strides(mask_below_of_8(strides_.data(), least) | ((2U << start) - 1), least);
  }

  [[nodiscard]] int64_t largest() const { return largest_of(strides_.data(), kNodeStrides); }

 private:
  friend class NodeNumbers<NodeMaxima>;
  static int64_t of_stride(const int64_t* values) { return largest_of(values, kSearchStride); }

  [[nodiscard]] int first_in_strides(uint32_t below, int64_t least) const {
    const auto stride = static_cast<size_t>(std::countr_one(below));
    if (stride == kNodeStrides) return static_cast<int>(kNodeSize);
    const int64_t* const values = &values_[stride * kSearchStride];
    return static_cast<int>(stride * kSearchStride) + std::countr_one(mask_below(values, least));
  }
};

}  // namespace stowage
