#include "pool/segregated_blocks.h"

#include <algorithm>
#include <utility>

#include "pool/alignment.h"

namespace stowage {

SegregatedBlocks::SegregatedBlocks(int64_t total) : total_(total) {
  last_ = nodes_.make();
  first_ = last_;
  Node& last = nodes_[last_];
  last.offset = total;
  last.room = total;
  last.previous = kNone;
  last.next = kNone;
  add_free(last_);
}

inline void SegregatedBlocks::add_free(uint32_t node) {
  const int64_t room = nodes_[node].room;
  if (room == 0) {
    nodes_[node].previous_free = kNone;
    nodes_[node].next_free = kNone;
    return;
  }
  bins_.insert(nodes_, node, room);
  ++num_free_blocks_;
}

inline void SegregatedBlocks::remove_free(uint32_t node) {
  const int64_t room = nodes_[node].room;
  bins_.erase(nodes_, node, room);
  num_free_blocks_ -= room > 0 ? 1 : 0;
}

int64_t SegregatedBlocks::allocate(int64_t size, int64_t alignment, uint32_t tag) {
  // Sums stay far below 2^63: both are below 2^53.
  uint32_t at = bins_.take(nodes_, size + alignment - 1);
  if (at != kNone) {
    --num_free_blocks_;
  } else {
    at = first_fit(size, alignment);
    if (at == kNone) return -1;
    remove_free(at);
  }
  const int64_t offset = Alignment(alignment).up(nodes_[at].lower());
  insert(at, {offset, size, alignment, tag});
  return offset;
}

// The lowest that has room, of all that are not too small.
uint32_t SegregatedBlocks::first_fit(int64_t size, int64_t alignment) const {
  const Alignment aligned(alignment);
  uint32_t found = kNone;
  bins_.for_each_from(nodes_, size, [&](uint32_t at) {
    const Node& node = nodes_[at];
    if (node.offset - aligned.up(node.lower()) < size) return;
    if (found == kNone || node.offset < nodes_[found].offset) found = at;
  });
  return found;
}

void SegregatedBlocks::insert(uint32_t above, const Block& block) {
  const uint32_t made = nodes_.make();
  Node& upper = nodes_[above];
  Node& node = nodes_[made];
  const int64_t lower = upper.lower();
  if (extras_) alignment_gaps_ -= padding(above);
  node.offset = block.offset;
  node.room = block.offset - lower;
  node.previous = upper.previous;
  node.next = above;
  upper.previous = made;
  upper.room = upper.offset - (block.offset + block.size);
  next_of(node.previous) = made;
  add_free(made);
  add_free(above);
  if (extras_ || block.alignment != 1 || block.tag != 0) {
    extras_.cover(nodes_.capacity());
    extras_.set(made, block.alignment, block.tag);
    alignment_gaps_ += padding(made) + padding(above);
  }
  ++num_blocks_;
  offsets_.insert(nodes_, made, block.offset);
}

int64_t SegregatedBlocks::release(int64_t offset) {
  const uint32_t freed = offsets_.erase(nodes_, offset);
  if (freed == kNone) return 0;
  Node& node = nodes_[freed];
  const uint32_t above = node.next;
  Node& upper = nodes_[above];
  const int64_t size = upper.lower() - offset;
  if (extras_) alignment_gaps_ -= padding(freed) + padding(above);
  next_of(node.previous) = above;
  upper.previous = node.previous;
  remove_free(freed);
  remove_free(above);
  upper.room = upper.offset - node.lower();
  add_free(above);
  if (extras_) alignment_gaps_ += padding(above);
  nodes_.release(freed);
  --num_blocks_;
  return size;
}

// What leads to the node after `node`; kNone is before the first.
uint32_t& SegregatedBlocks::next_of(uint32_t node) {
  return node == kNone ? first_ : nodes_[node].next;
}

bool SegregatedBlocks::take(const Block& block) {
  uint32_t at = last_;
  if (block.offset < nodes_[last_].lower()) {
    at = first_;
    while (nodes_[at].offset < block.offset) at = nodes_[at].next;
  }
  const Node& node = nodes_[at];
  if (node.lower() > block.offset || node.offset < block.offset + block.size) return false;
  remove_free(at);
  insert(at, block);
  return true;
}

std::optional<Block> SegregatedBlocks::find(int64_t offset) const {
  const uint32_t node = find_node(offset);
  if (node == kNone) return std::nullopt;
  return block_of(node);
}

std::optional<Block> SegregatedBlocks::find_containing(int64_t offset) const {
  if (offset < 0) return std::nullopt;
  for (uint32_t node = first_; node != last_; node = nodes_[node].next) {
    const Block block = block_of(node);
    if (offset < block.offset) return std::nullopt;
    if (offset < block.offset + block.size) return block;
  }
  return std::nullopt;
}

Block SegregatedBlocks::block_of(uint32_t node) const {
  const int64_t offset = nodes_[node].offset;
  return {offset, nodes_[nodes_[node].next].lower() - offset, extras_.alignment(node),
          extras_.tag(node)};
}

// Free bytes below the block that its alignment needs wherever the block below it ends.
int64_t SegregatedBlocks::padding(uint32_t node) const {
  const int64_t lower = nodes_[node].lower();
  return node == last_ ? 0 : Alignment(extras_.alignment(node)).up(lower) - lower;
}

std::vector<Block> SegregatedBlocks::blocks() const {
  std::vector<Block> blocks;
  blocks.reserve(static_cast<size_t>(num_blocks_));
  for (uint32_t at = first_; at != last_; at = nodes_[at].next) blocks.push_back(block_of(at));
  return blocks;
}

std::vector<FreeBlock> SegregatedBlocks::free_blocks() const {
  std::vector<FreeBlock> found;
  found.reserve(static_cast<size_t>(num_free_blocks_));
  for (uint32_t at = first_; at != kNone; at = nodes_[at].next) {
    if (nodes_[at].room > 0) found.push_back({nodes_[at].lower(), nodes_[at].room});
  }
  return found;
}

PoolBlocks::Totals SegregatedBlocks::totals() const {
  int64_t largest = 0;
  bins_.for_each_of_last(nodes_,
                         [&](uint32_t at) { largest = std::max(largest, nodes_[at].room); });
  return {total_, nodes_[last_].lower(), num_blocks_, num_free_blocks_, alignment_gaps_, largest};
}

void SegregatedBlocks::resize(int64_t total) {
  Node& last = nodes_[last_];
  remove_free(last_);
  last.room = total - last.lower();
  last.offset = total;
  total_ = total;
  add_free(last_);
}

void SegregatedBlocks::move(const std::vector<PoolMove>& moves) {
  auto next_move = moves.begin();
  int64_t end = 0;
  alignment_gaps_ = 0;
  std::vector<int64_t> order;
  for (uint32_t at = first_; at != kNone; at = nodes_[at].next) {
    Node& node = nodes_[at];
    const int64_t size = at == last_ ? 0 : block_of(at).size;
    if (next_move != moves.end() && next_move->from == node.offset) {
      node.offset = next_move->to;
      ++next_move;
    }
    node.room = node.offset - end;
    if (node.room > 0) order.push_back(end);
    if (extras_) alignment_gaps_ += padding(at);
    end = node.offset + size;
  }
  offsets_.reset(static_cast<size_t>(num_blocks_));
  for (uint32_t at = first_; at != last_; at = nodes_[at].next) {
    offsets_.insert(nodes_, at, nodes_[at].offset);
  }
  set_free_order(order);
}

std::vector<int64_t> SegregatedBlocks::free_order() const {
  std::vector<int64_t> order;
  order.reserve(static_cast<size_t>(num_free_blocks_));
  bins_.for_each_from(nodes_, 1, [&](uint32_t at) { order.push_back(nodes_[at].lower()); });
  return order;
}

void SegregatedBlocks::set_free_order(const std::vector<int64_t>& order) {
  std::vector<std::pair<int64_t, uint32_t>> nodes;  // with where their free space starts
  for (uint32_t at = first_; at != kNone; at = nodes_[at].next) {
    if (nodes_[at].room > 0) nodes.emplace_back(nodes_[at].lower(), at);
    nodes_[at].previous_free = kNone;
    nodes_[at].next_free = kNone;
  }
  bins_.clear();
  num_free_blocks_ = 0;
  // Each goes to the head of its class.
  for (auto offset = order.rbegin(); offset != order.rend(); ++offset) {
    add_free(std::lower_bound(nodes.begin(), nodes.end(), std::pair(*offset, uint32_t{0}))->second);
  }
}

int64_t SegregatedBlocks::bytes() const {
  return static_cast<int64_t>(sizeof(*this)) + nodes_.bytes() + offsets_.bytes() +
         bins_.bookkeeping_bytes() + extras_.bytes();
}

}  // namespace stowage
