#include "pool/free_size_tree.h"

#include <vector>

namespace stowage {

// The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
// generators", OOPSLA 2014): different for different offsets, as it can be inverted.
uint64_t FreeSizeTree::priority_of(const FreeBlock& block) {
  auto bits = static_cast<uint64_t>(block.offset) + 0x9e3779b97f4a7c15;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31);
}

bool FreeSizeTree::is_before(const FreeBlock& a, const FreeBlock& b) {
  return a.size != b.size ? a.size < b.size : a.offset < b.offset;
}

void FreeSizeTree::insert(int64_t offset, int64_t size) {
  const FreeBlock block{offset, size};
  const uint64_t priority = priority_of(block);
  const uint32_t made = nodes_.make();  // first, as nodes move
  uint32_t* link = &root_;
  while (*link != kNone && priority_of(nodes_[*link].block) > priority) {
    Node& node = nodes_[*link];
    link = is_before(block, node.block) ? &node.left : &node.right;
  }
  // What was below is divided into what comes before the new node and what comes after.
  uint32_t divided = *link;
  *link = made;
  nodes_[made] = {block, kNone, kNone};
  uint32_t* before = &nodes_[made].left;
  uint32_t* after = &nodes_[made].right;
  while (divided != kNone) {
    Node& node = nodes_[divided];
    if (is_before(node.block, block)) {
      *before = divided;
      before = &node.right;
    } else {
      *after = divided;
      after = &node.left;
    }
    divided = is_before(node.block, block) ? node.right : node.left;
  }
  *before = kNone;
  *after = kNone;
}

void FreeSizeTree::erase(int64_t offset, int64_t size) {
  const FreeBlock block{offset, size};
  uint32_t* link = &root_;
  while (nodes_[*link].block != block) {
    Node& node = nodes_[*link];
    link = is_before(block, node.block) ? &node.left : &node.right;
  }
  const uint32_t erased = *link;
  uint32_t left = nodes_[erased].left;
  uint32_t right = nodes_[erased].right;
  while (left != kNone && right != kNone) {
    Node& lower = nodes_[left];
    Node& upper = nodes_[right];
    if (priority_of(lower.block) > priority_of(upper.block)) {
      *link = left;
      link = &lower.right;
      left = lower.right;
    } else {
      *link = right;
      link = &upper.left;
      right = upper.left;
    }
  }
  *link = left != kNone ? left : right;
  nodes_.release(erased);
}

std::optional<FreeBlock> FreeSizeTree::first_at_least(int64_t size, int64_t offset) const {
  const FreeBlock least{offset, size};
  std::optional<FreeBlock> found;
  for (uint32_t at = root_; at != kNone;) {
    const Node& node = nodes_[at];
    if (is_before(node.block, least)) {
      at = node.right;
    } else {
      found = node.block;
      at = node.left;
    }
  }
  return found;
}

void FreeSizeTree::clear() {
  root_ = kNone;
  nodes_.clear();
}

Status FreeSizeTree::check() const {
  const auto broken = [](const char* what) {
    return Error{
        ErrorCode::kInvalidArgument, std::string("the free sizes are inconsistent: ") + what, {}};
  };
  std::vector<uint32_t> path;  // nodes whose left part is being visited
  std::optional<FreeBlock> previous;
  uint32_t count = 0;
  uint32_t at = root_;
  while (at != kNone || !path.empty()) {
    if (at != kNone) {
      for (const uint32_t child : {nodes_[at].left, nodes_[at].right}) {
        if (child != kNone && priority_of(nodes_[child].block) >= priority_of(nodes_[at].block)) {
          return broken("a node has a lower priority than one below it");
        }
      }
      if (++count > nodes_.size()) return broken("the tree has a cycle");
      path.push_back(at);
      at = nodes_[at].left;
      continue;
    }
    const Node& node = nodes_[path.back()];
    path.pop_back();
    if (previous && !is_before(*previous, node.block)) return broken("the sizes do not ascend");
    previous = node.block;
    at = node.right;
  }
  if (count != nodes_.size()) return broken("a node cannot be reached");
  return std::nullopt;
}

}  // namespace stowage
