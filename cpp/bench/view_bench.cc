// Drawing plans and answering the pointer. Run build/release/cpp/bench/stowage_bench
// --benchmark_filter='Draw|Pick|Visible|LiveAt|MakeScene|Profile|Classify'.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "stowage/view/color_classes.h"
#include "stowage/view/scene.h"
#include "stowage/view/theme.h"

namespace {

using stowage::Buffer;
using stowage::Interval;
using stowage::Plan;
using stowage::Problem;
using stowage::Scene;
using stowage::Viewport;

constexpr stowage::PixelSize kSize = {1600, 900};

struct Planned {
  Problem problem;
  Plan plan;

  void add(const Interval<int64_t>& lifespan, const Interval<int64_t>& memory) {
    Buffer buffer;
    buffer.id = std::to_string(problem.buffers.size());
    buffer.lifespan = lifespan;
    buffer.size = memory.length();
    problem.buffers.push_back(std::move(buffer));
    plan.offsets.push_back(memory.lower);
    plan.height = std::max(plan.height, memory.upper);
  }
};

// A rectangle cut in two again and again, at a random place: all sizes, and no space unused.
Planned cut_up(int64_t buffers) {
  struct Part {
    Interval<int64_t> lifespan, memory;
    int64_t buffers;
  };
  std::mt19937_64 random(1);
  Planned planned;
  std::vector<Part> parts = {{{0, 64 * buffers}, {0, int64_t{1} << 40}, buffers}};
  while (!parts.empty()) {
    const Part part = parts.back();
    parts.pop_back();
    if (part.buffers == 1) {
      planned.add(part.lifespan, part.memory);
      continue;
    }
    // A part's share of the buffers is its share of the area, give or take what rounding takes.
    const int64_t fewer =
        part.buffers / 4 +
        static_cast<int64_t>(random() % static_cast<uint64_t>(part.buffers / 2 + 1));
    const int64_t first = std::max<int64_t>(1, fewer);
    const auto at = [&](const Interval<int64_t>& whole) {
      const double share = static_cast<double>(first) / static_cast<double>(part.buffers);
      return whole.lower + static_cast<int64_t>(share * static_cast<double>(whole.length()));
    };
    Part lower = part;
    Part upper = part;
    lower.buffers = first;
    upper.buffers = part.buffers - first;
    const bool is_long = part.lifespan.length() > 64;
    if (is_long && (random() % 2 == 0 || part.memory.length() < 64)) {
      lower.lifespan.upper = upper.lifespan.lower = at(part.lifespan);
    } else {
      lower.memory.upper = upper.memory.lower = at(part.memory);
    }
    parts.push_back(lower);
    parts.push_back(upper);
  }
  return planned;
}

// All live throughout, as weights are.
Planned stacked(int64_t buffers) {
  std::mt19937_64 random(1);
  Planned planned;
  int64_t offset = 0;
  for (int64_t b = 0; b < buffers; ++b) {
    const auto size = static_cast<int64_t>(64 * (1 + random() % 1024));
    planned.add({0, 1'000}, {offset, offset + size});
    offset += size;
  }
  return planned;
}

// One large buffer after the other.
Planned in_sequence(int64_t buffers) {
  std::mt19937_64 random(1);
  Planned planned;
  int64_t time = 0;
  for (int64_t b = 0; b < buffers; ++b) {
    const auto length = static_cast<int64_t>(1 + random() % 16);
    planned.add({time, time + length}, {0, static_cast<int64_t>(1'000 + random() % 10'000)});
    time += length;
  }
  return planned;
}

// A plan that is not valid: all in one place.
Planned heaped_up(int64_t buffers) {
  Planned planned = stacked(buffers);
  planned.plan.height = 0;
  for (size_t b = 0; b < planned.plan.offsets.size(); ++b) {
    planned.plan.offsets[b] = 0;
    planned.plan.height = std::max(planned.plan.height, planned.problem.buffers[b].size);
  }
  return planned;
}

using Make = Planned (*)(int64_t);
constexpr Make kPlans[] = {cut_up, stacked, in_sequence, heaped_up};
constexpr const char* kPlanNames[] = {"cut up", "stacked", "in sequence", "heaped up"};

stowage::Paint paint_of(const Problem& problem) {
  stowage::ColorClasses classes = stowage::classify(problem, stowage::ColorBy::kSize);
  const auto& colors = stowage::kLightTheme.sequential;
  stowage::Paint paint;
  paint.classes = std::move(classes.of_buffer);
  paint.palette.assign(colors.begin(), colors.end());
  return paint;
}

Scene scene_of(const Planned& planned) {
  Scene scene(planned.problem, &planned.plan);
  scene.set_paint(paint_of(planned.problem));
  return scene;
}

// The part of the whole in the middle that is `zoom` times smaller each way.
Viewport zoomed(const Viewport& whole, double zoom) {
  const auto part = [&](double lower, double upper) {
    const double middle = (lower + upper) / 2;
    const double half = (upper - lower) / (2 * zoom);
    return std::pair(middle - half, middle + half);
  };
  const auto [time_lower, time_upper] = part(whole.time_lower, whole.time_upper);
  const auto [offset_lower, offset_upper] = part(whole.offset_lower, whole.offset_upper);
  return {time_lower, time_upper, offset_lower, offset_upper};
}

void Draw(benchmark::State& state) {
  const auto kind = static_cast<size_t>(state.range(1));
  Scene scene = scene_of(kPlans[kind](state.range(0)));
  const Viewport viewport = zoomed(scene.extent(), static_cast<double>(state.range(2)));
  std::vector<uint8_t> pixels(4 * static_cast<size_t>(kSize.width * kSize.height));
  for (auto _ : state) {
    scene.draw(viewport, kSize, pixels);
    benchmark::DoNotOptimize(pixels.data());
    benchmark::ClobberMemory();
  }
  state.SetLabel(kPlanNames[kind]);
}
BENCHMARK(Draw)
    ->ArgNames({"buffers", "plan", "zoom"})
    ->ArgsProduct({{1'000, 10'000, 100'000, 1'000'000}, {0, 1, 2, 3}, {1, 2, 64}})
    ->Unit(benchmark::kMillisecond);

void DrawWaste(benchmark::State& state) {
  const Planned planned = in_sequence(state.range(0));
  Scene scene(planned.problem, &planned.plan);
  stowage::Paint paint = paint_of(planned.problem);
  paint.shows_waste = true;
  scene.set_paint(paint);
  std::vector<uint8_t> pixels(4 * static_cast<size_t>(kSize.width * kSize.height));
  for (auto _ : state) {
    scene.draw(scene.extent(), kSize, pixels);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(DrawWaste)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void SetPaint(benchmark::State& state) {
  const Planned planned = cut_up(state.range(0));
  Scene scene(planned.problem, &planned.plan);
  const stowage::Paint paint = paint_of(planned.problem);
  for (auto _ : state) scene.set_paint(paint);
}
BENCHMARK(SetPaint)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void Pick(benchmark::State& state) {
  const Scene scene = scene_of(cut_up(state.range(0)));
  int x = 0;
  for (auto _ : state) {
    x = (x + 97) % kSize.width;
    benchmark::DoNotOptimize(scene.pick(scene.extent(), kSize, x, x % kSize.height));
  }
}
BENCHMARK(Pick)->RangeMultiplier(10)->Range(1'000, 1'000'000)->Unit(benchmark::kMicrosecond);

void Visible(benchmark::State& state) {
  const Scene scene = scene_of(cut_up(state.range(0)));
  const Viewport viewport = zoomed(scene.extent(), static_cast<double>(state.range(1)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(scene.visible(viewport, kSize, {30, 12}, 500));
  }
}
BENCHMARK(Visible)
    ->ArgNames({"buffers", "zoom"})
    ->ArgsProduct({{1'000, 100'000, 1'000'000}, {1, 16}})
    ->Unit(benchmark::kMicrosecond);

void LiveAt(benchmark::State& state) {
  const Scene scene = scene_of(cut_up(state.range(0)));
  const auto middle = static_cast<int64_t>(scene.extent().time_upper / 2);
  for (auto _ : state) benchmark::DoNotOptimize(scene.live_at(middle));
}
BENCHMARK(LiveAt)->RangeMultiplier(10)->Range(1'000, 1'000'000)->Unit(benchmark::kMicrosecond);

void MakeScene(benchmark::State& state) {
  const Planned planned = cut_up(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(Scene(planned.problem, &planned.plan));
}
BENCHMARK(MakeScene)->RangeMultiplier(10)->Range(1'000, 1'000'000)->Unit(benchmark::kMillisecond);

void Profile(benchmark::State& state) {
  const Planned planned = cut_up(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(stowage::profile_of(planned.problem, &planned.plan));
  }
}
BENCHMARK(Profile)->RangeMultiplier(10)->Range(1'000, 1'000'000)->Unit(benchmark::kMillisecond);

void Classify(benchmark::State& state) {
  const Planned planned = cut_up(state.range(0));
  const auto by = static_cast<stowage::ColorBy>(state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(stowage::classify(planned.problem, by));
  state.SetLabel(stowage::to_string(by));
}
BENCHMARK(Classify)->ArgsProduct({{1'000'000}, {0, 1, 2, 3}})->Unit(benchmark::kMillisecond);

}  // namespace
