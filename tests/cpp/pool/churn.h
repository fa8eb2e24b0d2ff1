// A pool in use: a steady number of blocks, freed at random, and others of random sizes in their
// places.
#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "problems/random_integer.h"
#include "stowage/pool/memory_pool.h"

namespace stowage {

// What is random is made beforehand, so that nothing but the pool allocates memory.
class Churn {
 public:
  // Alignments are powers of two up to the largest.
  Churn(int64_t blocks, PoolPolicy policy, int64_t largest_alignment = 1)
      : pool_(*MemoryPool::make(blocks * 2'500 + blocks * 4 * (largest_alignment - 1), policy)),
        live_(static_cast<size_t>(blocks)),
        alignments_(std::countr_zero(static_cast<uint64_t>(largest_alignment)) + 1) {
    for (size_t slot = 0; slot < live_.size(); ++slot) fill(slot);
    prepare(2 * blocks);
    play();
  }

  MemoryPool& pool() { return pool_; }
  [[nodiscard]] const std::vector<int64_t>& live() const { return live_; }

  void prepare(int64_t pairs) {
    pairs_.clear();
    for (int64_t i = 0; i < pairs; ++i) {
      const auto slot = static_cast<size_t>(random_() % live_.size());
      pairs_.push_back({slot, random_size(), random_alignment()});
    }
  }

  void play() {
    for (const Pair& pair : pairs_) {
      int64_t& offset = live_[pair.slot];
      ASSERT_FALSE(pool_.free(offset));
      const auto placed = pool_.alloc(pair.size, pair.alignment);
      ASSERT_TRUE(placed && *placed);
      offset = **placed;
    }
  }

 private:
  struct Pair {
    size_t slot;
    int64_t size;
    int64_t alignment;
  };

  // From 64 to 4 095, as many from each power of two to the next.
  int64_t random_size() {
    const int64_t power = int64_t{64} << problems::between(random_, 0, 5);
    return power + problems::between(random_, 0, power - 1);
  }
  int64_t random_alignment() {
    return int64_t{1} << problems::between(random_, 0, alignments_ - 1);
  }

  void fill(size_t slot) {
    const int64_t alignment = random_alignment();
    live_[slot] = **pool_.alloc(random_size(), alignment);
  }

  problems::Random random_{1};
  MemoryPool pool_;
  std::vector<int64_t> live_;  // offsets
  int alignments_;             // how many
  std::vector<Pair> pairs_;
};

}  // namespace stowage
