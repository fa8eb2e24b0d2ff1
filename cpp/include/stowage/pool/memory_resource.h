// The pools as memory resources of the standard library, for std::pmr::vector and the like.
// Declares nothing where the library has no <memory_resource>, as Emscripten's older ones.
//
// A request that cannot be served throws std::bad_alloc, or ends the program where exceptions are
// off: the interface knows no other way. Each must outlive what is allocated from it.
#pragma once

#if __has_include(<memory_resource>)
#include <memory_resource>
#endif

#ifdef __cpp_lib_memory_resource

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <span>

#include "stowage/base/result.h"
#include "stowage/pool/arena.h"
#include "stowage/pool/buffer_pool.h"

namespace stowage {

// From a BufferPool. Its clear() would take memory away from containers that are in use.
class BufferPoolResource final : public std::pmr::memory_resource {
 public:
  explicit BufferPoolResource(BufferPool& pool) : pool_(&pool) {}

 private:
  void* do_allocate(size_t bytes, size_t alignment) override;
  void do_deallocate(void* memory, size_t bytes, size_t alignment) override;
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }

  BufferPool* pool_;
};

// From an Arena, which frees as a whole: deallocating does nothing.
class ArenaResource final : public std::pmr::memory_resource {
 public:
  explicit ArenaResource(Arena& arena) : arena_(&arena) {}

 private:
  void* do_allocate(size_t bytes, size_t alignment) override;
  void do_deallocate(void*, size_t, size_t) override {}
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }

  Arena* arena_;
};

namespace internal {

// Of a request of the standard library, which may be for 0 bytes.
inline int64_t memory_size(size_t bytes) {
  return static_cast<int64_t>(std::max<size_t>(bytes, 1));
}

// In this header, as the caller's code may have exceptions though the library's has none.
inline void* address_or_throw(const Result<std::span<std::byte>>& memory) {
  if (memory) return memory->data();
#ifdef __cpp_exceptions
  throw std::bad_alloc();
#else
  std::abort();
#endif
}

}  // namespace internal

inline void* BufferPoolResource::do_allocate(size_t bytes, size_t alignment) {
  return internal::address_or_throw(
      pool_->get_or_alloc(internal::memory_size(bytes), static_cast<int64_t>(alignment)));
}

inline void BufferPoolResource::do_deallocate(void* memory, size_t bytes, size_t) {
  // What a pool refuses here is not its own, and deallocation has no way to say so.
  static_cast<void>(pool_->put({static_cast<const std::byte*>(memory), bytes}));
}

inline void* ArenaResource::do_allocate(size_t bytes, size_t alignment) {
  return internal::address_or_throw(
      arena_->alloc(internal::memory_size(bytes), static_cast<int64_t>(alignment)));
}

}  // namespace stowage

#endif  // __cpp_lib_memory_resource
