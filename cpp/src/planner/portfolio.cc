#include "planner/portfolio.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "planner/canonical_search.h"
#include "planner/disjunctive_search.h"
#include "planner/valley_search.h"

namespace stowage {
namespace {

// The first turn lasts this many nodes for each buffer; every round doubles it.
constexpr int64_t kFirstTurnNodes = 4;
// How far random orders stray from the heuristic's.
constexpr double kNoise = 0.5;
// How far the seeds of racers lie apart: farther than any of them takes turns.
constexpr uint64_t kSeedsPerRacer = uint64_t{1} << 32;
constexpr size_t kNobody = std::numeric_limits<size_t>::max();

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
    search().start({letters}, 0);
  }
  void begin_turn(int64_t nodes) override { search().extend(nodes); }
};

// Another random order of the canonical search every turn.
class RandomCanonicalMember : public MemberWith<CanonicalSearch, Engine::kCanonical> {
 public:
  RandomCanonicalMember(const Model& model, const SolverParams& params, int64_t capacity)
      : MemberWith(model, params, capacity), params_(params) {}
  void begin_turn(int64_t nodes) override {
    const std::vector<std::string>& orders = params_.preordering_heuristics;
    search().start({orders[turns_ % orders.size()], kNoise, seed_of(params_) + turns_}, nodes);
    ++turns_;
  }

 private:
  const SolverParams& params_;
  uint64_t turns_ = 0;
};

// The valley search: every turn is one attempt, the first with each order as it is.
class ValleyMember : public MemberWith<ValleySearch, Engine::kValley> {
 public:
  ValleyMember(const Model& model, const SolverParams& params, int64_t capacity)
      : MemberWith(model, capacity), params_(params) {}
  void begin_turn(int64_t nodes) override {
    const auto order = static_cast<ValleyOrder>((params_.racer + turns_) % kValleyOrders);
    search().start(order, turns_ < kValleyOrders ? 0 : kNoise, seed_of(params_) + turns_, nodes);
    ++turns_;
  }

 private:
  const SolverParams& params_;
  uint64_t turns_ = 0;
};

// Stands in for the canonical search where gap windows break the order that it relies on.
class DisjunctiveMember : public MemberWith<DisjunctiveSearch, Engine::kCanonical> {
 public:
  using MemberWith::MemberWith;
  void begin_turn(int64_t nodes) override { search().extend(nodes); }
};

}  // namespace

Portfolio::Portfolio(const Problem& problem, const Model& model, const SolverParams& params,
                     int64_t capacity)
    : turn_nodes_(kFirstTurnNodes * model.buffer_count) {
  if (!model.ordered) {
    schedule_.push_back(add([&problem, &model, capacity] {
      return std::make_unique<DisjunctiveMember>(problem, model, capacity);
    }));
    return;
  }
  const bool race = params.engine == Engine::kAuto;
  size_t valley = kNobody;
  if (model.plain && (race || params.engine == Engine::kValley)) {
    valley = add([&model, &params, capacity] {
      return std::make_unique<ValleyMember>(model, params, capacity);
    });
    schedule_.push_back(valley);
  }
  if (params.engine == Engine::kValley) return;
  for (const std::string& letters : params.preordering_heuristics) {
    schedule_.push_back(add([&model, &params, capacity, &letters] {
      return std::make_unique<CanonicalMember>(model, params, capacity, letters);
    }));
    if (valley != kNobody) schedule_.push_back(valley);
  }
  if (!race) return;
  schedule_.push_back(add([&model, &params, capacity] {
    return std::make_unique<RandomCanonicalMember>(model, params, capacity);
  }));
  // Racers begin at other places of the round, half a round apart first.
  const size_t start = params.racer * (schedule_.size() / 2) % schedule_.size();
  std::rotate(schedule_.begin(), schedule_.begin() + static_cast<ptrdiff_t>(start),
              schedule_.end());
}

size_t Portfolio::add(Recruit recruit) {
  recruits_.push_back(std::move(recruit));
  members_.emplace_back();
  return members_.size() - 1;
}

SearchStatus Portfolio::run(Slice& slice, int64_t node_limit) {
  for (;;) {
    if (!in_turn_) {
      if (counters().nodes > node_limit) return SearchStatus::kExhausted;
      begin_turn();
      slice.look();
    }
    const SearchStatus status = at_turn().run(slice);
    if (status != SearchStatus::kExhausted) return status;
    in_turn_ = false;
    if (++turn_ == schedule_.size()) {
      turn_ = 0;
      turn_nodes_ *= 2;
    }
  }
}

void Portfolio::begin_turn() {
  const size_t member = schedule_[turn_];
  if (!members_[member]) members_[member] = recruits_[member]();
  at_turn().begin_turn(turn_nodes_);
  in_turn_ = true;
}

const std::vector<int64_t>& Portfolio::offsets() const { return at_turn().offsets(); }

Engine Portfolio::engine() const { return at_turn().engine(); }

SearchCounters Portfolio::counters() const {
  SearchCounters sum;
  for (const auto& member : members_) {
    if (member) sum += member->counters();
  }
  return sum;
}

}  // namespace stowage
