// The static orders in which the canonical search tries buffers of equal minimum offset.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "planner/model.h"

namespace stowage {

// The letters of SolverParams::preordering_heuristics, each descending; ties by index. With
// `noise`, every value is first stretched by a random factor in [1, 1 + noise], the same for a
// buffer throughout, so that restarts see different but similar orders.
struct PreorderingHeuristic {
  std::string letters;
  double noise = 0;
  uint64_t seed = 0;
};

// Sorts a component's buffers. `total_load` holds, by section, the sum of the windows of the
// buffers not yet placed: the letter T depends on it, so each component is sorted anew.
class Preorder {
 public:
  Preorder(const Model& model, const PreorderingHeuristic& heuristic);

  // Sorts buffers[0, count) in place. O(count x (log count + sections crossed)).
  void sort(int32_t* buffers, int32_t count, const std::vector<int64_t>& total_load);

 private:
  [[nodiscard]] double value(char letter, int32_t buffer,
                             const std::vector<int64_t>& total_load) const;

  const Model& model_;
  std::string letters_;
  std::vector<double> stretch_;
  std::vector<double> keys_;  // letters_.size() for each buffer
};

}  // namespace stowage
