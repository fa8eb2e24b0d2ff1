// The free blocks of a pool by classes of their sizes, for two-level segregated fit (Masmano,
// Ripoll, Crespo and Real, "TLSF: a new dynamic memory allocator for real-time systems", ECRTS
// 2004).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "pool/chunked_arena.h"
#include "stowage/base/result.h"

namespace stowage {

// Each class is a list of free blocks, the last one put in first. Sizes below 32 have a class each;
// above, each power of two has 32 classes. Every operation but those noted is O(1).
class FreeBins {
 public:
  // Puts a free block, of 1 to 2^53 - 1 bytes, at the head of its class. The number of its node.
  uint32_t insert(int64_t offset, int64_t size);
  // `size` as it was inserted.
  void erase(uint32_t node, int64_t size);
  [[nodiscard]] int64_t offset(uint32_t node) const { return nodes_[node].offset; }

  // The offset of the first free block of the first class of which all are at least `size` (below
  // 2^62) large.
  [[nodiscard]] std::optional<int64_t> find(int64_t size) const;

  // The offsets of all, class by class, each from its head. To insert them in reverse makes the
  // same lists. O(n + classes).
  [[nodiscard]] std::vector<int64_t> order() const;

  [[nodiscard]] int64_t size() const { return nodes_.size(); }
  // Gives the memory back.
  void clear();
  [[nodiscard]] int64_t bookkeeping_bytes() const;
  // Whether lists and bitmaps agree. O(n + classes).
  [[nodiscard]] Status check() const;

 private:
  static constexpr int kSubdivisionBits = 5;
  static constexpr int kSubdivisions = 1 << kSubdivisionBits;
  // Sizes below 2^5, then a power of two each up to 2^52.
  static constexpr int kLevels = 53 - kSubdivisionBits + 1;
  static constexpr uint32_t kNone = ChunkedArena<int>::kNone;

  struct Node {
    int64_t offset;
    uint32_t previous;
    uint32_t next;
  };
  struct Class {
    int level = 0;
    int subdivision = 0;
  };

  static Class class_of(int64_t size);
  [[nodiscard]] uint32_t& head(Class of) {
    return heads_[static_cast<size_t>(of.level * kSubdivisions + of.subdivision)];
  }

  uint64_t levels_ = 0;  // bit i: level i has a free block
  std::array<uint32_t, kLevels> subdivisions_{};
  std::vector<uint32_t> heads_;  // made with the first free block
  ChunkedArena<Node> nodes_;
};

}  // namespace stowage
