// Plain loops for what is as fast as memory, as the compiler turns them into vectors of 128 bits:
// how fast memory is here. Those that make one number of many keep several side by side: with one
// alone, each addition waits for the last, and the loop takes up to five times as long as memory
// does.
#pragma once

#include <cstdint>

namespace stowage::bench {

void plain_add(const float* a, const float* b, float* out, int64_t n);
void plain_mul(const float* a, const float* b, float* out, int64_t n);
void plain_relu(const float* in, float* out, int64_t n);
float plain_sum(const float* in, int64_t n);
float plain_min(const float* in, int64_t n);
float plain_max(const float* in, int64_t n);
// y = A x, with A of m x n.
void plain_matvec(const float* a, const float* x, float* y, int64_t m, int64_t n);

}  // namespace stowage::bench
