// A table of search states that are known to lead nowhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stowage {

// A state's fingerprint. With 2^20 states kept, the chance that any of 2^40 look-ups takes one
// state for another is below 2^-67.
struct StateKey {
  uint64_t low = 0;
  uint64_t high = 0;

  void toggle(const StateKey& other) {
    low ^= other.low;
    high ^= other.high;
  }
  bool operator==(const StateKey&) const = default;
};

// A well-mixed key for two numbers (the finaliser of MurmurHash3, public domain), for building
// keys of sets as the sum of their members (Zobrist, "A New Hashing Method with Application for
// Game Playing", 1970).
StateKey mix(uint64_t a, uint64_t b);

// Bounded memory: an entry that falls on the place of another replaces it.
class FailedStates {
 public:
  FailedStates() : table_(kEntries) {}

  void insert(const StateKey& key) { table_[key.low % kEntries] = key; }
  [[nodiscard]] bool contains(const StateKey& key) const {
    return table_[key.low % kEntries] == key;
  }

 private:
  static constexpr size_t kEntries = size_t{1} << 18;  // 4 MiB

  std::vector<StateKey> table_;
};

}  // namespace stowage
