// Finds nodes by their offsets.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

#include "pool/growing_array.h"

namespace stowage {

// A hash table whose buckets are cache lines with a byte of each hash beside the nodes (as Bronson
// and Shi, "Open-sourcing F14 for faster, more memory-efficient hash tables", 2019): a node is read
// only where that byte agrees, and what is full counts who went on to the next bucket. Of each node
// it keeps the index alone; `Nodes` has the `offset` of each, as NodeArena does. Expected O(1).
class OffsetTable {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  OffsetTable() { reset(0); }

  // Empties it, with room for `size` nodes, and some more.
  void reset(size_t size);

  template <typename Nodes>
  [[nodiscard]] uint32_t find(const Nodes& nodes, int64_t offset) const;
  // There is no node with the offset, which is not negative. Amortised, as it may have to move all
  // to more buckets.
  template <typename Nodes>
  void insert(const Nodes& nodes, uint32_t node, int64_t offset);
  // The node with the offset, which goes; kNone if there is none.
  template <typename Nodes>
  uint32_t erase(const Nodes& nodes, int64_t offset);
  [[nodiscard]] int64_t bytes() const { return buckets_.bytes(); }

 private:
  static constexpr size_t kSlots = 12;
  static constexpr uint32_t kAll = (1U << kSlots) - 1;
  static constexpr int64_t kNoOffset = INT64_MIN;

  struct alignas(64) Bucket {
    std::array<uint8_t, kSlots> tags;  // 0 for an empty slot
    uint32_t passed;                   // nodes that found no slot here
    std::array<uint32_t, kSlots> nodes;

    // Bit i for each slot with the tag.
    [[nodiscard]] uint32_t matches(uint8_t tag) const;
  };
  struct Place {
    size_t bucket;
    uint8_t tag;
  };
  struct Found {
    size_t bucket;
    size_t slot;
    uint32_t node = kNone;
  };

  [[nodiscard]] Place place_of(int64_t offset) const;
  [[nodiscard]] size_t after(size_t bucket) const {
    return bucket + 1 == num_buckets_ ? 0 : bucket + 1;
  }
  template <typename Nodes>
  [[nodiscard]] Found locate(const Nodes& nodes, int64_t offset, const Place& place) const;

  template <typename Nodes>
  void put_last(const Nodes& nodes);
  void put(uint32_t node, int64_t offset);
  template <typename Nodes>
  void grow(const Nodes& nodes);

  GrowingArray<Bucket> buckets_;
  size_t num_buckets_ = 0;
  size_t size_ = 0;  // in the buckets
  size_t limit_ = 0;
  // What was inserted last is not yet in its bucket, which is being read meanwhile.
  uint32_t last_node_ = kNone;
  int64_t last_offset_ = kNoOffset;
};

inline uint32_t OffsetTable::Bucket::matches(uint8_t tag) const {
#if defined(__SSE2__)
  const __m128i all = _mm_load_si128(reinterpret_cast<const __m128i*>(this));
  const __m128i same = _mm_cmpeq_epi8(all, _mm_set1_epi8(static_cast<char>(tag)));
  return static_cast<uint32_t>(_mm_movemask_epi8(same)) & kAll;
#elif defined(__wasm_simd128__)
  const v128_t same = wasm_i8x16_eq(wasm_v128_load(this), wasm_u8x16_splat(tag));
  return static_cast<uint32_t>(wasm_i8x16_bitmask(same)) & kAll;
#else
  uint32_t mask = 0;
  for (size_t i = 0; i < kSlots; ++i) mask |= (tags[i] == tag ? 1U : 0U) << i;
  return mask;
#endif
}

// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4), as offsets are often multiples
// of something. The tag is of bits that tell apart what is in the same bucket.
inline OffsetTable::Place OffsetTable::place_of(int64_t offset) const {
  const uint64_t hash = static_cast<uint64_t>(offset) * 0x9e3779b97f4a7c15;
  const auto bucket = static_cast<size_t>((hash >> 32) * num_buckets_ >> 32);
  const auto tag = static_cast<uint8_t>(hash >> 24);
  return {bucket, tag != 0 ? tag : uint8_t{1}};
}

template <typename Nodes>
OffsetTable::Found OffsetTable::locate(const Nodes& nodes, int64_t offset,
                                       const Place& place) const {
  Found found{place.bucket, 0};
  for (;; found.bucket = after(found.bucket)) {
    const Bucket& bucket = buckets_[found.bucket];
    for (uint32_t left = bucket.matches(place.tag); left != 0; left &= left - 1) {
      found.slot = static_cast<size_t>(std::countr_zero(left));
      const uint32_t node = bucket.nodes[found.slot];
      if (nodes[node].offset != offset) continue;
      found.node = node;
      return found;
    }
    if (bucket.passed == 0) return found;
  }
}

template <typename Nodes>
uint32_t OffsetTable::find(const Nodes& nodes, int64_t offset) const {
  if (offset == last_offset_) return last_node_;
  return locate(nodes, offset, place_of(offset)).node;
}

template <typename Nodes>
void OffsetTable::insert(const Nodes& nodes, uint32_t node, int64_t offset) {
  put_last(nodes);
  last_node_ = node;
  last_offset_ = offset;
  __builtin_prefetch(&buckets_[place_of(offset).bucket], 1);
}

template <typename Nodes>
void OffsetTable::put_last(const Nodes& nodes) {
  if (last_node_ == kNone) return;
  if (size_ == limit_) grow(nodes);
  put(last_node_, last_offset_);
}

inline void OffsetTable::put(uint32_t node, int64_t offset) {
  const Place place = place_of(offset);
  size_t at = place.bucket;
  uint32_t empty = 0;
  while ((empty = buckets_[at].matches(0)) == 0) {
    ++buckets_[at].passed;
    at = after(at);
  }
  const auto slot = static_cast<size_t>(std::countr_zero(empty));
  buckets_[at].tags[slot] = place.tag;
  buckets_[at].nodes[slot] = node;
  ++size_;
}

// In the order of the buckets, which is nearly that of the new ones: so nothing waits for what is
// written, and what is read is ahead.
template <typename Nodes>
[[gnu::noinline]] void OffsetTable::grow(const Nodes& nodes) {
  const GrowingArray<Bucket> old = std::move(buckets_);
  const size_t num_old = num_buckets_;
  const uint32_t last_node = last_node_;
  const int64_t last_offset = last_offset_;
  reset(size_);
  last_node_ = last_node;
  last_offset_ = last_offset;
  for (size_t at = 0; at < num_old; ++at) {
    const Bucket& bucket = old[at];
    for (size_t slot = 0; slot < kSlots; ++slot) {
      if (bucket.tags[slot] != 0) put(bucket.nodes[slot], nodes[bucket.nodes[slot]].offset);
    }
  }
}

template <typename Nodes>
uint32_t OffsetTable::erase(const Nodes& nodes, int64_t offset) {
  if (offset == last_offset_) {
    last_offset_ = kNoOffset;
    return std::exchange(last_node_, kNone);
  }
  const Place place = place_of(offset);
  const Found found = locate(nodes, offset, place);
  if (found.node == kNone) return kNone;
  buckets_[found.bucket].tags[found.slot] = 0;
  for (size_t at = place.bucket; at != found.bucket; at = after(at)) --buckets_[at].passed;
  --size_;
  return found.node;
}

inline void OffsetTable::reset(size_t size) {
  // So full that few pass on; with room for a sixteenth more, so that this is seldom needed.
  const size_t room = size + size / 16 + kSlots;
  num_buckets_ = room * 8 / 7 / kSlots + 1;
  buckets_.clear();
  buckets_.reserve(num_buckets_);
  std::memset(static_cast<void*>(&buckets_[0]), 0, num_buckets_ * sizeof(Bucket));
  size_ = 0;
  limit_ = room;
  last_node_ = kNone;
  last_offset_ = kNoOffset;
}

}  // namespace stowage
