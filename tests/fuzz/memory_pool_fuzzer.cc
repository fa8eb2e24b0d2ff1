// Bytes as calls on a memory pool, each step compared with a list and checked by the pool itself.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "../cpp/pool/naive_pool.h"
#include "stowage/pool/memory_pool.h"

namespace {

using stowage::Block;
using stowage::MemoryPool;
using stowage::PoolMove;
using stowage::PoolPolicy;
using stowage::testing::NaivePool;

void require(bool condition) {
  if (!condition) std::abort();
}

class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  [[nodiscard]] bool is_empty() const { return at_ == size_; }
  int64_t next() { return is_empty() ? 0 : data_[at_++]; }

 private:
  const uint8_t* data_;
  size_t size_;
  size_t at_ = 0;
};

void allocate(MemoryPool& pool, NaivePool& naive, Bytes& bytes) {
  const int64_t size = bytes.next() + 1;
  const int64_t alignment = bytes.next() % 32 + 1;
  const bool fits = naive.fits(size, alignment);
  const auto offset = pool.alloc(size, alignment);
  require(offset.ok() && offset->has_value() == fits);
  if (pool.policy() != PoolPolicy::kTlsf) {
    require(*offset == naive.alloc(size, alignment, 0));
  } else if (fits) {
    require(naive.is_free(**offset, size) && **offset % alignment == 0);
    naive.put({**offset, size, alignment, 0});
  }
}

void call(MemoryPool& pool, NaivePool& naive, Bytes& bytes) {
  const int64_t offset = bytes.next() * 8;
  switch (bytes.next() % 8) {
    case 0: {
      const int64_t size = bytes.next() + 1;
      const auto is_taken = pool.alloc_at(offset, size);
      require(is_taken.ok() == (offset + size <= naive.total()));
      if (!is_taken.ok()) return;
      require(*is_taken == naive.is_free(offset, size));
      if (*is_taken) naive.put({offset, size, 1, 0});
      return;
    }
    case 1: {
      stowage::DefragmentOptions options;
      options.max_moves = bytes.next();
      const std::vector<PoolMove> moves = pool.defragment(options).value();
      if (!moves.empty()) naive.move(moves);
      return;
    }
    case 2:
      if (!(offset >= naive.total() ? pool.grow(offset) : pool.shrink(offset)))
        naive.resize(offset);
      return;
    case 3: {
      auto restored = MemoryPool::restore(pool.snapshot());
      require(restored.ok());
      pool = std::move(*restored);
      return;
    }
    case 4: {
      // Of any byte: most are refused.
      const auto block = pool.find(offset);
      require(block.has_value() != pool.free(offset).has_value());
      if (block) naive.free(offset);
      return;
    }
    case 5:
    case 6:
      if (!naive.blocks().empty()) {
        const Block block = naive.blocks()[static_cast<size_t>(offset) % naive.blocks().size()];
        require(!pool.free(block.offset));
        naive.free(block.offset);
      }
      return;
    default:
      allocate(pool, naive, bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Longer ones take longer and reach nothing new.
  if (size > 256) return 0;
  Bytes bytes(data, size);
  const auto policy = static_cast<PoolPolicy>(bytes.next() % 5);
  const int64_t total = bytes.next() * 16 + 1;
  MemoryPool pool = std::move(MemoryPool::make(total, policy).value());
  NaivePool naive(total, policy);
  for (int step = 0; !bytes.is_empty(); ++step) {
    if (bytes.next() % 2 == 0) {
      allocate(pool, naive, bytes);
    } else {
      call(pool, naive, bytes);
    }
    if (step % 16 == 0) require(!pool.check());
  }
  require(!pool.check());
  require(pool.blocks() == naive.blocks());
  return 0;
}
