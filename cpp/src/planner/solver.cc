#include "stowage/planner/solver.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "planner/decoder.h"
#include "planner/engine_limits.h"
#include "planner/incumbent.h"
#include "planner/partition_skylines.h"
#include "planner/partition_solver.h"
#include "planner/slice.h"
#include "planner/sliced_sweep.h"

namespace stowage {
namespace {

// Skylines share a partition with the exact search, one turn each, in elementary operations as
// Slice counts them. Of large partitions, where exact searches seldom get anywhere, they get as
// much, and begin.
constexpr int64_t kSearchTurnWork = int64_t{1} << 25;
constexpr int64_t kSkylineTurnWork = kSearchTurnWork / 8;
constexpr size_t kLargePartition = 2048;
// What skylines get before an exact search has begun, for each operation that beginning it takes.
constexpr int64_t kWaiting = 4;
// What the exact searches get before the first plans where they are likely to answer: some
// milliseconds, about what tight problems of some hundred buffers take.
constexpr int64_t kEarlyWork = kSearchTurnWork / 4;
// What it may take to begin them.
constexpr int64_t kMostOpeningWork = kEarlyWork / 8;
// What first fit may cost before a time limit counts, in elementary operations: some tenths of a
// second, enough for most problems of a hundred thousand buffers.
constexpr int64_t kStartingWork = int64_t{1} << 29;
// Instead of a number of plans: `SkylineSearch::try_goal`.
constexpr int64_t kTrial = 0;
constexpr int64_t kUnlimited = std::numeric_limits<int64_t>::max();
// How much a partition gets that is not searched exactly, after the first plans: so many buffers
// placed in all, but of few buffers no more plans than there is a use for.
constexpr int64_t kMostPlaced = int64_t{1} << 22;
constexpr int64_t kMostPlansForABuffer = 64;

using SkylineStatus = SkylineSearch::Status;

class SolverImpl : public Solver {
 public:
  SolverImpl(const Problem& problem, SolverParams params)
      : problem_(problem), params_(std::move(params)), sweeping_(problem) {}

  SearchStatus step(const Budget& budget) override {
    Slice slice(budget);
    if (!incumbent_) {
      if (!sweeping_.run(slice)) return status_;
      prepare();
      slice.look();
    }
    while (status_ == SearchStatus::kRunning) {
      lower_bound_ = std::max(lower_bound_, reported_bound_);
      if (conclude() || slice.spent()) break;
      run_stage(slice);
    }
    return status_;
  }

  void report(int64_t height, int64_t lower_bound) override {
    reported_height_ = std::min(reported_height_, height);
    reported_bound_ = std::max(reported_bound_, lower_bound);
    if (current_ && params_.minimize_capacity) current_->report_height(reported_height_);
  }

  [[nodiscard]] bool is_starting() const override {
    if (status_ != SearchStatus::kRunning || !has_first_plans()) return false;
    return !incumbent_ || stage_ < Stage::kMorePlans;
  }

  [[nodiscard]] const Plan* incumbent() const override {
    return incumbent_ && incumbent_->plan() ? &*incumbent_->plan() : nullptr;
  }
  [[nodiscard]] int64_t lower_bound() const override { return lower_bound_; }
  [[nodiscard]] const std::optional<Overload>& overload() const override { return overload_; }
  [[nodiscard]] int64_t max_load() const override { return max_load_; }
  [[nodiscard]] Engine engine() const override { return engine_; }
  [[nodiscard]] SearchCounters counters() const override {
    SearchCounters counters = finished_;
    if (current_) counters += current_->counters();
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
    sweep_ = sweeping_.take();
    incumbent_.emplace(problem_, sweep_);
    max_load_ = sweep_.max_load();
    overload_ = find_overload(sweep_, problem_.capacity);
    lower_bound_ = std::max(max_load_, highest_own_end(problem_));
    partition_order_.resize(sweep_.partitions.size());
    std::iota(partition_order_.begin(), partition_order_.end(), size_t{0});
    std::vector<int64_t> load;
    for (const Partition& partition : sweep_.partitions) load.push_back(partition_load(partition));
    // The fullest partition decides the height; the others need not be lower than it.
    std::stable_sort(partition_order_.begin(), partition_order_.end(),
                     [&](size_t a, size_t b) { return load[a] > load[b]; });
    skylines_.resize(sweep_.partitions.size());
    searched_.resize(sweep_.partitions.size());
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
      load = std::max(load, sweep_.sections[static_cast<size_t>(s)].load);
    }
    return load;
  }

  [[nodiscard]] bool is_exact_alone() const {
    return params_.engine == Engine::kCanonical || params_.engine == Engine::kValley;
  }

  // The exact engines by themselves decide by search alone, as MiniMalloc does.
  [[nodiscard]] bool has_first_plans() const {
    return params_.minimize_capacity || !is_exact_alone();
  }

  [[nodiscard]] Stage first_stage() {
    if (!has_first_plans()) return Stage::kPartitions;
    const bool hinted = std::any_of(problem_.buffers.begin(), problem_.buffers.end(),
                                    [](const Buffer& buffer) { return buffer.hint.has_value(); });
    return hinted ? Stage::kHints : stage_after_hints();
  }

  [[nodiscard]] Stage stage_after_hints() {
    return is_for_early_search() ? Stage::kTrialSkylines : Stage::kFirstPlans;
  }

  [[nodiscard]] bool is_large(size_t index) const {
    return sweep_.partitions[index].buffers.size() > kLargePartition;
  }

  // Whether the exact searches are likely to answer before more plans would.
  [[nodiscard]] bool is_for_search() {
    return !params_.minimize_capacity &&
           std::all_of(partition_order_.begin(), partition_order_.end(),
                       [&](size_t index) { return !is_large(index) && is_searched(index); });
  }

  // And whether they can begin at once.
  [[nodiscard]] bool is_for_early_search() {
    int64_t work = 0;
    for (const Partition& partition : sweep_.partitions) work += opening_work(sweep_, partition);
    return work <= kMostOpeningWork && is_for_search();
  }

  // What a plan must not exceed to end the search.
  [[nodiscard]] int64_t goal() const {
    return params_.minimize_capacity ? lower_bound_ : problem_.capacity;
  }

  bool conclude() {
    if (lower_bound_ > problem_.capacity) {
      status_ = SearchStatus::kInfeasible;
    } else if (incumbent_->plan() && incumbent_->plan()->height <= goal()) {
      status_ = SearchStatus::kSolved;
    } else if (params_.minimize_capacity && reported_height_ <= lower_bound_) {
      status_ = SearchStatus::kExhausted;
    }
    return status_ != SearchStatus::kRunning;
  }

  void run_stage(Slice& slice) {
    switch (stage_) {
      case Stage::kHints:
        if (run_first_fit(slice, DecoderOrder::kHint, kUnlimited, kUnlimited)) {
          stage_ = stage_after_hints();
        }
        break;
      case Stage::kTrialSkylines:
        if (run_skylines(slice, kTrial)) stage_ = Stage::kTrialFirstFit;
        break;
      case Stage::kTrialFirstFit:
        if (run_first_fit(slice, DecoderOrder::kSize, kStartingWork, goal())) {
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
      first_fit_ = make_first_fit(problem_, sweep_, order);
      first_fit_work_ = 0;
      slice.look();
    }
    // A plan as high as the one there is would be of no use.
    const int64_t useful = incumbent_->plan() ? incumbent_->plan()->height - 1 : kUnlimited;
    first_fit_->set_limit(std::min(limit, useful));
    bool finished = false;
    first_fit_work_ += slice.limited_work(work - first_fit_work_,
                                          [&](Slice& turn) { finished = first_fit_->run(turn); });
    if (!finished) return first_fit_work_ >= work;
    if (first_fit_->abandoned() && limit < useful) return true;
    if (!first_fit_->abandoned() && fixed_buffers_fit() &&
        incumbent_->offer(first_fit_->offsets(), Engine::kHeuristic)) {
      engine_ = Engine::kHeuristic;
    }
    first_fit_.reset();
    slice.look();
    return true;
  }

  // Brings the skylines of every partition that is too high to so many plans. Whether it has
  // finished.
  bool run_skylines(Slice& slice, int64_t plans) {
    for (; next_skylines_ < partition_order_.size(); ++next_skylines_) {
      const size_t index = partition_order_[next_skylines_];
      if (!is_low_enough(index) && run_skylines(slice, index, plans) == SkylineStatus::kRunning) {
        return false;
      }
      if (is_low_enough(index)) skylines_[index].reset();
    }
    next_skylines_ = 0;
    return true;
  }

  SkylineStatus run_skylines(Slice& slice, size_t index, int64_t plans) {
    std::unique_ptr<PartitionSkylines>& skylines = skylines_[index];
    if (!skylines) {
      const bool any_height = params_.minimize_capacity || !is_searched(index);
      skylines = std::make_unique<PartitionSkylines>(
          problem_, sweep_, sweep_.partitions[index],
          SkylineSearch::Effort{goal(), params_.seed + (uint64_t{params_.racer} << 32),
                                any_height});
    }
    skylines->set_goal(goal());
    const SkylineStatus status =
        plans == kTrial ? skylines->try_goal(slice) : skylines->run(slice, plans);
    if (const auto found = skylines->take_found(); found && fixed_buffers_fit()) {
      if (incumbent_->offer(index, *found, 1, Engine::kHeuristic)) engine_ = Engine::kHeuristic;
      if (is_current(index)) current_->report_plan(*found);
    }
    return status;
  }

  // Decoders can only fail where two fixed buffers overlap each other.
  bool fixed_buffers_fit() {
    if (!fixed_buffers_fit_) fixed_buffers_fit_ = fixed_buffers_are_disjoint(problem_);
    return *fixed_buffers_fit_;
  }

  // Whether it is being searched exactly.
  [[nodiscard]] bool is_current(size_t index) const {
    return current_ && partition_order_[next_partition_] == index;
  }

  [[nodiscard]] bool is_low_enough(size_t index) const {
    const int64_t height = incumbent_->height(index);
    return height != Incumbent::kNone && height <= goal();
  }

  void run_partition(Slice& slice) {
    if (next_partition_ == partition_order_.size()) {
      status_ = SearchStatus::kExhausted;
      return;
    }
    const size_t index = partition_order_[next_partition_];
    if (is_low_enough(index)) {
      close_partition();
    } else if (!current_ && !is_searched(index)) {
      improve_partition(slice, index);
    } else if (!current_ && !rows_ && stage_ == Stage::kPartitions && !has_waited(slice, index)) {
      return;
    } else if (!current_) {
      open_partition(slice, index);
      slice.look();
    } else {
      run_turn(slice, index);
    }
  }

  // Skylines may be done before an exact search has found its way, so they go on first for a time
  // that is short beside what it will take.
  bool has_waited(Slice& slice, size_t index) {
    if (params_.engine != Engine::kAuto) return true;
    if (!waiting_work_) waiting_work_ = kWaiting * opening_work(sweep_, sweep_.partitions[index]);
    bool ended = false;
    *waiting_work_ -= slice.limited_work(*waiting_work_, [&](Slice& turn) {
      ended = run_skylines(turn, index, kUnlimited) != SkylineStatus::kRunning;
    });
    return ended || *waiting_work_ <= 0;
  }

  // Lets the exact search and the skylines go on in turns.
  void run_turn(Slice& slice, size_t index) {
    bool ended = false;
    turn_work_ -= slice.limited_work(turn_work_, [&](Slice& turn) {
      ended = skyline_turn_ ? run_skylines(turn, index, kUnlimited) != SkylineStatus::kRunning
                            : search_partition(turn, index);
    });
    if (!ended && turn_work_ > 0) return;
    if (skyline_turn_) {
      begin_turn(/*skylines=*/false, /*skylines_ended=*/ended);
    } else if (ended) {
      close_partition();
    } else {
      begin_turn(/*skylines=*/true, skylines_ended_);
    }
  }

  // Skylines that have ended have nothing more to find.
  void begin_turn(bool skylines, bool skylines_ended) {
    skylines_ended_ = skylines_ended;
    skyline_turn_ = skylines && !skylines_ended && params_.engine == Engine::kAuto;
    const bool large = is_large(partition_order_[next_partition_]);
    turn_work_ = skyline_turn_ && !large ? kSkylineTurnWork : kSearchTurnWork;
  }

  // Asked in every slice, so that the answer is kept.
  [[nodiscard]] bool is_searched(size_t index) {
    std::optional<bool>& searched = searched_[index];
    if (!searched) {
      searched =
          params_.engine != Engine::kHeuristic && is_searchable(sweep_, sweep_.partitions[index]);
    }
    return *searched;
  }

  // All there is for a partition that is not searched exactly.
  void improve_partition(Slice& slice, size_t index) {
    const auto buffers = static_cast<int64_t>(sweep_.partitions[index].buffers.size());
    const int64_t plans = SkylineSearch::first_decodes() +
                          std::min(kMostPlaced / buffers, kMostPlansForABuffer * buffers);
    if (run_skylines(slice, index, plans) != SkylineStatus::kRunning) close_partition();
  }

  // Whether it has come to an answer.
  bool search_partition(Slice& slice, size_t index) {
    const SearchStatus status = current_->run(slice);
    if (const std::vector<int64_t>* found = current_->take_found()) {
      if (incumbent_->offer(index, *found, current_->model().unit, current_->engine())) {
        engine_ = current_->engine();
      }
    }
    if (params_.minimize_capacity) lower_bound_ = std::max(lower_bound_, current_->lower_bound());
    if (status == SearchStatus::kInfeasible) {
      engine_ = current_->engine();
      status_ = SearchStatus::kInfeasible;
      lower_bound_ = std::max(lower_bound_, problem_.capacity + 1);
    }
    return status != SearchStatus::kRunning;
  }

  void close_partition() {
    skylines_[partition_order_[next_partition_]].reset();
    finished_ = counters();
    current_.reset();
    rows_.reset();
    waiting_work_.reset();
    ++next_partition_;
  }

  // Lists the overlaps in slices; making the solver from them is one step.
  void open_partition(Slice& slice, size_t index) {
    const Partition& partition = sweep_.partitions[index];
    if (!rows_) rows_.emplace(problem_, sweep_, partition);
    if (!rows_->run(slice) || slice.spent()) return;
    Model model = make_model(problem_, sweep_, partition, rows_->take());
    rows_.reset();
    current_ =
        std::make_unique<PartitionSolver>(problem_, std::move(model), params_, goal(),
                                          problem_.capacity, params_.engine == Engine::kAuto);
    const int64_t height = incumbent_->height(index);
    if (height != Incumbent::kNone) current_->report_plan(incumbent_->offsets(index));
    if (params_.minimize_capacity && reported_height_ != kNoHeight) {
      current_->report_height(reported_height_);
    }
    begin_turn(is_large(index), false);
  }

  const Problem& problem_;
  const SolverParams params_;
  SlicedSweep sweeping_;
  Sweep sweep_;
  std::optional<Incumbent> incumbent_;  // once that is finished
  int64_t max_load_ = 0;
  std::optional<Overload> overload_;
  int64_t lower_bound_ = 0;
  static constexpr int64_t kNoHeight = std::numeric_limits<int64_t>::max();
  int64_t reported_height_ = kNoHeight;  // by another search
  int64_t reported_bound_ = 0;
  Engine engine_ = Engine::kAuto;
  SearchStatus status_ = SearchStatus::kRunning;
  SearchCounters finished_;  // of the partitions done with

  Stage stage_ = Stage::kHints;
  std::unique_ptr<Decoder> first_fit_;
  int64_t first_fit_work_ = 0;
  int64_t early_work_ = kEarlyWork;  // left
  std::optional<bool> fixed_buffers_fit_;

  std::vector<size_t> partition_order_;
  size_t next_skylines_ = 0;                                  // place in that order
  size_t next_partition_ = 0;                                 // the same, of the searches
  std::vector<std::optional<bool>> searched_;                 // exactly; nothing until asked for
  std::vector<std::unique_ptr<PartitionSkylines>> skylines_;  // while they may be needed
  std::optional<OverlapRowsBuilder> rows_;                    // of the partition being opened
  std::optional<int64_t> waiting_work_;                       // left before it is opened
  std::unique_ptr<PartitionSolver> current_;
  bool skyline_turn_ = false;
  bool skylines_ended_ = false;
  int64_t turn_work_ = 0;  // left of the turn
};

}  // namespace

Result<std::unique_ptr<Solver>> make_solver(const Problem& problem, const SolverParams& params) {
  if (Status status = check(problem)) return *status;
  if (Status status = check(params)) return *status;
  return Result<std::unique_ptr<Solver>>(std::make_unique<SolverImpl>(problem, params));
}

}  // namespace stowage
