// Pools: single operations in steady state, and those that touch every block. Run
// build/release/cpp/bench/stowage_bench --benchmark_filter=Pool. stowage_pool_bench measures the
// first kind more closely.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bench/pool/workload.h"
#include "stowage/pool/memory_pool.h"

namespace {

using stowage::MemoryPool;
using stowage::PoolPolicy;
using stowage::bench::Workload;

constexpr size_t kNumbers = 3;  // of an operation
constexpr size_t kBatch = 1024;

// A workload and a pool that has been through its set-up.
struct Prepared {
  Workload workload;
  MemoryPool pool;
  std::vector<double> offsets;

  Prepared(const std::string& name, PoolPolicy policy)
      : workload(stowage::bench::make_workload(name).value()),
        pool(MemoryPool::make(workload.total, policy).value()) {
    const auto setup = static_cast<size_t>(workload.setup);
    offsets.resize(setup);
    benchmark::DoNotOptimize(
        pool.replay(std::span<const double>(workload.operations).first(setup * kNumbers), offsets));
  }
};

std::string churn_of(int64_t blocks) { return "churn:" + std::to_string(blocks); }

// Plays the pairs in batches, from the start again when they are through.
void play_pairs(benchmark::State& state, const std::string& name, PoolPolicy policy) {
  Prepared prepared(name, policy);
  const auto pairs = std::span<const double>(prepared.workload.operations)
                         .subspan(static_cast<size_t>(prepared.workload.setup) * kNumbers);
  const auto offsets = std::span(prepared.offsets).first(kBatch);
  size_t at = 0;
  for (auto _ : state) {
    const auto status = prepared.pool.replay(pairs.subspan(at, kBatch * kNumbers), offsets);
    if (status) {
      state.SkipWithError(status->message.c_str());
      return;
    }
    at = (at + kBatch * kNumbers) % pairs.size();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kBatch) / 2);
  state.SetLabel(stowage::to_string(policy));
}

void PoolChurn(benchmark::State& state) {
  play_pairs(state, churn_of(state.range(1)), static_cast<PoolPolicy>(state.range(0)));
}
BENCHMARK(PoolChurn)->ArgsProduct({benchmark::CreateDenseRange(0, 4, 1), {1'000, 100'000}});

void PoolMisalignedHoles(benchmark::State& state) {
  play_pairs(state, "holes:100000:256:" + std::to_string(state.range(0)), PoolPolicy::kFirstFit);
}
BENCHMARK(PoolMisalignedHoles)->Arg(1)->Arg(256);

void PoolDefragmentDryRun(benchmark::State& state) {
  Prepared prepared(churn_of(state.range(0)), PoolPolicy::kFirstFit);
  stowage::DefragmentOptions options;
  options.dry_run = true;
  for (auto _ : state) benchmark::DoNotOptimize(prepared.pool.defragment(options));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(PoolDefragmentDryRun)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void PoolRestore(benchmark::State& state) {
  const auto snapshot = Prepared(churn_of(state.range(0)), PoolPolicy::kFirstFit).pool.snapshot();
  for (auto _ : state) benchmark::DoNotOptimize(MemoryPool::restore(snapshot));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(PoolRestore)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
