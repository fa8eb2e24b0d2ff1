// Several searches of one partition at one capacity, taking turns; the first answer is everybody's.
//
// The time that a complete search needs varies wildly with the order of its branches (heavy tails:
// Gomes, Selman, Crato and Kautz, "Heavy-Tailed Phenomena in Satisfiability and Constraint
// Satisfaction Problems", JAR 24, 2000), so members with other orders share the work, each turn
// longer than the last. A member either goes on where it stopped or starts anew with another
// random order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "planner/model.h"
#include "planner/slice.h"
#include "stowage/planner/solver_params.h"

namespace stowage {

// One participant.
class PortfolioMember {
 public:
  PortfolioMember() = default;
  PortfolioMember(const PortfolioMember&) = delete;
  PortfolioMember& operator=(const PortfolioMember&) = delete;
  virtual ~PortfolioMember() = default;

  // Goes on, or starts anew, as it is to in every turn.
  virtual void begin_turn() {}
  // As CanonicalSearch::run, but never kExhausted.
  virtual SearchStatus run(Slice& slice) = 0;
  [[nodiscard]] virtual const std::vector<int64_t>& offsets() const = 0;
  [[nodiscard]] virtual SearchCounters counters() const = 0;
  [[nodiscard]] virtual Engine engine() const = 0;
};

class Portfolio {
 public:
  // The members that `params.engine` stands for and the model allows. `capacity` is in units of the
  // model. The problem (that the model was made from), the model and the params must outlive the
  // portfolio.
  Portfolio(const Problem& problem, const Model& model, const SolverParams& params,
            int64_t capacity);

  // kSolved, kInfeasible, kRunning when the slice is spent, or kExhausted once `node_limit` nodes
  // have been visited in all; a call with a larger limit then goes on.
  SearchStatus run(Slice& slice, int64_t node_limit);

  // After kSolved or kInfeasible: in units, by buffer of the model.
  [[nodiscard]] const std::vector<int64_t>& offsets() const;
  [[nodiscard]] Engine engine() const;
  [[nodiscard]] SearchCounters counters() const;

 private:
  using Recruit = std::function<std::unique_ptr<PortfolioMember>()>;

  struct Participant {
    Recruit recruit;
    int64_t share;                            // of the work of a turn: one part in so many
    std::unique_ptr<PortfolioMember> member;  // made for its first turn
  };

  void add(int64_t share, Recruit recruit);
  void begin_turn();
  [[nodiscard]] PortfolioMember& at_turn() const { return *participants_[turn_].member; }

  std::vector<Participant> participants_;
  size_t turn_ = 0;        // whose it is
  int64_t turn_work_;      // how long turns of this round are
  int64_t work_left_ = 0;  // of this turn
};

}  // namespace stowage
