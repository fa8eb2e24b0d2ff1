// The model: buffers with known lifespans that need offsets in one address space.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stowage/base/interval.h"
#include "stowage/base/result.h"

namespace stowage {

using BufferIndex = int32_t;         // position in Problem::buffers
using Lifespan = Interval<int64_t>;  // in time, unitless
using Window = Interval<int64_t>;    // in space, relative to the buffer's own offset

// A stretch of a buffer's lifespan in which it does not hold its memory: none of it, or, with a
// window, only the bytes [window.lower, window.upper) counted from its offset.
struct Gap {
  Lifespan lifespan;
  std::optional<Window> window;

  bool operator==(const Gap&) const = default;
};

// A block of memory needed from lifespan.lower up to, not including, lifespan.upper.
struct Buffer {
  std::string id;
  Lifespan lifespan;
  int64_t size = 0;
  int64_t alignment = 1;          // the offset must be a multiple of it
  std::vector<Gap> gaps;          // in order of time, disjoint, within the lifespan
  std::optional<int64_t> offset;  // fixed: a plan must put the buffer there
  std::optional<int64_t> hint;    // a preference: tried first, never binding

  // size x length of the lifespan, gaps included; the largest int64 if that overflows.
  [[nodiscard]] int64_t area() const;

  // The least distance d such that `other` may be put d above this buffer wherever both hold
  // memory: max over their common moments of (this window's top - the other window's bottom).
  // Nothing if they never hold memory at the same moment. Can be negative where windows allow.
  // O(gaps of both).
  [[nodiscard]] std::optional<int64_t> effective_size(const Buffer& other) const;

  bool operator==(const Buffer&) const = default;
};

// A part of a buffer's lifespan over which it holds the same window of its memory.
struct Piece {
  Lifespan lifespan;
  Window window;

  bool operator==(const Piece&) const = default;
};

// Appends the pieces of `buffer` in order of time: the lifespan between its gaps with the whole
// size, and each gap's window if it has a non-empty one. Buffers of size 0 have none.
void append_pieces(const Buffer& buffer, std::vector<Piece>& pieces);

struct Problem {
  std::vector<Buffer> buffers;
  // The size of the address space: no buffer may end above it. kMaxInteger where there is no limit.
  int64_t capacity = 0;

  bool operator==(const Problem&) const = default;
};

// Whether the problem is well formed: times, sizes, offsets and the capacity within 2^53 - 1, no
// negative size or capacity, lower < upper, alignment > 0, gaps non-empty, in order, disjoint and
// inside the lifespan, windows inside the size, fixed offsets aligned, not negative and ending
// within the capacity, hints not negative, ids unique and UTF-8 without NUL (so that CSV can hold
// them), at most 2^31 - 1 buffers, and all sizes and alignments together below 2^62, so that no sum
// over buffers can overflow. The message names the buffer, the value and what would be right. O(n)
// expected.
Status check(const Problem& problem);

// The same for one buffer by itself (all but the uniqueness of ids, the capacity and the sums).
Status check(const Buffer& buffer);

}  // namespace stowage
