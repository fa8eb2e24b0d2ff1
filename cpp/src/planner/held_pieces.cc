#include "planner/held_pieces.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace stowage {

HeldPieces::HeldPieces(std::vector<HeldPiece> pieces, SectionIndex sections)
    : pieces_(std::move(pieces)) {
  if (pieces_.empty()) return;
  std::sort(pieces_.begin(), pieces_.end(), [](const HeldPiece& a, const HeldPiece& b) {
    return a.space.lower != b.space.lower ? a.space.lower < b.space.lower
                                          : a.sections.lower < b.sections.lower;
  });
  while (leaves_ < static_cast<size_t>(sections)) leaves_ *= 2;
  across_.begin.assign(2 * leaves_ + 1, 0);
  within_.begin.assign(2 * leaves_ + 1, 0);
  for_each_entry(
      [&](Rows HeldPieces::*rows, size_t node, int32_t) { ++(this->*rows).begin[node + 1]; });
  for (Rows* rows : {&across_, &within_}) {
    std::partial_sum(rows->begin.begin(), rows->begin.end(), rows->begin.begin());
    rows->pieces.resize(static_cast<size_t>(rows->begin.back()));
  }
  std::vector<int32_t> across_next = across_.begin;
  std::vector<int32_t> within_next = within_.begin;
  for_each_entry([&](Rows HeldPieces::*rows, size_t node, int32_t piece) {
    auto& next = rows == &HeldPieces::across_ ? across_next : within_next;
    (this->*rows).pieces[static_cast<size_t>(next[node]++)] = piece;
  });
}

// Calls visit(row set, node, piece) for all that the rows consist of, pieces in order.
template <typename Visit>
void HeldPieces::for_each_entry(const Visit& visit) const {
  for (size_t p = 0; p < pieces_.size(); ++p) {
    const auto piece = static_cast<int32_t>(p);
    const size_t first = leaves_ + static_cast<size_t>(pieces_[p].sections.lower);
    const size_t last = leaves_ + static_cast<size_t>(pieces_[p].sections.upper) - 1;
    size_t lower = first;
    size_t upper = last + 1;
    // Level by level, the nodes that make up the piece, and the ancestors of its two ends, among
    // which are those of all of them.
    for (size_t left = first, right = last; left > 0; left /= 2, right /= 2) {
      const auto part = [&](size_t node) {
        visit(&HeldPieces::across_, node, piece);
        if (node != left && node != right) visit(&HeldPieces::within_, node, piece);
      };
      if (lower < upper && lower % 2 == 1) part(lower++);
      if (lower < upper && upper % 2 == 1) part(--upper);
      visit(&HeldPieces::within_, left, piece);
      if (right != left) visit(&HeldPieces::within_, right, piece);
      lower /= 2;
      upper /= 2;
    }
  }
}

const HeldPiece* HeldPieces::next_above(SectionRange range, int64_t height) const {
  if (pieces_.empty()) return nullptr;
  auto best = static_cast<int32_t>(pieces_.size());
  size_t lower = leaves_ + static_cast<size_t>(range.lower);
  size_t upper = leaves_ + static_cast<size_t>(range.upper);
  for (size_t first = lower / 2, last = (upper - 1) / 2; first > 0; first /= 2, last /= 2) {
    look(across_, first, height, best);
    if (first != last) look(across_, last, height, best);
  }
  for (; lower < upper; lower /= 2, upper /= 2) {
    if (lower % 2 == 1) look(within_, lower++, height, best);
    if (upper % 2 == 1) look(within_, --upper, height, best);
  }
  const auto found = static_cast<size_t>(best);
  return found == pieces_.size() ? nullptr : &pieces_[found];
}

void HeldPieces::look(const Rows& rows, size_t node, int64_t height, int32_t& best) const {
  const auto begin = rows.pieces.begin() + rows.begin[node];
  const auto end = rows.pieces.begin() + rows.begin[node + 1];
  const auto it = std::lower_bound(begin, end, height, [&](int32_t piece, int64_t least) {
    return pieces_[static_cast<size_t>(piece)].space.lower < least;
  });
  if (it != end) best = std::min(best, *it);
}

}  // namespace stowage
