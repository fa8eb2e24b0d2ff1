// Random integers that are the same on every build.
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace stowage::problems {

using Random = std::mt19937_64;

// A number in [lower, upper], slightly uneven, which does no harm here.
inline int64_t between(Random& random, int64_t lower, int64_t upper) {
  return lower + static_cast<int64_t>(random() % static_cast<uint64_t>(upper - lower + 1));
}

inline bool one_in(Random& random, uint64_t count) { return random() % count == 0; }

// Not std::shuffle, which every standard library does in its own way.
template <typename Value>
void shuffle(Random& random, std::vector<Value>& values) {
  for (size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random() % i]);
}

}  // namespace stowage::problems
