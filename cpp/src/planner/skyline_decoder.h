// A skyline decoder that minds the sections in danger.
//
// The skyline is the floor of each section. A segment of it lower than its neighbours takes a
// buffer that fits between these walls, or is lifted to the lower wall (Burke, Kendall and
// Whitwell, "A New Placement Heuristic for the Orthogonal Stock-Cutting Problem", Operations
// Research 52(4), 2004; Sekiyama et al., "Profile-Guided Memory Optimization for Deep Neural
// Networks", 2018). Lifting wastes space, which only matters where much is still to come: so it is
// the section with the most reach (reach_tree.h) in the segment that chooses, among the buffers
// that cover it.
//
// What happens in one segment depends on nothing beyond its walls, which stay as they are until it
// has risen to them. So the segments may be filled in any order; going to and fro along the skyline
// keeps what is looked at together in the cache.
#pragma once

#include <cstdint>
#include <vector>

#include "planner/fitting_buffers.h"
#include "planner/reach_tree.h"
#include "planner/skyline_part.h"
#include "planner/slice.h"
#include "stowage/planner/sweep.h"

namespace stowage {

// What to do in a segment when no buffer covers the section with the most reach.
enum class WhenUncovered : uint8_t {
  kLift,  // give its space up
  kFill,  // take any buffer that fits
};

class SkylineDecoder {
 public:
  enum class Status { kRunning, kComplete, kAbandoned };

  // `keys` by rectangle (the largest goes first), `when_uncovered` by section; all must outlive the
  // decoder. It abandons the plan as soon as it is sure to be higher than `limit`.
  SkylineDecoder(const SkylinePart& part, const std::vector<int64_t>& keys,
                 const std::vector<WhenUncovered>& when_uncovered, int64_t limit);

  // kRunning when the slice is spent. O(n log n) in practice, without any list of overlaps.
  Status run(Slice& slice);

  // By rectangle, once complete.
  [[nodiscard]] const std::vector<int64_t>& offsets() const { return offsets_; }

 private:
  static constexpr int32_t kNone = -1;

  // A maximal stretch of sections with the same floor.
  struct Segment {
    SectionRange range;
    int64_t floor;
    int32_t previous;
    int32_t next;
  };

  Segment& at(int32_t segment) { return segments_[static_cast<size_t>(segment)]; }
  bool go_down();
  void fill(Slice& slice);
  int32_t choose(const Segment& segment, int64_t ceiling, int64_t& visited) const;
  void place(int32_t rectangle);
  void lift(int64_t ceiling);
  void build_on(SectionRange range, int64_t top);
  int32_t insert_after(int32_t previous, SectionRange range, int64_t floor);
  int32_t join_equal(int32_t segment);
  void remove(int32_t segment);

  const SkylinePart& part_;
  const std::vector<int64_t>& keys_;
  const std::vector<WhenUncovered>& when_uncovered_;
  int64_t limit_;
  FittingBuffers fitting_;
  bool ready_ = false;
  ReachTree reach_;
  std::vector<int64_t> offsets_;
  size_t left_;
  std::vector<Segment> segments_;
  std::vector<int32_t> free_segments_;
  int32_t current_ = 0;
};

}  // namespace stowage
