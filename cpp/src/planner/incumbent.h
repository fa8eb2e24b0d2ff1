// The best plan so far, put together from the best of each partition.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "stowage/planner/plan.h"
#include "stowage/planner/solver_params.h"
#include "stowage/planner/sweep.h"

namespace stowage {

class Incumbent {
 public:
  Incumbent(const Problem& problem, const Sweep& sweep);

  // Takes over, partition by partition, what lies lower than before. `offsets` is by buffer of the
  // problem and must be a valid plan but for its height. True if the plan became lower.
  bool offer(const std::vector<int64_t>& offsets, Engine engine);
  // The same for one partition; `offsets` in the order of its buffers, times `unit`.
  bool offer(size_t partition, const std::vector<int64_t>& offsets, int64_t unit, Engine engine);

  // Empty until every partition has offsets that end within 2^53 - 1.
  [[nodiscard]] const std::optional<Plan>& plan() const { return plan_; }
  // Of one partition; kNone while it has no offsets.
  static constexpr int64_t kNone = -1;
  [[nodiscard]] int64_t height(size_t partition) const { return heights_[partition]; }
  // By buffer of one partition that has a height.
  [[nodiscard]] std::vector<int64_t> offsets(size_t partition) const;
  // Whose offer made the plan what it is.
  [[nodiscard]] Engine engine() const { return engine_; }

 private:
  bool rebuild(Engine engine);

  const Problem& problem_;
  const Sweep& sweep_;
  std::vector<int64_t> offsets_;  // the best of each partition
  std::vector<int64_t> heights_;  // by partition
  int64_t idle_height_ = 0;       // of the buffers in no partition, which hold no memory
  std::optional<Plan> plan_;
  Engine engine_ = Engine::kAuto;
};

}  // namespace stowage
