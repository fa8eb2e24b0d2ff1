// The independent parts that a partly placed problem falls into, kept on stacks.
//
// Wherever no unplaced buffer crosses from one section to the next, what is left on either side
// can be solved alone. A search solves the parts one after the other and, when one has no
// solution, gives up the placement that split it off, without trying other solutions of the parts
// solved before it: they have nothing to do with the failure.
#pragma once

#include <cstdint>
#include <vector>

#include "planner/model.h"

namespace stowage {

inline constexpr int32_t kNone = -1;

// Unplaced buffers that share no section with any other unplaced buffer.
struct Component {
  int32_t list_begin = 0;  // their positions in ComponentStack::lists
  int32_t list_end = 0;
  int32_t section_lower = 0;
  int32_t section_upper = 0;
  int32_t next = kNone;     // in ComponentStack::waiting: to solve after this one; kNone: the last
  int32_t creator = kNone;  // the frame whose placement split it off; kNone: the whole partition

  [[nodiscard]] int32_t size() const { return list_end - list_begin; }
};

class ComponentStack {
 public:
  // What a search notes before a placement, to go back to.
  struct Mark {
    size_t lists = 0;
    size_t waiting = 0;
  };

  explicit ComponentStack(const Model& model) : model_(model) {}

  // Forgets everything; returns the whole partition, its buffers in order of index.
  Component reset();

  [[nodiscard]] int32_t* list(const Component& component) {
    return lists_.data() + component.list_begin;
  }
  [[nodiscard]] const int32_t* list(const Component& component) const {
    return lists_.data() + component.list_begin;
  }
  [[nodiscard]] const Component& waiting(int32_t index) const {
    return waiting_[static_cast<size_t>(index)];
  }

  [[nodiscard]] Mark mark() const { return {lists_.size(), waiting_.size()}; }
  void back_to(const Mark& mark) {
    lists_.resize(mark.lists);
    waiting_.resize(mark.waiting);
  }

  // Whether `cuts` (by section, of the unplaced) has come down to 0 inside the extent of `placed`.
  [[nodiscard]] bool splits(int32_t placed, const std::vector<int32_t>& cuts) const;

  // `component` without `placed`, in the same order. O(size).
  Component without(const Component& component, int32_t placed);

  // The parts that `component` falls into without `placed`: the first is returned, linked to the
  // others and behind them to what waited already; it is empty, but for that link, if all parts
  // are. Calls prepare(list, size) for each part. O(size x parts).
  template <typename Prepare>
  Component split(const Component& component, int32_t placed, const std::vector<int32_t>& cuts,
                  int32_t creator, const Prepare& prepare) {
    Component first{0, 0, 0, 0, component.next, creator};
    int32_t upper = component.section_upper;
    // From right to left, so that each part can name the one after it.
    for (int32_t s = upper - 1; s >= component.section_lower; --s) {
      if (s > component.section_lower && cuts[static_cast<size_t>(s) - 1] != 0) continue;
      Component part{static_cast<int32_t>(lists_.size()), 0, s, upper, first.next, creator};
      upper = s;
      copy(component, placed, part);
      if (part.size() == 0) continue;
      prepare(list(part), part.size());
      if (first.size() > 0) {
        part.next = static_cast<int32_t>(waiting_.size());
        waiting_.push_back(first);
      }
      first = part;
    }
    return first;
  }

 private:
  // Appends the buffers of `component` but `placed` that lie in the sections of `part`.
  void copy(const Component& component, int32_t placed, Component& part);

  const Model& model_;
  std::vector<int32_t> lists_;
  std::vector<Component> waiting_;
};

}  // namespace stowage
