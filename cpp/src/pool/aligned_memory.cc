#include "stowage/pool/aligned_memory.h"

#include <algorithm>

#include "stowage/base/integer.h"

namespace stowage {

AlignedMemory allocate_aligned(int64_t size, int64_t alignment) {
  // C11 wants the size to be a multiple of the alignment, which must be one of the platform.
  alignment = std::max<int64_t>(alignment, alignof(std::max_align_t));
  if (size > PTRDIFF_MAX - alignment) return nullptr;
  const int64_t whole = align_up(size, alignment);
  return AlignedMemory(static_cast<std::byte*>(
      std::aligned_alloc(static_cast<size_t>(alignment), static_cast<size_t>(whole))));
}

}  // namespace stowage
