#include "planner/portfolio.h"

#include <string>
#include <utility>

#include "planner/canonical_search.h"
#include "planner/disjunctive_search.h"
#include "planner/valley_search.h"

namespace stowage {
namespace {

// The first turn lasts this many operations for each buffer; every round doubles it.
constexpr int64_t kFirstTurnWork = 16'000;
// Beside the valley search the others get one part in so many: they win less often.
constexpr int64_t kSmallShare = 24;
// An attempt of the valley search is longer than the last by one part in so many.
constexpr int64_t kAttemptGrowth = 10;
// Unless all is plain, the valley search does without weights in one of so many rounds of its
// orders: weights may lead it to and fro between hard parts that have nothing to do with each
// other.
constexpr uint64_t kWeightRounds = 3;
// How far random orders stray from the heuristic's.
constexpr double kNoise = 0.5;
// How far the seeds of racers lie apart: farther than any of them makes attempts.
constexpr uint64_t kSeedsPerRacer = uint64_t{1} << 32;

uint64_t seed_of(const SolverParams& params) { return params.seed + kSeedsPerRacer * params.racer; }

// What every member does alike with its search.
template <typename Search, Engine kEngine>
class MemberWith : public PortfolioMember {
 public:
  template <typename... Arguments>
  explicit MemberWith(const Arguments&... arguments) : search_(arguments...) {}

  SearchStatus run(Slice& slice) override { return search_.run(slice); }
  [[nodiscard]] const std::vector<int64_t>& offsets() const override { return search_.offsets(); }
  [[nodiscard]] SearchCounters counters() const override { return search_.counters(); }
  [[nodiscard]] Engine engine() const override { return kEngine; }

 protected:
  Search& search() { return search_; }

 private:
  Search search_;
};

// One order of the canonical search, carried through to the end.
class CanonicalMember : public MemberWith<CanonicalSearch, Engine::kCanonical> {
 public:
  CanonicalMember(const Model& model, const SolverParams& params, int64_t capacity,
                  const std::string& letters)
      : MemberWith(model, params, capacity) {
    search().start({letters});
  }
};

// Another random order of the canonical search every turn.
class RandomCanonicalMember : public MemberWith<CanonicalSearch, Engine::kCanonical> {
 public:
  RandomCanonicalMember(const Model& model, const SolverParams& params, int64_t capacity)
      : MemberWith(model, params, capacity), params_(params) {}
  void begin_turn() override {
    const std::vector<std::string>& orders = params_.preordering_heuristics;
    search().start({orders[turns_ % orders.size()], kNoise, seed_of(params_) + turns_});
    ++turns_;
  }

 private:
  const SolverParams& params_;
  uint64_t turns_ = 0;
};

// The valley search: attempts, each with another order and a little longer than the last. The first
// with each order follows it as it is.
class ValleyMember : public MemberWith<ValleySearch, Engine::kValley> {
 public:
  ValleyMember(const Model& model, const SolverParams& params, int64_t capacity)
      : MemberWith(model, capacity),
        plain_(model.plain),
        attempt_nodes_(model.buffer_count),
        seed_(seed_of(params)),
        first_(params.racer) {
    begin_attempt();
  }
  SearchStatus run(Slice& slice) override {
    for (;;) {
      const SearchStatus status = MemberWith::run(slice);
      if (status != SearchStatus::kExhausted) return status;
      begin_attempt();
    }
  }

 private:
  void begin_attempt() {
    ValleyOrder order;
    order.by = static_cast<ValleyOrder::By>((first_ + attempts_) % ValleyOrder::kCount);
    order.filling_first = (attempts_ / ValleyOrder::kCount + first_) % 2 == 0;
    order.noise = attempts_ < ValleyOrder::kCount ? 0 : kNoise;
    order.by_weight =
        plain_ || attempts_ / ValleyOrder::kCount % kWeightRounds != kWeightRounds - 1;
    order.seed = seed_ + attempts_;
    search().start(order, attempt_nodes_);
    ++attempts_;
    attempt_nodes_ += attempt_nodes_ / kAttemptGrowth + 1;
  }

  bool plain_;
  int64_t attempt_nodes_;
  uint64_t seed_;
  uint64_t first_;  // order, so that racers begin with different ones
  uint64_t attempts_ = 0;
};

// Stands in for the canonical search where gap windows break the order that it relies on.
class DisjunctiveMember : public MemberWith<DisjunctiveSearch, Engine::kCanonical> {
 public:
  using MemberWith::MemberWith;
};

}  // namespace

Portfolio::Portfolio(const Problem& problem, const Model& model, const SolverParams& params,
                     int64_t capacity)
    : turn_work_(kFirstTurnWork * model.buffer_count) {
  const bool race = params.engine == Engine::kAuto;
  int64_t share = 1;
  if (race || params.engine == Engine::kValley) {
    add(1, [&model, &params, capacity] {
      return std::make_unique<ValleyMember>(model, params, capacity);
    });
    share = kSmallShare;
  }
  if (params.engine == Engine::kValley) return;
  if (!model.ordered) {
    add(share, [&problem, &model, capacity] {
      return std::make_unique<DisjunctiveMember>(problem, model, capacity);
    });
    return;
  }
  for (const std::string& letters : params.preordering_heuristics) {
    add(share, [&model, &params, capacity, &letters] {
      return std::make_unique<CanonicalMember>(model, params, capacity, letters);
    });
  }
  if (!race) return;
  add(share, [&model, &params, capacity] {
    return std::make_unique<RandomCanonicalMember>(model, params, capacity);
  });
  // Racers begin at other places of the round, half a round apart first.
  turn_ = params.racer * (participants_.size() / 2) % participants_.size();
}

void Portfolio::add(int64_t share, Recruit recruit) {
  participants_.push_back({std::move(recruit), share, nullptr});
}

SearchStatus Portfolio::run(Slice& slice, int64_t node_limit) {
  for (;;) {
    const int64_t nodes_left = node_limit - counters().nodes;
    if (nodes_left <= 0) return SearchStatus::kExhausted;
    if (slice.spent()) return SearchStatus::kRunning;
    if (work_left_ <= 0) {
      begin_turn();
      slice.look();
    }
    SearchStatus status = SearchStatus::kRunning;
    work_left_ -= slice.limited_work(work_left_, [&](Slice& turn) {
      turn.limited(nodes_left, [&](Slice& limited) { status = at_turn().run(limited); });
    });
    if (status != SearchStatus::kRunning) return status;
    if (work_left_ > 0) continue;
    if (++turn_ == participants_.size()) {
      turn_ = 0;
      turn_work_ *= 2;
    }
  }
}

void Portfolio::begin_turn() {
  Participant& participant = participants_[turn_];
  if (!participant.member) participant.member = participant.recruit();
  participant.member->begin_turn();
  work_left_ = turn_work_ / participant.share;
}

const std::vector<int64_t>& Portfolio::offsets() const { return at_turn().offsets(); }

Engine Portfolio::engine() const { return at_turn().engine(); }

SearchCounters Portfolio::counters() const {
  SearchCounters sum;
  for (const Participant& participant : participants_) {
    if (participant.member) sum += participant.member->counters();
  }
  return sum;
}

}  // namespace stowage
