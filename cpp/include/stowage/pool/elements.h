// Typed elements in memory that is handed out as bytes.
#pragma once

#include <cstdint>
#include <type_traits>

#include "stowage/base/result.h"

namespace stowage {

// What memory that is handed out uninitialised and never destroyed may hold.
template <typename T>
concept PlainData = std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>;

// The bytes of `count` elements of `element_size` bytes. Errors: invalid-argument for less than 1
// element, or more bytes than 2^53 - 1.
Result<int64_t> bytes_of_elements(int64_t count, int64_t element_size);

}  // namespace stowage
