// What arguments must be where real memory is handed out.
#pragma once

#include <cstdint>

#include "stowage/base/result.h"

namespace stowage {

Status check_power_of_two(const char* name, int64_t value);
// A size of at least 1 byte, and an alignment.
Status check_memory_request(int64_t size, int64_t alignment);

Error no_memory_for(int64_t bytes);

}  // namespace stowage
