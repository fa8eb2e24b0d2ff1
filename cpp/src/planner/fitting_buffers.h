// The rectangles that a skyline decoder still has to place, found by where they fit.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "planner/slice.h"
#include "stowage/planner/sweep.h"

namespace stowage {

// A buffer's extent over sections, and what it needs of the space.
struct Rectangle {
  SectionIndex lower = 0;
  SectionIndex upper = 0;
  int64_t size = 0;
  int64_t alignment = 1;
};

// A k-d tree over (lower, upper), with a few rectangles in each leaf (Bentley, "Multidimensional
// Binary Search Trees Used for Associative Searching", CACM 18, 1975). Balanced, so that leaf i of
// n / 2^k leaves holds the rectangles [leaf_begin[i], leaf_begin[i + 1]) of `order`.
struct RectangleTree {
  int32_t leaves = 1;
  std::vector<int32_t> order;       // rectangles as they stand in the leaves
  std::vector<int32_t> leaf_begin;  // one more at the end
  std::vector<int32_t> leaf_of;     // by rectangle
};

// Makes a RectangleTree in slices: O(n log n).
class RectangleTreeBuilder {
 public:
  explicit RectangleTreeBuilder(const std::vector<Rectangle>& rectangles);

  // Whether it has finished; false when the slice is spent first.
  bool run(Slice& slice);
  // Once finished.
  RectangleTree take() { return std::move(tree_); }

 private:
  struct Part {
    int32_t node;
    int32_t begin;
    int32_t end;
  };

  void split(const Part& part);

  const std::vector<Rectangle>& rectangles_;
  RectangleTree tree_;
  std::vector<Part> parts_;  // still to be split
};

class FittingBuffers {
 public:
  static constexpr int32_t kNone = -1;

  // Both must outlive it. Until `reset` has finished it is empty.
  FittingBuffers(const std::vector<Rectangle>& rectangles, const RectangleTree& tree);

  // Puts all rectangles back, under `keys`. Whether it has finished; call again with the same keys
  // when the slice was spent first. O(n).
  bool reset(const std::vector<int64_t>& keys, Slice& slice);

  // The rectangle with the largest key, ties by position in the tree, of those that start in
  // `lower` and end in `upper` (half-open both) and that `accept` takes; or kNone. `visited` counts
  // what was looked at.
  template <typename Accept>
  int32_t best(SectionRange lower, SectionRange upper, const Accept& accept,
               int64_t& visited) const;

  void take(int32_t rectangle);

 private:
  static constexpr int64_t kTaken = std::numeric_limits<int64_t>::min();

  // What is below a node and not taken.
  struct Node {
    int64_t best_key = kTaken;
    SectionIndex least_lower = std::numeric_limits<SectionIndex>::max();
    SectionIndex most_lower = -1;
    SectionIndex least_upper = std::numeric_limits<SectionIndex>::max();
    SectionIndex most_upper = -1;
  };
  template <typename Accept>
  struct Query {
    SectionRange lower;
    SectionRange upper;
    const Accept& accept;
    int64_t best_key = kTaken;
    int32_t best = kNone;
    int64_t visited = 0;
  };

  Node& at(int32_t node) { return nodes_[static_cast<size_t>(node)]; }
  [[nodiscard]] const Node& at(int32_t node) const { return nodes_[static_cast<size_t>(node)]; }
  void pull_leaf(int32_t leaf);
  void pull(int32_t node);
  template <typename Accept>
  void search(int32_t node, Query<Accept>& query) const;
  template <typename Accept>
  void search_leaf(int32_t leaf, Query<Accept>& query) const;

  const std::vector<Rectangle>& rectangles_;
  const RectangleTree& tree_;
  std::vector<int64_t> keys_;  // by rectangle; kTaken once taken
  std::vector<Node> nodes_;    // the children of node i are 2i and 2i + 1; leaves last
  int32_t reset_from_ = 0;     // leaves before it are up to date while resetting
};

template <typename Accept>
int32_t FittingBuffers::best(SectionRange lower, SectionRange upper, const Accept& accept,
                             int64_t& visited) const {
  Query<Accept> query{lower, upper, accept};
  search(1, query);
  visited += query.visited;
  return query.best;
}

// Recursion is as deep as the tree: at most 31 levels.
template <typename Accept>
void FittingBuffers::search(int32_t node, Query<Accept>& query) const {
  ++query.visited;
  const Node& here = at(node);
  if (here.best_key == kTaken || (query.best != kNone && here.best_key <= query.best_key)) return;
  if (here.least_lower >= query.lower.upper || here.most_lower < query.lower.lower) return;
  if (here.least_upper >= query.upper.upper || here.most_upper < query.upper.lower) return;
  if (node >= tree_.leaves) {
    search_leaf(node - tree_.leaves, query);
    return;
  }
  const bool left_first = at(2 * node).best_key >= at(2 * node + 1).best_key;
  search(2 * node + (left_first ? 0 : 1), query);
  search(2 * node + (left_first ? 1 : 0), query);
}

template <typename Accept>
void FittingBuffers::search_leaf(int32_t leaf, Query<Accept>& query) const {
  const auto first = static_cast<size_t>(tree_.leaf_begin[static_cast<size_t>(leaf)]);
  const auto last = static_cast<size_t>(tree_.leaf_begin[static_cast<size_t>(leaf) + 1]);
  for (size_t i = first; i < last; ++i) {
    const int32_t r = tree_.order[i];
    const int64_t key = keys_[static_cast<size_t>(r)];
    if (key == kTaken || (query.best != kNone && key <= query.best_key)) continue;
    const Rectangle& rectangle = rectangles_[static_cast<size_t>(r)];
    if (!query.lower.contains(rectangle.lower) || !query.upper.contains(rectangle.upper)) continue;
    if (!query.accept(r)) continue;
    query.best_key = key;
    query.best = r;
  }
}

}  // namespace stowage
