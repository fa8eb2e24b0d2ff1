// What an executor and its buffers share.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/pool/aligned_memory.h"
#include "stowage/pool/memory_pool.h"
#include "stowage/tensor/executor.h"

namespace stowage {

class ExecutorState {
 public:
  // A slot, which stays where a buffer's memory moves. Errors: out-of-memory.
  Result<uint32_t> allocate(int64_t length, bool is_zeroed);
  void release(uint32_t slot);
  [[nodiscard]] std::span<float> data(uint32_t slot) const;

  // Errors: out-of-memory.
  Status open_boundary(int32_t class_index);
  void close_boundary(int32_t class_index);
  [[nodiscard]] float* boundary_data(int32_t class_index) const;
  [[nodiscard]] int64_t boundary_buffers(int32_t class_index) const {
    return boundary_counts_[static_cast<size_t>(class_index)];
  }

  [[nodiscard]] ExecutorStats stats() const;
  ExecutorDefragmentation defragment();
  void dispose();
  [[nodiscard]] bool is_disposed() const { return is_disposed_; }

 private:
  struct Region {
    AlignedMemory memory;
    MemoryPool pool;
  };
  struct Slot {
    uint32_t region = 0;
    int64_t offset = 0;
    int64_t length = 0;
  };
  struct Place {
    uint32_t region = 0;
    int64_t offset = 0;
  };

  // Where `size` bytes are from now on that of `slot`, if a region before `limit` has room.
  std::optional<Place> find_place(int64_t size, uint32_t slot, uint32_t limit);
  Result<uint32_t> add_region(int64_t size);
  uint32_t take_slot();
  void release_emptied(uint32_t region);
  int64_t release_region(uint32_t region);

  void compact(uint32_t region, ExecutorDefragmentation& report);
  void move_down(uint32_t region, ExecutorDefragmentation& report);

  std::vector<Region> regions_;
  std::vector<Slot> slots_;
  std::vector<uint32_t> free_slots_;
  AlignedMemory boundary_;
  std::array<int64_t, kBoundaryClasses> boundary_counts_ = {};
  int64_t used_ = 0;
  int64_t peak_used_ = 0;
  int64_t num_boundary_ = 0;
  bool is_disposed_ = false;
};

}  // namespace stowage
