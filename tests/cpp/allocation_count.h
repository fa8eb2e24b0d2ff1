// How often the tests have asked for memory.
#pragma once

#include <cstdint>

namespace stowage {

// Calls of any operator new so far, or nothing to go by: -1 under sanitizers, which have operators
// of their own that find what is freed in the wrong way.
int64_t allocation_count();

}  // namespace stowage
