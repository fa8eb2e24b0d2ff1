#include "bench/tensor/ceiling.h"

namespace stowage::bench {

namespace {

using Float4 = float __attribute__((vector_size(16)));

// With the operand fifteen registers, all that V8 uses of the sixteen of x86. Two units that
// multiply, two that add and a latency of three cycles want six of each; with just as many, what
// one of them loses is never caught up with, and the speed depends on the order of the
// instructions.
constexpr int kRegisters = 7;
static_assert(kCeilingOperations == kRegisters * 2 * 4);

}  // namespace

float multiply_and_add(int64_t rounds, float operand) {
  const Float4 operands = {operand, operand, operand, operand};
  Float4 products[kRegisters];
  Float4 sums[kRegisters];
  for (int i = 0; i < kRegisters; ++i) {
    const auto start = static_cast<float>(i + 1);
    products[i] = sums[i] = Float4{start, start, start, start};
  }
  for (int64_t round = 0; round < rounds; ++round) {
#pragma GCC unroll 7
    for (int i = 0; i < kRegisters; ++i) {
      products[i] = products[i] * operands;
      sums[i] = sums[i] + operands;
    }
  }
  Float4 all = {};
  for (int i = 0; i < kRegisters; ++i) all = all + products[i] + sums[i];
  return all[0] + all[1] + all[2] + all[3];
}

}  // namespace stowage::bench

#if defined(__EMSCRIPTEN__)
// Measured from JavaScript: scripts/bench/tensor-ceiling.mjs.
extern "C" float ceiling(int rounds, float operand) {
  return stowage::bench::multiply_and_add(rounds, operand);
}
#endif
