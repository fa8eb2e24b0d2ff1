// Where a skyline can be built on: its valleys, and the section with the fewest ways to go on.
//
// The branches are those of the valley search (see valley_search.h). Here they are asked for one
// state at a time, by searches that keep many states at once.
#pragma once

#include <cstdint>
#include <vector>

#include "planner/model.h"
#include "planner/skyline_array.h"

namespace stowage {

class SkylineBranching {
 public:
  struct Raise {
    int32_t section;
    int32_t floor;
  };

  // The model must be plain, and outlive this; the capacity at most kMostUnits.
  SkylineBranching(const Model& model, int32_t capacity);

  // Looks at a state with buffers to place; false if some section has no way to go on.
  // O(buffers + sections).
  bool look(const Skyline& skyline);

  // After that: the section to decide (the one with the fewest branches in the lowest valley, or
  // one anywhere that has a single branch), the unplaced buffers that may rest on its floor (of
  // equal ones the first), and the floor that it rises to where none does; 0 if it cannot.
  [[nodiscard]] int32_t section() const { return section_; }
  [[nodiscard]] const std::vector<int32_t>& buffers() const { return buffers_; }
  [[nodiscard]] int32_t raised_floor() const { return raised_floor_; }

  // All sections that can only rise, and where to. They may rise together: that nothing rests on
  // the floor of any of them holds of every plan that goes on from here.
  [[nodiscard]] const std::vector<Raise>& forced_raises() const { return forced_raises_; }

  static constexpr int64_t kMostUnits = int64_t{1} << 29;  // three of them add up in 32 bits

 private:
  struct Extent {
    int32_t first;
    int32_t end;
    int32_t size;
    int32_t twin;  // the equal buffer before this one; kNone if there is none
  };

  struct Valley {
    int32_t lower;  // sections [lower, upper)
    int32_t upper;
    int32_t floor;
    int32_t wall;  // the top of the lower one
  };
  // Of two sections the lesser is decided first.
  struct Choice {
    bool is_open = false;
    int32_t floor = 0;
    int32_t branches = 0;
    int32_t slack = 0;

    bool operator<(const Choice& other) const {
      if (is_open != other.is_open) return other.is_open;
      if (floor != other.floor) return floor < other.floor;
      if (branches != other.branches) return branches < other.branches;
      return slack < other.slack;
    }
  };

  void find_valleys(const Skyline& skyline);
  void count_candidates(const Skyline& skyline);
  void list_candidates(const Skyline& skyline);
  bool choose_in(const Valley& valley, const Skyline& skyline, int32_t& covering, int32_t& filling);
  void list_buffers(const Skyline& skyline);

  static constexpr int32_t kNone = -1;

  int32_t capacity_;
  int32_t section_count_;
  std::vector<Extent> extents_;  // by buffer
  int32_t section_ = kNone;
  int32_t raised_floor_ = 0;
  std::vector<Raise> forced_raises_;
  std::vector<int32_t> buffers_;
  std::vector<int32_t> candidates_;  // the unplaced buffers that lie within a valley
  std::vector<Valley> valleys_;
  Choice best_;  // of section_

  // By section.
  std::vector<int32_t> valley_upper_;  // of its valley; kNone outside valleys
  // What is counted in each less what is in the one before: the candidates that cover it, and their
  // sizes.
  std::vector<int32_t> covering_;
  std::vector<int32_t> filling_;
  std::vector<int32_t> least_before_;  // the least candidate that ends there
  std::vector<int32_t> least_after_;   // the least that starts after it
};

}  // namespace stowage
