// Buffers of memory that are used again instead of being freed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <span>
#include <unordered_map>

#include "stowage/base/result.h"
#include "stowage/pool/aligned_memory.h"
#include "stowage/pool/elements.h"

namespace stowage {

struct BufferPoolOptions {
  // The most buffers that a bucket keeps: one that is put into a full bucket is freed.
  uint32_t max_buffers_per_bucket = UINT32_MAX;
};

struct BufferPoolStats {
  int64_t hits = 0;     // requests that a pooled buffer served, since reset_counters()
  int64_t misses = 0;   // those that none did, whether or not a fresh one was allocated
  double hit_rate = 0;  // hits / (hits + misses); 0 before the first request
  int64_t pooled_buffers = 0;
  int64_t pooled_bytes = 0;
  int64_t active_buffers = 0;  // handed out and not put back
  int64_t active_bytes = 0;

  bool operator==(const BufferPoolStats&) const = default;
};

// Bucket i keeps buffers of 64 * 2^i up to twice as many bytes, exclusive; the last one, i = 20,
// also those of 128 MiB. A request is rounded up to a power of two of at least 64 bytes and looks
// into the bucket of that size, so that a buffer is never smaller than what was asked for; of
// several the one put back last is taken. A request above 64 MiB takes the first large enough of
// the last bucket. Beyond 128 MiB nothing is pooled: such buffers are allocated as large as asked
// for, and freed when they are put back.
//
// A buffer's address is a multiple of 64, and its content what was last written there. Alignments
// are powers of two. Once there are as many buffers as a program uses at a time, no call but the
// last case allocates anything. Whatever is refused leaves the pool as it was. Not safe for use
// from several threads at once. Neither copyable nor movable: spans of it are known by their
// addresses.
class BufferPool {
 public:
  static constexpr int kNumBuckets = 21;
  static constexpr int64_t kMinCapacity = 64;
  static constexpr int64_t kMaxCapacity = kMinCapacity << kNumBuckets;  // that is pooled, 128 MiB

  explicit BufferPool(BufferPoolOptions options = {});
  // Frees what is pooled and what is active.
  ~BufferPool() = default;
  BufferPool(const BufferPool&) = delete;
  BufferPool& operator=(const BufferPool&) = delete;

  // The whole of a pooled buffer of at least `size` bytes, or nothing if there is none. Errors:
  // invalid-argument for a size below 1 or above 2^53 - 1. O(1) up to 64 MiB, then O(buffers of the
  // last bucket).
  Result<std::optional<std::span<std::byte>>> get(int64_t size);
  // The same at a multiple of `alignment`, so only one whose address happens to be so. Errors: also
  // invalid-argument for an alignment that is not a power of two. O(buffers of the bucket).
  Result<std::optional<std::span<std::byte>>> get_aligned(int64_t size, int64_t alignment);
  // The same, or a fresh buffer where there is none. Errors: also out-of-memory.
  Result<std::span<std::byte>> get_or_alloc(int64_t size, int64_t alignment = 1);

  // Takes back an active buffer: any span that begins where the buffer does. Errors:
  // invalid-argument if none begins there, or if it is pooled already. O(1).
  Status put(std::span<const std::byte> buffer);
  // Errors: also invalid-argument if the buffer's address is not a multiple of `alignment`.
  Status put_aligned(std::span<const std::byte> buffer, int64_t alignment);

  // Puts back all active buffers, whose spans must not be used any more; the last one handed out is
  // the first to be taken again. O(active buffers).
  void clear();
  // Frees all pooled buffers.
  void trim();

  // O(1).
  [[nodiscard]] BufferPoolStats stats() const;
  void reset_counters();

 private:
  template <PlainData T>
  friend class PooledSpan;
  friend class PoolAllocator;

  struct Buffer {
    AlignedMemory memory;
    int64_t capacity = 0;
    // Counts the times that any buffer was handed out: what this was when this one was; 0 while it
    // is pooled.
    uint64_t activation = 0;
  };
  using Buffers = std::list<Buffer>;

  struct Active {
    std::span<std::byte> span;
    uint64_t activation = 0;
  };

  // The same as get_or_alloc.
  Result<Active> activate(int64_t size, int64_t alignment);
  // The same as get_aligned.
  std::optional<Active> find(int64_t size, int64_t alignment);
  // Puts the buffer back if it has not been since `activation`.
  void end(const std::byte* address, uint64_t activation);
  Active hand_out(Buffers& from, Buffers::iterator buffer);
  void take_back(Buffers::iterator buffer);

  std::array<Buffers, kNumBuckets> buckets_;  // the one put back last first
  Buffers active_;                            // the one handed out last first
  // Where each buffer is, by its address. It stays while the buffer is moved between lists.
  std::unordered_map<const std::byte*, Buffers::iterator> buffers_;
  uint32_t max_buffers_per_bucket_;
  uint64_t activations_ = 0;
  int64_t hits_ = 0;
  int64_t misses_ = 0;
  int64_t pooled_bytes_ = 0;
  int64_t active_bytes_ = 0;
};

}  // namespace stowage
