// Random numbers that are the same on every build.
#pragma once

#include <random>

namespace stowage {

// A number in [0, 1) with 53 random bits. The distributions of the standard libraries differ from
// each other; the bits of the engine, and this, do not.
inline double random_fraction(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) * 0x1p-53;
}

}  // namespace stowage
