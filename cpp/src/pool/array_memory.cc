#include "pool/array_memory.h"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace stowage {

namespace {

constexpr size_t kCacheLine = 64;
constexpr size_t kHugePage = size_t{1} << 21;

// That of the whole array, which operator delete has to be told.
constexpr std::align_val_t alignment_of(size_t bytes) {
#if defined(__linux__)
  if (bytes >= kHugePage) return std::align_val_t(kHugePage);
#endif
  return std::align_val_t(kCacheLine);
}

}  // namespace

void* allocate_array(size_t bytes) {
  void* const array = ::operator new(bytes, alignment_of(bytes));
#if defined(__linux__)
  // A wish: without it all works the same, only slower.
  if (bytes >= kHugePage) madvise(array, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
#endif
  return array;
}

void free_array(void* array, size_t bytes) { ::operator delete(array, alignment_of(bytes)); }

}  // namespace stowage
