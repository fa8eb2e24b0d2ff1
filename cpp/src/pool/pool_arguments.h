// What arguments of a pool must be.
#pragma once

#include <cstdint>
#include <string>

#include "stowage/base/integer.h"
#include "stowage/base/result.h"
#include "stowage/pool/memory_pool.h"

namespace stowage {

// "NAME is VALUE; it must be WANTED".
Error invalid(const std::string& name, int64_t value, const std::string& wanted);

Status check_positive(const char* name, int64_t value);
// From `least` to 2^53 - 1.
Status check_at_least(const char* name, int64_t value, int64_t least);

inline bool is_positive(int64_t value) {
  return static_cast<uint64_t>(value) - 1 < static_cast<uint64_t>(kMaxInteger);
}

inline Status check_size(int64_t size, int64_t alignment) {
  if (is_positive(size) && is_positive(alignment)) [[likely]]
    return std::nullopt;
  return is_positive(size) ? check_positive("alignment", alignment) : check_positive("size", size);
}

// That [offset, offset + size) is in a pool of `total` bytes, and aligned.
Status check_range(int64_t offset, int64_t size, int64_t alignment, int64_t total);

// Says what there is at `offset`, where no block starts.
Error not_a_block(const MemoryPool& pool, int64_t offset);

}  // namespace stowage
