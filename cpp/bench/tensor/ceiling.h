// The most that a core multiplies and adds on registers of 128 bits, without fusing the two: what a
// product of matrices could reach if it loaded and stored nothing.
#pragma once

#include <array>
#include <cstdint>

namespace stowage::bench {

// Floating-point operations of a round.
inline constexpr int64_t kCeilingOperations = 4 * 56;

// How many times the loop is unrolled. A processor may take a tenth longer for one of them than for
// another, depending on where the compiler and the linker put the instructions; the fastest counts.
inline constexpr std::array kCeilingUnrolls = {1, 2, 4};

// Does so many rounds of multiplications and as many additions, of which none waits for another
// nearby. `unroll` is one of the above. `operand` is 1, so that no value leaves the normal floats;
// the compiler must not know it. The result is only there for the work not to be left out.
float multiply_and_add(int unroll, int64_t rounds, float operand);

}  // namespace stowage::bench
