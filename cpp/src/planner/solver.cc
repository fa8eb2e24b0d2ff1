#include "stowage/planner/solver.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "planner/decoder.h"
#include "planner/engine_limits.h"
#include "planner/incumbent.h"
#include "planner/partition_solver.h"
#include "planner/slice.h"

namespace stowage {
namespace {

class SolverImpl : public Solver {
 public:
  SolverImpl(const Problem& problem, SolverParams params)
      : problem_(problem), params_(std::move(params)) {}

  SearchStatus step(const Budget& budget) override {
    Slice slice(budget);
    if (!incumbent_) {
      prepare();
      slice.look();
    }
    while (status_ == SearchStatus::kRunning) {
      lower_bound_ = std::max(lower_bound_, reported_bound_);
      if (conclude() || slice.spent()) break;
      if (next_decoder_ < decoders_.size()) {
        run_decoder(slice);
      } else {
        run_partition(slice);
      }
    }
    return status_;
  }

  void report(int64_t height, int64_t lower_bound) override {
    reported_height_ = std::min(reported_height_, height);
    reported_bound_ = std::max(reported_bound_, lower_bound);
    if (current_ && params_.minimize_capacity) current_->report_height(reported_height_);
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
  struct DecoderPlan {
    bool skyline;
    DecoderOrder order;
  };

  // Everything that takes time is left to the first slice.
  void prepare() {
    sweep_ = sweep(problem_);
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
    plan_decoders();
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

  // The exact engines by themselves decide by search alone, as MiniMalloc does.
  void plan_decoders() {
    const bool exact = params_.engine == Engine::kCanonical || params_.engine == Engine::kValley;
    if (exact && !params_.minimize_capacity) return;
    const auto has = [&](auto member) {
      return std::any_of(problem_.buffers.begin(), problem_.buffers.end(),
                         [&](const Buffer& buffer) { return (buffer.*member).has_value(); });
    };
    const bool fixed = has(&Buffer::offset);
    if (has(&Buffer::hint)) decoders_.push_back({false, DecoderOrder::kHint});
    if (!fixed) decoders_.push_back({true, DecoderOrder::kLifetime});
    const bool quick =
        params_.engine == Engine::kAuto && !params_.minimize_capacity && is_searchable(sweep_);
    if (!fixed && !quick) {
      decoders_.push_back({true, DecoderOrder::kArea});
      decoders_.push_back({true, DecoderOrder::kSize});
    }
    decoders_.push_back({false, DecoderOrder::kSize});
    if (quick) return;
    decoders_.push_back({false, DecoderOrder::kArea});
    decoders_.push_back({false, DecoderOrder::kLifetime});
    decoders_.push_back({false, DecoderOrder::kStart});
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

  void run_decoder(Slice& slice) {
    if (!decoder_) {
      const DecoderPlan& plan = decoders_[next_decoder_];
      decoder_ = plan.skyline ? make_skyline(problem_, sweep_, plan.order)
                              : make_first_fit(problem_, sweep_, plan.order);
      slice.look();
    }
    if (!decoder_->run(slice)) return;
    take_from_decoder(decoder_->offsets());
    decoder_.reset();
    ++next_decoder_;
    slice.look();
  }

  // First fit with fixed buffers can only fail where two of them overlap each other.
  void take_from_decoder(const std::vector<int64_t>& offsets) {
    if (!fixed_buffers_fit_) fixed_buffers_fit_ = fixed_buffers_are_disjoint(problem_);
    if (!*fixed_buffers_fit_) return;
    if (incumbent_->offer(offsets, Engine::kHeuristic)) engine_ = Engine::kHeuristic;
  }

  void run_partition(Slice& slice) {
    if (params_.engine == Engine::kHeuristic || next_partition_ == partition_order_.size()) {
      status_ = SearchStatus::kExhausted;
      return;
    }
    const size_t index = partition_order_[next_partition_];
    if (!current_) {
      open_partition(index);
      slice.look();
      return;
    }
    const SearchStatus status = current_->run(slice);
    if (const std::vector<int64_t>* found = current_->take_found()) {
      if (incumbent_->offer(index, *found, current_->model().unit, current_->engine())) {
        engine_ = current_->engine();
      }
    }
    if (params_.minimize_capacity) lower_bound_ = std::max(lower_bound_, current_->lower_bound());
    if (status == SearchStatus::kRunning) return;
    if (status == SearchStatus::kInfeasible) {
      engine_ = current_->engine();
      status_ = SearchStatus::kInfeasible;
      lower_bound_ = std::max(lower_bound_, problem_.capacity + 1);
    }
    finished_ = counters();
    current_.reset();
    ++next_partition_;
  }

  // Skips a partition that is low enough or too large to search. Lists the overlaps first and makes
  // the solver in the next call: with many buffers each takes a while.
  void open_partition(size_t index) {
    const Partition& partition = sweep_.partitions[index];
    const int64_t height = incumbent_->height(index);
    if (!is_searchable(sweep_, partition) || (height != Incumbent::kNone && height <= goal())) {
      ++next_partition_;
      return;
    }
    if (!rows_) {
      rows_ = overlap_rows(problem_, sweep_, partition);
      return;
    }
    Model model = make_model(problem_, sweep_, partition, *std::exchange(rows_, std::nullopt));
    current_ =
        std::make_unique<PartitionSolver>(problem_, std::move(model), params_, goal(),
                                          problem_.capacity, params_.engine == Engine::kAuto);
    if (height != Incumbent::kNone) current_->report_height(height);
    if (params_.minimize_capacity && reported_height_ != kNoHeight) {
      current_->report_height(reported_height_);
    }
  }

  const Problem& problem_;
  const SolverParams params_;
  Sweep sweep_;
  std::optional<Incumbent> incumbent_;  // from the first slice on
  int64_t max_load_ = 0;
  std::optional<Overload> overload_;
  int64_t lower_bound_ = 0;
  static constexpr int64_t kNoHeight = std::numeric_limits<int64_t>::max();
  int64_t reported_height_ = kNoHeight;  // by another search
  int64_t reported_bound_ = 0;
  Engine engine_ = Engine::kAuto;
  SearchStatus status_ = SearchStatus::kRunning;
  SearchCounters finished_;  // of the partitions done with

  std::vector<DecoderPlan> decoders_;
  size_t next_decoder_ = 0;
  std::unique_ptr<Decoder> decoder_;
  std::optional<bool> fixed_buffers_fit_;

  std::vector<size_t> partition_order_;
  size_t next_partition_ = 0;
  std::optional<OverlapRows> rows_;  // of the partition being opened
  std::unique_ptr<PartitionSolver> current_;
};

}  // namespace

Result<std::unique_ptr<Solver>> make_solver(const Problem& problem, const SolverParams& params) {
  if (Status status = check(problem)) return *status;
  if (Status status = check(params)) return *status;
  if (params.engine == Engine::kValley) {
    if (Status status = check_valley_accepts(problem)) return *status;
  }
  return Result<std::unique_ptr<Solver>>(std::make_unique<SolverImpl>(problem, params));
}

}  // namespace stowage
