// The orders in which the valley search tries the buffers that may rest on a section.
#pragma once

#include <cstdint>
#include <vector>

#include "planner/model.h"

namespace stowage {

struct ValleyOrder {
  // Larger first.
  enum class By {
    kWidth,  // sections crossed, then size
    kSize,
    kArea,      // size x sections crossed
    kLifetime,  // length of the lifespan x size
  };
  static constexpr int kCount = 4;  // of By

  By by = By::kWidth;
  // Whether those that fill their valley from wall to wall come before others. In any case those
  // that end level with a wall come first: they leave fewer steps, and so fewer ways to go on.
  bool filling_first = true;
  // Whether sections where states have failed come sooner.
  bool by_weight = true;
  // Every key is stretched by a random factor in [1, 1 + noise], the same throughout.
  double noise = 0;
  uint64_t seed = 0;
};

// By buffer: its place in the order, all else being equal. O(n log n).
std::vector<int32_t> ranks(const Model& model, const ValleyOrder& order);

}  // namespace stowage
