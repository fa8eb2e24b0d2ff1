// The answer by trying every offset of every buffer: the oracle of the property tests.
//
// Uses nothing of the planner but the definition of what a buffer holds at each moment, one bit a
// byte. For problems of a dozen buffers, times below 16 and capacities up to 60.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "planner/random_problem.h"
#include "stowage/planner/problem.h"

namespace stowage::testing {

class BruteForce {
 public:
  static constexpr int64_t kTimes = 16;

  explicit BruteForce(const Problem& problem) {
    // Fixed buffers first: two that collide would be found out again below every other choice.
    for (const bool fixed : {true, false}) {
      for (const Buffer& buffer : problem.buffers) {
        if (buffer.offset.has_value() == fixed) buffers_.push_back(&buffer);
      }
    }
    for (const Buffer* const buffer : buffers_) {
      Held held{};
      for (int64_t t = 0; t < kTimes; ++t) {
        const Window window = held_at(*buffer, t);
        held[static_cast<size_t>(t)] = bits(window.upper) & ~bits(window.lower);
      }
      held_.push_back(held);
    }
  }

  // Whether there is a plan of at most `capacity`.
  bool fits(int64_t capacity) {
    capacity_ = capacity;
    memory_ = {};
    return place(0);
  }

  // The least height of at most `limit`, if any.
  std::optional<int64_t> least_height(int64_t limit) {
    for (int64_t height = 0; height <= limit; ++height) {
      if (fits(height)) return height;
    }
    return std::nullopt;
  }

 private:
  using Held = std::array<uint64_t, kTimes>;  // by moment, a bit a byte

  static uint64_t bits(int64_t count) { return (uint64_t{1} << count) - 1; }

  bool place(size_t index) {
    if (index == buffers_.size()) return true;
    const Buffer& buffer = *buffers_[index];
    const int64_t first = buffer.offset.value_or(0);
    const int64_t last = std::min(buffer.offset.value_or(capacity_), capacity_ - buffer.size);
    for (int64_t offset = first; offset <= last; offset += buffer.alignment) {
      if (collides(held_[index], offset)) continue;
      flip(held_[index], offset);
      const bool found = place(index + 1);
      flip(held_[index], offset);
      if (found) return true;
    }
    return false;
  }

  [[nodiscard]] bool collides(const Held& held, int64_t offset) const {
    for (size_t t = 0; t < held.size(); ++t) {
      if ((memory_[t] & (held[t] << offset)) != 0) return true;
    }
    return false;
  }

  void flip(const Held& held, int64_t offset) {
    for (size_t t = 0; t < held.size(); ++t) memory_[t] ^= held[t] << offset;
  }

  std::vector<const Buffer*> buffers_;
  std::vector<Held> held_;
  Held memory_{};
  int64_t capacity_ = 0;
};

}  // namespace stowage::testing
