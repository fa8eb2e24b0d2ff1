// Many skylines: decoding with one order after another, and then again and again with the order
// changed at random around what stands out.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "planner/skyline_decoder.h"
#include "planner/skyline_part.h"
#include "planner/slice.h"

namespace stowage {

// What a skyline places first.
struct SkylineOrder {
  enum class By : uint8_t {
    kStart,  // the earliest start
    kEnd,    // the latest end
    kShape,  // the largest weighted sum of the logarithms of lifetime and size
  };
  By by = By::kShape;
  int64_t lifetime_weight = 0;  // in eighths
  int64_t size_weight = 0;
  double noise = 0;  // of random numbers added to the keys
  WhenUncovered when_uncovered = WhenUncovered::kLift;
};

// A local search over orders. A change concerns only the stretches of time around buffers that end
// above the bound: there the order is drawn anew, or the buffers themselves are moved forward
// ("squeaky wheel": Joslin and Clements, JAIR 10, 1999). It stays if the plan does not get higher,
// or else in those stretches that became lower: as a skyline looks no farther than the walls beside
// it, what happens in one hardly depends on the others.
class SkylineSearch {
 public:
  enum class Status { kRunning, kReached, kTurnOver };

  struct Effort {
    int64_t goal = 0;   // the height to reach
    uint64_t seed = 0;  // of the random changes
    // Whether plans above the goal are of interest beyond the first.
    bool any_height = true;
  };

  // Looks for plans of the part, which must outlive it, as must the problem.
  SkylineSearch(const Problem& problem, const SkylinePart& part, const Effort& effort);

  // The number of orders that it begins with, whatever the seed.
  static int64_t first_decodes();

  // Tries the first of those orders, given up as soon as its plan must end above the goal: on tight
  // problems long before it is complete. kTurnOver: it has not reached it. Only before `run`, which
  // begins with the same order anew.
  Status try_goal(Slice& slice);
  // kReached: a plan no higher than the goal is known, or none lower than the best can be found.
  // kTurnOver: `decodes()` has come to `limit`. kRunning: the slice is spent.
  Status run(Slice& slice, int64_t limit);
  void set_goal(int64_t goal) { effort_.goal = goal; }

  // The lowest plan so far, by rectangle of the part; nullptr before the first.
  [[nodiscard]] const std::vector<int64_t>* best() const {
    return best_offsets_.size() == part_.rectangles.size() ? &best_offsets_ : nullptr;
  }
  [[nodiscard]] int64_t best_height() const { return best_height_; }
  // Plans begun so far.
  [[nodiscard]] int64_t decodes() const { return decodes_; }
  // The offsets, by rectangle of the part, of the lowest plan found since the last call, if it is
  // the lowest of all; nullptr otherwise.
  const std::vector<int64_t>* take_found();

 private:
  struct State {
    std::vector<int64_t> keys;
    std::vector<WhenUncovered> when_uncovered;
  };
  // A stretch of sections around buffers that end too high.
  struct Window {
    SectionRange sections;
    int64_t height = 0;  // of the highest buffer that starts or ends there, in the current plan
  };

  void begin_first(int64_t limit);
  void begin_change();
  void find_windows();
  void draw_orders();
  void move_forward();
  void begin_merge(const std::vector<int64_t>& offsets);
  void finish(SkylineDecoder::Status status);
  void begin(State& state, int64_t limit);

  // Buffers may end there.
  [[nodiscard]] int64_t allowed() const { return std::max(effort_.goal, bound_); }
  [[nodiscard]] int64_t first_limit() const;
  [[nodiscard]] SkylineOrder draw_order();
  [[nodiscard]] int64_t key(size_t rectangle, const SkylineOrder& order);
  [[nodiscard]] int32_t window_of(const Rectangle& rectangle) const;
  [[nodiscard]] std::vector<int64_t> window_heights(const std::vector<int64_t>& offsets) const;
  [[nodiscard]] int64_t top(size_t rectangle, const std::vector<int64_t>& offsets) const {
    return offsets[rectangle] + part_.rectangles[rectangle].size;
  }
  [[nodiscard]] int64_t height(const std::vector<int64_t>& offsets) const;

  const Problem& problem_;
  const SkylinePart& part_;
  Effort effort_;
  int64_t bound_;  // no skyline is lower
  std::mt19937_64 random_;
  int64_t decodes_ = 0;

  State current_;                         // what changes start from
  std::vector<int64_t> current_offsets_;  // decoded from it
  int64_t current_height_ = 0;
  State changed_;
  bool merging_ = false;  // changed_ is current_ with the windows of a change that became lower
  std::vector<Window> windows_;
  std::vector<int32_t> window_at_;  // by section; -1 outside
  std::optional<SkylineDecoder> decoder_;

  std::vector<int64_t> best_offsets_;
  int64_t best_height_;
  bool found_ = false;
};

}  // namespace stowage
