#include "planner/offset_bounds.h"

#include <algorithm>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

// Words of sums, in all and for one pin.
constexpr int64_t kMostWork = int64_t{1} << 24;
constexpr int64_t kMostWordsAtOnce = int64_t{1} << 17;
constexpr int64_t kBits = 64;

// sums |= other << shift, within the size of `sums`.
void add_shifted(std::vector<uint64_t>& sums, const std::vector<uint64_t>& other, int64_t shift) {
  const auto words = static_cast<size_t>(shift / kBits);
  const int bits = static_cast<int>(shift % kBits);
  for (size_t i = words; i < sums.size(); ++i) {
    uint64_t word = other[i - words] << bits;
    if (bits > 0 && i > words) word |= other[i - words - 1] >> (kBits - bits);
    sums[i] |= word;
  }
}

// sums |= other >> shift.
void add_shifted_down(std::vector<uint64_t>& sums, const std::vector<uint64_t>& other,
                      int64_t shift) {
  const auto words = static_cast<size_t>(shift / kBits);
  const int bits = static_cast<int>(shift % kBits);
  for (size_t i = 0; i + words < sums.size(); ++i) {
    uint64_t word = other[i + words] >> bits;
    if (bits > 0 && i + words + 1 < sums.size()) word |= other[i + words + 1] << (kBits - bits);
    sums[i] |= word;
  }
}

// Whether a sum of `before`, `size` larger, is one of `after`.
bool meet(const std::vector<uint64_t>& before, int64_t size, const std::vector<uint64_t>& after) {
  const auto words = static_cast<size_t>(size / kBits);
  const int bits = static_cast<int>(size % kBits);
  for (size_t i = words; i < after.size(); ++i) {
    uint64_t word = before[i - words] << bits;
    if (bits > 0 && i > words) word |= before[i - words - 1] >> (kBits - bits);
    if ((word & after[i]) != 0) return true;
  }
  return false;
}

}  // namespace

OffsetBounds::OffsetBounds(const Model& model, int64_t capacity)
    : model_(model),
      capacity_(capacity),
      least_(static_cast<size_t>(model.buffer_count), 0),
      most_(static_cast<size_t>(model.buffer_count)),
      waiting_(model.section_count),
      work_left_(kMostWork) {
  for (size_t b = 0; b < most_.size(); ++b) {
    const int64_t fixed = model.fixed_offset[b];
    if (fixed != kNoOffset) least_[b] = fixed;
    most_[b] = fixed != kNoOffset ? fixed : capacity - model.size[b];
  }
  list_pieces();
  for (int32_t b = 0; b < model.buffer_count; ++b) {
    if (model.fixed_offset[static_cast<size_t>(b)] != kNoOffset) mark(b);
  }
  int32_t section = BitSet::kNone;
  while (!infeasible_ && work_left_ > 0 &&
         (section = waiting_.first_in(0, model.section_count)) != BitSet::kNone) {
    waiting_.erase(section);
    divide(section);
  }
}

void OffsetBounds::list_pieces() {
  piece_begin_ = model_.member_begin;
  std::vector<int32_t> next = piece_begin_;
  pieces_.resize(model_.members.size());
  for (int32_t b = 0; b < model_.buffer_count; ++b) {
    for (int32_t i = model_.span_begin[static_cast<size_t>(b)];
         i < model_.span_begin[static_cast<size_t>(b) + 1]; ++i) {
      const Model::Span& span = model_.spans[static_cast<size_t>(i)];
      const Window window{span.window_upper - span.extent, span.window_upper};
      for (int32_t s = span.lower; s < span.upper; ++s) {
        pieces_[static_cast<size_t>(next[static_cast<size_t>(s)]++)] = {b, window};
      }
    }
  }
}

// Sections where the buffer is held must be looked at again.
void OffsetBounds::mark(int32_t buffer) {
  const auto b = static_cast<size_t>(buffer);
  for (int32_t s = model_.first_section[b]; s < model_.end_section[b]; ++s) waiting_.insert(s);
}

void OffsetBounds::divide(int32_t section) {
  const auto s = static_cast<size_t>(section);
  for (int32_t i = piece_begin_[s]; i < piece_begin_[s + 1] && !infeasible_; ++i) {
    const Piece& piece = pieces_[static_cast<size_t>(i)];
    const int64_t fixed = model_.fixed_offset[static_cast<size_t>(piece.buffer)];
    if (fixed == kNoOffset) continue;
    divide_at(section, {fixed + piece.window.lower, fixed + piece.window.upper});
  }
}

void OffsetBounds::divide_at(int32_t section, const Window& pin) {
  const auto s = static_cast<size_t>(section);
  int64_t space = pin.lower;
  undecided_.clear();
  for (int32_t i = piece_begin_[s]; i < piece_begin_[s + 1]; ++i) {
    const Piece& piece = pieces_[static_cast<size_t>(i)];
    const auto b = static_cast<size_t>(piece.buffer);
    if (least_[b] + piece.window.upper > pin.lower) continue;  // above, or the pin
    if (most_[b] + piece.window.lower < pin.upper) {           // below
      space -= piece.window.length();
    } else {
      undecided_.push_back(piece);
    }
  }
  if (space < 0) {
    infeasible_ = true;
    return;
  }
  const auto count = static_cast<int64_t>(undecided_.size());
  const int64_t words = space / kBits + 1;
  work_left_ -= 1 + piece_begin_[s + 1] - piece_begin_[s];
  if (words * count > kMostWordsAtOnce) return;
  work_left_ -= 4 * words * (count + 1);

  sums_.resize(std::max(sums_.size(), undecided_.size() + 1));
  sums_[0].assign(static_cast<size_t>(words), 0);
  sums_[0][0] = 1;
  for (size_t i = 0; i < undecided_.size(); ++i) {
    sums_[i + 1] = sums_[i];
    if (undecided_[i].window.length() <= space) {
      add_shifted(sums_[i + 1], sums_[i], undecided_[i].window.length());
    }
  }
  // From which sums the others can fill the space.
  Sums rest(static_cast<size_t>(words), 0);
  const int64_t slack = capacity_ - model_.load[s];
  for (int64_t sum = std::max<int64_t>(0, space - slack); sum <= space; ++sum) {
    rest[static_cast<size_t>(sum / kBits)] |= uint64_t{1} << (sum % kBits);
  }
  if (!meet(sums_[undecided_.size()], 0, rest)) {
    infeasible_ = true;
    return;
  }
  for (size_t i = undecided_.size(); i-- > 0;) {
    const Piece& piece = undecided_[i];
    const auto b = static_cast<size_t>(piece.buffer);
    const int64_t extent = piece.window.length();
    if (extent > space || !meet(sums_[i], extent, rest)) {
      least_[b] = align_up(pin.upper - piece.window.lower, model_.alignment[b]);
      mark(piece.buffer);
    } else if (!meet(sums_[i], 0, rest)) {
      const int64_t most = pin.lower - piece.window.upper;
      most_[b] = most - most % model_.alignment[b];
      mark(piece.buffer);
    }
    if (extent <= space) {
      const Sums with_all = rest;
      add_shifted_down(rest, with_all, extent);
    }
    if (least_[b] > most_[b]) infeasible_ = true;
  }
}

}  // namespace stowage
