// Sorting that can stop and go on anywhere.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "planner/slice.h"

namespace stowage {

// A stable merge sort from the bottom up. O(n log n) time, twice the memory of the items.
template <typename Item, typename Before>
class SlicedSort {
 public:
  SlicedSort(std::vector<Item> items, Before before)
      : items_(std::move(items)), before_(std::move(before)) {}

  // Whether it has finished; false when the slice is spent first.
  bool run(Slice& slice) {
    for (; sorted_ < items_.size(); sorted_ += kRun) {
      if (slice.spent()) return false;
      const size_t count = std::min(kRun, items_.size() - sorted_);
      const auto begin = items_.begin() + static_cast<std::ptrdiff_t>(sorted_);
      std::stable_sort(begin, begin + static_cast<std::ptrdiff_t>(count), before_);
      slice.work(static_cast<int64_t>(16 * count));
    }
    while (width_ < items_.size()) {
      if (slice.spent()) return false;
      merge_some();
      slice.work(4 * kRun);
    }
    return true;
  }

  // Once finished.
  std::vector<Item> take() { return std::move(items_); }

 private:
  static constexpr size_t kRun = 2048;

  // Goes on merging pairs of neighbouring runs of `width_` items.
  void merge_some() {
    const size_t count = items_.size();
    if (merged_.empty()) {
      merged_.resize(count);
      begin_pair(0);
    }
    for (size_t step = 0; step < kRun; ++step) {
      const size_t middle = std::min(begin_ + width_, count);
      const size_t end = std::min(begin_ + 2 * width_, count);
      const bool from_right =
          left_ == middle || (right_ < end && before_(items_[right_], items_[left_]));
      merged_[out_++] = std::move(items_[from_right ? right_++ : left_++]);
      if (out_ < end) continue;
      if (end < count) {
        begin_pair(end);
        continue;
      }
      items_.swap(merged_);
      width_ *= 2;
      begin_pair(0);
      return;
    }
  }

  void begin_pair(size_t begin) {
    begin_ = left_ = out_ = begin;
    right_ = std::min(begin + width_, items_.size());
  }

  std::vector<Item> items_;
  Before before_;
  size_t sorted_ = 0;    // in runs of kRun
  size_t width_ = kRun;  // of the runs being merged
  std::vector<Item> merged_;
  size_t begin_ = 0;  // of the pair being merged
  size_t left_ = 0;   // what comes next of its runs
  size_t right_ = 0;
  size_t out_ = 0;
};

}  // namespace stowage
