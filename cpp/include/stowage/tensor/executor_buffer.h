// The memory of an executor that tensors live in.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "stowage/base/result.h"

namespace stowage {

class ExecutorState;

enum class BufferPoolKind : uint8_t {
  kLinear,    // of any length, from the executor's pools
  kBoundary,  // in one of 96 fixed slots, which the buffers of a class share
};

// Floats that belong to an Executor, which must not be used from several threads at once. Owns
// them: they are given back when it ends. Movable, not copyable.
class ExecutorBuffer {
 public:
  ExecutorBuffer(ExecutorBuffer&& other) noexcept;
  ExecutorBuffer& operator=(ExecutorBuffer&& other) noexcept;
  ~ExecutorBuffer();

  // In elements. O(1), as all below.
  [[nodiscard]] int64_t length() const { return length_; }
  [[nodiscard]] bool is_empty() const { return length_ == 0; }
  // Of a boundary buffer width * height, which need not be a multiple of an element's 4.
  [[nodiscard]] int64_t size_bytes() const { return size_bytes_; }
  [[nodiscard]] BufferPoolKind pool() const { return pool_; }
  // 0 to 95; of a linear buffer 0.
  [[nodiscard]] int32_t class_index() const { return class_index_; }
  // How many other boundary buffers share its bytes: those of the same class that are alive. 0 for
  // a linear buffer.
  [[nodiscard]] int64_t num_aliases() const;

  // The elements, where they are now: good until the executor is defragmented or disposed of.
  // Errors: disposed, if the executor was.
  [[nodiscard]] Result<std::span<float>> data() const;

  // Another linear buffer of the same executor, with any content. Errors: as of Executor::allocate.
  [[nodiscard]] Result<ExecutorBuffer> allocate_sibling(int64_t length) const;

  // Whether both belong to the same executor.
  [[nodiscard]] bool shares_executor(const ExecutorBuffer& other) const {
    return state_ == other.state_;
  }
  // Whether writing to one may change the other.
  [[nodiscard]] bool shares_memory(const ExecutorBuffer& other) const;

 private:
  friend class Executor;
  friend class ExecutorState;
  ExecutorBuffer(std::shared_ptr<ExecutorState> state, uint32_t slot, int64_t length,
                 int64_t size_bytes, BufferPoolKind pool, int32_t class_index);
  static Result<ExecutorBuffer> allocate(const std::shared_ptr<ExecutorState>& state,
                                         int64_t length, bool is_zeroed);
  void release();

  std::shared_ptr<ExecutorState> state_;
  uint32_t slot_ = 0;  // of linear memory; of a boundary buffer its class
  int64_t length_ = 0;
  int64_t size_bytes_ = 0;
  BufferPoolKind pool_ = BufferPoolKind::kLinear;
  int32_t class_index_ = 0;
};

}  // namespace stowage
