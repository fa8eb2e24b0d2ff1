#include "stowage/planner/explain.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <utility>

#include "stowage/planner/solver.h"

namespace stowage {
namespace {

// Deletion filter (Chinneck and Dravnieks, "Locating Minimal Infeasible Constraint Sets in Linear
// Programs", ORSA Journal on Computing 3(2), 1991): take out a block of buffers; if the rest still
// cannot fit, they stay out. If it fits, some buffer of the block is needed: try half the block,
// or, of a single buffer, keep it for good. Blocks double with every success, so that a needed set
// of k out of n buffers takes O(k log n) solves.
class DeletionFilter : public Explanation {
 public:
  DeletionFilter(const Problem& problem, const SolverParams& params)
      : problem_(problem), params_(params) {
    params_.minimize_capacity = false;
    // A heuristic that finds no plan has proven nothing.
    if (params_.engine == Engine::kHeuristic) params_.engine = Engine::kAuto;
    kept_.resize(problem.buffers.size());
    std::iota(kept_.begin(), kept_.end(), 0);
    pose(kept_);
  }

  ExplanationStatus step(const Budget& budget) override {
    // Every solve gets the whole budget's deadline and what is left of its nodes.
    Budget left = budget;
    while (status_ == ExplanationStatus::kRunning) {
      const int64_t before = solver_->counters().nodes;
      const SearchStatus answer = solver_->step(left);
      left.nodes -= solver_->counters().nodes - before + 1;
      if (answer == SearchStatus::kRunning) break;
      learn(answer);
      if (status_ != ExplanationStatus::kRunning) break;
      if (left.nodes <= 0 || std::chrono::steady_clock::now() >= left.deadline) break;
    }
    return status_;
  }

  [[nodiscard]] const std::vector<BufferIndex>& subset() const override { return subset_; }

  [[nodiscard]] SearchCounters counters() const override {
    SearchCounters counters = finished_;
    return counters += solver_->counters();
  }

 private:
  // Asks whether `buffers` alone fit.
  void pose(std::vector<BufferIndex> buffers) {
    if (solver_) finished_ = counters();
    posed_.capacity = problem_.capacity;
    posed_.buffers.clear();
    for (const BufferIndex b : buffers) {
      posed_.buffers.push_back(problem_.buffers[static_cast<size_t>(b)]);
    }
    posed_indices_ = std::move(buffers);
    // A part of a well-formed problem is well formed.
    solver_ = std::move(make_solver(posed_, params_)).value();
  }

  void learn(SearchStatus answer) {
    if (answer == SearchStatus::kInfeasible) {
      drop_block();
    } else if (answer == SearchStatus::kSolved && subset_.empty()) {
      status_ = ExplanationStatus::kFeasible;
    } else if (answer == SearchStatus::kSolved) {
      narrow_block();
    } else {
      status_ = ExplanationStatus::kExhausted;
    }
    if (status_ != ExplanationStatus::kRunning) return;
    if (needed_ == kept_.size()) {
      status_ = ExplanationStatus::kFound;
    } else {
      pose_without_block();
    }
  }

  // The posed buffers cannot fit: nothing else needs to be kept.
  void drop_block() {
    const bool first = subset_.empty();
    kept_ = posed_indices_;
    if (const auto& overload = solver_->overload()) shrink_to(*overload);
    subset_ = kept_;
    std::sort(subset_.begin(), subset_.end());
    block_ = first ? std::max<size_t>(1, kept_.size() / 2) : 2 * block_;
  }

  void narrow_block() {
    if (block_ > 1) {
      block_ /= 2;
    } else {
      ++needed_;
      block_ = 2;
    }
  }

  // Only the overloaded section matters, and of that its largest buffers, as many as it takes
  // (with gaps, whose windows count for less than the sizes, all of them). What is known to be
  // needed is among them and stays in front.
  void shrink_to(const Overload& overload) {
    std::vector<BufferIndex> members;
    bool gaps = false;
    for (const BufferIndex b : overload.buffers) {
      members.push_back(posed_indices_[static_cast<size_t>(b)]);
      gaps = gaps || !buffer(members.back()).gaps.empty();
    }
    std::sort(members.begin(), members.end(), [&](BufferIndex a, BufferIndex b) {
      return buffer(a).size != buffer(b).size ? buffer(a).size > buffer(b).size : a < b;
    });
    if (!gaps) {
      int64_t load = 0;
      size_t count = 0;
      while (load <= problem_.capacity) load += buffer(members[count++]).size;
      members.resize(count);
    }
    const std::vector<BufferIndex> needed(kept_.begin(),
                                          kept_.begin() + static_cast<ptrdiff_t>(needed_));
    std::stable_partition(members.begin(), members.end(), [&](BufferIndex b) {
      return std::find(needed.begin(), needed.end(), b) != needed.end();
    });
    kept_ = std::move(members);
  }

  void pose_without_block() {
    const size_t end = std::min(needed_ + block_, kept_.size());
    std::vector<BufferIndex> rest(kept_.begin(), kept_.begin() + static_cast<ptrdiff_t>(needed_));
    rest.insert(rest.end(), kept_.begin() + static_cast<ptrdiff_t>(end), kept_.end());
    pose(std::move(rest));
  }

  [[nodiscard]] const Buffer& buffer(BufferIndex index) const {
    return problem_.buffers[static_cast<size_t>(index)];
  }

  const Problem& problem_;
  SolverParams params_;
  Problem posed_;
  std::vector<BufferIndex> posed_indices_;
  std::unique_ptr<Solver> solver_;
  std::vector<BufferIndex> kept_;    // an infeasible subset once one is known
  size_t needed_ = 0;                // the first of kept_ without each of which it would fit
  size_t block_ = 0;                 // how many after those to leave out next
  std::vector<BufferIndex> subset_;  // kept_, ascending
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
