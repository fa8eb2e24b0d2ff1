#include "planner/engine_limits.h"

#include <algorithm>

#include "stowage/planner/validate.h"

namespace stowage {
namespace {

constexpr int64_t kMostOverlaps = 4'000'000;
constexpr int64_t kMostMemberships = 16'000'000;
constexpr int64_t kWorkOfListing = 8;

// The pairs of buffers of `partition` that share a section, and the sections of all its buffers.
struct Extent {
  int64_t overlaps = 0;
  int64_t memberships = 0;
};

Extent measure(const Sweep& sweep, const Partition& partition) {
  const auto sections = static_cast<size_t>(partition.sections.length());
  std::vector<int64_t> starts(sections, 0);
  std::vector<int64_t> ends(sections + 1, 0);
  Extent extent;
  for (const BufferIndex buffer : partition.buffers) {
    const SectionRange range = sweep.extent(buffer);
    ++starts[static_cast<size_t>(range.lower - partition.sections.lower)];
    ++ends[static_cast<size_t>(range.upper - partition.sections.lower)];
    extent.memberships += range.length();
  }
  int64_t live = 0;
  for (size_t s = 0; s < sections; ++s) {
    live -= ends[s];
    // Each that starts here meets those live already and those starting with it before it.
    extent.overlaps += starts[s] * live + starts[s] * (starts[s] - 1) / 2;
    live += starts[s];
  }
  return extent;
}

}  // namespace

bool is_searchable(const Sweep& sweep, const Partition& partition) {
  const Extent extent = measure(sweep, partition);
  return extent.overlaps <= kMostOverlaps && extent.memberships <= kMostMemberships;
}

int64_t opening_work(const Sweep& sweep, const Partition& partition) {
  const Extent extent = measure(sweep, partition);
  return kWorkOfListing * (extent.overlaps + extent.memberships);
}

bool fixed_buffers_are_disjoint(const Problem& problem) {
  Problem fixed;
  fixed.capacity = problem.capacity;
  Plan plan;
  for (const Buffer& buffer : problem.buffers) {
    if (!buffer.offset) continue;
    fixed.buffers.push_back(buffer);
    plan.offsets.push_back(*buffer.offset);
  }
  plan.height = plan_height(fixed, plan.offsets);
  return validate(fixed, plan).verdict == Verdict::kGood;
}

}  // namespace stowage
