// The skyline search of one partition.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

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

  // As SkylineSearch::run.
  SkylineSearch::Status run(Slice& slice, int64_t limit);
  void set_goal(int64_t goal);
  [[nodiscard]] int64_t decodes() const { return search_ ? search_->decodes() : 0; }

  // The offsets, in the order of the partition's buffers, of the lowest plan, if it was found since
  // the last call.
  std::optional<std::vector<int64_t>> take_found();

 private:
  const Problem& problem_;
  const Partition& partition_;
  SkylineSearch::Effort effort_;
  std::optional<SkylinePartBuilder> builder_;  // until the part is laid out
  SkylinePart part_;
  std::optional<SkylineSearch> search_;
};

}  // namespace stowage
