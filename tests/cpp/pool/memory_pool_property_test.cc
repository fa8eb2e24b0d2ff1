// Random operations on a MemoryPool and on a list, which must agree at each step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "pool/naive_pool.h"
#include "stowage/base/random.h"
#include "stowage/pool/memory_pool.h"

namespace stowage {
namespace {

using ::testing::ElementsAreArray;
using testing::NaivePool;

// What a run draws from.
struct Mix {
  int64_t total = 0;
  int64_t largest = 0;                    // size
  std::vector<int64_t> alignments = {1};  // as likely each
  double frees = 0.45;                    // of all operations
  int operations = 0;
};

class Trial {
 public:
  Trial(const Mix& mix, PoolPolicy policy, uint64_t seed)
      : mix_(mix),
        policy_(policy),
        random_(seed),
        pool_(std::move(MemoryPool::make(mix.total, policy).value())),
        naive_(mix.total, policy),
        memory_(static_cast<size_t>(mix.total) * 2, 0) {}

  void run() {
    for (int i = 0; i < mix_.operations && !::testing::Test::HasFailure(); ++i) {
      step();
      // Often enough to know where it went wrong, seldom enough to be quick.
      if (i % 16 == 0 || naive_.blocks().size() < 8) compare();
    }
    compare();
  }

 private:
  int64_t draw(int64_t lower, int64_t upper) {
    return lower +
           static_cast<int64_t>(random_fraction(random_) * static_cast<double>(upper - lower + 1));
  }

  void step() {
    const double kind = random_fraction(random_);
    if (kind < mix_.frees) {
      free_one();
    } else if (kind < 0.95) {
      allocate();
    } else if (kind < 0.97) {
      allocate_at();
    } else if (kind < 0.98) {
      resize();
    } else if (kind < 0.99) {
      defragment();
    } else if (kind < 0.9995) {
      restore();
    } else {
      pool_.clear();
      naive_.clear();
    }
  }

  void allocate() {
    const int64_t size = draw(1, draw(1, mix_.largest));
    const int64_t alignment =
        mix_.alignments[static_cast<size_t>(draw(0, std::ssize(mix_.alignments) - 1))];
    const auto tag = static_cast<uint32_t>(draw(0, 2));
    const bool fits = naive_.fits(size, alignment);
    const auto offset = pool_.alloc(size, alignment, tag);
    ASSERT_TRUE(offset.ok());
    ASSERT_EQ(offset->has_value(), fits) << size << " aligned to " << alignment;
    if (policy_ == PoolPolicy::kTlsf) {
      if (!fits) return;
      ASSERT_TRUE(naive_.is_free(**offset, size));
      ASSERT_EQ(**offset % alignment, 0);
      naive_.put({**offset, size, alignment, tag});
    } else {
      ASSERT_EQ(*offset, naive_.alloc(size, alignment, tag)) << size << " to " << alignment;
    }
    if (fits) fill(**offset, size);
  }

  void allocate_at() {
    const int64_t offset = draw(0, naive_.total() - 1);
    const int64_t size = draw(1, std::min(mix_.largest, naive_.total() - offset));
    const bool is_free = naive_.is_free(offset, size);
    const Result<bool> taken = pool_.alloc_at(offset, size);
    ASSERT_TRUE(taken.ok());
    ASSERT_EQ(*taken, is_free);
    if (!is_free) return;
    naive_.put({offset, size, 1, 0});
    fill(offset, size);
  }

  void free_one() {
    if (naive_.blocks().empty()) return;
    const auto chosen = static_cast<size_t>(draw(0, std::ssize(naive_.blocks()) - 1));
    const Block block = naive_.blocks()[chosen];
    ASSERT_EQ(pool_.find(block.offset), block);
    ASSERT_EQ(pool_.find_containing(block.offset + block.size - 1), block);
    ASSERT_TRUE(holds(block.offset, block.size));
    ASSERT_EQ(pool_.free(block.offset), std::nullopt);
    ASSERT_TRUE(pool_.free(block.offset).has_value());
    naive_.free(block.offset);
  }

  void resize() {
    const int64_t total = draw(std::max<int64_t>(1, naive_.end()), mix_.total * 2);
    const Status status = total < naive_.total() ? pool_.shrink(total) : pool_.grow(total);
    ASSERT_EQ(status, std::nullopt);
    naive_.resize(total);
  }

  void defragment() {
    DefragmentOptions options;
    std::vector<int64_t> pinned;
    if (draw(0, 1) == 0) options.max_moves = draw(0, 5);
    if (draw(0, 1) == 0) options.max_bytes = draw(0, mix_.largest * 3);
    for (const Block& block : naive_.blocks()) {
      if (draw(0, 7) == 0) pinned.push_back(block.offset);
    }
    options.pinned = pinned;
    options.dry_run = true;
    const std::vector<PoolMove> planned = pool_.defragment(options).value();
    options.dry_run = false;
    const std::vector<PoolMove> moves = pool_.defragment(options).value();
    ASSERT_THAT(moves, ElementsAreArray(planned));
    int64_t bytes = 0;
    for (const PoolMove& each : moves) {
      ASSERT_LT(each.to, each.from);
      ASSERT_EQ(std::count(pinned.begin(), pinned.end(), each.from), 0);
      bytes += each.size;
      // From the lowest byte up.
      for (int64_t i = 0; i < each.size; ++i) {
        memory_[static_cast<size_t>(each.to + i)] = memory_[static_cast<size_t>(each.from + i)];
      }
    }
    ASSERT_LE(bytes, options.max_bytes);
    ASSERT_LE(std::ssize(moves), options.max_moves);
    if (!moves.empty()) naive_.move(moves);
    if (pinned.empty() && options.max_bytes == INT64_MAX && options.max_moves == INT64_MAX) {
      expect_compact();
    }
    contents_follow(moves);
  }

  // No block can move further down onto the end of the one below.
  void expect_compact() {
    int64_t end = 0;
    for (const Block& block : naive_.blocks()) {
      EXPECT_EQ(block.offset, NaivePool::up(end, block.alignment));
      end = block.offset + block.size;
    }
  }

  // The pool that a snapshot restores goes on in the place of the other.
  void restore() {
    const PoolSnapshot snapshot = pool_.snapshot();
    Result<MemoryPool> restored = MemoryPool::restore(snapshot);
    ASSERT_TRUE(restored.ok()) << restored.error().message;
    ASSERT_EQ(restored->snapshot(), snapshot);
    pool_ = std::move(*restored);
  }

  void compare() {
    const Status status = pool_.check();
    ASSERT_EQ(status, std::nullopt) << status->message;
    ASSERT_EQ(pool_.blocks(), naive_.blocks());
    const std::vector<FreeBlock> free_blocks = naive_.free_blocks();
    ASSERT_EQ(pool_.free_blocks(), free_blocks);
    const PoolStats stats = pool_.stats();
    int64_t used = 0;
    for (const Block& block : naive_.blocks()) used += block.size;
    int64_t free = 0;
    int64_t largest = 0;
    for (const FreeBlock& block : free_blocks) {
      free += block.size;
      largest = std::max(largest, block.size);
    }
    EXPECT_EQ(stats.total, naive_.total());
    EXPECT_EQ(stats.used, used);
    EXPECT_EQ(stats.free, free);
    EXPECT_EQ(stats.used + stats.free, stats.total);
    EXPECT_EQ(stats.num_blocks, std::ssize(naive_.blocks()));
    EXPECT_EQ(stats.num_free_blocks, std::ssize(free_blocks));
    EXPECT_EQ(stats.largest_free, largest);
    EXPECT_EQ(stats.end, naive_.end());
    EXPECT_EQ(stats.alignment_gaps, alignment_gaps());
  }

  [[nodiscard]] int64_t alignment_gaps() const {
    int64_t sum = 0;
    int64_t end = 0;
    for (const Block& block : naive_.blocks()) {
      sum += NaivePool::up(end, block.alignment) - end;
      end = block.offset + block.size;
    }
    return sum;
  }

  // The bytes of the pool, of which each block's are different from its neighbours'.
  void fill(int64_t offset, int64_t size) {
    const auto mark = static_cast<uint8_t>(draw(1, 255));
    for (int64_t i = 0; i < size; ++i) {
      memory_[static_cast<size_t>(offset + i)] = static_cast<uint8_t>(mark + i);
    }
  }
  [[nodiscard]] bool holds(int64_t offset, int64_t size) const {
    const uint8_t mark = memory_[static_cast<size_t>(offset)];
    for (int64_t i = 0; i < size; ++i) {
      if (memory_[static_cast<size_t>(offset + i)] != static_cast<uint8_t>(mark + i)) return false;
    }
    return true;
  }
  void contents_follow(const std::vector<PoolMove>& moves) {
    for (const PoolMove& each : moves) ASSERT_TRUE(holds(each.to, each.size));
  }

  Mix mix_;
  PoolPolicy policy_;
  std::mt19937_64 random_;
  MemoryPool pool_;
  NaivePool naive_;
  std::vector<uint8_t> memory_;
};

class MemoryPoolPropertyTest : public ::testing::TestWithParam<PoolPolicy> {};

INSTANTIATE_TEST_SUITE_P(Policies, MemoryPoolPropertyTest, ::testing::ValuesIn(kPoolPolicies),
                         [](const auto& policy) {
                           std::string name = to_string(policy.param);
                           std::erase(name, '-');
                           return name;
                         });

TEST_P(MemoryPoolPropertyTest, AgreesWithAListOnSmallPools) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    Trial({.total = 64, .largest = 16, .alignments = {1, 1, 2, 3, 8}, .operations = 800},
          GetParam(), seed)
        .run();
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST_P(MemoryPoolPropertyTest, AgreesWithAListOnManyBlocks) {
  for (uint64_t seed = 0; seed < 3; ++seed) {
    Trial({.total = 60'000, .largest = 64, .frees = 0.4, .operations = 20'000}, GetParam(), seed)
        .run();
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST_P(MemoryPoolPropertyTest, AgreesWithAListOnManyAlignedBlocks) {
  // More alignments than have maxima of their own.
  std::vector<int64_t> alignments = {1, 1, 1, 1, 1, 1, 1, 1};
  for (int64_t i = 2; i < 24; ++i) alignments.push_back(i % 5 == 0 ? 1 << (i / 3) : i);
  for (uint64_t seed = 0; seed < 3; ++seed) {
    Trial({.total = 40'000,
           .largest = 64,
           .alignments = alignments,
           .frees = 0.4,
           .operations = 15'000},
          GetParam(), seed)
        .run();
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace stowage
