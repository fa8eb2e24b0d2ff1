// Compiled with -O3 -ffast-math and without wider registers (CMakeLists.txt).
#include "bench/tensor/plain_loops.h"

#include <array>
#include <cstddef>

namespace stowage::bench {

namespace {

// Eight registers of four floats.
constexpr int64_t kSideBySide = 32;

// All of in[0], in[1], ... put together, from `start`. `at(i)` is the i-th.
template <typename At, typename Join>
float reduce(int64_t n, float start, At at, Join join) {
  std::array<float, kSideBySide> results{};
  results.fill(start);
  int64_t i = 0;
  for (; i + kSideBySide <= n; i += kSideBySide) {
    for (int64_t k = 0; k < kSideBySide; ++k) {
      auto& result = results[static_cast<size_t>(k)];
      result = join(result, at(i + k));
    }
  }
  float all = start;
  for (const float result : results) all = join(all, result);
  for (; i < n; ++i) all = join(all, at(i));
  return all;
}

float plus(float a, float b) { return a + b; }
float lesser(float a, float b) { return b < a ? b : a; }
float greater(float a, float b) { return a < b ? b : a; }

}  // namespace

void plain_add(const float* a, const float* b, float* out, int64_t n) {
  for (int64_t i = 0; i < n; ++i) out[i] = a[i] + b[i];
}

void plain_mul(const float* a, const float* b, float* out, int64_t n) {
  for (int64_t i = 0; i < n; ++i) out[i] = a[i] * b[i];
}

void plain_relu(const float* in, float* out, int64_t n) {
  for (int64_t i = 0; i < n; ++i) out[i] = in[i] > 0 ? in[i] : 0;
}

float plain_sum(const float* in, int64_t n) {
  return reduce(
      n, 0, [in](int64_t i) { return in[i]; }, plus);
}

float plain_min(const float* in, int64_t n) {
  return reduce(
      n, in[0], [in](int64_t i) { return in[i]; }, lesser);
}

float plain_max(const float* in, int64_t n) {
  return reduce(
      n, in[0], [in](int64_t i) { return in[i]; }, greater);
}

void plain_matvec(const float* a, const float* x, float* y, int64_t m, int64_t n) {
  for (int64_t i = 0; i < m; ++i) {
    const float* row = a + i * n;
    y[i] = reduce(
        n, 0, [row, x](int64_t j) { return row[j] * x[j]; }, plus);
  }
}

}  // namespace stowage::bench
