// Four floats at a time: GCC's vector extensions, which g++, clang and Emscripten lower to 128-bit
// SIMD, and to scalar code where a processor has none. Vectors are loaded and stored at any
// address.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace stowage {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = int32_t __attribute__((vector_size(16)));

inline constexpr int64_t kLanes = 4;

inline Float4 load(const float* from) {
  Float4 vector;
  std::memcpy(&vector, from, sizeof(vector));
  return vector;
}

inline void store(float* to, Float4 vector) { std::memcpy(to, &vector, sizeof(vector)); }

// The first `count` lanes, fewer than four; `rest` in the others.
inline Float4 load_part(const float* from, int64_t count, float rest) {
  float lanes[kLanes] = {rest, rest, rest, rest};
  for (int64_t i = 0; i < count; ++i) lanes[i] = from[i];
  return load(lanes);
}

inline void store_part(float* to, Float4 vector, int64_t count) {
  float lanes[kLanes];
  store(lanes, vector);
  for (int64_t i = 0; i < count; ++i) to[i] = lanes[i];
}

inline Float4 splat(float value) { return Float4{value, value, value, value}; }

// A vector that a loop needs again and again. LLVM puts constants of WebAssembly back into the
// loop, where each pass makes them anew; of this one it does not see the value.
inline Float4 constant(float value) {
#if defined(__wasm_simd128__)
  __asm__("" : "+r"(value));
#endif
  return splat(value);
}

template <typename To, typename From>
inline To bits_as(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof(to));
  return to;
}

// `mask` has all bits of a lane set or none.
inline Float4 select(Int4 mask, Float4 where_set, Float4 otherwise) {
  return bits_as<Float4>((mask & bits_as<Int4>(where_set)) | (~mask & bits_as<Int4>(otherwise)));
}

// The first `count` lanes of `x`, and 0 in the others.
inline Float4 first_lanes(Float4 x, int64_t count) {
  const auto n = static_cast<int32_t>(count);
  const Int4 mask = Int4{0, 1, 2, 3} < Int4{n, n, n, n};
  return bits_as<Float4>(bits_as<Int4>(x) & mask);
}

// All bits of the lanes that are NaN: nothing else differs from itself.
inline Int4 is_nan(Float4 x) {
  return x != x;  // NOLINT(misc-redundant-expression)
}

// The smaller of two lanes: `b` where it is less than `a`, otherwise (also for a NaN) `a`. One
// instruction on x86 and in WebAssembly, where the NaN-propagating minimum takes several.
inline Float4 at_most(Float4 a, Float4 b) {
#if defined(__wasm_simd128__)
  return static_cast<Float4>(wasm_f32x4_pmin(bits_as<v128_t>(a), bits_as<v128_t>(b)));
#elif defined(__SSE2__)
  return static_cast<Float4>(_mm_min_ps(b, a));
#else
  return select(b < a, b, a);
#endif
}

// The larger of two lanes: `b` where `a` is less than it, otherwise (also for a NaN) `a`.
inline Float4 at_least(Float4 a, Float4 b) {
#if defined(__wasm_simd128__)
  return static_cast<Float4>(wasm_f32x4_pmax(bits_as<v128_t>(a), bits_as<v128_t>(b)));
#elif defined(__SSE2__)
  return static_cast<Float4>(_mm_max_ps(b, a));
#else
  return select(a < b, b, a);
#endif
}

inline Float4 absolute(Float4 x) { return bits_as<Float4>(bits_as<Int4>(x) & 0x7fffffff); }

inline Float4 square_root(Float4 x) {
#if defined(__wasm_simd128__)
  return static_cast<Float4>(wasm_f32x4_sqrt(bits_as<v128_t>(x)));
#elif defined(__SSE2__)
  return static_cast<Float4>(_mm_sqrt_ps(x));
#else
  return Float4{__builtin_sqrtf(x[0]), __builtin_sqrtf(x[1]), __builtin_sqrtf(x[2]),
                __builtin_sqrtf(x[3])};
#endif
}

}  // namespace stowage
