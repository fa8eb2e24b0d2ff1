// Memory of the heap at an address that is a multiple of an alignment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace stowage {

struct FreeAlignedMemory {
  void operator()(std::byte* memory) const { std::free(memory); }
};

using AlignedMemory = std::unique_ptr<std::byte[], FreeAlignedMemory>;

// `size` bytes or a few more, uninitialised, at a multiple of `alignment`, which is a power of two.
// Null when there is not so much memory, as operator new could not say without exceptions.
AlignedMemory allocate_aligned(int64_t size, int64_t alignment);

// Whether `address` is a multiple of `alignment`, which is a power of two.
inline bool is_aligned(const void* address, int64_t alignment) {
  return (reinterpret_cast<uintptr_t>(address) & static_cast<uintptr_t>(alignment - 1)) == 0;
}

}  // namespace stowage
