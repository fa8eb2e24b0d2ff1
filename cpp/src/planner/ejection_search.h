// Lowering a plan by ejections.
//
// In a plan for very many buffers only a few end too high. They are taken out, and each goes back
// below the height aimed at: to where nothing is in the way, or else to where the least is, which
// is taken out in turn. What is in the way counts by its area times how often it was hard to place
// before (Nagata and Bräysy, "A powerful route minimization heuristic for the vehicle routing
// problem with time windows", Operations Research Letters 37(5), 2009; there with customers in
// routes). Nothing else moves, so a step costs what is live together with one buffer, not all.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "planner/rectangle_overlaps.h"
#include "planner/skyline_part.h"
#include "planner/slice.h"
#include "planner/sliced_sort.h"

namespace stowage {

class EjectionSearch {
 public:
  // The part must outlive it.
  EjectionSearch(const SkylinePart& part, uint64_t seed);

  // Goes on from this plan, by rectangle of the part.
  void start_from(const std::vector<int64_t>& offsets);
  // Looks for lower plans until one is no higher than `goal`, or as low as any can be. Whether
  // there is one; false when the slice is spent first. Needs a plan to start from.
  bool run(Slice& slice, int64_t goal);

  // Of the plan that it goes on from; the highest number there is before the first.
  [[nodiscard]] int64_t height() const { return height_; }
  // The offsets, by rectangle, of the lowest plan found since the last call; nullptr if none was.
  const std::vector<int64_t>* take_found();

 private:
  static constexpr int64_t kTakenOut = -1;

  // A rectangle, or a piece that is held and never moves.
  struct Item {
    SectionRange sections;
    int64_t size = 0;
    int64_t alignment = 1;
    int64_t offset = kTakenOut;
    int64_t weight = 0;      // what it counts when it is in the way, but for its difficulty
    int32_t difficulty = 1;  // how often others had to make way for it, and 1
    int32_t rectangle = 0;   // kHeld if it is none

    [[nodiscard]] int64_t top() const { return offset + size; }
    [[nodiscard]] int64_t cost() const { return weight * difficulty; }
  };
  static constexpr int32_t kHeld = -1;
  // An end of the space that an item takes up.
  struct Edge {
    int64_t offset;
    int64_t cost;
  };
  struct Place {
    int64_t offset = kTakenOut;
    int64_t cost = 0;
  };
  // Where an item starts, and which it is: a rectangle, or behind those a held piece.
  using Start = std::pair<SectionIndex, int32_t>;

  [[nodiscard]] std::vector<Start> starts() const;
  [[nodiscard]] bool prepare(Slice& slice);
  void set_weight_unit();
  void add_item(int32_t index);
  void begin_attempt(int64_t least);
  void finish_attempt();
  void give_up();
  void place_next(Slice& slice);
  void gather_edges(const Item& item, Slice& slice);
  [[nodiscard]] Place cheapest_place(const Item& item);
  void eject_for(const Item& item, int64_t offset);
  void take_out(int32_t index);
  void sort_by_offset(std::vector<Edge>& edges);

  Item& at(int32_t index) { return items_[static_cast<size_t>(index)]; }
  [[nodiscard]] int64_t& best_offset(const Item& item) {
    return best_[static_cast<size_t>(item.rectangle)];
  }

  const SkylinePart& part_;
  std::mt19937_64 random_;
  int64_t bound_;  // no plan is lower
  double weight_unit_ = 0;
  std::optional<SlicedSort<Start, std::less<>>> sort_;  // until sorted
  std::vector<Start> sorted_;                           // until all are items
  std::vector<Item> items_;  // by where they start, so that what is live together lies together
  std::optional<RectangleOverlaps> overlaps_;
  bool prepared_ = false;

  std::vector<int64_t> best_;  // the plan that it goes on from, by rectangle
  int64_t height_ = std::numeric_limits<int64_t>::max();
  bool found_ = false;

  // The attempt under way.
  bool attempting_ = false;
  int64_t target_ = 0;
  std::vector<std::pair<int64_t, int32_t>> waiting_;  // taken out: a heap by weight
  int64_t waiting_weight_ = 0;
  int64_t least_waiting_weight_ = 0;
  int64_t fruitless_ = 0;         // operations since that fell
  std::vector<int32_t> touched_;  // whatever was taken out
  // How far an attempt goes: so often the way down to the least height is halved. And how long it
  // goes on without success.
  int halvings_ = 1;
  int64_t patience_;

  // For one placement.
  std::vector<int32_t> beside_;  // items live together with it that could be taken out
  std::vector<Edge> bottoms_;
  std::vector<Edge> tops_;
  std::vector<Edge> unsorted_;
  std::vector<size_t> bucket_end_;
};

}  // namespace stowage
