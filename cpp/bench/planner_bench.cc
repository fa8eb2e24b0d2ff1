// The planner's parts by themselves. Run build/release/cpp/bench/stowage_bench.
#include <benchmark/benchmark.h>

#include <fstream>
#include <sstream>
#include <string>

#include "problems/random.h"
#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/solver.h"
#include "stowage/planner/sweep.h"
#include "stowage/planner/validate.h"

namespace {

using stowage::Problem;

// The same for every part.
Problem synthetic(int64_t buffers) { return stowage::problems::make_random(buffers, 100, 1); }

void ReadCsv(benchmark::State& state) {
  const std::string text = stowage::to_csv(synthetic(state.range(0)));
  for (auto _ : state) {
    auto problem = stowage::problem_from_csv(text, stowage::kMaxInteger);
    benchmark::DoNotOptimize(problem);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(ReadCsv)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void WriteCsv(benchmark::State& state) {
  const Problem problem = synthetic(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(stowage::to_csv(problem));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(WriteCsv)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void Sweep(benchmark::State& state) {
  const Problem problem = synthetic(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(stowage::sweep(problem));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Sweep)->RangeMultiplier(10)->Range(1'000, 1'000'000)->Unit(benchmark::kMillisecond);

// The first plan: what `step` does before any search.
void FirstPlan(benchmark::State& state) {
  const Problem problem = synthetic(state.range(0));
  stowage::SolverParams params;
  params.engine = stowage::Engine::kHeuristic;
  for (auto _ : state) {
    auto solver = std::move(stowage::make_solver(problem, params)).value();
    benchmark::DoNotOptimize(solver->step({}));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(FirstPlan)->RangeMultiplier(10)->Range(1'000, 1'000'000)->Unit(benchmark::kMillisecond);

void Validate(benchmark::State& state) {
  const Problem problem = synthetic(state.range(0));
  stowage::SolverParams params;
  params.engine = stowage::Engine::kHeuristic;
  auto solver = std::move(stowage::make_solver(problem, params)).value();
  solver->step({});
  for (auto _ : state) benchmark::DoNotOptimize(stowage::validate(problem, *solver->incumbent()));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Validate)->RangeMultiplier(10)->Range(1'000, 1'000'000)->Unit(benchmark::kMillisecond);

// The problems A to K of MiniMalloc's benchmark, which are not part of the repository.
void SolveMinimalloc(benchmark::State& state) {
  const char letter = static_cast<char>('A' + state.range(0));
  const std::string path = std::string(STOWAGE_DATA_DIR) + "/minimalloc/" + letter + ".1048576.csv";
  std::ifstream file(path);
  if (!file) {
    state.SkipWithError(("no " + path).c_str());
    return;
  }
  std::stringstream text;
  text << file.rdbuf();
  const auto problem = stowage::problem_from_csv(text.str(), 1'048'576);
  stowage::SolverParams params;
  params.engine = static_cast<stowage::Engine>(state.range(1));
  int64_t nodes = 0;
  for (auto _ : state) {
    auto solver = std::move(stowage::make_solver(*problem, params)).value();
    benchmark::DoNotOptimize(solver->step({}));
    nodes = solver->counters().nodes;
  }
  state.SetLabel(std::string(1, letter) + " " + stowage::to_string(params.engine));
  state.counters["nodes"] = static_cast<double>(nodes);
}
BENCHMARK(SolveMinimalloc)
    ->ArgsProduct({benchmark::CreateDenseRange(0, 10, 1),
                   {static_cast<int64_t>(stowage::Engine::kAuto),
                    static_cast<int64_t>(stowage::Engine::kCanonical)}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
