// Sums of many terms, made of partial sums so that rounding errors stay small (see reduction.h).
#pragma once

#include <array>
#include <cstdint>

#include "tensor/simd.h"

namespace stowage {

// Adds numbers pairwise in the order they come: the k-th level holds the sum of 2^k of them.
class PairwiseSum {
 public:
  void add(float value) {
    int level = 0;
    for (uint64_t bits = count_++; (bits & 1) != 0; bits >>= 1) value = levels_[level++] + value;
    levels_[level] = value;
  }

  [[nodiscard]] float total() const {
    float sum = 0;
    for (int level = 0; level < 64; ++level) {
      if ((count_ >> level & 1) != 0) sum = levels_[level] + sum;
    }
    return sum;
  }

 private:
  std::array<float, 64> levels_ = {};
  uint64_t count_ = 0;
};

inline float sum_of_lanes(Float4 x) { return (x[0] + x[2]) + (x[1] + x[3]); }

inline constexpr int64_t kSumBlock = 1024;

// How many vectors a pass takes for each of its sums. WebAssembly's compilers load all that a pass
// needs before they compute, and more than the sixteen registers hold is spilled.
enum class Terms : int { kShort = 2, kLong = 1 };

// The sum of term(i) of the four elements from i on, for i < n, n at most kSumBlock; for the last
// up to three elements, last_term(i, count), whose other lanes are 0.
template <Terms terms, typename Term, typename LastTerm>
inline float sum_of_block(int64_t begin, int64_t n, Term term, LastTerm last_term) {
  // Four sums in parallel, of two terms each if these are short, hide the latency of an addition.
  constexpr int64_t kSums = 4;
  constexpr int64_t kStep = static_cast<int64_t>(terms) * kLanes;
  Float4 sums[kSums] = {};
  const int64_t end = begin + n;
  int64_t i = begin;
  for (; i + kSums * kStep <= end; i += kSums * kStep) {
#pragma GCC unroll 4
    for (int64_t k = 0; k < kSums; ++k) {
      const int64_t first = i + k * kStep;
      if constexpr (terms == Terms::kShort) {
        sums[k] += term(first) + term(first + kLanes);
      } else {
        sums[k] += term(first);
      }
    }
  }
  int64_t k = 0;
  for (; i + kLanes <= end; i += kLanes) sums[k++ % kSums] += term(i);
  if (i < end) sums[k % kSums] += last_term(i, end - i);
  return sum_of_lanes((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

// The sum over all of [0, n).
template <Terms terms = Terms::kShort, typename Term, typename LastTerm>
inline float block_sum(int64_t n, Term term, LastTerm last_term) {
  PairwiseSum sum;
  for (int64_t begin = 0; begin < n; begin += kSumBlock) {
    const int64_t length = n - begin < kSumBlock ? n - begin : kSumBlock;
    sum.add(sum_of_block<terms>(begin, length, term, last_term));
  }
  return sum.total();
}

}  // namespace stowage
