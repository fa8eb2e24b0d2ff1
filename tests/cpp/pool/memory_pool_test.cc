#include "stowage/pool/memory_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

MemoryPool pool_of(int64_t total, PoolPolicy policy = PoolPolicy::kFirstFit) {
  return std::move(MemoryPool::make(total, policy).value());
}

// The offset, or -1 if there is no room.
int64_t alloc(MemoryPool& pool, int64_t size, int64_t alignment = 1) {
  return pool.alloc(size, alignment).value().value_or(-1);
}

void expect_refused(const Status& status, const std::string& message) {
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(status->message, HasSubstr(message));
}

template <typename T>
void expect_refused(const Result<T>& result, const std::string& message) {
  expect_refused(result.ok() ? Status{} : Status{result.error()}, message);
}

TEST(MemoryPoolTest, TakesTheLowestFreeBlockThatFits) {
  MemoryPool pool = pool_of(1024);
  EXPECT_EQ(alloc(pool, 256), 0);
  EXPECT_EQ(alloc(pool, 256), 256);
  EXPECT_EQ(alloc(pool, 256), 512);
  EXPECT_EQ(pool.alloc(512).value(), std::nullopt);
}

TEST(MemoryPoolTest, CoalescesWhatIsFreed) {
  MemoryPool pool = pool_of(1024);
  EXPECT_EQ(alloc(pool, 256), 0);
  EXPECT_EQ(alloc(pool, 256), 256);
  EXPECT_EQ(alloc(pool, 256), 512);
  EXPECT_EQ(pool.free(256), std::nullopt);
  EXPECT_EQ(pool.free(0), std::nullopt);
  EXPECT_EQ(alloc(pool, 512), 0);
}

TEST(MemoryPoolTest, AlignsAndKeepsThePaddingFree) {
  MemoryPool pool = pool_of(1024);
  EXPECT_EQ(alloc(pool, 100), 0);
  EXPECT_EQ(pool.alloc_aligned(200, 256).value(), 256);
  EXPECT_EQ(pool.stats().used, 300);
  EXPECT_EQ(pool.stats().alignment_gaps, 156);
  EXPECT_EQ(alloc(pool, 156), 100);
}

TEST(MemoryPoolTest, ReportsStats) {
  MemoryPool pool = pool_of(1024);
  for (int i = 0; i < 3; ++i) alloc(pool, 256);
  PoolStats expected;
  expected.total = 1024;
  expected.used = 768;
  expected.free = 256;
  expected.num_blocks = 3;
  expected.largest_free = 256;
  expected.num_free_blocks = 1;
  expected.end = 768;
  EXPECT_EQ(pool.stats(), expected);
  ASSERT_EQ(pool.free(0), std::nullopt);
  EXPECT_DOUBLE_EQ(pool.stats().fragmentation, 0.5);
}

TEST(MemoryPoolTest, HasNoFragmentationWhereNothingIsFree) {
  MemoryPool pool = pool_of(16);
  EXPECT_EQ(alloc(pool, 16), 0);
  EXPECT_EQ(pool.stats().fragmentation, 0);
  EXPECT_EQ(pool.stats().largest_free, 0);
}

TEST(MemoryPoolTest, Defragments) {
  MemoryPool pool = pool_of(1024);
  for (int i = 0; i < 4; ++i) alloc(pool, 128);
  ASSERT_EQ(pool.free(0), std::nullopt);
  ASSERT_EQ(pool.free(256), std::nullopt);
  EXPECT_THAT(pool.defragment().value(),
              ElementsAre(PoolMove{128, 0, 128}, PoolMove{384, 128, 128}));
  EXPECT_THAT(pool.free_blocks(), ElementsAre(FreeBlock{256, 768}));
  EXPECT_EQ(pool.counters().moved_blocks, 2);
  EXPECT_EQ(pool.counters().moved_bytes, 256);
}

TEST(MemoryPoolTest, DefragmentsWithinLimits) {
  MemoryPool pool = pool_of(1000);
  for (int i = 0; i < 8; ++i) alloc(pool, 100);
  for (int i = 0; i < 8; i += 2) ASSERT_EQ(pool.free(i * 100), std::nullopt);
  DefragmentOptions options;
  options.max_bytes = 250;
  EXPECT_THAT(pool.defragment(options).value(),
              ElementsAre(PoolMove{100, 0, 100}, PoolMove{300, 100, 100}));
  options.max_bytes = 99;
  EXPECT_THAT(pool.defragment(options).value(), ElementsAre());
  options = {};
  options.max_moves = 1;
  EXPECT_THAT(pool.defragment(options).value(), ElementsAre(PoolMove{500, 200, 100}));
  const std::vector<int64_t> pinned = {700};
  options = {};
  options.pinned = pinned;
  EXPECT_THAT(pool.defragment(options).value(), ElementsAre());
}

TEST(MemoryPoolTest, RefusesWhatCanNeverBeRight) {
  expect_refused(MemoryPool::make(0), "total is 0; it must be a whole number from 1");
  expect_refused(MemoryPool::make(kMaxInteger + 1), "to 2^53 - 1");
  MemoryPool pool = pool_of(1024);
  ASSERT_EQ(alloc(pool, 100), 0);
  const PoolSnapshot before = pool.snapshot();
  expect_refused(pool.alloc(0), "size is 0");
  expect_refused(pool.alloc(-1), "size is -1");
  expect_refused(pool.alloc(1, 0), "alignment is 0");
  expect_refused(pool.alloc(kMaxInteger + 1), "2^53 - 1");
  expect_refused(pool.free(50), "it lies within the block of 100 bytes at offset 0");
  expect_refused(pool.free(100), "it is free already, or was never allocated");
  expect_refused(pool.free(-1), "the pool has the offsets 0 to 1023");
  expect_refused(pool.free(1024), "the pool has the offsets 0 to 1023");
  expect_refused(pool.alloc_at(1000, 25), "low enough for 25 bytes");
  expect_refused(pool.alloc_at(130, 8, 4), "a multiple of the alignment, 4");
  expect_refused(pool.grow(1023), "from the present total, 1024");
  expect_refused(pool.shrink(99), "from the end of the last block, 100");
  const std::vector<int64_t> pinned = {7};
  DefragmentOptions options;
  options.pinned = pinned;
  expect_refused(pool.defragment(options), "no block starts at offset 7");
  options = {};
  options.max_moves = -1;
  expect_refused(pool.defragment(options), "max_moves is -1");
  expect_refused(pool.explain(0), "size is 0");
  EXPECT_EQ(pool.snapshot(), before);
}

TEST(MemoryPoolTest, RefusesToFreeTwice) {
  MemoryPool pool = pool_of(1024);
  ASSERT_EQ(alloc(pool, 100), 0);
  ASSERT_EQ(pool.free(0), std::nullopt);
  expect_refused(pool.free(0), "free already");
}

TEST(MemoryPoolTest, ReachesTwoToTheFiftyThree) {
  for (const PoolPolicy policy : kPoolPolicies) {
    MemoryPool pool = pool_of(kMaxInteger, policy);
    EXPECT_EQ(alloc(pool, 1), 0);
    EXPECT_EQ(alloc(pool, 1, int64_t{1} << 52), int64_t{1} << 52);
    EXPECT_EQ(alloc(pool, kMaxInteger), -1);
    EXPECT_EQ(alloc(pool, 1, kMaxInteger), -1);
    EXPECT_EQ(alloc(pool, (int64_t{1} << 52) - 1), 1);
    EXPECT_EQ(alloc(pool, (int64_t{1} << 52) - 2), (int64_t{1} << 52) + 1);
    EXPECT_EQ(pool.stats().free, 0);
    EXPECT_EQ(pool.check(), std::nullopt);
  }
}

// Exactly the whole pool, whatever its size: where allocators by classes report no room.
TEST(MemoryPoolTest, GivesTheWholePool) {
  for (int64_t total = 1; total < 3000; ++total) {
    for (const PoolPolicy policy : {PoolPolicy::kFirstFit, PoolPolicy::kTlsf}) {
      MemoryPool pool = pool_of(total, policy);
      ASSERT_EQ(alloc(pool, total), 0);
    }
  }
}

TEST(MemoryPoolTest, ExplainsWhyNothingFits) {
  MemoryPool pool = pool_of(1000);
  for (int i = 0; i < 10; ++i) alloc(pool, 100);
  for (int i = 0; i < 10; i += 2) ASSERT_EQ(pool.free(i * 100), std::nullopt);
  EXPECT_TRUE(pool.explain(100)->fits);
  EXPECT_EQ(pool.explain(200)->message,
            "200 bytes do not fit: 500 bytes are free, the largest free block has 100; they fit "
            "after defragment(), which would move 5 blocks of 500 bytes");
  EXPECT_EQ(pool.explain(501)->message, "501 bytes do not fit: 500 bytes are free");
  EXPECT_EQ(pool.explain(100, 256)->message, "100 bytes aligned to 256 fit");
  EXPECT_EQ(pool.explain(100, 300)->message, "100 bytes aligned to 300 fit");
  EXPECT_EQ(pool.explain(60, 250)->message, "60 bytes aligned to 250 fit");
}

TEST(MemoryPoolTest, CountsAndKeepsHighWaterMarks) {
  MemoryPool pool = pool_of(1000);
  alloc(pool, 300);
  alloc(pool, 400);
  alloc(pool, 500);
  ASSERT_EQ(pool.free(0), std::nullopt);
  PoolCounters expected;
  expected.allocations = 2;
  expected.failures = 1;
  expected.frees = 1;
  expected.allocated_bytes = 700;
  expected.freed_bytes = 300;
  expected.peak_used = 700;
  expected.peak_blocks = 2;
  expected.peak_end = 700;
  EXPECT_EQ(pool.counters(), expected);
  pool.reset_counters();
  EXPECT_EQ(pool.counters().allocations, 0);
  EXPECT_EQ(pool.counters().peak_used, 400);
}

TEST(MemoryPoolTest, CountsFreeBlocksByPowersOfTwo) {
  MemoryPool pool = pool_of(100);
  alloc(pool, 1);
  alloc(pool, 60);
  ASSERT_EQ(pool.free(0), std::nullopt);
  const FreeHistogram histogram = pool.free_histogram();
  EXPECT_THAT(histogram.blocks, ElementsAre(1, 0, 0, 0, 0, 1));
  EXPECT_THAT(histogram.bytes, ElementsAre(1, 0, 0, 0, 0, 39));
}

TEST(MemoryPoolTest, RestoresOnlyWhatASnapshotCanBe) {
  PoolSnapshot snapshot;
  snapshot.total = 100;
  snapshot.blocks = {{0, 10, 1, 0}, {5, 10, 1, 0}};
  expect_refused(MemoryPool::restore(snapshot), "starts below the end of the one before");
  snapshot.blocks = {{95, 10, 1, 0}};
  expect_refused(MemoryPool::restore(snapshot), "offset is 95");
  snapshot.blocks = {{10, 10, 4, 0}};
  expect_refused(MemoryPool::restore(snapshot), "a multiple of the alignment");
  snapshot.blocks = {{10, 10, 1, 0}};
  snapshot.next_fit_from = 101;
  expect_refused(MemoryPool::restore(snapshot), "next_fit_from");
  snapshot.next_fit_from = 0;
  snapshot.policy = PoolPolicy::kTlsf;
  snapshot.free_order = {20, 1};
  expect_refused(MemoryPool::restore(snapshot), "free order");
  snapshot.free_order = {20, 0};
  EXPECT_TRUE(MemoryPool::restore(snapshot).ok());
}

TEST(MemoryPoolTest, ReplaysBatches) {
  MemoryPool pool = pool_of(1024);
  const std::vector<double> operations = {0, 256, 1, 1, 1024, 1, 2, 100, 256,
                                          1, 0,   0, 0, 0,    1, 5, 512, 1};
  std::vector<double> offsets(6);
  ASSERT_EQ(pool.replay(operations, offsets), std::nullopt);
  EXPECT_THAT(offsets, ElementsAre(0, -1, 256, -1, 0, 356));
  // Slots are remembered, and follow their blocks.
  ASSERT_TRUE(pool.defragment().ok());
  const std::vector<double> frees = {2, 0, 1};
  offsets.resize(1);
  ASSERT_EQ(pool.replay(frees, offsets), std::nullopt);
  EXPECT_THAT(offsets, ElementsAre(0));
}

TEST(MemoryPoolTest, RefusesWrongOperations) {
  MemoryPool pool = pool_of(1024);
  std::vector<double> offsets(1);
  const auto replay = [&](std::vector<double> operation) {
    return pool.replay(operation, offsets);
  };
  expect_refused(replay({-1, 5, 1}), "operation 0: a slot");
  expect_refused(replay({0.5, 5, 1}), "operation 0: a slot");
  expect_refused(replay({16777216, 5, 1}), "2^24");
  expect_refused(replay({0, 5.5, 1}), "a size");
  expect_refused(replay({0, 5, 0}), "an alignment");
  expect_refused(replay({0, 0, 1}), "slot 0 holds nothing to free");
  ASSERT_EQ(replay({0, 5, 1}), std::nullopt);
  expect_refused(replay({0, 5, 1}), "slot 0 holds a block already");
  ASSERT_EQ(pool.free(0), std::nullopt);
  expect_refused(replay({0, 0, 1}), "slot 0 held a block that was freed by its offset");
}

TEST(MemoryPoolTest, TakesNoMoreMemoryInASteadyState) {
  for (const PoolPolicy policy : {PoolPolicy::kFirstFit, PoolPolicy::kBestFit, PoolPolicy::kTlsf}) {
    MemoryPool pool = pool_of(1 << 20, policy);
    std::vector<int64_t> live;
    for (int i = 0; i < 4000; ++i) live.push_back(alloc(pool, 1 + i * 37 % 200));
    const auto churn = [&] {
      for (size_t i = 0; i < 40'000; ++i) {
        const size_t chosen = i * 7919 % live.size();
        ASSERT_EQ(pool.free(live[chosen]), std::nullopt);
        live[chosen] = alloc(pool, 1 + static_cast<int64_t>(i * 31 % 200));
      }
    };
    churn();
    const int64_t bytes = pool.bookkeeping_bytes();
    for (int i = 0; i < 5; ++i) churn();
    EXPECT_LE(pool.bookkeeping_bytes(), bytes * 11 / 10);
    EXPECT_LE(pool.bookkeeping_bytes(), 4000 * 48);
  }
}

}  // namespace
}  // namespace stowage
