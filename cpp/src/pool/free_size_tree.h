// The free blocks of a pool in order of their sizes, for best fit.
#pragma once

#include <cstdint>
#include <optional>

#include "pool/node_arena.h"
#include "stowage/base/result.h"
#include "stowage/pool/memory_pool.h"

namespace stowage {

// An ordered set of (size, offset): a treap (Seidel and Aragon, "Randomized search trees",
// Algorithmica 16, 1996) whose priorities are hashes of the offsets, so that its shape depends on
// what it holds alone. O(log n) expected.
class FreeSizeTree {
 public:
  // Makes room for `count` blocks at least. Amortised O(1) for each more.
  void reserve(int64_t count) { nodes_.reserve(static_cast<size_t>(count)); }
  // The block is not yet there.
  void insert(int64_t offset, int64_t size);
  // The block is there.
  void erase(int64_t offset, int64_t size);
  // The least that is not before (size, offset).
  [[nodiscard]] std::optional<FreeBlock> first_at_least(int64_t size, int64_t offset = 0) const;

  [[nodiscard]] int64_t size() const { return nodes_.size(); }
  // Gives the memory back.
  void clear();
  [[nodiscard]] int64_t bookkeeping_bytes() const { return nodes_.bytes(); }
  // Whether orders of keys and priorities hold. O(n).
  [[nodiscard]] Status check() const;

 private:
  static constexpr uint32_t kNone = NodeArena<int>::kNone;

  struct Node {
    FreeBlock block;
    uint32_t left;
    uint32_t right;
  };

  static uint64_t priority_of(const FreeBlock& block);
  static bool is_before(const FreeBlock& a, const FreeBlock& b);

  uint32_t root_ = kNone;
  NodeArena<Node> nodes_;
};

}  // namespace stowage
