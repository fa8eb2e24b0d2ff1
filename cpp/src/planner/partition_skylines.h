// Plans for one partition, however large: skylines, and where there are many buffers ejections that
// lower the best of them, in turns of equal work.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "planner/ejection_search.h"
#include "planner/skyline_part.h"
#include "planner/skyline_search.h"
#include "planner/slice.h"
#include "stowage/planner/sweep.h"

namespace stowage {

class PartitionSkylines {
 public:
  // As SkylineSearch. Everything must outlive it.
  PartitionSkylines(const Problem& problem, const Sweep& sweep, const Partition& partition,
                    const SkylineSearch::Effort& effort);

  // As SkylineSearch; ejections do not count as plans.
  SkylineSearch::Status try_goal(Slice& slice);
  SkylineSearch::Status run(Slice& slice, int64_t limit);
  void set_goal(int64_t goal);
  [[nodiscard]] int64_t decodes() const { return search_ ? search_->decodes() : 0; }

  // The offsets, in the order of the partition's buffers, of the lowest plan, if it was found since
  // the last call.
  std::optional<std::vector<int64_t>> take_found();

 private:
  bool lay_out(Slice& slice);
  [[nodiscard]] bool is_large() const;
  SkylineSearch::Status run_turn(Slice& slice, int64_t limit);
  [[nodiscard]] const std::vector<int64_t>* take_lowest();

  const Problem& problem_;
  const Partition& partition_;
  SkylineSearch::Effort effort_;
  std::optional<SkylinePartBuilder> builder_;  // until the part is laid out
  SkylinePart part_;
  std::optional<SkylineSearch> search_;
  std::optional<EjectionSearch> ejections_;  // once there is a plan to start from
  bool ejecting_ = false;                    // whose turn it is
  int64_t turn_work_ = 0;                    // left of it
};

}  // namespace stowage
