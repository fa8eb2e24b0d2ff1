// A breadth-limited search over skylines (Model::plain): all the ways to place one more buffer,
// level by level, of which only the most promising are kept.
//
// Where a problem is tight but not full to the last byte, a depth-first search wastes its time
// below early choices that cost a little space everywhere; here such choices compete with each
// other before they are followed up. A guide compares the states of a level: the space wasted,
// sections with little to spare weighted more, against the space filled, weighted likewise (see
// Libralesso and Fontan, "An anytime tree search algorithm for the 2018 ROADEF/EURO challenge glass
// cutting problem", European Journal of Operational Research 291(3), 2021, for guides of this
// kind).
//
// A pass whose levels were all within the width has seen everything: it is a proof.
#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "planner/failed_states.h"
#include "planner/model.h"
#include "planner/skyline_array.h"
#include "planner/skyline_branching.h"
#include "planner/slice.h"

namespace stowage {

class BeamSearch {
 public:
  // Whether the model is plain and small enough: each state holds all sections and is looked at in
  // full.
  static bool accepts(const Model& model, int64_t capacity);

  // The model must be accepted, and outlive the search. `capacity` is in units.
  BeamSearch(const Model& model, int64_t capacity);

  // Begins a pass that keeps up to `width` states a level, fewer where memory asks for it. Each
  // section's weight is stretched by a random factor in [1, 1 + noise].
  void start(int64_t width, double noise, uint64_t seed);

  // kSolved, kInfeasible when nothing was left out, kExhausted when the pass ends otherwise,
  // kRunning when the slice is spent.
  SearchStatus run(Slice& slice);

  // In units, by buffer of the model.
  [[nodiscard]] const std::vector<int64_t>& offsets() const { return offset_; }
  // Over all passes. A node is a state that was kept.
  [[nodiscard]] const SearchCounters& counters() const { return counters_; }

 private:
  // Of the states of a level, which share one array for each quantity.
  struct State {
    StateKey key;
    int64_t waste = 0;   // weighted
    int64_t filled = 0;  // weighted
  };
  struct Level {
    std::vector<State> states;
    SkylineArray skylines;
  };
  using Raise = SkylineBranching::Raise;
  // A way to place one more buffer: in the state of the level above, after its raises up to
  // `raises_end`.
  struct Child {
    double guide;  // the less the better
    int32_t parent;
    int32_t buffer;
    int32_t raises_end;

    bool operator<(const Child& other) const {
      return std::tie(guide, parent, buffer, raises_end) <
             std::tie(other.guide, other.parent, other.buffer, other.raises_end);
    }
  };
  struct Link {
    int32_t parent;
    int32_t buffer;
    int32_t offset;
  };

  void weigh(double noise, uint64_t seed);
  bool make_root();
  int64_t expand(size_t parent);
  [[nodiscard]] int64_t look_work() const { return model_.buffer_count + model_.section_count; }
  void end_expansion();
  void keep_best(size_t count);
  int64_t build(const Child& child);
  bool settle(const Skyline& skyline, State& state, int64_t& work);
  bool insert(const StateKey& key);
  void end_level();
  void trace_back();
  void apply(const Raise& raise, const Skyline& skyline, State& state) const;
  void place(size_t buffer, const Skyline& skyline, State& state) const;

  const Model& model_;
  int32_t capacity_;
  size_t sections_;
  std::vector<int64_t> weight_;   // by section
  std::vector<int64_t> filling_;  // by buffer: its size, weighted
  // A state's key is the sum of its floors times their sections' keys and of keys of the buffers
  // placed; by buffer both together.
  std::vector<StateKey> section_key_;
  std::vector<StateKey> buffer_key_;
  SkylineBranching branching_;

  size_t width_ = 0;
  bool complete_ = true;  // nothing left out so far
  SearchStatus status_ = SearchStatus::kRunning;
  int32_t placed_ = 0;  // buffers in each state of the level
  Level level_;
  Level next_;
  Level scratch_;  // one state
  size_t next_parent_ = 0;
  std::vector<Raise> raises_;
  std::vector<int32_t> raises_begin_;  // by parent
  std::vector<Child> children_;
  double worst_guide_ = 0;  // no child above it will be kept
  size_t next_child_ = 0;
  bool expanding_ = true;
  std::vector<StateKey> seen_;            // the keys of next_: a hash table
  std::vector<std::vector<Link>> links_;  // by level
  std::vector<int64_t> offset_;
  SearchCounters counters_;
};

}  // namespace stowage
