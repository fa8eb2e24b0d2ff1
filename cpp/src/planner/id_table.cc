#include "planner/id_table.h"

#include <string_view>
#include <utility>

namespace stowage {
namespace {

// FNV-1a with a final mix: ids are short and often differ in their last digit only.
uint32_t hash(std::string_view text) {
  uint64_t state = 0xCBF29CE484222325U;
  for (const char character : text) {
    state = (state ^ static_cast<uint8_t>(character)) * 0x100000001B3U;
  }
  state ^= state >> 32;
  return static_cast<uint32_t>(state * 0x9E3779B97F4A7C15U >> 32);
}

}  // namespace

BufferIndex IdTable::add(BufferIndex index) {
  if (2 * used_ >= slots_.size()) grow();
  const std::string& id = buffers_[static_cast<size_t>(index)].id;
  const uint32_t key = hash(id);
  const size_t mask = slots_.size() - 1;
  size_t position = key & mask;
  while (slots_[position].index >= 0) {
    const Slot& slot = slots_[position];
    if (slot.hash == key && buffers_[static_cast<size_t>(slot.index)].id == id) return slot.index;
    position = (position + 1) & mask;
  }
  slots_[position] = {key, index};
  ++used_;
  return -1;
}

void IdTable::grow() {
  std::vector<Slot> old = std::move(slots_);
  slots_.assign(old.empty() ? 64 : 2 * old.size(), Slot{});
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.index < 0) continue;
    size_t position = slot.hash & mask;
    while (slots_[position].index >= 0) position = (position + 1) & mask;
    slots_[position] = slot;
  }
}

}  // namespace stowage
