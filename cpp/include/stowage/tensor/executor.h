// Owner of the memory that buffers and tensors live in.
#pragma once

#include <cstdint>
#include <memory>

#include "stowage/base/result.h"
#include "stowage/tensor/executor_buffer.h"

namespace stowage {

struct ExecutorStats {
  int64_t num_buffers = 0;  // that are alive, boundary buffers too
  int64_t used_bytes = 0;   // that linear buffers hold; each takes a multiple of 64
  int64_t peak_used_bytes = 0;
  int64_t reserved_bytes = 0;  // taken from the heap for linear buffers
  int64_t largest_free = 0;    // bytes: the longest linear buffer that needs nothing of the heap
  // 1 - largest_free / (reserved_bytes - used_bytes); 0 when nothing is free.
  double fragmentation = 0;
  int64_t num_regions = 0;  // pieces of the heap that the reserved bytes are in

  bool operator==(const ExecutorStats&) const = default;
};

struct ExecutorDefragmentation {
  int64_t moved_buffers = 0;
  int64_t moved_bytes = 0;
  int64_t released_bytes = 0;  // given back to the heap

  bool operator==(const ExecutorDefragmentation&) const = default;
};

// Boundary buffers: pages of up to 256 bytes, up to 48 of them, in one of 96 slots.
inline constexpr int32_t kBoundaryClasses = 96;
inline constexpr int32_t kBoundaryWidth = 48;
inline constexpr int32_t kBoundaryHeight = 256;

// Linear buffers lie in regions of the heap, each under a MemoryPool of its own. A region is as
// large as all before it together, up to 64 MiB, so there are few; it goes back to the heap when
// it is empty, but for one. Disposing of an executor, or ending it, ends its buffers: whatever they
// are then used for is an error of the kind disposed. Movable, not copyable.
class Executor {
 public:
  Executor();

  Executor(Executor&&) noexcept;
  Executor& operator=(Executor&&) noexcept;
  ~Executor();

  // `length` elements of 0. Errors: invalid-argument for a length below 0 or above 2^53 - 1 bytes;
  // out-of-memory; disposed. O(log n) of the buffers that are alive, and zeroing.
  Result<ExecutorBuffer> allocate(int64_t length);
  // The first width * height bytes of the slot of `class_index`, with what was last written there
  // (at first, 0). Errors: invalid-argument for a class outside [0, 96), a width outside [1, 48], a
  // height outside [1, 256]; out-of-memory; disposed. O(1).
  Result<ExecutorBuffer> allocate_boundary(int64_t class_index, int64_t width, int64_t height);

  [[nodiscard]] bool owns(const ExecutorBuffer& buffer) const { return buffer.state_ == state_; }

  [[nodiscard]] ExecutorStats stats() const;
  // Moves linear buffers together, into as few regions as hold them, and gives empty regions back.
  // Tensors stay good; spans of their elements do not. O(n log n) of the buffers, and copying.
  ExecutorDefragmentation defragment();

  void dispose();
  [[nodiscard]] bool is_disposed() const;

 private:
  std::shared_ptr<ExecutorState> state_;
};

}  // namespace stowage
