// Memory that is handed out piece by piece and given back as a whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/pool/aligned_memory.h"
#include "stowage/pool/elements.h"

namespace stowage {

struct ArenaOptions {
  // Of the first chunk, in bytes; it is taken as at least 64. Each further one is twice as large as
  // the one before it, or as large as a request that needs more.
  int64_t first_chunk_size = 64 * 1024;
};

struct ArenaStats {
  int64_t used = 0;       // the sum of the sizes asked for since the last reset
  int64_t peak_used = 0;  // the most that this ever was
  int64_t reserved = 0;   // bytes of all chunks
  int64_t num_chunks = 0;

  bool operator==(const ArenaStats&) const = default;
};

// An allocation moves a position up in a chunk of memory: the fastest way where nothing has to be
// freed alone. Content is uninitialised. Neither copyable nor movable; not safe for use from
// several threads at once.
class Arena {
 public:
  explicit Arena(ArenaOptions options = {});
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // `size` bytes at a multiple of `alignment`, a power of two. Errors: invalid-argument for a size
  // below 1 or above 2^53 - 1 and for other alignments; out-of-memory. Amortised O(1).
  Result<std::span<std::byte>> alloc(int64_t size, int64_t alignment = alignof(std::max_align_t));
  // The same for elements. Errors: as of PoolAllocator::alloc.
  template <PlainData T>
  Result<std::span<T>> alloc_array(int64_t count) {
    const Result<int64_t> bytes = bytes_of_elements(count, sizeof(T));
    if (!bytes) return bytes.error();
    const Result<std::span<std::byte>> memory = alloc(*bytes, alignof(T));
    if (!memory) return memory.error();
    return std::span<T>(reinterpret_cast<T*>(memory->data()), static_cast<size_t>(count));
  }

  // Everything handed out is free again and must not be used any more; the memory is kept, so that
  // the same requests again allocate nothing. O(1).
  void reset();
  // The same, and the memory is given back.
  void release();

  // O(1).
  [[nodiscard]] ArenaStats stats() const;

 private:
  struct Chunk {
    AlignedMemory memory;
    int64_t capacity = 0;
  };

  // The lowest aligned offset from `used` on with room for `size` bytes; -1 for none.
  static int64_t find_room(const Chunk& chunk, int64_t used, int64_t size, int64_t alignment);
  // Errors: out-of-memory.
  Status add_chunk(int64_t size, int64_t alignment);

  std::vector<Chunk> chunks_;
  size_t current_ = 0;    // the chunk that is being filled; those before it are full
  int64_t position_ = 0;  // in it
  int64_t first_chunk_size_;
  int64_t used_ = 0;
  int64_t peak_used_ = 0;
  int64_t reserved_ = 0;
};

}  // namespace stowage
