#include "planner/portfolio.h"

#include <string>
#include <utility>

#include "planner/canonical_search.h"

namespace stowage {
namespace {

// The first turn lasts this many nodes for each buffer; every round doubles it.
constexpr int64_t kFirstTurnNodes = 2;
// How far random orders stray from the heuristic's.
constexpr double kNoise = 0.5;

// One order of the canonical search, carried through to the end.
class CanonicalMember : public PortfolioMember {
 public:
  CanonicalMember(const Model& model, const SolverParams& params, int64_t capacity,
                  const std::string& letters)
      : search_(model, params, capacity) {
    search_.start({letters}, 0);
  }
  void begin_turn(int64_t nodes) override { search_.extend(nodes); }
  SearchStatus run(Slice& slice) override { return search_.run(slice); }
  [[nodiscard]] const std::vector<int64_t>& offsets() const override { return search_.offsets(); }
  [[nodiscard]] SearchCounters counters() const override { return search_.counters(); }
  [[nodiscard]] Engine engine() const override { return Engine::kCanonical; }

 private:
  CanonicalSearch search_;
};

// Another random order of the canonical search every turn.
class RandomCanonicalMember : public PortfolioMember {
 public:
  RandomCanonicalMember(const Model& model, const SolverParams& params, int64_t capacity)
      : params_(params), search_(model, params, capacity), seed_(params.seed) {}
  void begin_turn(int64_t nodes) override {
    const std::vector<std::string>& orders = params_.preordering_heuristics;
    search_.start({orders[turns_ % orders.size()], kNoise, seed_ + turns_}, nodes);
    ++turns_;
  }
  SearchStatus run(Slice& slice) override { return search_.run(slice); }
  [[nodiscard]] const std::vector<int64_t>& offsets() const override { return search_.offsets(); }
  [[nodiscard]] SearchCounters counters() const override { return search_.counters(); }
  [[nodiscard]] Engine engine() const override { return Engine::kCanonical; }

 private:
  const SolverParams& params_;
  CanonicalSearch search_;
  uint64_t seed_;
  size_t turns_ = 0;
};

}  // namespace

Portfolio::Portfolio(const Model& model, const SolverParams& params, int64_t capacity)
    : turn_nodes_(kFirstTurnNodes * model.buffer_count) {
  for (const std::string& letters : params.preordering_heuristics) {
    members_.push_back(std::make_unique<CanonicalMember>(model, params, capacity, letters));
  }
  if (params.engine == Engine::kAuto) {
    members_.push_back(std::make_unique<RandomCanonicalMember>(model, params, capacity));
  }
}

SearchStatus Portfolio::run(Slice& slice, int64_t node_limit) {
  for (;;) {
    if (!in_turn_) {
      if (counters().nodes > node_limit) return SearchStatus::kExhausted;
      begin_turn();
    }
    const SearchStatus status = members_[turn_]->run(slice);
    if (status != SearchStatus::kExhausted) return status;
    in_turn_ = false;
    if (++turn_ == members_.size()) {
      turn_ = 0;
      turn_nodes_ *= 2;
    }
  }
}

void Portfolio::begin_turn() {
  members_[turn_]->begin_turn(turn_nodes_);
  in_turn_ = true;
}

const std::vector<int64_t>& Portfolio::offsets() const { return members_[turn_]->offsets(); }

Engine Portfolio::engine() const { return members_[turn_]->engine(); }

SearchCounters Portfolio::counters() const {
  SearchCounters sum;
  for (const auto& member : members_) {
    const SearchCounters counters = member->counters();
    sum.nodes += counters.nodes;
    sum.backtracks += counters.backtracks;
  }
  return sum;
}

}  // namespace stowage
