// What pools take for themselves: memory for each block, and no more of it once they are in use.
#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "allocation_count.h"
#include "pool/churn.h"
#include "stowage/pool/memory_pool.h"

namespace stowage {
namespace {

// For each block, live or free, of the most that there were: as docs/pool.md has it.
constexpr int64_t kLimit = 48;

class BookkeepingTest : public ::testing::TestWithParam<PoolPolicy> {
 protected:
  [[nodiscard]] static PoolPolicy policy() { return GetParam(); }
};

int64_t num_blocks(const MemoryPool& pool) { return pool.stats().num_blocks; }

int64_t num_blocks_and_free_blocks(const MemoryPool& pool) {
  const PoolStats stats = pool.stats();
  return stats.num_blocks + stats.num_free_blocks;
}

// Calls of operator new while churn goes on.
int64_t allocations_in(Churn& churn, int64_t pairs) {
  churn.prepare(pairs);
  const int64_t before = allocation_count();
  churn.play();
  return allocation_count() - before;
}

TEST_P(BookkeepingTest, AllocatesNothingInSteadyState) {
  if (allocation_count() < 0) GTEST_SKIP() << "sanitizers have an operator new of their own";
  struct Case {
    int64_t blocks;
    int64_t largest_alignment;
  };
  // Large pools of aligned blocks take longer to settle.
  for (const auto& [blocks, largest_alignment] : {Case{1'000, 1}, {20'000, 1}, {1'000, 256}}) {
    Churn churn(blocks, policy(), largest_alignment);
    allocations_in(churn, 200'000);
    EXPECT_EQ(allocations_in(churn, 100'000), 0) << blocks << " " << largest_alignment;
    EXPECT_EQ(num_blocks(churn.pool()), blocks);
  }
}

TEST_P(BookkeepingTest, AllocatesNothingForBatches) {
  if (allocation_count() < 0) GTEST_SKIP() << "sanitizers have an operator new of their own";
  constexpr int64_t kSlots = 1000;
  MemoryPool pool = *MemoryPool::make(kSlots * 5000, policy());
  problems::Random random(2);
  std::vector<double> operations;
  for (int64_t i = 0; i < 300'000; ++i) {
    const auto slot = static_cast<double>(i < kSlots ? i : problems::between(random, 0, 999));
    if (i >= kSlots) operations.insert(operations.end(), {slot, 0, 1});
    const auto size = static_cast<double>(problems::between(random, 1, 4000));
    operations.insert(operations.end(), {slot, size, 1});
  }
  std::vector<double> offsets(operations.size() / 3);
  const std::span all(operations);
  const std::span to(offsets);
  const size_t warm = offsets.size() / 3;
  ASSERT_FALSE(pool.replay(all.first(3 * warm), to.first(warm)));
  const int64_t before = allocation_count();
  ASSERT_FALSE(pool.replay(all.subspan(3 * warm), to.subspan(warm)));
  EXPECT_EQ(allocation_count(), before);
}

TEST_P(BookkeepingTest, TakesFewBytesForALiveBlock) {
  // Not only for a number of blocks that happens to be good: arrays grow in steps.
  for (const int64_t blocks : {1'000, 1'033, 1'070, 1'111, 1'150, 1'200, 100'000}) {
    Churn churn(blocks, policy());
    EXPECT_LE(churn.pool().bookkeeping_bytes(), kLimit * blocks) << blocks;
  }
}

TEST_P(BookkeepingTest, TakesFewBytesForASlotOfReplay) {
  for (const int64_t blocks : {1'000, 100'000}) {
    Churn churn(blocks, policy());
    const int64_t without = churn.pool().bookkeeping_bytes();
    std::vector<double> operations;
    for (int64_t slot = 0; slot < blocks; ++slot) {
      ASSERT_FALSE(churn.pool().free(churn.live()[static_cast<size_t>(slot)]));
      operations.insert(operations.end(), {static_cast<double>(slot), 64, 1});
    }
    std::vector<double> offsets(static_cast<size_t>(blocks));
    ASSERT_FALSE(churn.pool().replay(operations, offsets));
    EXPECT_LE(churn.pool().bookkeeping_bytes(), kLimit * blocks) << blocks << " " << without;
  }
}

TEST_P(BookkeepingTest, TakesFewBytesForAnAlignedBlock) {
  for (const int64_t blocks : {1'000, 10'000}) {
    Churn churn(blocks, policy(), 256);
    const MemoryPool& pool = churn.pool();
    EXPECT_LE(pool.bookkeeping_bytes(), kLimit * num_blocks_and_free_blocks(pool)) << blocks;
  }
}

// Each block then has a free one beside it. Nothing is given back, as a pool that was full is going
// to be full again.
TEST_P(BookkeepingTest, TakesFewBytesOnceHalfIsFreed) {
  for (const int64_t blocks : {1'000, 100'000}) {
    Churn churn(blocks, policy());
    std::vector<int64_t> offsets = churn.live();
    std::sort(offsets.begin(), offsets.end());
    for (size_t i = 0; i < offsets.size(); i += 2) ASSERT_FALSE(churn.pool().free(offsets[i]));
    const MemoryPool& pool = churn.pool();
    EXPECT_LE(pool.bookkeeping_bytes(), kLimit * num_blocks_and_free_blocks(pool)) << blocks;
  }
}

std::string name_of(const ::testing::TestParamInfo<PoolPolicy>& policy) {
  std::string name = to_string(policy.param);
  std::erase(name, '-');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Policies, BookkeepingTest, ::testing::ValuesIn(kPoolPolicies), name_of);

}  // namespace
}  // namespace stowage
