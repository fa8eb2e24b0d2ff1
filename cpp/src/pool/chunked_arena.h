// Memory for the nodes of a linked structure.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace stowage {

// Nodes of one type, named by indices of 32 bits, half the size of pointers. They come from chunks
// that never move: a reference stays good until its node is released. Released nodes are used
// again, the last one first, so that an arena that has reached its largest size allocates no more.
// Fixed chunks, rather than ones that double: the slack is at most one of them.
template <typename T, size_t kChunkBytes = 4096>
class ChunkedArena {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  // Names no node.
  static constexpr uint32_t kNone = UINT32_MAX;

  ChunkedArena() = default;
  ChunkedArena(const ChunkedArena&) = delete;
  ChunkedArena& operator=(const ChunkedArena&) = delete;

  // The index of a node, default-initialised: without initialisers in T, its content is
  // indeterminate. At most 2^32 - 1 nodes. Amortised O(1).
  uint32_t make() {
    uint32_t index = first_free_;
    if (index != kNone) {
      first_free_ = slot(index).next_free;
    } else {
      index = touched_++;
      if ((index & kMask) == 0) chunks_.emplace_back(new Slot[kChunkLength]);
    }
    ++size_;
    ::new (static_cast<void*>(&slot(index).node)) T;
    return index;
  }

  // The node must be in use. O(1).
  void release(uint32_t index) {
    slot(index).next_free = first_free_;
    first_free_ = index;
    --size_;
  }

  T& operator[](uint32_t index) { return slot(index).node; }
  const T& operator[](uint32_t index) const { return slot(index).node; }

  // All nodes that were ever made are below it.
  [[nodiscard]] uint32_t limit() const { return touched_; }
  // Nodes in use.
  [[nodiscard]] uint32_t size() const { return size_; }

  // Releases all nodes, and gives the memory back.
  void clear() {
    std::vector<std::unique_ptr<Slot[]>>().swap(chunks_);
    first_free_ = kNone;
    touched_ = 0;
    size_ = 0;
  }

  // Of memory allocated.
  [[nodiscard]] int64_t bytes() const {
    return static_cast<int64_t>(chunks_.size() * kChunkLength * sizeof(Slot) +
                                chunks_.capacity() * sizeof(chunks_[0]));
  }

 private:
  union Slot {
    Slot() {}  // NOLINT(modernize-use-equals-default): no member is begun, nothing is filled
    T node;
    uint32_t next_free;
  };

  // Not more than a page of memory by default: little for a small pool, and few chunks for a large
  // one.
  static constexpr uint32_t kChunkLength = std::bit_floor(std::max<uint32_t>(
      1, static_cast<uint32_t>(kChunkBytes) / static_cast<uint32_t>(sizeof(Slot))));
  static constexpr uint32_t kMask = kChunkLength - 1;
  static constexpr int kShift = std::countr_zero(kChunkLength);

  Slot& slot(uint32_t index) { return chunks_[index >> kShift][index & kMask]; }
  const Slot& slot(uint32_t index) const { return chunks_[index >> kShift][index & kMask]; }

  std::vector<std::unique_ptr<Slot[]>> chunks_;
  uint32_t first_free_ = kNone;
  uint32_t touched_ = 0;  // nodes that were ever in use: those after them are fresh
  uint32_t size_ = 0;
};

}  // namespace stowage
