// Memory for arrays that are read at random.
#pragma once

#include <cstddef>

namespace stowage {

// Uninitialised, from the start of a cache line on. From 2 MiB on it is in huge pages where the
// system has them to give (Linux): with pages of 4 KiB, most reads of an array that is larger than
// the processor's table of pages covers have to wait for another read. Ends the program when there
// is not so much memory, as any operator new does without exceptions.
void* allocate_array(size_t bytes);
void free_array(void* array, size_t bytes);

}  // namespace stowage
