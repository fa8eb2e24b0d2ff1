#include "planner/forbidden_differences.h"

#include <algorithm>

namespace stowage {

std::vector<OpenInterval> forbidden_differences(const Buffer& a, const Buffer& b) {
  std::vector<Piece> pieces_of_a;
  std::vector<Piece> pieces_of_b;
  append_pieces(a, pieces_of_a);
  append_pieces(b, pieces_of_b);
  std::vector<OpenInterval> intervals;
  for (const Piece& p : pieces_of_a) {
    for (const Piece& q : pieces_of_b) {
      if (!p.lifespan.intersects(q.lifespan)) continue;
      intervals.push_back({p.window.lower - q.window.upper, p.window.upper - q.window.lower});
    }
  }
  std::sort(intervals.begin(), intervals.end(), [](const OpenInterval& x, const OpenInterval& y) {
    return x.lower != y.lower ? x.lower < y.lower : x.upper < y.upper;
  });
  std::vector<OpenInterval> merged;
  for (const OpenInterval& interval : intervals) {
    if (!merged.empty() && interval.lower < merged.back().upper) {
      merged.back().upper = std::max(merged.back().upper, interval.upper);
    } else {
      merged.push_back(interval);
    }
  }
  return merged;
}

bool is_one_interval_around_zero(const std::vector<OpenInterval>& intervals) {
  if (intervals.empty()) return true;
  return intervals.size() == 1 && intervals[0].lower < 0 && intervals[0].upper > 0;
}

}  // namespace stowage
