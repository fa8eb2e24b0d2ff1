// Greedy decoders: an order of the buffers in, a plan out, whatever height it takes.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "planner/slice.h"
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
  // By buffer of the problem; complete once finished. Buffers that hold no memory are at 0, or at
  // their fixed offset.
  [[nodiscard]] virtual const std::vector<int64_t>& offsets() const = 0;
};

// First fit: each buffer in turn goes to the lowest aligned offset that is free throughout its
// life (a hinted one to its hint, if that is free). Fixed buffers come first. Keeps every feature
// of the model. Time: for each buffer, k log k for the k placed pieces it meets.
std::unique_ptr<Decoder> make_first_fit(const Problem& problem, const Sweep& sweep,
                                        DecoderOrder order);

// Skyline: the lowest stretch of the skyline takes the first buffer in order that fits between its
// walls, or is lifted to the lower wall when none does (Burke, Kendall and Whitwell, "A New
// Placement Heuristic for the Orthogonal Stock-Cutting Problem", Operations Research 52(4), 2004;
// Sekiyama et al., "Profile-Guided Memory Optimization for Deep Neural Networks", 2018). Gaps are
// not used. No fixed offsets. O(n log n) in practice, without any list of overlaps.
std::unique_ptr<Decoder> make_skyline(const Problem& problem, const Sweep& sweep,
                                      DecoderOrder order);

// All buffers that hold memory, in `order`.
std::vector<BufferIndex> sorted_buffers(const Problem& problem, const Sweep& sweep,
                                        DecoderOrder order);

// The offsets every decoder starts from: fixed ones, and 0.
std::vector<int64_t> initial_offsets(const Problem& problem);

}  // namespace stowage
