#include "stowage/planner/explain.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "planner/exchange.h"
#include "stowage/planner/solver.h"

namespace stowage {
namespace {

constexpr int64_t kLimitFactor = 8;
constexpr size_t kFirstBlock = 2;  // of the filter
// Trimming ends with blocks of one part in so many of what is kept.
constexpr size_t kLastTrim = 8;

// Deletion filter (Chinneck and Dravnieks, "Locating Minimal Infeasible Constraint Sets in Linear
// Programs", ORSA Journal on Computing 3(2), 1991): take out a block of buffers, those that end
// together; if the rest still cannot fit, they stay out. If it fits, put back as many of the block
// as there is room for. One at least is left; with a single one, that one is needed. With several,
// half of them are the next block.
//
// What cannot fit is mostly crowded into a stretch of time. So what ends before it is trimmed
// first, in blocks that halve whatever the answer, then what starts after it, and the filter gets
// the rest.
//
// Taking buffers out of a problem whose proof was easy can leave one that is hard. So a solve may
// take only some times as many nodes as that first proof; where it takes more, another block is
// tried, and only when nothing else is left is the limit raised.
//
// A plan of all but a needed buffer tells more: where the needed one can go with only one other in
// its way, exchanging them gives a plan of all but that other, which is so needed, too, without
// being asked for; and so on from there (model rotation: Belov and Marques-Silva, "Accelerating MUS
// Extraction with Recursive Model Rotation", FMCAD 2011).
class DeletionFilter : public Explanation {
 public:
  DeletionFilter(const Problem& problem, const SolverParams& params)
      : problem_(problem), params_(params), is_needed_(problem.buffers.size(), 0) {
    params_.minimize_capacity = false;
    // A heuristic that finds no plan has proven nothing.
    if (params_.engine == Engine::kHeuristic) params_.engine = Engine::kAuto;
    open_.resize(problem.buffers.size());
    std::iota(open_.begin(), open_.end(), 0);
    sort_open();
    pose();
  }

  ExplanationStatus step(const Budget& budget) override {
    // Every solve gets the whole budget's deadline and what is left of its nodes.
    Budget left = budget;
    while (status_ == ExplanationStatus::kRunning) {
      if (!exchanges_.empty()) {
        exchange();
      } else if (!solver_) {
        pose();
      } else {
        const int64_t before = solver_->counters().nodes;
        Budget limited = left;
        limited.nodes = std::min(left.nodes, node_limit_ - before);
        const SearchStatus answer = solver_->step(limited);
        const int64_t nodes = solver_->counters().nodes;
        left.nodes -= nodes - before + 1;
        if (answer != SearchStatus::kRunning) {
          learn(answer);
        } else if (nodes >= node_limit_) {
          give_up_block();
        } else {
          break;
        }
      }
      if (left.nodes <= 0 || std::chrono::steady_clock::now() >= left.deadline) break;
    }
    return status_;
  }

  [[nodiscard]] const std::vector<BufferIndex>& subset() const override { return subset_; }
  [[nodiscard]] int64_t solves() const override { return solves_; }

  [[nodiscard]] SearchCounters counters() const override {
    SearchCounters counters = finished_;
    if (solver_) counters += solver_->counters();
    return counters;
  }

 private:
  enum class Phase { kTrimStart, kTrimEnd, kFilter };

  // A plan of an infeasible subset without one of its buffers.
  struct Exchange {
    std::vector<int64_t> offsets;  // by buffer of the problem
    BufferIndex left_out;
  };

  // Asks whether what is kept fits without the block.
  void pose() {
    if (!subset_.empty() && open_.empty()) {
      status_ = ExplanationStatus::kFound;
      return;
    }
    posed_.capacity = problem_.capacity;
    posed_.buffers.clear();
    block_ = std::min(block_, open_.size());
    posed_indices_ = needed_;
    posed_indices_.insert(posed_indices_.end(), open_.begin() + static_cast<ptrdiff_t>(block_),
                          open_.end());
    for (const BufferIndex b : posed_indices_) posed_.buffers.push_back(buffer(b));
    // A part of a well-formed problem is well formed.
    solver_ = std::move(make_solver(posed_, params_)).value();
    ++solves_;
  }

  void learn(SearchStatus answer) {
    if (answer == SearchStatus::kInfeasible) {
      drop_block();
    } else if (answer == SearchStatus::kSolved && subset_.empty()) {
      status_ = ExplanationStatus::kFeasible;
    } else if (answer == SearchStatus::kSolved && phase_ != Phase::kFilter) {
      trim_less();
    } else if (answer == SearchStatus::kSolved) {
      narrow_block();
    } else {
      status_ = ExplanationStatus::kExhausted;
    }
    finished_ = counters();
    solver_.reset();
  }

  // In the order in which they are trimmed or taken out.
  void sort_open() {
    std::sort(open_.begin(), open_.end(), [&](BufferIndex a, BufferIndex b) {
      const Lifespan& x = buffer(a).lifespan;
      const Lifespan& y = buffer(b).lifespan;
      if (phase_ == Phase::kTrimEnd) {
        return std::tuple(y.lower, y.upper, a) < std::tuple(x.lower, x.upper, b);
      }
      return std::tuple(x.upper, x.lower, a) < std::tuple(y.upper, y.lower, b);
    });
  }

  void trim_less() {
    block_ /= 2;
    if (block_ > open_.size() / kLastTrim) return;
    phase_ = phase_ == Phase::kTrimStart ? Phase::kTrimEnd : Phase::kFilter;
    sort_open();
    block_ = phase_ == Phase::kTrimEnd ? open_.size() / 2 : kFirstBlock;
    if (phase_ == Phase::kTrimEnd && block_ == 0) trim_less();
  }

  // The posed buffers cannot fit: nothing else needs to be kept.
  void drop_block() {
    const bool first = subset_.empty();
    subset_ = posed_indices_;
    if (const auto& overload = solver_->overload()) {
      subset_ = members_of(*overload);
      phase_ = Phase::kFilter;  // they are all live at one moment
    }
    std::sort(subset_.begin(), subset_.end());
    std::erase_if(open_, [&](BufferIndex b) {
      return !std::binary_search(subset_.begin(), subset_.end(), b);
    });
    doubtful_ = std::min(doubtful_, open_.size());
    if (first) {
      block_ = open_.size() / 2;
    } else if (phase_ == Phase::kFilter) {
      block_ *= 2;
    } else {
      trim_less();
    }
    block_ = std::max<size_t>(1, block_);
    if (first) node_limit_ = kLimitFactor * (solver_->counters().nodes + std::ssize(subset_));
  }

  // Half of the block next; a single buffer waits until all others are decided.
  void give_up_block() {
    finished_ = counters();
    solver_.reset();
    if (phase_ != Phase::kFilter) {
      trim_less();
      return;
    }
    if (block_ > 1) {
      block_ /= 2;
      return;
    }
    std::rotate(open_.begin(), open_.begin() + 1, open_.end());
    block_ = kFirstBlock;
    if (++doubtful_ < open_.size()) return;
    doubtful_ = 0;
    node_limit_ *= kLimitFactor;
  }

  // Only the overloaded section matters, and of that its largest buffers, as many as it takes
  // (with gaps, whose windows count for less than the sizes, all of them). What is known to be
  // needed is among them.
  [[nodiscard]] std::vector<BufferIndex> members_of(const Overload& overload) const {
    std::vector<BufferIndex> members;
    bool gaps = false;
    for (const BufferIndex b : overload.buffers) {
      members.push_back(posed_indices_[static_cast<size_t>(b)]);
      gaps = gaps || !buffer(members.back()).gaps.empty();
    }
    if (gaps) return members;
    std::sort(members.begin(), members.end(), [&](BufferIndex a, BufferIndex b) {
      return buffer(a).size != buffer(b).size ? buffer(a).size > buffer(b).size : a < b;
    });
    int64_t load = 0;
    size_t count = 0;
    while (load <= problem_.capacity) load += buffer(members[count++]).size;
    members.resize(count);
    return members;
  }

  void narrow_block() {
    std::vector<int64_t> offsets(problem_.buffers.size(), kAbsent);
    for (size_t i = 0; i < posed_indices_.size(); ++i) {
      offsets[static_cast<size_t>(posed_indices_[i])] = solver_->incumbent()->offsets[i];
    }
    const auto end = open_.begin() + static_cast<ptrdiff_t>(block_);
    // Those that find no room come first.
    const auto rest = std::stable_partition(open_.begin(), end, [&](BufferIndex b) {
      const std::vector<ExchangePlace> found = places(problem_, offsets, b);
      if (found.size() != 1 || found.front().in_the_way != ExchangePlace::kNobody) return true;
      offsets[static_cast<size_t>(b)] = found.front().offset;
      return false;
    });
    const auto left_out = static_cast<size_t>(rest - open_.begin());
    if (left_out == 1) {
      need({std::move(offsets), open_.front()});
    } else {
      block_ = left_out / 2;
    }
  }

  void need(Exchange exchange) {
    const BufferIndex b = exchange.left_out;
    is_needed_[static_cast<size_t>(b)] = 1;
    needed_.push_back(b);
    open_.erase(std::find(open_.begin(), open_.end(), b));
    exchanges_.push_back(std::move(exchange));
    doubtful_ = std::min(doubtful_, open_.size());
    block_ = kFirstBlock;
  }

  void exchange() {
    const Exchange from = std::move(exchanges_.back());
    exchanges_.pop_back();
    for (const ExchangePlace& place : places(problem_, from.offsets, from.left_out)) {
      if (is_needed_[static_cast<size_t>(place.in_the_way)]) continue;
      Exchange to{from.offsets, place.in_the_way};
      to.offsets[static_cast<size_t>(from.left_out)] = place.offset;
      to.offsets[static_cast<size_t>(place.in_the_way)] = kAbsent;
      need(std::move(to));
    }
  }

  [[nodiscard]] const Buffer& buffer(BufferIndex index) const {
    return problem_.buffers[static_cast<size_t>(index)];
  }

  const Problem& problem_;
  SolverParams params_;
  std::vector<BufferIndex> needed_;  // every infeasible subset of what is kept has these
  std::vector<char> is_needed_;      // by buffer
  std::vector<BufferIndex> open_;    // kept as well, so far
  Phase phase_ = Phase::kTrimStart;
  size_t block_ = 0;     // how many of those, from the front, to leave out next
  size_t doubtful_ = 0;  // how many single ones were given up under this limit
  int64_t node_limit_ = std::numeric_limits<int64_t>::max();  // of a solve
  Problem posed_;
  std::vector<BufferIndex> posed_indices_;
  std::unique_ptr<Solver> solver_;
  std::vector<Exchange> exchanges_;  // still to be looked at
  std::vector<BufferIndex> subset_;
  int64_t solves_ = 0;
  ExplanationStatus status_ = ExplanationStatus::kRunning;
  SearchCounters finished_;
};

}  // namespace

Result<std::unique_ptr<Explanation>> make_explanation(const Problem& problem,
                                                      const SolverParams& params) {
  if (auto solver = make_solver(problem, params); !solver) return solver.error();
  return Result<std::unique_ptr<Explanation>>(std::make_unique<DeletionFilter>(problem, params));
}

}  // namespace stowage
