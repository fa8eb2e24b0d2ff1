// Bounds on the offsets of buffers that follow from the fixed ones.
#pragma once

#include <cstdint>
#include <vector>

#include "planner/bit_set.h"
#include "planner/model.h"

namespace stowage {

// What a fixed buffer holds of a section divides the others that are live there: each lies below or
// above it. Those below fill the space under it, but for what the section has to spare (its slack:
// the capacity less its load). So the sizes of those below are one of few sums, and a buffer that
// is in none of them lies above, one that is in all of them below. Either bounds its offset, which
// settles the same question in other sections: repeated until nothing changes. Subset sums are
// found as by Trick ("A Dynamic Programming Approach for Consistency and Propagation for Knapsack
// Constraints", Annals of Operations Research 118, 2003), with a bit for each sum.
class OffsetBounds {
 public:
  // In units, as `capacity` is. Stops early, with weaker bounds, after a fixed amount of work.
  OffsetBounds(const Model& model, int64_t capacity);

  // Whether it is clear already that there is no plan.
  [[nodiscard]] bool infeasible() const { return infeasible_; }
  // By buffer of the model: in every plan whose offsets are whole units, its offset lies in
  // [least, most].
  [[nodiscard]] const std::vector<int64_t>& least() const { return least_; }
  [[nodiscard]] const std::vector<int64_t>& most() const { return most_; }

 private:
  // What a buffer holds of a section.
  struct Piece {
    int32_t buffer;
    Window window;
  };
  using Sums = std::vector<uint64_t>;  // a bit for each sum

  void list_pieces();
  void divide(int32_t section);
  void divide_at(int32_t section, const Window& pin);
  void mark(int32_t buffer);

  const Model& model_;
  int64_t capacity_;
  std::vector<int32_t> piece_begin_;  // by section
  std::vector<Piece> pieces_;
  std::vector<int64_t> least_;
  std::vector<int64_t> most_;
  BitSet waiting_;  // sections with pins where bounds have changed
  int64_t work_left_;
  bool infeasible_ = false;
  std::vector<Piece> undecided_;
  std::vector<Sums> sums_;  // of the first so many of the undecided
};

}  // namespace stowage
