// Some buffers over a stretch of time, laid out for skyline decoders.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "planner/fitting_buffers.h"
#include "planner/held_pieces.h"
#include "planner/slice.h"
#include "stowage/planner/sweep.h"

namespace stowage {

// Sections are counted from the first of `sections`.
struct SkylinePart {
  SectionRange sections;              // of the sweep
  std::vector<BufferIndex> buffers;   // to be placed
  std::vector<Rectangle> rectangles;  // theirs: gaps are not made use of
  HeldPieces held;                    // by buffers that stay where they are
  std::vector<int64_t> load;          // by section, of the rectangles and what is held
  RectangleTree tree;                 // of the rectangles
};

// Makes a part in slices: O(n log n).
class SkylinePartBuilder {
 public:
  // Of all buffers that hold memory in some of `sections`, those with a fixed offset stay where
  // they are, and so do, at their `offsets`, those that reach beyond. No `offsets` are needed when
  // none do. Everything must outlive the builder.
  SkylinePartBuilder(const Problem& problem, const Sweep& sweep,
                     const std::vector<BufferIndex>& buffers, SectionRange sections,
                     const std::vector<int64_t>* offsets);

  // Whether it has finished; false when the slice is spent first.
  bool run(Slice& slice);
  // Once finished.
  SkylinePart take() { return std::move(part_); }

 private:
  void add(BufferIndex buffer);
  void hold(BufferIndex buffer, int64_t offset);
  void change_load(SectionRange sections, int64_t size);

  const Problem& problem_;
  const Sweep& sweep_;
  const std::vector<BufferIndex>& buffers_;
  const std::vector<int64_t>* offsets_;
  SkylinePart part_;
  std::vector<HeldPiece> held_;
  size_t next_ = 0;  // of buffers_
  std::optional<RectangleTreeBuilder> tree_;
};

}  // namespace stowage
