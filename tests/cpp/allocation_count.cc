#include "allocation_count.h"

#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STOWAGE_ADDRESS_SANITIZER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define STOWAGE_ADDRESS_SANITIZER
#endif

#if defined(STOWAGE_ADDRESS_SANITIZER)

int64_t stowage::allocation_count() { return -1; }

#else

namespace {

int64_t count = 0;

void* counted(void* memory) {
  ++count;
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

int64_t stowage::allocation_count() { return count; }

// All other forms of the standard libraries call these.
void* operator new(size_t size) { return counted(std::malloc(size > 0 ? size : 1)); }
void* operator new(size_t size, std::align_val_t alignment) {
  const auto multiple = static_cast<size_t>(alignment);
  return counted(std::aligned_alloc(multiple, (size + multiple - 1) / multiple * multiple));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, size_t, std::align_val_t) noexcept { std::free(memory); }

#endif
