#include "planner/components.h"

#include <numeric>

namespace stowage {

Component ComponentStack::reset() {
  waiting_.clear();
  lists_.resize(static_cast<size_t>(model_.buffer_count));
  std::iota(lists_.begin(), lists_.end(), 0);
  return {0, model_.buffer_count, 0, model_.section_count, kNone, kNone};
}

bool ComponentStack::splits(int32_t placed, const std::vector<int32_t>& cuts) const {
  const auto b = static_cast<size_t>(placed);
  for (int32_t s = model_.first_section[b]; s + 1 < model_.end_section[b]; ++s) {
    if (cuts[static_cast<size_t>(s)] == 0) return true;
  }
  return false;
}

Component ComponentStack::without(const Component& component, int32_t placed) {
  Component rest = component;
  rest.list_begin = static_cast<int32_t>(lists_.size());
  copy(component, placed, rest);
  return rest;
}

void ComponentStack::copy(const Component& component, int32_t placed, Component& part) {
  for (int32_t i = component.list_begin; i < component.list_end; ++i) {
    const int32_t buffer = lists_[static_cast<size_t>(i)];
    if (buffer == placed) continue;
    const int32_t section = model_.first_section[static_cast<size_t>(buffer)];
    if (part.section_lower <= section && section < part.section_upper) lists_.push_back(buffer);
  }
  part.list_end = static_cast<int32_t>(lists_.size());
}

}  // namespace stowage
