// What a pool is measured on: operations in the form of `MemoryPool::replay`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stowage/base/result.h"

namespace stowage::bench {

struct Workload {
  std::string name;
  int64_t total = 0;
  // Triples of slot, size and alignment; those of one pair are a free and an allocation.
  std::vector<double> operations;
  int64_t setup = 0;  // so many operations come first and are not timed
};

// By name:
//
// churn:BLOCKS[:ALIGNMENT]: blocks of 64 to 4 096 bytes, the logarithm of the size uniform, in a
// pool of 2.5 times their expected sum, in which no policy fails. Filled, then each of 2^20 pairs
// frees a random block and allocates one of a fresh size; twice as many pairs as there are blocks
// come before, untimed, so that the holes are those of a pool long in use.
//
// holes:COUNT:SIZE[:ALIGNMENT]: holes of 256 to 510 bytes with a block after each, none with 256
// bytes behind a multiple of 256, and room above the last block. Each pair takes SIZE bytes and
// gives them back.
//
// Errors: invalid-argument for another name.
Result<Workload> make_workload(std::string_view name);

}  // namespace stowage::bench
