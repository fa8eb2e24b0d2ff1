#include "pool/memory_arguments.h"

#include <bit>

#include "base/text.h"
#include "pool/pool_arguments.h"

namespace stowage {

Status check_power_of_two(const char* name, int64_t value) {
  if (value >= 1 && std::has_single_bit(static_cast<uint64_t>(value))) return std::nullopt;
  return invalid(name, value, "a power of two");
}

Status check_memory_request(int64_t size, int64_t alignment) {
  if (Status status = check_positive("size", size)) return status;
  return check_power_of_two("alignment", alignment);
}

Error no_memory_for(int64_t bytes) {
  return {ErrorCode::kOutOfMemory,
          "there is no memory for another " + decimal(bytes) +
              " bytes; free some that is not needed any more",
          {}};
}

}  // namespace stowage
