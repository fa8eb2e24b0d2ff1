#include "bench/tensor/ceiling.h"

namespace stowage::bench {

namespace {

using Float4 = float __attribute__((vector_size(16)));

// Twelve registers in all, beside two for the operands: with each a pass behind the one before,
// enough for the latency of two units that multiply and two that add, and fewer than the fifteen
// that V8 uses of the sixteen of x86.
constexpr int kRegisters = 6;
static_assert(kCeilingOperations == kRegisters * 2 * 4);

}  // namespace

float multiply_and_add(int64_t rounds, float factor, float summand) {
  const Float4 factors = {factor, factor, factor, factor};
  const Float4 summands = {summand, summand, summand, summand};
  Float4 products[kRegisters];
  Float4 sums[kRegisters];
  for (int i = 0; i < kRegisters; ++i) {
    const auto start = static_cast<float>(i + 1);
    products[i] = sums[i] = Float4{start, start, start, start};
  }
  for (int64_t round = 0; round < rounds; ++round) {
#pragma GCC unroll 6
    for (int i = 0; i < kRegisters; ++i) {
      products[i] = products[i] * factors;
      sums[i] = sums[i] + summands;
    }
  }
  Float4 all = {};
  for (int i = 0; i < kRegisters; ++i) all = all + products[i] + sums[i];
  return all[0] + all[1] + all[2] + all[3];
}

}  // namespace stowage::bench

#if defined(__EMSCRIPTEN__)
// Measured from JavaScript: scripts/bench/tensor-ceiling.mjs.
extern "C" float ceiling(int rounds, float factor, float summand) {
  return stowage::bench::multiply_and_add(rounds, factor, summand);
}
#endif
