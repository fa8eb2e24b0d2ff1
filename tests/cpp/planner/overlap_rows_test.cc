// Which buffers of a partition overlap, against the definition.
#include "planner/overlap_rows.h"

#include <gtest/gtest.h>

#include <vector>

#include "planner/laid_problem.h"
#include "planner/random_problem.h"

namespace stowage {
namespace {

TEST(OverlapRows, ListsWhoOverlapsWhomWhereverSlicesEnd) {
  testing::Random random(1);
  for (int i = 0; i < 200; ++i) {
    const Problem problem = random_problem(random, testing::mixed_shape(random));
    const Sweep swept = sweep(problem);
    for (const Partition& partition : swept.partitions) {
      OverlapRowsBuilder builder(problem, swept, partition);
      for (bool finished = false; !finished;) {
        Slice slice = testing::whole();
        slice.limited_work(1, [&](Slice& turn) { finished = builder.run(turn); });
      }
      const OverlapRows rows = builder.take();
      const auto buffer = [&](size_t position) -> const Buffer& {
        return problem.buffers[static_cast<size_t>(partition.buffers[position])];
      };
      for (size_t a = 0; a < partition.buffers.size(); ++a) {
        std::vector<int32_t> expected;
        for (size_t b = 0; b < partition.buffers.size(); ++b) {
          if (a == b || !buffer(a).effective_size(buffer(b))) continue;
          expected.push_back(static_cast<int32_t>(b));
        }
        const std::vector<int32_t> listed(rows.positions.begin() + rows.begin[a],
                                          rows.positions.begin() + rows.begin[a + 1]);
        ASSERT_EQ(listed, expected);
      }
    }
  }
}

}  // namespace
}  // namespace stowage
