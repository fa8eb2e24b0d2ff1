// A table of search states that are known to lead nowhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stowage {

// A state's fingerprint: a sum of random numbers, some times a height, in two independent halves
// (multilinear hashing: Carter and Wegman, "Universal Classes of Hash Functions", Journal of
// Computer and System Sciences 18(2), 1979), so that what a change of the state adds to it is
// quickly computed. With 2^20 states kept, the chance that any of 2^40 look-ups takes one state for
// another is below 2^-60.
struct StateKey {
  uint64_t low = 0;
  uint64_t high = 0;

  StateKey& operator+=(const StateKey& other) {
    low += other.low;
    high += other.high;
    return *this;
  }
  StateKey& operator-=(const StateKey& other) {
    low -= other.low;
    high -= other.high;
    return *this;
  }
  bool operator==(const StateKey&) const = default;
};

// Bounded memory: once the table has grown to its largest (4 MiB), an entry that falls on the place
// of another replaces it.
class FailedStates {
 public:
  FailedStates() : table_(size_t{1} << bits_) {}

  void insert(const StateKey& key) {
    if (inserted_ >= table_.size() && bits_ < kMostBits) grow();
    ++inserted_;
    table_[index(key)] = key;
  }
  [[nodiscard]] bool contains(const StateKey& key) const { return table_[index(key)] == key; }

 private:
  static constexpr int kFewestBits = 10;
  static constexpr int kMostBits = 18;

  // The high bits of the product depend on all bits of the sums.
  [[nodiscard]] size_t index(const StateKey& key) const {
    return static_cast<size_t>((key.low ^ key.high) * 0x9e3779b97f4a7c15ULL >> (64 - bits_));
  }

  void grow() {
    std::vector<StateKey> old(size_t{1} << (bits_ + 2));
    old.swap(table_);
    bits_ += 2;
    for (const StateKey& key : old) {
      if (!(key == StateKey{})) table_[index(key)] = key;
    }
  }

  int bits_ = kFewestBits;
  std::vector<StateKey> table_;
  size_t inserted_ = 0;
};

}  // namespace stowage
