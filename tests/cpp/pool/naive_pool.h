// A pool as the definitions have it: a list of blocks, searched from end to end.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "stowage/pool/memory_pool.h"

namespace stowage::testing {

class NaivePool {
 public:
  NaivePool(int64_t total, PoolPolicy policy) : total_(total), policy_(policy) {}

  [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }
  [[nodiscard]] int64_t total() const { return total_; }
  [[nodiscard]] int64_t end() const {
    return blocks_.empty() ? 0 : blocks_.back().offset + blocks_.back().size;
  }

  [[nodiscard]] std::vector<FreeBlock> free_blocks() const {
    std::vector<FreeBlock> found;
    int64_t end = 0;
    for (const Block& block : blocks_) {
      if (end < block.offset) found.push_back({end, block.offset - end});
      end = block.offset + block.size;
    }
    if (end < total_) found.push_back({end, total_ - end});
    return found;
  }

  // Whether any free block has room.
  [[nodiscard]] bool fits(int64_t size, int64_t alignment) const {
    for (const FreeBlock& each : free_blocks()) {
      if (room(each, alignment) >= size) return true;
    }
    return false;
  }

  // Not for kTlsf.
  std::optional<int64_t> alloc(int64_t size, int64_t alignment, uint32_t tag) {
    std::optional<FreeBlock> chosen;
    for (const FreeBlock& each : free_blocks()) {
      if (room(each, alignment) < size) continue;
      if (!chosen || is_better(each, *chosen, alignment)) chosen = each;
    }
    if (!chosen) return std::nullopt;
    const int64_t offset = up(chosen->offset, alignment);
    put({offset, size, alignment, tag});
    next_fit_from_ = offset + size;
    return offset;
  }

  void put(const Block& block) {
    blocks_.insert(
        std::upper_bound(blocks_.begin(), blocks_.end(), block,
                         [](const Block& a, const Block& b) { return a.offset < b.offset; }),
        block);
  }

  [[nodiscard]] bool is_free(int64_t offset, int64_t size) const {
    return std::none_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
      return block.offset < offset + size && offset < block.offset + block.size;
    });
  }

  void free(int64_t offset) {
    std::erase_if(blocks_, [&](const Block& block) { return block.offset == offset; });
  }

  void resize(int64_t total) {
    total_ = total;
    next_fit_from_ = std::min(next_fit_from_, total);
  }

  void clear() {
    blocks_.clear();
    next_fit_from_ = 0;
  }

  void move(const std::vector<PoolMove>& moves) {
    for (const PoolMove& each : moves) {
      for (Block& block : blocks_) {
        if (block.offset == each.from) {
          block.offset = each.to;
          break;
        }
      }
    }
    next_fit_from_ = end();
  }

  static int64_t up(int64_t offset, int64_t alignment) {
    return (offset + alignment - 1) / alignment * alignment;
  }

 private:
  static int64_t room(const FreeBlock& block, int64_t alignment) {
    return block.offset + block.size - up(block.offset, alignment);
  }

  // `later` is above `chosen`; both have room.
  [[nodiscard]] bool is_better(const FreeBlock& later, const FreeBlock& chosen,
                               int64_t alignment) const {
    switch (policy_) {
      case PoolPolicy::kBestFit:
        return later.size < chosen.size;
      case PoolPolicy::kWorstFit:
        return room(later, alignment) > room(chosen, alignment);
      case PoolPolicy::kNextFit:
        return is_ahead(later) && !is_ahead(chosen);
      default:
        return false;
    }
  }

  // Whether next fit comes to it before it starts again from the pool's start.
  [[nodiscard]] bool is_ahead(const FreeBlock& block) const {
    return block.offset + block.size >= next_fit_from_;
  }

  int64_t total_;
  PoolPolicy policy_;
  int64_t next_fit_from_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace stowage::testing
