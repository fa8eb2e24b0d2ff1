// The free blocks of a pool by classes of their sizes, for two-level segregated fit (Masmano,
// Ripoll, Crespo and Real, "TLSF: a new dynamic memory allocator for real-time systems", ECRTS
// 2004).
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "pool/node_arena.h"
#include "stowage/base/result.h"

namespace stowage {

// Each class is a list of free blocks, the last one put in first. Sizes below 32 have a class each;
// above, each power of two has 32 classes. The links are members of the caller's nodes,
// `previous_free` and `next_free`, which `Nodes` finds by index, as NodeArena does. Every
// operation but those noted is O(1).
class FreeBins {
 public:
  static constexpr uint32_t kNone = NodeArena<int>::kNone;

  // Puts a node, with 1 to 2^53 - 1 free bytes, at the head of its class.
  template <typename Nodes>
  void insert(Nodes& nodes, uint32_t node, int64_t size);
  // `size` as it was inserted. A node with 0 free bytes, which is in no class, may be erased too,
  // if its links are kNone: nothing happens, without a branch.
  template <typename Nodes>
  void erase(Nodes& nodes, uint32_t node, int64_t size);

  // Erases the first node of the first class of which all are at least `size` (below 2^62) large;
  // kNone if there is none.
  template <typename Nodes>
  uint32_t take(Nodes& nodes, int64_t size);

  // Calls visit(node) for all from the class of `size` on, class by class, each from its head. To
  // insert them in reverse makes the same lists. O(n + classes).
  template <typename Nodes, typename Visit>
  void for_each_from(const Nodes& nodes, int64_t size, Visit visit) const;
  // The same for the last class that is not empty.
  template <typename Nodes, typename Visit>
  void for_each_of_last(const Nodes& nodes, Visit visit) const;

  // Forgets all nodes.
  void clear();
  [[nodiscard]] int64_t bookkeeping_bytes() const;
  // Whether the list of the class of `size` leads to the node. O(1).
  template <typename Nodes>
  [[nodiscard]] bool holds(const Nodes& nodes, uint32_t node, int64_t size) const;
  // Whether lists, which hold `size` nodes together, and bitmaps agree. O(n + classes).
  template <typename Nodes>
  [[nodiscard]] Status check(const Nodes& nodes, int64_t size) const;

 private:
  static constexpr int kSubdivisionBits = 5;
  static constexpr int kSubdivisions = 1 << kSubdivisionBits;
  // Sizes below 2^5, then a power of two each up to 2^52.
  static constexpr int kLevels = 53 - kSubdivisionBits + 1;

  // Of which all sizes below one of a higher number are smaller.
  static int class_of(int64_t size);
  static int untold_bits(int64_t size);
  // `node`, or where that is kNone, `other`. By arithmetic: compilers make branches of conditions.
  static uint32_t present(uint32_t node, uint32_t other) {
    return node ^ ((node ^ other) & (0 - (node == kNone ? 1U : 0U)));
  }
  [[nodiscard]] int first_from(int number) const;  // that is not empty; -1 for none
  void begin_with(int number, uint32_t first);
  void cover(int number);  // makes heads up to that of the class
  [[nodiscard]] Status check_marks() const;

  uint64_t levels_ = 0;  // bit i: level i, of 32 classes, has a free block
  std::array<uint32_t, kLevels> subdivisions_{};
  std::vector<uint32_t> heads_;  // of the levels up to the highest that was in use
};

// How many of the lowest bits of a size its class does not tell.
inline int FreeBins::untold_bits(int64_t size) {
  return 63 - kSubdivisionBits - std::countl_zero(static_cast<uint64_t>(size | kSubdivisions));
}

inline int FreeBins::class_of(int64_t size) {
  const int untold = untold_bits(size);
  return untold * kSubdivisions + static_cast<int>(size >> untold);
}

inline int FreeBins::first_from(int number) const {
  const auto level = static_cast<unsigned>(number) / kSubdivisions;
  if (level >= kLevels) return -1;
  const uint32_t subdivisions = subdivisions_[level] & (~uint32_t{0} << number % kSubdivisions);
  if (subdivisions != 0) {
    return static_cast<int>(level) * kSubdivisions + std::countr_zero(subdivisions);
  }
  const uint64_t levels = levels_ & ~((uint64_t{2} << level) - 1);
  if (levels == 0) return -1;
  const int next = std::countr_zero(levels);
  return next * kSubdivisions + std::countr_zero(subdivisions_[static_cast<size_t>(next)]);
}

template <typename Nodes>
uint32_t FreeBins::take(Nodes& nodes, int64_t size) {
  const int number = first_from(class_of(size + (int64_t{1} << untold_bits(size)) - 1));
  if (number < 0) return kNone;
  const uint32_t node = heads_[static_cast<size_t>(number)];
  const uint32_t next = nodes[node].next_free;
  nodes[present(next, node)].previous_free = kNone;
  begin_with(number, next);
  return node;
}

// Whether a list is empty, or a node its first or last, are toss-ups: so what follows has no branch
// for them, but writes to the node itself what no other node is there for.

template <typename Nodes>
void FreeBins::insert(Nodes& nodes, uint32_t node, int64_t size) {
  const int number = class_of(size);
  if (static_cast<size_t>(number) >= heads_.size()) cover(number);
  uint32_t& head = heads_[static_cast<size_t>(number)];
  const uint32_t next = head;
  head = node;
  nodes[present(next, node)].previous_free = node;
  nodes[node].previous_free = kNone;
  nodes[node].next_free = next;
  const auto level = static_cast<unsigned>(number) / kSubdivisions;
  levels_ |= uint64_t{1} << level;
  subdivisions_[level] |= uint32_t{1} << number % kSubdivisions;
}

template <typename Nodes>
void FreeBins::erase(Nodes& nodes, uint32_t node, int64_t size) {
  const int number = class_of(size);
  const uint32_t previous = nodes[node].previous_free;
  const uint32_t next = nodes[node].next_free;
  nodes[present(next, node)].previous_free = previous;
  nodes[present(previous, node)].next_free = next;
  const uint32_t head = heads_[static_cast<size_t>(number)];
  const uint32_t is_first = previous == kNone ? 1 : 0;
  begin_with(number, head ^ ((head ^ next) & (0 - is_first)));
}

// Makes a node, or kNone, the first of a class that was not empty.
inline void FreeBins::begin_with(int number, uint32_t first) {
  heads_[static_cast<size_t>(number)] = first;
  const auto level = static_cast<unsigned>(number) / kSubdivisions;
  const uint32_t subdivisions =
      subdivisions_[level] & ~((first == kNone ? 1U : 0U) << number % kSubdivisions);
  subdivisions_[level] = subdivisions;
  levels_ &= ~((subdivisions == 0 ? uint64_t{1} : 0) << level);
}

template <typename Nodes, typename Visit>
void FreeBins::for_each_from(const Nodes& nodes, int64_t size, Visit visit) const {
  for (int number = first_from(class_of(size)); number >= 0; number = first_from(number + 1)) {
    uint32_t node = heads_[static_cast<size_t>(number)];
    for (; node != kNone; node = nodes[node].next_free) visit(node);
  }
}

template <typename Nodes, typename Visit>
void FreeBins::for_each_of_last(const Nodes& nodes, Visit visit) const {
  if (levels_ == 0) return;
  const int level = 63 - std::countl_zero(levels_);
  const int subdivision = 31 - std::countl_zero(subdivisions_[static_cast<size_t>(level)]);
  uint32_t node = heads_[static_cast<size_t>(level * kSubdivisions + subdivision)];
  for (; node != kNone; node = nodes[node].next_free) visit(node);
}

template <typename Nodes>
bool FreeBins::holds(const Nodes& nodes, uint32_t node, int64_t size) const {
  const uint32_t previous = nodes[node].previous_free;
  if (previous != kNone) return nodes[previous].next_free == node;
  return heads_[static_cast<size_t>(class_of(size))] == node;
}

template <typename Nodes>
Status FreeBins::check(const Nodes& nodes, int64_t size) const {
  if (Status status = check_marks()) return status;
  const auto broken = [](const char* what) {
    return Error{
        ErrorCode::kInvalidArgument, std::string("the bins are inconsistent: ") + what, {}};
  };
  int64_t count = 0;
  for (size_t number = 0; number < heads_.size(); ++number) {
    uint32_t previous = kNone;
    for (uint32_t node = heads_[number]; node != kNone; node = nodes[node].next_free) {
      if (nodes[node].previous_free != previous) return broken("a list has a wrong link");
      previous = node;
      if (++count > size) return broken("a list has a cycle");
    }
  }
  if (count != size) return broken("a free block is in no list");
  return std::nullopt;
}

}  // namespace stowage
