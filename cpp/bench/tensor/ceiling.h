// The most that a core multiplies and adds on registers of 128 bits, without fusing the two: what a
// product of matrices could reach if it loaded and stored nothing.
#pragma once

#include <cstdint>

namespace stowage::bench {

// Floating-point operations of a round.
inline constexpr int64_t kCeilingOperations = 56;

// Does so many rounds of multiplications and as many additions, of which none waits for another of
// its round. `operand` is 1, so that no value leaves the normal floats; the compiler must not know
// it. The result is only there for the work not to be left out.
float multiply_and_add(int64_t rounds, float operand);

}  // namespace stowage::bench
