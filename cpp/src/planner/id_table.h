// Finds buffers with the same id.
#pragma once

#include <cstdint>
#include <vector>

#include "stowage/planner/problem.h"

namespace stowage {

// A hash table of positions with open addressing: it copies no id, and a million buffers cost two
// allocations a doubling. `buffers` may grow meanwhile, and must outlive the table.
class IdTable {
 public:
  explicit IdTable(const std::vector<Buffer>& buffers) : buffers_(buffers) {}

  // Adds buffers[index] unless an earlier one has the same id: then that one's index, else -1.
  BufferIndex add(BufferIndex index);

 private:
  struct Slot {
    uint32_t hash = 0;
    BufferIndex index = -1;  // -1: free
  };

  void grow();

  const std::vector<Buffer>& buffers_;
  std::vector<Slot> slots_;  // a power of two of them, at most half in use
  size_t used_ = 0;
};

}  // namespace stowage
