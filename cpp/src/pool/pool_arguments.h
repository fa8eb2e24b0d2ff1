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
Status check_size(int64_t size, int64_t alignment);
// That [offset, offset + size) is in a pool of `total` bytes, and aligned.
Status check_range(int64_t offset, int64_t size, int64_t alignment, int64_t total);

// Says what there is at `offset`, where no block starts.
Error not_a_block(const MemoryPool& pool, int64_t offset);

}  // namespace stowage
