#include "planner/overlap_rows.h"

#include <algorithm>
#include <utility>

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
      visit(static_cast<size_t>(other), static_cast<size_t>(entering));
      live[kept++] = other;
    }
    live.resize(kept);
    live.push_back(entering);
  }
}

}  // namespace

OverlapRows overlap_rows(const Problem& problem, const Sweep& sweep, const Partition& partition) {
  const auto buffer = [&](size_t position) -> const Buffer& {
    return problem.buffers[static_cast<size_t>(partition.buffers[position])];
  };
  const size_t count = partition.buffers.size();
  OverlapRows rows;
  rows.has_gaps.resize(count);
  for (size_t position = 0; position < count; ++position) {
    rows.has_gaps[position] = !buffer(position).gaps.empty();
  }
  const auto may_overlap = [&](size_t a, size_t b) {
    return !rows.either_has_gaps(a, b) || buffer(a).effective_size(buffer(b)).has_value();
  };
  rows.begin.assign(count + 1, 0);
  for_each_pair(sweep, partition, [&](size_t a, size_t b) {
    if (!may_overlap(a, b)) return;
    ++rows.begin[a + 1];
    ++rows.begin[b + 1];
  });
  for (size_t i = 1; i <= count; ++i) rows.begin[i] += rows.begin[i - 1];
  std::vector<int32_t> unsorted(static_cast<size_t>(rows.begin[count]));
  std::vector<int64_t> next(rows.begin.begin(), rows.begin.end() - 1);
  for_each_pair(sweep, partition, [&](size_t a, size_t b) {
    if (!may_overlap(a, b)) return;
    unsorted[static_cast<size_t>(next[a]++)] = static_cast<int32_t>(b);
    unsorted[static_cast<size_t>(next[b]++)] = static_cast<int32_t>(a);
  });
  // The relation is symmetric, so writing every row's position into the rows of its members, from
  // the first row to the last, sorts them.
  rows.positions.resize(unsorted.size());
  next.assign(rows.begin.begin(), rows.begin.end() - 1);
  for (size_t a = 0; a < count; ++a) {
    for (int64_t i = rows.begin[a]; i < rows.begin[a + 1]; ++i) {
      const auto b = static_cast<size_t>(unsorted[static_cast<size_t>(i)]);
      rows.positions[static_cast<size_t>(next[b]++)] = static_cast<int32_t>(a);
    }
  }
  return rows;
}

OverlapList overlaps(const Problem& problem, const Sweep& sweep, const Partition& partition) {
  const auto buffer = [&](size_t position) -> const Buffer& {
    return problem.buffers[static_cast<size_t>(partition.buffers[position])];
  };
  OverlapRows rows = overlap_rows(problem, sweep, partition);
  OverlapList list;
  list.overlaps.reserve(rows.positions.size());
  for (size_t a = 0; a < partition.buffers.size(); ++a) {
    for (int64_t i = rows.begin[a]; i < rows.begin[a + 1]; ++i) {
      const int32_t position = rows.positions[static_cast<size_t>(i)];
      list.overlaps.push_back(
          {position, *buffer(a).effective_size(buffer(static_cast<size_t>(position)))});
    }
  }
  list.begin = std::move(rows.begin);
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
