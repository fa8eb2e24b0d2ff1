// Greedy decoders: an order of the buffers in, a plan out, whatever height it takes.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "planner/slice.h"
#include "planner/sliced_sort.h"
#include "stowage/planner/sweep.h"

namespace stowage {

// Descending, ties by the next key named, then by index.
enum class DecoderOrder {
  kSize,      // size, lifetime
  kArea,      // size x lifetime
  kLifetime,  // lifetime, size
  kStart,     // earliest start first, then size
  kHint,      // lowest hint first, then those without, by size
};

class Decoder {
 public:
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;

  // Whether it has finished; false when the slice is spent first.
  virtual bool run(Slice& slice) = 0;
  // Gives up as soon as the plan is sure to be higher than `height`; may be called at any time.
  virtual void set_limit(int64_t height) = 0;
  // Whether it has finished without a plan because of that.
  [[nodiscard]] virtual bool abandoned() const = 0;
  // By buffer of the problem; complete once finished. Buffers that hold no memory are at 0, or at
  // their fixed offset.
  [[nodiscard]] virtual const std::vector<int64_t>& offsets() const = 0;
};

// First fit: each buffer in turn goes to the lowest aligned offset that is free throughout its
// life (a hinted one to its hint, if that is free). Fixed buffers come first. Keeps every feature
// of the model. Time for each buffer: log n insertions into sets of held space (held_space.h), and
// log n times the intervals of them that it is too large to fit between.
std::unique_ptr<Decoder> make_first_fit(const Problem& problem, const Sweep& sweep,
                                        DecoderOrder order);

// All buffers that hold memory, in `order`: sorted in slices.
class BufferSort {
 public:
  // Compared in turn, the larger first.
  using Key = std::pair<int64_t, int64_t>;

  BufferSort(const Problem& problem, const Sweep& sweep, DecoderOrder order);

  // Whether it has finished; false when the slice is spent first.
  bool run(Slice& slice);
  // Once finished.
  std::vector<BufferIndex> take();

 private:
  struct Entry {
    Key key;
    BufferIndex buffer;
  };
  struct Before {
    bool operator()(const Entry& a, const Entry& b) const {
      return a.key != b.key ? a.key > b.key : a.buffer < b.buffer;
    }
  };

  static std::vector<Entry> entries(const Problem& problem, const Sweep& sweep, DecoderOrder order);

  SlicedSort<Entry, Before> sort_;
};

// The offsets every decoder starts from: fixed ones, and 0.
std::vector<int64_t> initial_offsets(const Problem& problem);

}  // namespace stowage
