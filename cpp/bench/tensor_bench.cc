// The kernels of tensors by themselves, beside plain loops and the processor's ceiling. Run
// build/release/cpp/bench/stowage_bench --benchmark_filter='^(Kernel|Plain|Ceiling)'.
#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "bench/tensor/ceiling.h"
#include "bench/tensor/plain_loops.h"
#include "stowage/tensor/elementwise.h"
#include "stowage/tensor/gemm.h"
#include "stowage/tensor/reduction.h"

namespace {

using stowage::BinaryOperation;
using stowage::Reduction;
using stowage::UnaryOperation;
namespace bench = stowage::bench;

// The numbers that scripts/bench/tensor-workloads.mjs takes, the first or the second operand. They
// are kept, as Google Benchmark calls a benchmark anew for each repetition.
std::span<const float> numbers(int operand, int64_t n) {
  static std::array<std::vector<float>, 2> kept;
  auto& values = kept.at(static_cast<size_t>(operand));
  while (std::ssize(values) < n) {
    const auto i = static_cast<double>(values.size());
    values.push_back(static_cast<float>(3 * std::sin(i * 12.9898)));
  }
  return std::span(values).first(static_cast<size_t>(n));
}

// A counter of so many operations an iteration, a second.
void count_operations(benchmark::State& state, int64_t operations) {
  state.counters["FLOP/s"] = benchmark::Counter(static_cast<double>(operations),
                                                benchmark::Counter::kIsIterationInvariantRate);
}

// An m x k and a k x n matrix.
void KernelGemm(benchmark::State& state) {
  const int64_t m = state.range(0);
  const int64_t n = state.range(1);
  const int64_t k = state.range(2);
  const auto a = numbers(0, m * k);
  const auto b = numbers(1, k * n);
  std::vector<float> c(static_cast<size_t>(m * n));
  for (auto _ : state) {
    const auto status =
        stowage::gemm(stowage::row_major(a.data(), m, k), stowage::row_major(b.data(), k, n),
                      stowage::row_major(c.data(), m, n));
    if (status) {
      state.SkipWithError(status->message.c_str());
      return;
    }
    benchmark::ClobberMemory();
  }
  count_operations(state, 2 * m * n * k);
}
BENCHMARK(KernelGemm)
    ->Name("Kernel/gemm")
    ->Args({128, 128, 128})
    ->Args({256, 256, 256})
    ->Args({512, 512, 512})
    ->Args({1024, 1024, 1024})
    ->Args({1, 4096, 4096})
    ->Args({197, 3072, 768})
    ->Args({3136, 64, 576})
    ->Unit(benchmark::kMillisecond);

void Ceiling(benchmark::State& state) {
  constexpr int64_t kRounds = 5'000;
  const auto unroll = static_cast<int>(state.range(0));
  float one = 1;
  benchmark::DoNotOptimize(one);
  for (auto _ : state) benchmark::DoNotOptimize(bench::multiply_and_add(unroll, kRounds, one));
  count_operations(state, kRounds * bench::kCeilingOperations);
}
BENCHMARK(Ceiling)->Apply([](benchmark::internal::Benchmark* each) {
  for (const int unroll : bench::kCeilingUnrolls) each->Arg(unroll);
});

using In = std::span<const float>;
using Out = std::span<float>;

// In the processor's nearest cache, in its last one, and in memory.
void lengths(benchmark::internal::Benchmark* each) {
  each->Arg(1 << 12)->Arg(1 << 20)->Arg(1 << 24)->Unit(benchmark::kMillisecond);
}

// `run(in, other, out)` on three arrays. What it returns, if anything, is taken to be needed.
template <typename Run>
void measure(benchmark::State& state, Run run) {
  const auto in = numbers(0, state.range(0));
  const auto other = numbers(1, state.range(0));
  std::vector<float> out(in.size());
  for (auto _ : state) {
    if constexpr (std::is_void_v<decltype(run(in, other, Out(out)))>) {
      run(in, other, Out(out));
    } else {
      benchmark::DoNotOptimize(run(in, other, Out(out)));
    }
    benchmark::ClobberMemory();
  }
}

auto unary(UnaryOperation operation) {
  return [operation](In in, In, Out out) { stowage::apply(operation, in, out); };
}

auto binary(BinaryOperation operation) {
  return [operation](In in, In other, Out out) { stowage::apply(operation, in, other, out); };
}

auto reduction(Reduction kind) {
  return [kind](In in, In, Out) { return stowage::reduce(kind, in); };
}

template <typename Run>
void Kernel(benchmark::State& state, Run run) {
  measure(state, run);
}
BENCHMARK_CAPTURE(Kernel, add, binary(BinaryOperation::kAdd))->Apply(lengths);
BENCHMARK_CAPTURE(Kernel, mul, binary(BinaryOperation::kMul))->Apply(lengths);
BENCHMARK_CAPTURE(Kernel, relu, unary(UnaryOperation::kRelu))->Apply(lengths);
BENCHMARK_CAPTURE(Kernel, sum, reduction(Reduction::kSum))->Apply(lengths);
BENCHMARK_CAPTURE(Kernel, min, reduction(Reduction::kMin))->Apply(lengths);
BENCHMARK_CAPTURE(Kernel, max, reduction(Reduction::kMax))->Apply(lengths);
BENCHMARK_CAPTURE(Kernel, softmax, [](In in, In, Out out) {
  stowage::softmax(in, out);
})->Apply(lengths);
BENCHMARK_CAPTURE(Kernel, sigmoid, unary(UnaryOperation::kSigmoid))->Apply(lengths);
BENCHMARK_CAPTURE(Kernel, tanh, unary(UnaryOperation::kTanh))->Apply(lengths);
BENCHMARK_CAPTURE(Kernel, gelu, unary(UnaryOperation::kGelu))->Apply(lengths);
BENCHMARK_CAPTURE(Kernel, exp, unary(UnaryOperation::kExp))->Apply(lengths);

using PlainBinary = void (*)(const float*, const float*, float*, int64_t);
using PlainReduction = float (*)(const float*, int64_t);

auto plain(PlainBinary loop) {
  return [loop](In in, In other, Out out) {
    loop(in.data(), other.data(), out.data(), std::ssize(in));
  };
}

auto plain(PlainReduction loop) {
  return [loop](In in, In, Out) { return loop(in.data(), std::ssize(in)); };
}

void plain_relu(In in, In, Out out) { bench::plain_relu(in.data(), out.data(), std::ssize(in)); }

template <typename Run>
void Plain(benchmark::State& state, Run run) {
  measure(state, run);
}
BENCHMARK_CAPTURE(Plain, add, plain(bench::plain_add))->Apply(lengths);
BENCHMARK_CAPTURE(Plain, mul, plain(bench::plain_mul))->Apply(lengths);
BENCHMARK_CAPTURE(Plain, relu, plain_relu)->Apply(lengths);
BENCHMARK_CAPTURE(Plain, sum, plain(bench::plain_sum))->Apply(lengths);
BENCHMARK_CAPTURE(Plain, min, plain(bench::plain_min))->Apply(lengths);
BENCHMARK_CAPTURE(Plain, max, plain(bench::plain_max))->Apply(lengths);

// `run(matrix, vector, result)`.
template <typename Run>
void measure_matrix(benchmark::State& state, Run run) {
  const int64_t m = state.range(0);
  const int64_t n = state.range(1);
  const auto a = numbers(0, m * n);
  const auto x = numbers(1, n);
  std::vector<float> y(static_cast<size_t>(m));
  for (auto _ : state) {
    run(stowage::row_major(a.data(), m, n), x, Out(y));
    benchmark::ClobberMemory();
  }
}

void KernelMatvec(benchmark::State& state) { measure_matrix(state, stowage::matvec); }
BENCHMARK(KernelMatvec)->Name("Kernel/matvec")->Args({1024, 1024})->Unit(benchmark::kMillisecond);

void PlainMatvec(benchmark::State& state) {
  measure_matrix(state, [](const stowage::ConstMatrix& a, In x, Out y) {
    bench::plain_matvec(a.data, x.data(), y.data(), a.rows, a.columns);
  });
}
BENCHMARK(PlainMatvec)->Name("Plain/matvec")->Args({1024, 1024})->Unit(benchmark::kMillisecond);

}  // namespace
