// Space that is taken from the start, as it stands in the way of a skyline.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "stowage/planner/sweep.h"

namespace stowage {

// Space held over some sections.
struct HeldPiece {
  SectionRange sections;
  Window space;
};

// Answers which piece comes next above a height. A binary tree over the sections, in which each
// piece is made up of the fewest nodes; a node lists, by their lower ends, the pieces that it is
// such a part of ("across"), and those with a part at or below it ("within"). O(k log n) memory for
// k pieces.
class HeldPieces {
 public:
  HeldPieces() = default;
  HeldPieces(std::vector<HeldPiece> pieces, SectionIndex sections);

  [[nodiscard]] bool empty() const { return pieces_.empty(); }
  // By space.lower.
  [[nodiscard]] const std::vector<HeldPiece>& pieces() const { return pieces_; }
  // The piece over any section of `range` with the least space.lower that is at least `height`;
  // nullptr if there is none. O(log^2).
  [[nodiscard]] const HeldPiece* next_above(SectionRange range, int64_t height) const;

 private:
  // Rows of piece indices, ascending.
  struct Rows {
    std::vector<int32_t> begin;  // one more at the end
    std::vector<int32_t> pieces;
  };

  template <typename Visit>
  void for_each_entry(const Visit& visit) const;
  void look(const Rows& rows, size_t node, int64_t height, int32_t& best) const;

  std::vector<HeldPiece> pieces_;  // by space.lower
  size_t leaves_ = 1;
  Rows across_;
  Rows within_;
};

}  // namespace stowage
