#include "planner/partition_solver.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

constexpr int64_t kUnlimited = std::numeric_limits<int64_t>::max();
// The nodes of a first attempt at one height when minimising, for each buffer.
constexpr int64_t kFirstAttemptNodes = 40;
// Attempts move half of the way up to the incumbent each time; past this they start over at the
// bound with more nodes.
constexpr double kLastAim = 0.97;

// Elementary operations, as Slice counts them, of a turn of the portfolio or the beam.
constexpr int64_t kTurnWork = int64_t{1} << 25;
// When minimising, what the exact engines do not find at once the beam finds more often than they,
// and repacking the plan that there is more often still.
constexpr int64_t kBeamShare = 2;
constexpr int64_t kRepackShare = 16;

int64_t in_units_rounded_up(int64_t bytes, int64_t unit) {
  return bytes / unit + (bytes % unit != 0);
}

// The least height of a section's buffers stacked: where all their offsets are multiples of some
// number, each but the topmost takes up a multiple of it.
int64_t stacked_height(const Model& model, size_t section) {
  const auto begin = model.members.begin() + model.member_begin[section];
  const auto end = model.members.begin() + model.member_begin[section + 1];
  int64_t common = 0;
  for (auto member = begin; member != end; ++member) {
    const auto b = static_cast<size_t>(member->buffer);
    const bool whole = member->extent == model.size[b];
    const int64_t fixed = model.fixed_offset[b];
    const int64_t step = fixed == kNoOffset ? model.alignment[b] : fixed;
    common = whole ? std::gcd(common, step) : 1;
    if (common == 1) return model.load[section];
  }
  int64_t height = 0;
  int64_t most_saved = 0;
  for (auto member = begin; member != end; ++member) {
    const int64_t rounded = common == 0 ? member->extent : align_up(member->extent, common);
    height += rounded;
    most_saved = std::max(most_saved, rounded - member->extent);
  }
  return height - most_saved;
}

// No plan is lower: each section's stack, and each buffer's own end.
int64_t simple_bound(const Model& model) {
  int64_t bound = 0;
  for (size_t s = 0; s < model.load.size(); ++s) bound = std::max(bound, stacked_height(model, s));
  for (size_t b = 0; b < model.size.size(); ++b) {
    bound = std::max(bound, std::max<int64_t>(0, model.fixed_offset[b]) + model.size[b]);
  }
  return bound;
}

}  // namespace

PartitionSolver::PartitionSolver(const Problem& problem, Model model, const SolverParams& params,
                                 int64_t goal, int64_t capacity, bool bound_sections)
    : problem_(problem),
      model_(std::move(model)),
      params_(params),
      goal_(goal / model_.unit),
      capacity_(capacity / model_.unit),
      lower_bound_(simple_bound(model_)),
      node_limit_(kFirstAttemptNodes * model_.buffer_count) {
  relaxes_ = bound_sections;
  if (!bound_sections) return;
  section_bounds_ = std::make_unique<SectionBounds>(problem, model_, params, goal, capacity);
}

int64_t PartitionSolver::lower_bound() const { return lower_bound_ * model_.unit; }

void PartitionSolver::report_height(int64_t height) {
  const int64_t units = in_units_rounded_up(height, model_.unit);
  if (height_ && units >= *height_) return;
  height_ = units;
  // What is being searched for may not be worth finding any more.
  if (portfolio_ && params_.minimize_capacity && target_ >= units) drop_portfolio();
}

// Rounded down to units a plan is still one, as its sizes are whole units.
void PartitionSolver::report_plan(const std::vector<int64_t>& offsets) {
  std::vector<int64_t> plan;
  for (const int64_t offset : offsets) plan.push_back(offset / model_.unit);
  const int64_t height = plan_height(model_, plan);
  if (height_ && height >= *height_) return;
  plan_ = std::move(plan);
  if (repack_) repack_->offer(plan_);
  report_height(height * model_.unit);
}

const std::vector<int64_t>* PartitionSolver::take_found() {
  return std::exchange(has_found_, false) ? &plan_ : nullptr;
}

SearchCounters PartitionSolver::counters() const {
  SearchCounters counters = finished_;
  if (section_bounds_) counters += section_bounds_->counters();
  if (portfolio_) counters += portfolio_->counters();
  if (beam_) counters += beam_->counters();
  if (repack_) counters += repack_->counters();
  if (windows_) counters += windows_->counters();
  return counters;
}

SearchStatus PartitionSolver::run(Slice& slice) {
  for (;;) {
    if (lower_bound_ > capacity_) return SearchStatus::kInfeasible;
    if (height_ && *height_ <= std::max(goal_, lower_bound_)) return SearchStatus::kSolved;
    if (slice.spent() || has_found_) return SearchStatus::kRunning;
    if (section_bounds_) {
      bound_sections(slice);
      continue;
    }
    if (turn_work_ <= 0) begin_turn();
    turn_work_ -= slice.limited_work(turn_work_, [&](Slice& turn) {
      switch (turn_) {
        case Turn::kPortfolio:
          return run_portfolio(turn);
        case Turn::kBeam:
          return run_beam(turn);
        case Turn::kRepack:
          return run_repack(turn);
        case Turn::kWindows:
          return run_windows(turn);
      }
    });
  }
}

// The beam comes after what the exact engines solve at once, and windows after both.
void PartitionSolver::begin_turn() {
  const bool is_auto = params_.engine == Engine::kAuto;
  const bool minimise = params_.minimize_capacity;
  const auto is_next = [&](Turn turn) {
    switch (turn) {
      case Turn::kPortfolio:
        return true;
      case Turn::kBeam:
        return is_auto && BeamSearch::accepts(model_, ceiling());
      case Turn::kRepack:
        return is_auto && !plan_.empty() &&
               RepackSearch::accepts(model_, plan_height(model_, plan_));
      case Turn::kWindows:
        return is_auto && minimise && relaxes_ && WindowBounds::accepts(model_) &&
               !(windows_ && windows_->done());
    }
    return false;
  };
  do {
    turn_ =
        turn_ == Turn::kWindows ? Turn::kPortfolio : static_cast<Turn>(static_cast<int>(turn_) + 1);
  } while (!is_next(turn_));
  if (turn_ == Turn::kBeam && !beam_) beam_.emplace(model_, params_);
  if (turn_ == Turn::kRepack && !repack_) repack_.emplace(model_, params_).offer(plan_);
  if (turn_ == Turn::kWindows && !windows_) windows_.emplace(model_, params_);
  turn_work_ = kTurnWork;
  if (minimise && turn_ == Turn::kBeam) turn_work_ *= kBeamShare;
  if (minimise && turn_ == Turn::kRepack) turn_work_ *= kRepackShare;
}

void PartitionSolver::run_windows(Slice& slice) {
  if (windows_->done()) {
    turn_work_ = 0;
    return;
  }
  windows_->run(slice, floor(), ceiling());
  if (windows_->lower_bound() <= lower_bound_) return;
  lower_bound_ = windows_->lower_bound();
  engine_ = Engine::kValley;
  if (portfolio_ && target_ < lower_bound_) drop_portfolio();
}

void PartitionSolver::run_portfolio(Slice& slice) {
  if (!portfolio_) aim();
  const SearchStatus status =
      portfolio_->run(slice, params_.minimize_capacity ? node_limit_ : kUnlimited);
  if (status != SearchStatus::kRunning) learn(status);
}

void PartitionSolver::run_beam(Slice& slice) {
  const SearchStatus status = beam_->run(slice, floor(), ceiling());
  if (status == SearchStatus::kSolved) {
    engine_ = Engine::kValley;
    take_plan(beam_->offsets());
  } else if (status == SearchStatus::kInfeasible) {
    engine_ = Engine::kValley;
    lower_bound_ = std::max(lower_bound_, beam_->target() + 1);
    if (portfolio_ && target_ < lower_bound_) drop_portfolio();
  }
}

// Without minimising it still goes down step by step: the capacity may be far below the plan.
void PartitionSolver::run_repack(Slice& slice) {
  const int64_t lowest = params_.minimize_capacity ? floor() : capacity_;
  if (repack_->run(slice, lowest) != SearchStatus::kSolved) return;
  engine_ = Engine::kValley;
  take_plan(repack_->offsets());
}

void PartitionSolver::bound_sections(Slice& slice) {
  if (!section_bounds_->run(slice)) return;
  const int64_t bound = in_units_rounded_up(section_bounds_->lower_bound(), model_.unit);
  if (bound > lower_bound_) {
    lower_bound_ = bound;
    engine_ = Engine::kCanonical;
  }
  if (!section_bounds_->done()) return;
  finished_ += section_bounds_->counters();
  section_bounds_.reset();
}

int64_t PartitionSolver::ceiling() const {
  return height_ ? std::min(capacity_, *height_ - 1) : capacity_;
}

// Without minimising there is only one height to try.
int64_t PartitionSolver::floor() const {
  if (!params_.minimize_capacity) return ceiling();
  return std::max(lower_bound_, std::min(goal_, ceiling()));
}

// Chooses the height to try next.
void PartitionSolver::aim() {
  const int64_t gap = ceiling() - floor();
  target_ = floor() + static_cast<int64_t>(aim_ * static_cast<double>(gap));
  portfolio_ = std::make_unique<Portfolio>(problem_, model_, params_, target_);
}

void PartitionSolver::learn(SearchStatus status) {
  if (status == SearchStatus::kExhausted) {
    aim_ = (1 + aim_) / 2;
    const bool at_ceiling = height_ && target_ >= *height_ - 1;
    if (aim_ > kLastAim || at_ceiling || target_ >= capacity_) {
      aim_ = 0;
      node_limit_ *= 2;
    }
  } else {
    engine_ = portfolio_->engine();
    if (status == SearchStatus::kSolved) {
      take_plan(portfolio_->offsets());
    } else {
      lower_bound_ = std::max(lower_bound_, target_ + 1);
      aim_ = std::max(aim_, 0.5);
    }
  }
  drop_portfolio();
}

void PartitionSolver::take_plan(const std::vector<int64_t>& offsets) {
  plan_ = offsets;
  has_found_ = true;
  if (repack_) repack_->offer(plan_);
  const int64_t height = plan_height(model_, plan_);
  if (height_ && height >= *height_) return;
  height_ = height;
  if (portfolio_ && target_ >= height) drop_portfolio();
}

void PartitionSolver::drop_portfolio() {
  if (!portfolio_) return;
  finished_ += portfolio_->counters();
  portfolio_.reset();
}

}  // namespace stowage
