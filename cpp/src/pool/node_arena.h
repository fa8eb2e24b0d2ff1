// Memory for the nodes of a linked structure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "pool/growing_array.h"

namespace stowage {

// Nodes of one type, named by indices of 32 bits, half the size of pointers. A reference is good
// until a node is made. Released nodes are used again, the last one first, so that an arena that
// has reached its largest size allocates no more.
template <typename T>
class NodeArena {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  // Names no node.
  static constexpr uint32_t kNone = UINT32_MAX;

  // The index of a node, default-initialised: without initialisers in T, its content is
  // indeterminate. At most 2^32 - 1 nodes. Amortised O(1).
  uint32_t make() {
    uint32_t index = first_free_;
    if (index != kNone) {
      first_free_ = slots_[index].next_free;
    } else {
      index = touched_++;
      slots_.reserve(touched_);
    }
    ++size_;
    ::new (static_cast<void*>(&slots_[index].node)) T;
    return index;
  }

  // Makes room for `count` nodes at least.
  void reserve(size_t count) { slots_.reserve(count); }

  // The node must be in use. O(1).
  void release(uint32_t index) {
    slots_[index].next_free = first_free_;
    first_free_ = index;
    --size_;
  }

  T& operator[](uint32_t index) { return slots_[index].node; }
  const T& operator[](uint32_t index) const { return slots_[index].node; }

  // All nodes that were ever made are below it.
  [[nodiscard]] uint32_t limit() const { return touched_; }
  // What it has memory for.
  [[nodiscard]] uint32_t capacity() const { return static_cast<uint32_t>(slots_.capacity()); }
  // Whether another node takes more memory.
  [[nodiscard]] bool is_full() const { return size_ == slots_.capacity(); }
  // Nodes in use.
  [[nodiscard]] uint32_t size() const { return size_; }

  // Releases all nodes, and gives the memory back.
  void clear() {
    slots_.clear();
    first_free_ = kNone;
    touched_ = 0;
    size_ = 0;
  }

  // Of memory allocated.
  [[nodiscard]] int64_t bytes() const { return slots_.bytes(); }

 private:
  union Slot {
    T node;
    uint32_t next_free;
  };

  GrowingArray<Slot> slots_;
  uint32_t first_free_ = kNone;
  uint32_t touched_ = 0;  // nodes that were ever in use: those after them are fresh
  uint32_t size_ = 0;
};

}  // namespace stowage
