#include "pool/array_memory.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace stowage {

namespace {

constexpr size_t kCacheLine = 64;

#if defined(__linux__)

constexpr size_t kHugePage = size_t{1} << 21;

// A wish: without it all works the same, only slower.
void ask_for_huge_pages(void* array, size_t bytes) {
  madvise(array, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
}

#else

constexpr size_t kHugePage = SIZE_MAX;
void ask_for_huge_pages(void*, size_t) {}

#endif

// Which operator delete has to be told too.
constexpr std::align_val_t alignment_of(size_t bytes) {
  return std::align_val_t(bytes >= kHugePage ? kHugePage : kCacheLine);
}

}  // namespace

void RawArray::grow(size_t count, size_t size) {
  // Steps so small that they do not count in a small pool, but not too many.
  constexpr size_t kStepBytes = 256;
  const size_t step = std::max<size_t>(1, kStepBytes / size);
  const size_t wanted = std::max(count, capacity + capacity / 16);
  RawArray grown;
  grown.capacity = (wanted + step - 1) / step * step;
  const size_t bytes = grown.capacity * size;
  grown.elements = ::operator new(bytes, alignment_of(bytes));
  if (bytes >= kHugePage) ask_for_huge_pages(grown.elements, bytes);
  if (capacity > 0) std::memcpy(grown.elements, elements, capacity * size);
  free(size);
  *this = grown;
}

void RawArray::free(size_t size) {
  if (elements != nullptr) ::operator delete(elements, alignment_of(capacity * size));
  *this = {};
}

}  // namespace stowage
