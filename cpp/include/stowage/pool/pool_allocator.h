// Typed memory from a pool of buffers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "stowage/base/result.h"
#include "stowage/pool/buffer_pool.h"
#include "stowage/pool/elements.h"
#include "stowage/pool/pooled_span.h"

namespace stowage {

// Arrays of elements, uninitialised, in the buffers of a BufferPool, whose terms hold here too:
//
//   PoolAllocator allocator;
//   for (const Batch& batch : batches) {
//     std::span<float> activations = allocator.alloc<float>(1024).value();
//     ...
//     allocator.clear();  // the next batch uses the same memory
//   }
class PoolAllocator {
 public:
  explicit PoolAllocator(BufferPoolOptions options = {}) : pool_(options) {}

  // Errors: invalid-argument for less than 1 element, or more bytes than 2^53 - 1; out-of-memory.
  template <PlainData T>
  Result<std::span<T>> alloc(int64_t count) {
    const Result<BufferPool::Active> active = activate<T>(count);
    if (!active) return active.error();
    return elements<T>(active->span, count);
  }

  // The same, freed when what it returns ends.
  template <PlainData T>
  Result<PooledSpan<T>> borrow(int64_t count) {
    const Result<BufferPool::Active> active = activate<T>(count);
    if (!active) return active.error();
    return PooledSpan<T>(pool_, elements<T>(active->span, count), active->activation);
  }

  // Errors: invalid-argument if no array that is in use begins there.
  template <PlainData T>
  Status free(std::span<T> array) {
    return pool_.put(std::as_bytes(array));
  }

  // Frees all arrays, whose spans must not be used any more. Their memory is kept.
  void clear() { pool_.clear(); }

  // Where the buffers come from: to trim it, and for its counters.
  [[nodiscard]] BufferPool& pool() { return pool_; }

 private:
  template <typename T>
  Result<BufferPool::Active> activate(int64_t count) {
    const Result<int64_t> bytes = bytes_of_elements(count, sizeof(T));
    if (!bytes) return bytes.error();
    return pool_.activate(*bytes, alignof(T));
  }

  template <typename T>
  static std::span<T> elements(std::span<std::byte> bytes, int64_t count) {
    return {reinterpret_cast<T*>(bytes.data()), static_cast<size_t>(count)};
  }

  BufferPool pool_;
};

}  // namespace stowage
