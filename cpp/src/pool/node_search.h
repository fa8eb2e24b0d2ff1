// Searches among the numbers of a node. Arrays are searched to their ends, whatever is in use: so
// there are few branches, and none that depends on a count. Spare elements hold what a search never
// stops at. All numbers are from 0 to 2^63 - 1, so that the sign of a difference compares them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace stowage {

inline constexpr size_t kSearchStride = 16;

#if defined(__SSE2__)
// Of four values, 32 bits each whose sign says whether the value is below `limit`: of the upper
// halves of differences, as there is no comparison of 64 bits.
inline __m128i signs_below(const int64_t* values, int64_t limit) {
  const __m128i limits = _mm_set1_epi64x(limit);
  const auto* const pairs = reinterpret_cast<const __m128i*>(values);
  const __m128i low = _mm_sub_epi64(_mm_loadu_si128(pairs), limits);
  const __m128i high = _mm_sub_epi64(_mm_loadu_si128(pairs + 1), limits);
  return _mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(low), _mm_castsi128_ps(high), 0xdd));
}
#elif defined(__wasm_simd128__)
inline v128_t signs_below(const int64_t* values, int64_t limit) {
  const v128_t limits = wasm_i64x2_splat(limit);
  const v128_t low = wasm_i64x2_sub(wasm_v128_load(values), limits);
  const v128_t high = wasm_i64x2_sub(wasm_v128_load(values + 2), limits);
  return wasm_i32x4_shuffle(low, high, 1, 3, 5, 7);
}
#endif

// Bit i for each of a stride of values that is below `limit`.
inline uint32_t mask_below(const int64_t* values, int64_t limit) {
#if defined(__SSE2__)
  // Narrowed down to a byte each.
  const __m128i low = _mm_packs_epi32(signs_below(values, limit), signs_below(values + 4, limit));
  const __m128i high =
      _mm_packs_epi32(signs_below(values + 8, limit), signs_below(values + 12, limit));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(low, high)));
#elif defined(__wasm_simd128__)
  const v128_t low =
      wasm_i16x8_narrow_i32x4(signs_below(values, limit), signs_below(values + 4, limit));
  const v128_t high =
      wasm_i16x8_narrow_i32x4(signs_below(values + 8, limit), signs_below(values + 12, limit));
  return static_cast<uint32_t>(wasm_i8x16_bitmask(wasm_i8x16_narrow_i16x8(low, high)));
#else
  uint32_t mask = 0;
  for (size_t i = 0; i < kSearchStride; ++i) mask |= (values[i] < limit ? 1U : 0U) << i;
  return mask;
#endif
}

// The same of eight values.
inline uint32_t mask_below_of_8(const int64_t* values, int64_t limit) {
#if defined(__SSE2__)
  const __m128i signs = _mm_packs_epi32(signs_below(values, limit), signs_below(values + 4, limit));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(signs, _mm_setzero_si128())));
#elif defined(__wasm_simd128__)
  return static_cast<uint32_t>(wasm_i16x8_bitmask(
      wasm_i16x8_narrow_i32x4(signs_below(values, limit), signs_below(values + 4, limit))));
#else
  uint32_t mask = 0;
  for (size_t i = 0; i < 8; ++i) mask |= (values[i] < limit ? 1U : 0U) << i;
  return mask;
#endif
}

// Where the pairs of values are that move with that at `from`: as many as there may ever be, as how
// many there are is a toss-up for a branch. Those too many are the last pair once more.
inline constexpr size_t kPairs = kSearchStride / 2;
inline constexpr auto kPairsFrom = [] {
  std::array<std::array<uint8_t, kPairs>, kSearchStride> places{};
  for (size_t from = 0; from < kSearchStride; ++from) {
    for (size_t i = 0; i < kPairs; ++i) {
      places[from][i] = static_cast<uint8_t>(std::min(from + 2 * i, kSearchStride - 3));
    }
  }
  return places;
}();

// Values from `from` + kFrom on become those from `from` + kTo on.
template <size_t kFrom, size_t kTo>
void shift(int64_t* values, const std::array<uint8_t, kPairs>& places) {
  using Pair = std::array<int64_t, 2>;
  std::array<Pair, kPairs> pairs;
  for (size_t i = 0; i < kPairs; ++i) {
    std::memcpy(&pairs[i], values + places[i] + kFrom, sizeof(Pair));
  }
  for (size_t i = 0; i < kPairs; ++i) {
    std::memcpy(values + places[i] + kTo, &pairs[i], sizeof(Pair));
  }
}

// Moves the values from `from` on one up; the last two must be spare, and `from` below them.
inline void shift_up(std::array<int64_t, kSearchStride>& values, int from) {
  shift<0, 1>(values.data(), kPairsFrom[static_cast<size_t>(from)]);
}

// Moves the values above `from` one down; the last must be spare, and `from` below the one before.
inline void shift_down(std::array<int64_t, kSearchStride>& values, int from) {
  shift<1, 0>(values.data(), kPairsFrom[static_cast<size_t>(from)]);
}

// `count` is a multiple of four.
inline int64_t largest_of(const int64_t* values, size_t count) {
  // Several, so that none waits for every other.
  constexpr size_t kChains = 4;
  std::array<int64_t, kChains> largest = {values[0], values[1], values[2], values[3]};
  for (size_t i = kChains; i < count; i += kChains) {
    for (size_t chain = 0; chain < kChains; ++chain) {
      largest[chain] = largest[chain] < values[i + chain] ? values[i + chain] : largest[chain];
    }
  }
  const int64_t first = largest[0] < largest[1] ? largest[1] : largest[0];
  const int64_t second = largest[2] < largest[3] ? largest[3] : largest[2];
  return first < second ? second : first;
}

}  // namespace stowage
