#include "stowage/planner/solver.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <vector>

#include "planner/decoder.h"
#include "planner/engine_limits.h"
#include "planner/partition_turns.h"
#include "planner/skyline_search.h"
#include "planner/slice.h"
#include "planner/sliced_sweep.h"
#include "planner/solver_state.h"

namespace stowage {
namespace {

// What the exact searches get before the first plans where they are likely to answer, in elementary
// operations as Slice counts them: some milliseconds, about what tight problems of some hundred
// buffers take.
constexpr int64_t kEarlyWork = int64_t{1} << 23;
// What it may take to begin them.
constexpr int64_t kMostOpeningWork = kEarlyWork / 8;
// What first fit may cost before a time limit counts: some tenths of a second, enough for most
// problems of a hundred thousand buffers.
constexpr int64_t kStartingWork = int64_t{1} << 29;
constexpr int64_t kUnlimited = std::numeric_limits<int64_t>::max();

class SolverImpl : public Solver {
 public:
  SolverImpl(const Problem& problem, const SolverParams& params)
      : state_(problem, params), sweeping_(problem) {}

  SearchStatus step(const Budget& budget) override {
    Slice slice(budget);
    if (!state_.incumbent) {
      if (!sweeping_.run(slice)) return state_.status;
      prepare();
      slice.look();
    }
    while (state_.status == SearchStatus::kRunning) {
      state_.lower_bound = std::max(state_.lower_bound, reported_bound_);
      if (conclude() || slice.spent()) break;
      run_stage(slice);
    }
    return state_.status;
  }

  void report(int64_t height, int64_t lower_bound) override {
    state_.reported_height = std::min(state_.reported_height, height);
    reported_bound_ = std::max(reported_bound_, lower_bound);
    if (next_partition_ < partitions_.size()) partitions_[next_partition_].report_height();
  }

  [[nodiscard]] bool is_starting() const override {
    if (state_.status != SearchStatus::kRunning || !has_first_plans()) return false;
    return !state_.incumbent || stage_ < Stage::kMorePlans;
  }

  [[nodiscard]] const Plan* incumbent() const override {
    return state_.incumbent && state_.incumbent->plan() ? &*state_.incumbent->plan() : nullptr;
  }
  [[nodiscard]] int64_t lower_bound() const override { return state_.lower_bound; }
  [[nodiscard]] const std::optional<Overload>& overload() const override { return overload_; }
  [[nodiscard]] int64_t max_load() const override { return max_load_; }
  [[nodiscard]] Engine engine() const override { return state_.engine; }
  [[nodiscard]] SearchCounters counters() const override {
    SearchCounters counters = finished_;
    if (next_partition_ < partitions_.size()) counters += partitions_[next_partition_].counters();
    return counters;
  }

 private:
  // In this order. All but kEarlySearch and the last make plans with decoders.
  enum class Stage {
    kHints,          // first fit at the hints, where there are any
    kTrialSkylines,  // where exact searches are quick, decoders given up once they end too high
    kTrialFirstFit,
    kEarlySearch,     // and then as kPartitions, for a moment
    kFirstPlans,      // a skyline of each partition
    kFirstFit,        // by size, unless it takes long: no answer is higher than that
    kMorePlans,       // skylines in other orders, unless exact searches are quicker
    kRestOfFirstFit,  // where it does take long
    kPartitions,      // one after the other until its answer is known
  };

  // Everything that takes time is left to the first slices.
  void prepare() {
    state_.sweep = sweeping_.take();
    state_.incumbent.emplace(state_.problem, state_.sweep);
    max_load_ = state_.sweep.max_load();
    overload_ = find_overload(state_.sweep, state_.problem.capacity);
    state_.lower_bound = std::max(max_load_, highest_own_end(state_.problem));
    // The fullest partition decides the height; the others need not be lower than it.
    std::vector<int64_t> load;
    for (const Partition& partition : state_.sweep.partitions) {
      load.push_back(partition_load(partition));
    }
    std::vector<size_t> order(load.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return load[a] > load[b]; });
    partitions_.reserve(order.size());
    for (const size_t index : order) partitions_.emplace_back(state_, index);
    stage_ = first_stage();
  }

  static int64_t highest_own_end(const Problem& problem) {
    int64_t end = 0;
    for (const Buffer& buffer : problem.buffers) {
      end = std::max(end, buffer.offset.value_or(0) + buffer.size);
    }
    return end;
  }

  [[nodiscard]] int64_t partition_load(const Partition& partition) const {
    int64_t load = 0;
    for (SectionIndex s = partition.sections.lower; s < partition.sections.upper; ++s) {
      load = std::max(load, state_.sweep.sections[static_cast<size_t>(s)].load);
    }
    return load;
  }

  [[nodiscard]] bool is_exact_alone() const {
    return state_.params.engine == Engine::kCanonical || state_.params.engine == Engine::kValley;
  }

  // The exact engines by themselves decide by search alone, as MiniMalloc does.
  [[nodiscard]] bool has_first_plans() const {
    return state_.params.minimize_capacity || !is_exact_alone();
  }

  [[nodiscard]] Stage first_stage() {
    if (!has_first_plans()) return Stage::kPartitions;
    const bool hinted = std::any_of(state_.problem.buffers.begin(), state_.problem.buffers.end(),
                                    [](const Buffer& buffer) { return buffer.hint.has_value(); });
    return hinted ? Stage::kHints : stage_after_hints();
  }

  [[nodiscard]] Stage stage_after_hints() {
    return is_for_early_search() ? Stage::kTrialSkylines : Stage::kFirstPlans;
  }

  // Whether the exact searches are likely to answer before more plans would.
  [[nodiscard]] bool is_for_search() {
    return !state_.params.minimize_capacity &&
           std::all_of(partitions_.begin(), partitions_.end(), [](PartitionTurns& partition) {
             return !partition.is_large() && partition.is_searched();
           });
  }

  // And whether they can begin at once.
  [[nodiscard]] bool is_for_early_search() {
    int64_t work = 0;
    for (const Partition& partition : state_.sweep.partitions) {
      work += opening_work(state_.sweep, partition);
    }
    return work <= kMostOpeningWork && is_for_search();
  }

  bool conclude() {
    if (state_.lower_bound > state_.problem.capacity) {
      state_.status = SearchStatus::kInfeasible;
    } else if (state_.incumbent->plan() && state_.incumbent->plan()->height <= state_.goal()) {
      state_.status = SearchStatus::kSolved;
    } else if (state_.params.minimize_capacity && state_.reported_height <= state_.lower_bound) {
      state_.status = SearchStatus::kExhausted;
    }
    return state_.status != SearchStatus::kRunning;
  }

  void run_stage(Slice& slice) {
    switch (stage_) {
      case Stage::kHints:
        if (run_first_fit(slice, DecoderOrder::kHint, kUnlimited, kUnlimited)) {
          stage_ = stage_after_hints();
        }
        break;
      case Stage::kTrialSkylines:
        if (run_skylines(slice, PartitionTurns::kTrial)) stage_ = Stage::kTrialFirstFit;
        break;
      case Stage::kTrialFirstFit:
        if (run_first_fit(slice, DecoderOrder::kSize, kStartingWork, state_.goal())) {
          stage_ = Stage::kEarlySearch;
        }
        break;
      case Stage::kEarlySearch:
        early_work_ -= slice.limited_work(early_work_, [&](Slice& turn) { run_partition(turn); });
        if (early_work_ <= 0) stage_ = Stage::kFirstPlans;
        break;
      case Stage::kFirstPlans:
        if (run_skylines(slice, 1)) stage_ = Stage::kFirstFit;
        break;
      case Stage::kFirstFit:
        if (run_first_fit(slice, DecoderOrder::kSize, kStartingWork, kUnlimited)) {
          stage_ = is_for_search() ? Stage::kRestOfFirstFit : Stage::kMorePlans;
        }
        break;
      case Stage::kMorePlans:
        if (run_skylines(slice, SkylineSearch::first_decodes())) stage_ = Stage::kRestOfFirstFit;
        break;
      case Stage::kRestOfFirstFit:
        if (!first_fit_ || run_first_fit(slice, DecoderOrder::kSize, kUnlimited, kUnlimited)) {
          stage_ = Stage::kPartitions;
        }
        break;
      case Stage::kPartitions:
        run_partition(slice);
        break;
    }
  }

  // Whether it has finished, has come to `work` in all, or must end above `limit`; under a higher
  // one it goes on.
  bool run_first_fit(Slice& slice, DecoderOrder order, int64_t work, int64_t limit) {
    if (!first_fit_) {
      first_fit_ = make_first_fit(state_.problem, state_.sweep, order);
      first_fit_work_ = 0;
      slice.look();
    }
    // A plan as high as the one there is would be of no use.
    const int64_t useful =
        state_.incumbent->plan() ? state_.incumbent->plan()->height - 1 : kUnlimited;
    first_fit_->set_limit(std::min(limit, useful));
    bool finished = false;
    first_fit_work_ += slice.limited_work(work - first_fit_work_,
                                          [&](Slice& turn) { finished = first_fit_->run(turn); });
    if (!finished) return first_fit_work_ >= work;
    if (first_fit_->abandoned() && limit < useful) return true;
    if (!first_fit_->abandoned() && state_.fixed_buffers_fit() &&
        state_.incumbent->offer(first_fit_->offsets(), Engine::kHeuristic)) {
      state_.engine = Engine::kHeuristic;
    }
    first_fit_.reset();
    slice.look();
    return true;
  }

  // Brings the skylines of every partition that is too high to so many plans. Whether it has
  // finished.
  bool run_skylines(Slice& slice, int64_t plans) {
    for (; next_skylines_ < partitions_.size(); ++next_skylines_) {
      PartitionTurns& partition = partitions_[next_skylines_];
      if (!partition.is_low_enough() &&
          partition.run_skylines(slice, plans) == SkylineSearch::Status::kRunning) {
        return false;
      }
      if (partition.is_low_enough()) partition.drop_skylines();
    }
    next_skylines_ = 0;
    return true;
  }

  void run_partition(Slice& slice) {
    if (next_partition_ == partitions_.size()) {
      state_.status = SearchStatus::kExhausted;
      return;
    }
    PartitionTurns& partition = partitions_[next_partition_];
    if (!partition.run(slice, /*at_once=*/stage_ == Stage::kEarlySearch)) return;
    finished_ += partition.counters();
    partition.close();
    ++next_partition_;
  }

  SolverState state_;
  SlicedSweep sweeping_;  // until there is an incumbent
  int64_t max_load_ = 0;
  std::optional<Overload> overload_;
  int64_t reported_bound_ = 0;  // by another search
  SearchCounters finished_;     // of the partitions done with

  Stage stage_ = Stage::kHints;
  std::unique_ptr<Decoder> first_fit_;
  int64_t first_fit_work_ = 0;
  int64_t early_work_ = kEarlyWork;  // left

  std::vector<PartitionTurns> partitions_;  // the fullest first
  size_t next_skylines_ = 0;
  size_t next_partition_ = 0;  // of the searches
};

}  // namespace

Result<std::unique_ptr<Solver>> make_solver(const Problem& problem, const SolverParams& params) {
  if (Status status = check(problem)) return *status;
  if (Status status = check(params)) return *status;
  return Result<std::unique_ptr<Solver>>(std::make_unique<SolverImpl>(problem, params));
}

}  // namespace stowage
