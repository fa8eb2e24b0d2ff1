#include "bench/tensor/ceiling.h"

namespace stowage::bench {

namespace {

using Float4 = float __attribute__((vector_size(16)));

// With the operand fifteen registers, all that V8 uses of the sixteen of x86. Two units that
// multiply, two that add and a latency of three cycles want six of each; with just as many, what
// one of them loses is never caught up with.
constexpr int kRegisters = 7;
constexpr int kPasses = 4;  // in a round
static_assert(kCeilingOperations == kPasses * kRegisters * 2 * 4);

template <int kUnroll>
float unrolled(int64_t rounds, float operand) {
  const Float4 operands = {operand, operand, operand, operand};
  Float4 products[kRegisters];
  Float4 sums[kRegisters];
  for (int i = 0; i < kRegisters; ++i) {
    const auto start = static_cast<float>(i + 1);
    products[i] = sums[i] = Float4{start, start, start, start};
  }
  for (int64_t pass = 0; pass < rounds * kPasses; pass += kUnroll) {
#pragma GCC unroll 4
    for (int repeat = 0; repeat < kUnroll; ++repeat) {
#pragma GCC unroll 7
      for (int i = 0; i < kRegisters; ++i) {
        products[i] = products[i] * operands;
        sums[i] = sums[i] + operands;
      }
    }
  }
  Float4 all = {};
  for (int i = 0; i < kRegisters; ++i) all = all + products[i] + sums[i];
  return all[0] + all[1] + all[2] + all[3];
}

}  // namespace

float multiply_and_add(int unroll, int64_t rounds, float operand) {
  switch (unroll) {
    case 1:
      return unrolled<1>(rounds, operand);
    case 2:
      return unrolled<2>(rounds, operand);
    default:
      return unrolled<4>(rounds, operand);
  }
}

}  // namespace stowage::bench

#if defined(__EMSCRIPTEN__)
// Measured from JavaScript: scripts/bench/tensor-ceiling.mjs.
extern "C" float ceiling(int unroll, int rounds, float operand) {
  return stowage::bench::multiply_and_add(unroll, rounds, operand);
}
#endif
