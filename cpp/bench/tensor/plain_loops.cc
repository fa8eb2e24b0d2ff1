// Compiled with -O3 -ffast-math and without wider registers (CMakeLists.txt): the sums, whose order
// matters, would not be vectors otherwise.
#include "bench/tensor/plain_loops.h"

namespace stowage::bench {

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
  float sum = 0;
  for (int64_t i = 0; i < n; ++i) sum += in[i];
  return sum;
}

float plain_min(const float* in, int64_t n) {
  float least = in[0];
  for (int64_t i = 0; i < n; ++i) least = in[i] < least ? in[i] : least;
  return least;
}

float plain_max(const float* in, int64_t n) {
  float most = in[0];
  for (int64_t i = 0; i < n; ++i) most = in[i] > most ? in[i] : most;
  return most;
}

void plain_matvec(const float* a, const float* x, float* y, int64_t m, int64_t n) {
  for (int64_t i = 0; i < m; ++i) {
    float sum = 0;
    for (int64_t j = 0; j < n; ++j) sum += a[i * n + j] * x[j];
    y[i] = sum;
  }
}

}  // namespace stowage::bench
