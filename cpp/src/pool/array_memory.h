// Memory for arrays that grow and are read at random.
#pragma once

#include <cstddef>

namespace stowage {

// What GrowingArray has for elements of any type; their size is always the same.
//
// Elements begin with a cache line. From 2 MiB on they are in huge pages where the system has them
// to give (Linux): with pages of 4 KiB, most reads of an array that is larger than the processor's
// table of pages covers have to wait for another read. Where there is not so much memory, the
// program ends, as with any operator new without exceptions.
struct RawArray {
  void* elements = nullptr;
  size_t capacity = 0;

  // To `count` elements or a few more.
  void grow(size_t count, size_t size);
  void free(size_t size);
};

}  // namespace stowage
