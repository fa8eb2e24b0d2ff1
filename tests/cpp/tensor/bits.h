// Comparing floats by their bits.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace stowage {

inline uint32_t bits_of(float value) {
  uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

inline float float_of(uint32_t bits) {
  float value = 0;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

// FNV-1a over the bits; all NaN count as one, as their bits are not defined.
inline uint64_t hash_of(std::span<const float> values, uint64_t hash = 14695981039346656037U) {
  for (const float value : values) {
    hash = (hash ^ (value != value ? 0x7fc00000U : bits_of(value))) * 1099511628211U;
  }
  return hash;
}

// Numbers of many magnitudes and both signs, the same on every platform.
inline std::vector<float> varied(int64_t n, uint32_t seed, float scale = 1) {
  std::vector<float> values;
  uint64_t state = seed * 2654435761U + 1;
  for (int64_t i = 0; i < n; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const auto fraction = static_cast<float>(state >> 40) / 16777216.0F;
    values.push_back((fraction * 2 - 1) * scale);
  }
  return values;
}

}  // namespace stowage
