#include "planner/partition_turns.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "planner/engine_limits.h"
#include "planner/model.h"

namespace stowage {
namespace {

// Skylines share a partition with the exact search, one turn each, in elementary operations as
// Slice counts them. Of large partitions, where exact searches seldom get anywhere, they get as
// much, and begin.
constexpr int64_t kSearchTurnWork = int64_t{1} << 25;
constexpr int64_t kSkylineTurnWork = kSearchTurnWork / 8;
// What skylines get before an exact search has begun, for each operation that beginning it takes.
constexpr int64_t kWaiting = 4;
constexpr int64_t kUnlimited = std::numeric_limits<int64_t>::max();
// How much a partition gets that is not searched exactly, after the first plans: so many buffers
// placed in all, but of few buffers no more plans than there is a use for.
constexpr int64_t kMostPlaced = int64_t{1} << 22;
constexpr int64_t kMostPlansForABuffer = 64;

using SkylineStatus = SkylineSearch::Status;

}  // namespace

bool PartitionTurns::is_low_enough() const {
  const int64_t height = state_.incumbent->height(index_);
  return height != Incumbent::kNone && height <= state_.goal();
}

bool PartitionTurns::is_large() const {
  return partition().buffers.size() > kMostBuffersUnlessLarge;
}

bool PartitionTurns::is_searched() {
  if (!searched_) {
    searched_ =
        state_.params.engine != Engine::kHeuristic && is_searchable(state_.sweep, partition());
  }
  return *searched_;
}

SkylineStatus PartitionTurns::run_skylines(Slice& slice, int64_t plans) {
  const SolverParams& params = state_.params;
  if (!skylines_) {
    const bool any_height = params.minimize_capacity || !is_searched();
    skylines_ = std::make_unique<PartitionSkylines>(
        state_.problem, state_.sweep, partition(),
        SkylineSearch::Effort{state_.goal(), params.seed + (uint64_t{params.racer} << 32),
                              any_height});
  }
  skylines_->set_goal(state_.goal());
  const SkylineStatus status =
      plans == kTrial ? skylines_->try_goal(slice) : skylines_->run(slice, plans);
  if (const auto found = skylines_->take_found(); found && state_.fixed_buffers_fit()) {
    if (state_.incumbent->offer(index_, *found, 1, Engine::kHeuristic)) {
      state_.engine = Engine::kHeuristic;
    }
    if (exact_) exact_->report_plan(*found);
  }
  return status;
}

bool PartitionTurns::run(Slice& slice, bool at_once) {
  if (is_low_enough()) return true;
  if (exact_) return run_turn(slice);
  if (!is_searched()) return improve(slice);
  if (!at_once && !rows_ && !has_waited(slice)) return false;
  open(slice);
  slice.look();
  return false;
}

// All there is for a partition that is not searched exactly.
bool PartitionTurns::improve(Slice& slice) {
  const auto buffers = static_cast<int64_t>(partition().buffers.size());
  const int64_t plans = SkylineSearch::first_decodes() +
                        std::min(kMostPlaced / buffers, kMostPlansForABuffer * buffers);
  return run_skylines(slice, plans) != SkylineStatus::kRunning;
}

// Skylines may be done before an exact search has found its way, so they go on first for a time
// that is short beside what it will take.
bool PartitionTurns::has_waited(Slice& slice) {
  if (state_.params.engine != Engine::kAuto) return true;
  if (!waiting_work_) waiting_work_ = kWaiting * opening_work(state_.sweep, partition());
  bool ended = false;
  *waiting_work_ -= slice.limited_work(*waiting_work_, [&](Slice& turn) {
    ended = run_skylines(turn, kUnlimited) != SkylineStatus::kRunning;
  });
  return ended || *waiting_work_ <= 0;
}

// Lists the overlaps in slices; making the solver from them is one step.
void PartitionTurns::open(Slice& slice) {
  const Problem& problem = state_.problem;
  const SolverParams& params = state_.params;
  if (!rows_) rows_ = std::make_unique<OverlapRowsBuilder>(problem, state_.sweep, partition());
  if (!rows_->run(slice) || slice.spent()) return;
  Model model = make_model(problem, state_.sweep, partition(), rows_->take());
  rows_.reset();
  exact_ = std::make_unique<PartitionSolver>(problem, std::move(model), params, state_.goal(),
                                             problem.capacity, params.engine == Engine::kAuto);
  if (state_.incumbent->height(index_) != Incumbent::kNone) {
    exact_->report_plan(state_.incumbent->offsets(index_));
  }
  if (state_.reported_height != SolverState::kNoHeight) report_height();
  begin_turn(is_large(), false);
}

// Lets the exact search and the skylines go on in turns. Whether the exact search has come to an
// answer.
bool PartitionTurns::run_turn(Slice& slice) {
  bool ended = false;
  turn_work_ -= slice.limited_work(turn_work_, [&](Slice& turn) {
    ended =
        skyline_turn_ ? run_skylines(turn, kUnlimited) != SkylineStatus::kRunning : search(turn);
  });
  if (!ended && turn_work_ > 0) return false;
  if (skyline_turn_) {
    begin_turn(/*skylines=*/false, /*skylines_ended=*/ended);
  } else if (ended) {
    return true;
  } else {
    begin_turn(/*skylines=*/true, skylines_ended_);
  }
  return false;
}

// Skylines that have ended have nothing more to find.
void PartitionTurns::begin_turn(bool skylines, bool skylines_ended) {
  skylines_ended_ = skylines_ended;
  skyline_turn_ = skylines && !skylines_ended && state_.params.engine == Engine::kAuto;
  turn_work_ = skyline_turn_ && !is_large() ? kSkylineTurnWork : kSearchTurnWork;
}

// Whether it has come to an answer.
bool PartitionTurns::search(Slice& slice) {
  const SearchStatus status = exact_->run(slice);
  if (const std::vector<int64_t>* found = exact_->take_found()) {
    if (state_.incumbent->offer(index_, *found, exact_->model().unit, exact_->engine())) {
      state_.engine = exact_->engine();
    }
  }
  if (state_.params.minimize_capacity) {
    state_.lower_bound = std::max(state_.lower_bound, exact_->lower_bound());
  }
  if (status == SearchStatus::kInfeasible) {
    state_.engine = exact_->engine();
    state_.status = SearchStatus::kInfeasible;
    state_.lower_bound = std::max(state_.lower_bound, state_.problem.capacity + 1);
  }
  return status != SearchStatus::kRunning;
}

void PartitionTurns::close() {
  skylines_.reset();
  waiting_work_.reset();
  rows_.reset();
  exact_.reset();
}

void PartitionTurns::report_height() {
  if (exact_ && state_.params.minimize_capacity) exact_->report_height(state_.reported_height);
}

SearchCounters PartitionTurns::counters() const {
  return exact_ ? exact_->counters() : SearchCounters{};
}

}  // namespace stowage
