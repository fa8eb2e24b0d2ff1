#include "planner/fitting_buffers.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace stowage {
namespace {

// Few enough to look at all, many enough to keep the tree small.
constexpr int32_t kLeafSize = 4;

}  // namespace

RectangleTreeBuilder::RectangleTreeBuilder(const std::vector<Rectangle>& rectangles)
    : rectangles_(rectangles) {
  const auto count = static_cast<int32_t>(rectangles.size());
  while (tree_.leaves < (count + kLeafSize - 1) / kLeafSize) tree_.leaves *= 2;
  tree_.order.resize(rectangles.size());
  std::iota(tree_.order.begin(), tree_.order.end(), 0);
  tree_.leaf_begin.assign(static_cast<size_t>(tree_.leaves) + 1, count);
  tree_.leaf_of.resize(rectangles.size());
  parts_.push_back({1, 0, count});
}

bool RectangleTreeBuilder::run(Slice& slice) {
  while (!parts_.empty()) {
    if (slice.spent()) return false;
    const Part part = parts_.back();
    parts_.pop_back();
    slice.work(4 * (part.end - part.begin) + 1);
    split(part);
  }
  return true;
}

void RectangleTreeBuilder::split(const Part& part) {
  const auto begin = tree_.order.begin() + part.begin;
  const auto end = tree_.order.begin() + part.end;
  if (part.node >= tree_.leaves) {
    // How nth_element leaves the halves differs between libraries; which halves they are does not.
    std::sort(begin, end);
    const int32_t leaf = part.node - tree_.leaves;
    tree_.leaf_begin[static_cast<size_t>(leaf)] = part.begin;
    for (auto it = begin; it != end; ++it) tree_.leaf_of[static_cast<size_t>(*it)] = leaf;
    return;
  }
  SectionRange lowers{std::numeric_limits<SectionIndex>::max(), -1};
  SectionRange uppers = lowers;
  for (auto it = begin; it != end; ++it) {
    const Rectangle& rectangle = rectangles_[static_cast<size_t>(*it)];
    lowers = {std::min(lowers.lower, rectangle.lower), std::max(lowers.upper, rectangle.lower)};
    uppers = {std::min(uppers.lower, rectangle.upper), std::max(uppers.upper, rectangle.upper)};
  }
  const auto split_by = [&](SectionIndex Rectangle::*coordinate) {
    std::nth_element(begin, begin + (part.end - part.begin) / 2, end, [&](int32_t a, int32_t b) {
      const SectionIndex x = rectangles_[static_cast<size_t>(a)].*coordinate;
      const SectionIndex y = rectangles_[static_cast<size_t>(b)].*coordinate;
      return x != y ? x < y : a < b;
    });
  };
  split_by(lowers.length() >= uppers.length() ? &Rectangle::lower : &Rectangle::upper);
  const int32_t middle = part.begin + (part.end - part.begin) / 2;
  parts_.push_back({2 * part.node + 1, middle, part.end});
  parts_.push_back({2 * part.node, part.begin, middle});
}

FittingBuffers::FittingBuffers(const std::vector<Rectangle>& rectangles, const RectangleTree& tree)
    : rectangles_(rectangles), tree_(tree), nodes_(2 * static_cast<size_t>(tree.leaves)) {}

bool FittingBuffers::reset(const std::vector<int64_t>& keys, Slice& slice) {
  if (reset_from_ == 0) keys_ = keys;
  for (; reset_from_ < tree_.leaves; ++reset_from_) {
    if (slice.spent()) return false;
    slice.work(8 * kLeafSize);
    // The nodes that this leaf completes are the ones it is the last leaf of.
    pull_leaf(reset_from_);
    for (int32_t node = tree_.leaves + reset_from_; node % 2 == 1 && node > 1;) pull(node /= 2);
  }
  reset_from_ = 0;
  return true;
}

void FittingBuffers::take(int32_t rectangle) {
  keys_[static_cast<size_t>(rectangle)] = kTaken;
  const int32_t leaf = tree_.leaf_of[static_cast<size_t>(rectangle)];
  pull_leaf(leaf);
  for (int32_t node = (tree_.leaves + leaf) / 2; node > 0; node /= 2) pull(node);
}

void FittingBuffers::pull_leaf(int32_t leaf) {
  Node sum;
  const auto first = static_cast<size_t>(tree_.leaf_begin[static_cast<size_t>(leaf)]);
  const auto last = static_cast<size_t>(tree_.leaf_begin[static_cast<size_t>(leaf) + 1]);
  for (size_t i = first; i < last; ++i) {
    const auto r = static_cast<size_t>(tree_.order[i]);
    if (keys_[r] == kTaken) continue;
    const Rectangle& rectangle = rectangles_[r];
    sum.best_key = std::max(sum.best_key, keys_[r]);
    sum.least_lower = std::min(sum.least_lower, rectangle.lower);
    sum.most_lower = std::max(sum.most_lower, rectangle.lower);
    sum.least_upper = std::min(sum.least_upper, rectangle.upper);
    sum.most_upper = std::max(sum.most_upper, rectangle.upper);
  }
  at(tree_.leaves + leaf) = sum;
}

void FittingBuffers::pull(int32_t node) {
  const Node& left = at(2 * node);
  const Node& right = at(2 * node + 1);
  at(node) = {
      std::max(left.best_key, right.best_key), std::min(left.least_lower, right.least_lower),
      std::max(left.most_lower, right.most_lower), std::min(left.least_upper, right.least_upper),
      std::max(left.most_upper, right.most_upper)};
}

}  // namespace stowage
