#include "pool/pool_arguments.h"

#include "base/text.h"

namespace stowage {

Error invalid(const std::string& name, int64_t value, const std::string& wanted) {
  return {
      ErrorCode::kInvalidArgument, name + " is " + decimal(value) + "; it must be " + wanted, {}};
}

Status check_at_least(const char* name, int64_t value, int64_t least) {
  if (value >= least && value <= kMaxInteger) return std::nullopt;
  return invalid(name, value, "a whole number from " + decimal(least) + " to 2^53 - 1");
}

Status check_positive(const char* name, int64_t value) { return check_at_least(name, value, 1); }

Status check_range(int64_t offset, int64_t size, int64_t alignment, int64_t total) {
  if (Status status = check_at_least("offset", offset, 0)) return status;
  if (offset % alignment != 0) {
    return invalid("offset", offset, "a multiple of the alignment, " + decimal(alignment));
  }
  if (size > total || offset > total - size) {
    return invalid(
        "offset", offset,
        "low enough for " + decimal(size) + " bytes to end within the pool's " + decimal(total));
  }
  return std::nullopt;
}

Error not_a_block(const MemoryPool& pool, int64_t offset) {
  const std::string start = "no block starts at offset " + decimal(offset) + ": ";
  const auto error = [&](const std::string& reason) {
    return Error{ErrorCode::kInvalidArgument, start + reason, {}};
  };
  if (offset < 0 || offset >= pool.total()) {
    return error("the pool has the offsets 0 to " + decimal(pool.total() - 1));
  }
  if (const auto block = pool.find_containing(offset)) {
    return error("it lies within the block of " + decimal(block->size) + " bytes at offset " +
                 decimal(block->offset));
  }
  return error("it is free already, or was never allocated");
}

}  // namespace stowage
