// Searches among the numbers of a node. Arrays are searched to their ends, whatever is in use: so
// there are few branches, and none that depends on a count. Spare elements hold what a search never
// stops at. All numbers are from 0 to 2^63 - 1, so that the sign of a difference compares them.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace stowage {

// Of two values at once, so that there is no call for the few that are moved.
inline void copy_pair(const int64_t* from, int64_t* to) {
  std::array<int64_t, 2> pair;
  std::memcpy(pair.data(), from, sizeof(pair));
  std::memcpy(to, pair.data(), sizeof(pair));
}

inline constexpr size_t kSearchStride = 16;

// Bit i for each of a stride of values that is below `limit`.
inline uint32_t mask_below(const int64_t* values, int64_t limit) {
#if defined(__SSE2__)
  // It has no comparison of 64 bits, but can narrow the signs of differences down to a byte each.
  const __m128i limits = _mm_set1_epi64x(limit);
  const auto signs = [&](size_t i) {
    const auto* pairs = reinterpret_cast<const __m128i*>(values + i);
    const __m128i low = _mm_sub_epi64(_mm_loadu_si128(pairs), limits);
    const __m128i high = _mm_sub_epi64(_mm_loadu_si128(pairs + 1), limits);
    return _mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(low), _mm_castsi128_ps(high), 0xdd));
  };
  const __m128i low = _mm_packs_epi32(signs(0), signs(4));
  const __m128i high = _mm_packs_epi32(signs(8), signs(12));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(low, high)));
#elif defined(__wasm_simd128__)
  const v128_t limits = wasm_i64x2_splat(limit);
  const auto signs = [&](size_t i) {
    const v128_t low = wasm_i64x2_sub(wasm_v128_load(values + i), limits);
    const v128_t high = wasm_i64x2_sub(wasm_v128_load(values + i + 2), limits);
    return wasm_i32x4_shuffle(low, high, 1, 3, 5, 7);
  };
  const v128_t low = wasm_i16x8_narrow_i32x4(signs(0), signs(4));
  const v128_t high = wasm_i16x8_narrow_i32x4(signs(8), signs(12));
  return static_cast<uint32_t>(wasm_i8x16_bitmask(wasm_i8x16_narrow_i16x8(low, high)));
#else
  uint32_t mask = 0;
  for (size_t i = 0; i < kSearchStride; ++i) mask |= (values[i] < limit ? 1U : 0U) << i;
  return mask;
#endif
}

// How many of the ascending `keys` are below `key`: first of the last of every stride, then of
// those between. No comparison waits for another, as each of a binary search does.
template <size_t kSize>
int count_below(const std::array<int64_t, kSize>& keys, int64_t key) {
  static_assert(kSize % kSearchStride == 0);
  size_t strides = 0;
  // The very last is not asked: should it be below, so are all of the stride before it.
  for (size_t i = kSearchStride - 1; i + kSearchStride < kSize; i += kSearchStride) {
    strides += static_cast<uint64_t>(keys[i] - key) >> 63;
  }
  const size_t rank = strides * kSearchStride;
  return static_cast<int>(rank) + std::countr_one(mask_below(keys.data() + rank, key));
}

// The first of `values` that is at least `least`; kSize for none.
template <size_t kSize>
int first_at_least(const std::array<int64_t, kSize>& values, int64_t least) {
  constexpr uint32_t kAll = (1U << kSearchStride) - 1;
  for (size_t i = 0; i < kSize; i += kSearchStride) {
    const uint32_t below = mask_below(values.data() + i, least);
    if (below != kAll) return static_cast<int>(i) + std::countr_one(below);
  }
  return static_cast<int>(kSize);
}

// The same of those from `from` on.
template <size_t kSize>
[[gnu::noinline]] int first_at_least(const std::array<int64_t, kSize>& values, int64_t least,
                                     int from) {
  constexpr uint32_t kAll = (1U << kSearchStride) - 1;
  const auto start = static_cast<size_t>(from);
  uint32_t passed = (1U << start % kSearchStride) - 1;
  for (size_t i = start - start % kSearchStride; i < kSize; i += kSearchStride) {
    const uint32_t found = ~(mask_below(values.data() + i, least) | passed) & kAll;
    if (found != 0) return static_cast<int>(i) + std::countr_zero(found);
    passed = 0;
  }
  return static_cast<int>(kSize);
}

// Moves values [from, count) of both arrays one up.
template <size_t kSize>
void shift_up(std::array<int64_t, kSize>& first, std::array<int64_t, kSize>& second, int from,
              int count) {
  auto i = static_cast<size_t>(count);
  for (const auto start = static_cast<size_t>(from); i >= start + 2; i -= 2) {
    copy_pair(&first[i - 2], &first[i - 1]);
    copy_pair(&second[i - 2], &second[i - 1]);
  }
  if (i > static_cast<size_t>(from)) {
    first[i] = first[i - 1];
    second[i] = second[i - 1];
  }
}

// Moves values [from, count) of both arrays one down.
template <size_t kSize>
void shift_down(std::array<int64_t, kSize>& first, std::array<int64_t, kSize>& second, int from,
                int count) {
  auto i = static_cast<size_t>(from);
  for (const auto end = static_cast<size_t>(count); i + 2 <= end; i += 2) {
    copy_pair(&first[i], &first[i - 1]);
    copy_pair(&second[i], &second[i - 1]);
  }
  if (i < static_cast<size_t>(count)) {
    first[i - 1] = first[i];
    second[i - 1] = second[i];
  }
}

template <size_t kSize>
[[gnu::noinline]] int64_t largest_of(const std::array<int64_t, kSize>& values) {
  // Several, so that none waits for every other.
  constexpr size_t kChains = 4;
  static_assert(kSize % kChains == 0);
  std::array<int64_t, kChains> largest = {values[0], values[1], values[2], values[3]};
  for (size_t i = kChains; i < kSize; i += kChains) {
    for (size_t chain = 0; chain < kChains; ++chain) {
      largest[chain] = largest[chain] < values[i + chain] ? values[i + chain] : largest[chain];
    }
  }
  const int64_t first = largest[0] < largest[1] ? largest[1] : largest[0];
  const int64_t second = largest[2] < largest[3] ? largest[3] : largest[2];
  return first < second ? second : first;
}

}  // namespace stowage
