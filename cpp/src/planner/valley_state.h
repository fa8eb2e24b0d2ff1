// A partly made plan as the valley search sees it, and what follows from it.
//
// The floor of a section is the height below which everything in it is decided; its slack is what
// remains above the floor less the sizes of its unplaced buffers. See valley_search.h for what a
// valley is and docs/algorithms.md for why nothing is missed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "planner/bit_set.h"
#include "planner/failed_states.h"
#include "planner/model.h"

namespace stowage {

// A maximal run of linked sections with one floor between higher walls, and the section in it that
// leaves the fewest branches for how often it has failed.
struct Valley {
  static constexpr int32_t kUndecidable = -1;

  int32_t upper = 0;               // the run is [lower, upper)
  int32_t section = kUndecidable;  // kUndecidable: it must wait for others
  int32_t branches = 0;            // the buffers that may rest there, and 1 if none may
  int64_t weight = 1;              // of the section: grows whenever a state fails there
  int64_t slack = 0;               // of the section
  bool waits = false;              // for the floor elsewhere under a buffer that may rest there
  int64_t raised_floor = 0;        // of the section if nothing rests there; 0: something must

  // Whether this leaves fewer branches for its weight than the other; ties to the least slack. A
  // single branch is no choice and comes first.
  [[nodiscard]] bool is_tighter_than(const Valley& other) const {
    if (branches == 1 || other.branches == 1) {
      return branches < other.branches || (branches == other.branches && slack < other.slack);
    }
    if (waits != other.waits) return other.waits;
    const int64_t mine = branches * other.weight;
    const int64_t others = other.branches * weight;
    return mine < others || (mine == others && slack < other.slack);
  }
};

class ValleyState {
 public:
  // Buffers are counted by *position*: in order of first section, end, size. The model must outlive
  // this.
  ValleyState(const Model& model, int64_t capacity);

  // Nothing placed. False if it is clear already that there is no plan. Weights are kept, but do
  // not count unless `by_weight`.
  bool reset(bool by_weight);

  // Rests a buffer on the floor of a section, or lets nothing rest there. False if the state is
  // hopeless then; either way `back_to` takes it back.
  bool rest(int32_t position, int32_t section);
  bool raise(int32_t section, int64_t floor);
  struct Mark {
    size_t changes = 0;
    size_t valleys = 0;
  };
  [[nodiscard]] Mark mark() const { return {changes_.size(), valley_changes_.size()}; }
  void back_to(const Mark& mark);

  // Of the last `rest` or `raise`: whether unplaced buffers no longer link what they did, and what
  // it added to the key of the component that it happened in.
  [[nodiscard]] bool split() const { return split_; }
  [[nodiscard]] const StateKey& key_change() const { return key_change_; }

  // The valleys, by their lower ends.
  [[nodiscard]] const BitSet& valleys() const { return active_; }
  [[nodiscard]] const Valley& valley(int32_t lower) const {
    return valleys_[static_cast<size_t>(lower)];
  }
  // The position of each buffer that may rest on the section; [lower, upper) is its valley.
  template <typename Visit>
  void for_each_branch(int32_t lower, int32_t upper, int32_t section, const Visit& visit) const {
    unplaced_.for_each_in(first_position(lower), first_position(section + 1), [&](int32_t p) {
      const Place& place = places_[static_cast<size_t>(p)];
      if (place.end <= section || place.end > upper || place.has_gaps) return;
      if (may_rest(place, floor(section)) && !waits_for_twin(place)) visit(p);
    });
    for (const int32_t p : gapped_) {
      const Place& place = places_[static_cast<size_t>(p)];
      if (unplaced_.contains(p) && may_rest_pieces(place, section)) visit(p);
    }
  }

  [[nodiscard]] int64_t floor(int32_t section) const {
    return floor_[static_cast<size_t>(section)];
  }
  // The lowest pin of a section starts there.
  [[nodiscard]] int64_t ceiling(int32_t section) const {
    if (pin_count_ == 0) return capacity_;
    const std::vector<Pin>& pins = pins_[static_cast<size_t>(section)];
    return pins.empty() ? capacity_ : pins.back().lower;
  }
  [[nodiscard]] bool linked(int32_t section) const {  // by an unplaced buffer with the next one
    return cuts_[static_cast<size_t>(section)] > 0;
  }
  [[nodiscard]] bool any_unplaced(int32_t lower, int32_t upper) const {
    return unplaced_.first_in(first_position(lower), first_position(upper)) != BitSet::kNone;
  }
  [[nodiscard]] int32_t buffer(int32_t position) const {
    return places_[static_cast<size_t>(position)].buffer;
  }
  // By buffer of the model; of the placed only.
  [[nodiscard]] const std::vector<int64_t>& offsets() const { return offset_; }
  // A fingerprint of what the sections [lower, upper), a component, hold and have left to place.
  [[nodiscard]] StateKey key(int32_t lower, int32_t upper) const;
  // Elementary operations since the last call.
  int64_t take_work();

 private:
  static constexpr int32_t kNobody = -1;
  // A section's weight before it has failed: how many failures double it.
  static constexpr int64_t kFirstWeight = 100;

  struct Place {
    int32_t first;  // section
    int32_t end;
    int64_t size;
    int64_t alignment;
    int64_t fixed_offset;  // kNoOffset when free
    int64_t least_offset;  // in any plan
    int64_t most_offset;
    int32_t buffer;  // of the model
    int32_t twin;    // the position before, if that buffer is just alike; else kNobody
    bool has_gaps;   // is held in pieces: not all of it all the time
  };
  struct Change {
    enum class Kind : uint8_t {
      kRaise,   // of the section, from `floor`
      kAbsorb,  // of the section's lowest pin, whose lower end was `floor`
      kPin,     // a piece of the buffer over the section
      kPlace,   // of the buffer; `floor` is the floor less the lower end of the window held there
    };
    Kind kind;
    int32_t section;
    int32_t position;
    int64_t floor;
  };
  // Space above the floor of a section that is taken already.
  using Pin = Window;
  struct ValleyChange {
    bool was_active;
    int32_t lower;
    Valley valley;
  };
  // Of the run being looked at, by section; the first two less those of the section before.
  struct Count {
    int32_t covering = 0;      // buffers that may rest there
    int64_t sizes = 0;         // of all that can lie between the walls
    int64_t least_before = 0;  // the least of those that end before it, or start after it
    int64_t least_after = 0;
    bool waits = false;     // for the floor elsewhere to rise
    int64_t most_rise = 0;  // that buffers with gaps allow
  };

  // valley_state.cc
  void put(int32_t position);
  void take(const Change& change);
  void bound_offsets();
  void unlink(const Place& place);
  void set_floor(int32_t section, int64_t floor);
  void mark_dirty(int32_t first, int32_t end);
  void mark_run(int32_t first, int32_t end);
  [[nodiscard]] StateKey floor_key(int32_t lower, int32_t upper, int64_t change) const;

  // valley_pieces.cc
  bool pin_fixed();
  void put_pieces(int32_t position, int32_t section);
  void take_pieces(const Change& change);
  void pin(int32_t section, int32_t position, const Pin& pin);
  void unpin(const Change& change);
  void absorb(int32_t section);
  void give_back(const Change& change);
  void mark_held(int32_t first, int32_t end);
  bool count_pieces(int32_t lower, int32_t upper, int64_t wall_height);
  [[nodiscard]] int64_t least_offset(const Place& place) const;
  [[nodiscard]] bool may_rest_pieces(const Place& place, int32_t section) const;
  [[nodiscard]] bool fits_pieces(const Place& place, int64_t base, int64_t offset) const;
  [[nodiscard]] bool lies_level(const Place& place, int64_t base) const;
  [[nodiscard]] const Model::Span* span_at(const Place& place, int32_t section) const;
  [[nodiscard]] StateKey pin_key(int32_t section, const Pin& pin) const;
  template <typename Visit>
  void for_each_span(const Place& place, const Visit& visit) const {
    const auto b = static_cast<size_t>(place.buffer);
    for (int32_t i = model_.span_begin[b]; i < model_.span_begin[b + 1]; ++i) {
      visit(model_.spans[static_cast<size_t>(i)]);
    }
  }

  // valley_runs.cc
  bool propagate();
  bool look_at_run(int32_t section);
  bool absorb_pins(int32_t lower, int32_t upper);
  bool evaluate(int32_t lower, int32_t upper, int64_t wall_height);
  bool count(int32_t lower, int32_t upper, int64_t wall_height);
  bool fail_at(int32_t section);
  void activate(int32_t lower, const Valley& valley);
  void deactivate(int32_t lower, int32_t upper);

  [[nodiscard]] int32_t first_position(int32_t section) const {
    return first_position_[static_cast<size_t>(section)];
  }
  [[nodiscard]] bool waits_for_twin(const Place& place) const {
    return place.twin != kNobody && unplaced_.contains(place.twin);
  }
  [[nodiscard]] bool may_rest(const Place& place, int64_t floor) const {
    return (pin_count_ == 0 && place.alignment == 1) || fits(place, floor);
  }
  [[nodiscard]] bool fits(const Place& place, int64_t floor) const;

  const Model& model_;
  int64_t capacity_;
  int32_t sections_;
  bool by_weight_ = true;
  bool infeasible_ = false;                                     // by the bounds on offsets alone
  int64_t least_extent_ = std::numeric_limits<int64_t>::max();  // of all windows
  std::vector<Place> places_;
  std::vector<int32_t> gapped_;  // positions of the buffers that are held in pieces, ascending
  std::vector<int32_t> first_position_;  // by section, of the first buffer that starts there
  std::vector<StateKey> section_keys_;   // random odd numbers, summed up over the sections
  std::vector<StateKey> buffer_keys_;    // by position

  std::vector<int64_t> offset_;  // by buffer
  std::vector<int64_t> floor_;   // by section
  std::vector<int64_t> slack_;   // by section
  std::vector<int32_t> cuts_;    // by section, of the unplaced
  int64_t pin_count_ = 0;
  std::vector<std::vector<Pin>> pins_;  // by section, the lowest last
  std::vector<int64_t> weight_;         // by section
  BitSet unplaced_;                     // positions
  std::vector<Valley> valleys_;         // by lower section, where active
  BitSet active_;
  BitSet dirty_;  // sections whose run must be looked at again

  std::vector<Change> changes_;
  std::vector<ValleyChange> valley_changes_;
  StateKey key_change_;
  bool split_ = false;
  std::vector<Count> counts_;
  int64_t work_ = 0;
};

}  // namespace stowage
