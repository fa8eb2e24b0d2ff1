// The sweep (stowage/planner/sweep.h), in slices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "planner/slice.h"
#include "planner/sliced_sort.h"
#include "stowage/planner/sweep.h"

namespace stowage {

class SlicedSweep {
 public:
  // The problem must outlive it.
  explicit SlicedSweep(const Problem& problem);

  // Whether it has finished; false when the slice is spent first.
  bool run(Slice& slice);
  // Once finished.
  Sweep take() { return std::move(sweep_); }

 private:
  // An end of a piece.
  struct Event {
    int64_t time;
    int64_t piece;
    bool start;
  };
  // Ends sort before starts at the same time, so that pieces which only touch are never live
  // together.
  struct Before {
    bool operator()(const Event& a, const Event& b) const {
      return a.time != b.time ? a.time < b.time : a.start < b.start;
    }
  };

  template <typename Visit>
  bool for_each(size_t count, Slice& slice, const Visit& visit);
  void add_pieces(const Buffer& buffer);
  void pass(const Event& event);
  void count_crossings(BufferIndex buffer);
  void end_section(size_t section);
  void add_to_partition(BufferIndex buffer);

  const Problem& problem_;
  Sweep sweep_;
  int stage_ = 0;
  size_t next_ = 0;  // within the stage

  std::vector<Piece> pieces_;  // of one buffer
  std::vector<Event> events_;
  std::optional<SlicedSort<Event, Before>> sort_;
  int64_t load_ = 0;  // of what is live
  int64_t last_start_ = 0;
  bool grown_ = false;           // something has started since the last section
  std::vector<int32_t> change_;  // in the number of crossing buffers, by section
  int32_t crossing_ = 0;
  SectionIndex partition_begin_ = 0;
  std::vector<int32_t> partition_of_;  // by section
};

}  // namespace stowage
