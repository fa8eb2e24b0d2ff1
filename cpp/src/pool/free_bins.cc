#include "pool/free_bins.h"

#include <bit>

namespace stowage {

FreeBins::Class FreeBins::class_of(int64_t size) {
  if (size < kSubdivisions) return {0, static_cast<int>(size)};
  const int power = 63 - std::countl_zero(static_cast<uint64_t>(size));
  const int64_t subdivision = (size >> (power - kSubdivisionBits)) - kSubdivisions;
  return {power - kSubdivisionBits + 1, static_cast<int>(subdivision)};
}

uint32_t FreeBins::insert(int64_t offset, int64_t size) {
  if (heads_.empty()) heads_.assign(static_cast<size_t>(kLevels) * kSubdivisions, kNone);
  const Class of = class_of(size);
  uint32_t& head = this->head(of);
  const uint32_t node = nodes_.make();
  nodes_[node] = {offset, kNone, head};
  if (head != kNone) nodes_[head].previous = node;
  head = node;
  levels_ |= uint64_t{1} << of.level;
  subdivisions_[static_cast<size_t>(of.level)] |= uint32_t{1} << of.subdivision;
  return node;
}

void FreeBins::erase(uint32_t node, int64_t size) {
  const auto [offset, previous, next] = nodes_[node];
  if (next != kNone) nodes_[next].previous = previous;
  if (previous != kNone) {
    nodes_[previous].next = next;
  } else {
    const Class of = class_of(size);
    head(of) = next;
    if (next == kNone) {
      uint32_t& subdivisions = subdivisions_[static_cast<size_t>(of.level)];
      subdivisions &= ~(uint32_t{1} << of.subdivision);
      if (subdivisions == 0) levels_ &= ~(uint64_t{1} << of.level);
    }
  }
  nodes_.release(node);
}

std::optional<int64_t> FreeBins::find(int64_t size) const {
  int64_t rounded = size;
  if (size >= kSubdivisions) {
    const int power = 63 - std::countl_zero(static_cast<uint64_t>(size));
    rounded += (int64_t{1} << (power - kSubdivisionBits)) - 1;
  }
  auto [level, subdivision] = class_of(rounded);
  if (level >= kLevels) return std::nullopt;
  uint32_t subdivisions = subdivisions_[static_cast<size_t>(level)] & (~uint32_t{0} << subdivision);
  if (subdivisions == 0) {
    const uint64_t levels = levels_ & ~((uint64_t{2} << level) - 1);
    if (levels == 0) return std::nullopt;
    level = std::countr_zero(levels);
    subdivisions = subdivisions_[static_cast<size_t>(level)];
  }
  const int found = level * kSubdivisions + std::countr_zero(subdivisions);
  return nodes_[heads_[static_cast<size_t>(found)]].offset;
}

std::vector<int64_t> FreeBins::order() const {
  std::vector<int64_t> offsets;
  offsets.reserve(nodes_.size());
  for (uint32_t node : heads_) {
    for (; node != kNone; node = nodes_[node].next) offsets.push_back(nodes_[node].offset);
  }
  return offsets;
}

void FreeBins::clear() {
  levels_ = 0;
  subdivisions_.fill(0);
  std::vector<uint32_t>().swap(heads_);
  nodes_.clear();
}

int64_t FreeBins::bookkeeping_bytes() const {
  return nodes_.bytes() + static_cast<int64_t>(heads_.capacity() * sizeof(heads_[0]));
}

Status FreeBins::check() const {
  const auto broken = [](const char* what) {
    return Error{
        ErrorCode::kInvalidArgument, std::string("the bins are inconsistent: ") + what, {}};
  };
  uint32_t count = 0;
  for (size_t i = 0; i < heads_.size(); ++i) {
    const size_t level = i / kSubdivisions;
    const bool is_marked = (subdivisions_[level] >> (i % kSubdivisions) & 1) != 0;
    if (is_marked != (heads_[i] != kNone)) return broken("a class is not marked as it is");
    if ((levels_ >> level & 1) != (subdivisions_[level] != 0 ? 1 : 0)) {
      return broken("a level is not marked as it is");
    }
    uint32_t previous = kNone;
    for (uint32_t node = heads_[i]; node != kNone; node = nodes_[node].next) {
      if (nodes_[node].previous != previous) return broken("a list has a wrong link");
      previous = node;
      if (++count > nodes_.size()) return broken("a list has a cycle");
    }
  }
  if (count != nodes_.size()) return broken("a free block is in no list");
  return std::nullopt;
}

}  // namespace stowage
