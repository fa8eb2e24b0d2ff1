#include "pool/inconsistency.h"
#include "pool/segregated_blocks.h"

namespace stowage {

Status SegregatedBlocks::check() const {
  if (Status status = bins_.check(nodes_, num_free_blocks_)) return status;
  int64_t nodes = 0;
  int64_t free_blocks = 0;
  int64_t gaps = 0;
  uint32_t previous = kNone;
  for (uint32_t at = first_; at != kNone; at = nodes_[at].next) {
    if (++nodes > nodes_.size()) return broken("the list has a cycle", nodes_[at].offset);
    if (nodes_[at].previous != previous) return broken("a link is wrong", nodes_[at].offset);
    if (Status status = check_node(at)) return status;
    if (nodes_[at].room > 0) ++free_blocks;
    if (extras_) gaps += padding(at);
    previous = at;
  }
  const int64_t end = nodes_[last_].lower();
  if (previous != last_ || nodes_[last_].offset != total_) {
    return broken("the end of the pool is not the last node", end);
  }
  if (nodes != num_blocks_ + 1 || nodes != nodes_.size()) {
    return broken("the number of blocks is not as noted", end);
  }
  if (free_blocks != num_free_blocks_) {
    return broken("the number of free blocks is not as noted", end);
  }
  if (gaps != alignment_gaps_) return broken("the alignment gaps are not as noted", end);
  return std::nullopt;
}

Status SegregatedBlocks::check_node(uint32_t at) const {
  const Node& node = nodes_[at];
  if (node.room < 0) return broken("a block starts before its free space ends", node.offset);
  if (node.previous == kNone && node.lower() != 0) {
    return broken("free space does not start where the pool does", node.lower());
  }
  if (node.room == 0 && (node.previous_free != kNone || node.next_free != kNone)) {
    return broken("a block without free space below it is linked as if it had some", node.offset);
  }
  if (node.room > 0 && !bins_.holds(nodes_, at, node.room)) {
    return broken("free space is not in the class of its size", node.lower());
  }
  if (at == last_) return std::nullopt;
  const Block block = block_of(at);
  if (block.size < 1) return broken("a block has no size", block.offset);
  if (block.alignment < 1 || block.offset % block.alignment != 0) {
    return broken("a block is not aligned", block.offset);
  }
  if (find_node(block.offset) != at) {
    return broken("a search does not find the block", block.offset);
  }
  return std::nullopt;
}

}  // namespace stowage
