#include "stowage/planner/plan.h"

#include <algorithm>

namespace stowage {

int64_t plan_height(const Problem& problem, const std::vector<int64_t>& offsets) {
  int64_t height = 0;
  for (size_t i = 0; i < problem.buffers.size(); ++i) {
    height = std::max(height, offsets[i] + problem.buffers[i].size);
  }
  return height;
}

}  // namespace stowage
