#include "stowage/pool/arena.h"

#include <algorithm>
#include <utility>

#include "pool/memory_arguments.h"

namespace stowage {

namespace {

// Of chunks: a cache line, and the widest SIMD register.
constexpr int64_t kChunkAlignment = 64;

}  // namespace

Arena::Arena(ArenaOptions options)
    : first_chunk_size_(std::max(options.first_chunk_size, kChunkAlignment)) {}

Result<std::span<std::byte>> Arena::alloc(int64_t size, int64_t alignment) {
  if (Status status = check_memory_request(size, alignment)) return *status;
  size_t chunk = current_;
  int64_t at = -1;
  for (; chunk < chunks_.size(); ++chunk) {
    at = find_room(chunks_[chunk], chunk == current_ ? position_ : 0, size, alignment);
    if (at >= 0) break;
  }
  if (at < 0) {
    if (Status status = add_chunk(size, alignment)) return *status;
    at = 0;
  }
  current_ = chunk;
  position_ = at + size;
  used_ += size;
  peak_used_ = std::max(peak_used_, used_);
  return std::span(chunks_[chunk].memory.get() + at, static_cast<size_t>(size));
}

int64_t Arena::find_room(const Chunk& chunk, int64_t used, int64_t size, int64_t alignment) {
  const auto base = reinterpret_cast<uintptr_t>(chunk.memory.get());
  const auto mask = static_cast<uintptr_t>(alignment - 1);
  const uintptr_t padding = -(base + static_cast<uintptr_t>(used)) & mask;
  const int64_t room = chunk.capacity - used;
  if (size > room || static_cast<int64_t>(padding) > room - size) return -1;
  return used + static_cast<int64_t>(padding);
}

Status Arena::add_chunk(int64_t size, int64_t alignment) {
  const int64_t chunk_alignment = std::max(alignment, kChunkAlignment);
  int64_t capacity =
      std::max(size, chunks_.empty() ? first_chunk_size_ : 2 * chunks_.back().capacity);
  AlignedMemory memory = allocate_aligned(capacity, chunk_alignment);
  if (memory == nullptr) {
    // Near the end of memory, there may still be room for what is asked for.
    capacity = size;
    memory = allocate_aligned(capacity, chunk_alignment);
  }
  if (memory == nullptr) return no_memory_for(size);
  chunks_.push_back({std::move(memory), capacity});
  reserved_ += capacity;
  return std::nullopt;
}

void Arena::reset() {
  current_ = 0;
  position_ = 0;
  used_ = 0;
}

void Arena::release() {
  reset();
  chunks_.clear();
  reserved_ = 0;
}

ArenaStats Arena::stats() const {
  return {.used = used_,
          .peak_used = peak_used_,
          .reserved = reserved_,
          .num_chunks = std::ssize(chunks_)};
}

}  // namespace stowage
