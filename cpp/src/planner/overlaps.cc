#include <algorithm>

#include "stowage/planner/sweep.h"

namespace stowage {
namespace {

// Calls visit(a, b) for every two positions in partition.buffers whose extents intersect. Buffers
// enter by their first section; those that have ended are dropped while the rest is visited.
template <typename Visit>
void for_each_pair(const Sweep& sweep, const Partition& partition, const Visit& visit) {
  std::vector<SectionRange> extents;
  std::vector<int32_t> order;
  for (const BufferIndex buffer : partition.buffers) {
    order.push_back(static_cast<int32_t>(extents.size()));
    extents.push_back(sweep.extent(buffer));
  }
  const auto extent = [&](int32_t position) { return extents[static_cast<size_t>(position)]; };
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return extent(a).lower != extent(b).lower ? extent(a).lower < extent(b).lower : a < b;
  });
  std::vector<int32_t> live;
  for (const int32_t entering : order) {
    size_t kept = 0;
    for (const int32_t other : live) {
      if (extent(other).upper <= extent(entering).lower) continue;
      visit(other, entering);
      live[kept++] = other;
    }
    live.resize(kept);
    live.push_back(entering);
  }
}

}  // namespace

OverlapList overlaps(const Problem& problem, const Sweep& sweep, const Partition& partition) {
  struct Pair {
    int32_t lower;
    int32_t upper;
    int64_t distance;  // that `upper` keeps when above `lower`
  };
  const auto buffer = [&](int32_t position) -> const Buffer& {
    return problem.buffers[static_cast<size_t>(partition.buffers[static_cast<size_t>(position)])];
  };
  OverlapList list;
  list.begin.assign(partition.buffers.size() + 1, 0);
  std::vector<Pair> pairs;
  for_each_pair(sweep, partition, [&](int32_t a, int32_t b) {
    const Buffer& first = buffer(a);
    const Buffer& second = buffer(b);
    if (first.gaps.empty() && second.gaps.empty()) {
      pairs.push_back({a, b, first.size});
      pairs.push_back({b, a, second.size});
    } else if (const auto distance = first.effective_size(second)) {
      pairs.push_back({a, b, *distance});
      pairs.push_back({b, a, *second.effective_size(first)});
    } else {
      return;
    }
    ++list.begin[static_cast<size_t>(a) + 1];
    ++list.begin[static_cast<size_t>(b) + 1];
  });
  for (size_t i = 1; i < list.begin.size(); ++i) list.begin[i] += list.begin[i - 1];
  list.overlaps.resize(pairs.size());
  std::vector<int64_t> next(list.begin.begin(), list.begin.end() - 1);
  for (const Pair& pair : pairs) {
    const auto slot = static_cast<size_t>(next[static_cast<size_t>(pair.lower)]++);
    list.overlaps[slot] = {partition.buffers[static_cast<size_t>(pair.upper)], pair.distance};
  }
  for (size_t i = 0; i + 1 < list.begin.size(); ++i) {
    std::sort(list.overlaps.begin() + list.begin[i], list.overlaps.begin() + list.begin[i + 1],
              [](const Overlap& a, const Overlap& b) { return a.buffer < b.buffer; });
  }
  return list;
}

int64_t count_overlaps(const Problem& problem) {
  std::vector<int64_t> starts;
  std::vector<int64_t> ends;
  starts.reserve(problem.buffers.size());
  ends.reserve(problem.buffers.size());
  for (const Buffer& buffer : problem.buffers) {
    starts.push_back(buffer.lifespan.lower);
    ends.push_back(buffer.lifespan.upper);
  }
  std::sort(starts.begin(), starts.end());
  std::sort(ends.begin(), ends.end());
  int64_t pairs = 0;
  size_t ended = 0;
  for (size_t started = 0; started < starts.size(); ++started) {
    while (ended < ends.size() && ends[ended] <= starts[started]) ++ended;
    pairs += static_cast<int64_t>(started - ended);
  }
  return pairs;
}

}  // namespace stowage
