#include "stowage/tensor/executor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <vector>

#include "stowage/tensor/buffer_operations.h"

namespace stowage {
namespace {

using testing::Each;
using testing::HasSubstr;

std::span<float> elements(const ExecutorBuffer& buffer) { return buffer.data().value(); }

void fill_all(const ExecutorBuffer& buffer, float value) {
  for (float& element : elements(buffer)) element = value;
}

TEST(Executor, LinearBuffersAreZeroAndTheirOwn) {
  Executor executor;
  ExecutorBuffer a = *executor.allocate(1000);
  ExecutorBuffer b = *executor.allocate(1000);
  EXPECT_THAT(elements(a), Each(0));
  fill_all(a, 1);
  EXPECT_THAT(elements(b), Each(0));
  EXPECT_EQ(a.length(), 1000);
  EXPECT_EQ(a.size_bytes(), 4000);
  EXPECT_EQ(a.pool(), BufferPoolKind::kLinear);
  EXPECT_FALSE(a.shares_memory(b));
  EXPECT_TRUE(a.shares_executor(b));
  // What was written is gone when the memory comes again.
  { const ExecutorBuffer freed = std::move(a); }
  EXPECT_THAT(elements(*executor.allocate(1000)), Each(0));
}

TEST(Executor, AnEmptyBuffer) {
  Executor executor;
  const ExecutorBuffer empty = *executor.allocate(0);
  EXPECT_TRUE(empty.is_empty());
  EXPECT_TRUE(elements(empty).empty());
  EXPECT_EQ(executor.stats().num_buffers, 1);
}

TEST(Executor, RefusesWhatCannotBe) {
  Executor executor;
  EXPECT_EQ(executor.allocate(-1).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(executor.allocate(int64_t{1} << 51).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(executor.allocate(int64_t{1} << 48).error().code, ErrorCode::kOutOfMemory);
  EXPECT_EQ(executor.stats().num_buffers, 0);
  EXPECT_TRUE(executor.allocate(4).ok());
}

TEST(Executor, BoundaryBuffersOfAClassShareTheirBytes) {
  Executor executor;
  const ExecutorBuffer whole = *executor.allocate_boundary(3, 48, 256);
  EXPECT_EQ(whole.length(), 3072);
  EXPECT_EQ(whole.size_bytes(), 12288);
  EXPECT_EQ(whole.pool(), BufferPoolKind::kBoundary);
  EXPECT_EQ(whole.class_index(), 3);
  EXPECT_EQ(whole.num_aliases(), 0);
  const ExecutorBuffer part = *executor.allocate_boundary(3, 3, 5);
  EXPECT_EQ(part.length(), 3);
  EXPECT_EQ(part.size_bytes(), 15);
  EXPECT_EQ(whole.num_aliases(), 1);
  EXPECT_TRUE(whole.shares_memory(part));
  elements(part)[2] = 7;
  EXPECT_EQ(elements(whole)[2], 7);
  const ExecutorBuffer other = *executor.allocate_boundary(4, 48, 256);
  EXPECT_FALSE(whole.shares_memory(other));
  EXPECT_EQ(other.num_aliases(), 0);
  // A linear buffer's slot may have the number of a class.
  const ExecutorBuffer linear = *executor.allocate(8);
  EXPECT_FALSE(whole.shares_memory(linear));
}

TEST(Executor, RefusesBoundaryBuffersOutsideTheirRanges) {
  Executor executor;
  EXPECT_TRUE(executor.allocate_boundary(95, 48, 256).ok());
  EXPECT_THAT(executor.allocate_boundary(96, 1, 1).error().message, HasSubstr("class is 96"));
  EXPECT_THAT(executor.allocate_boundary(0, 49, 1).error().message, HasSubstr("width is 49"));
  EXPECT_THAT(executor.allocate_boundary(0, 1, 257).error().message, HasSubstr("height is 257"));
  EXPECT_FALSE(executor.allocate_boundary(-1, 1, 1).ok());
  EXPECT_FALSE(executor.allocate_boundary(0, 0, 1).ok());
  EXPECT_EQ(executor.stats().num_buffers, 0);
}

TEST(Executor, ItsEndIsAnErrorOfItsBuffers) {
  std::optional<Executor> executor(std::in_place);
  const ExecutorBuffer linear = *executor->allocate(4);
  const ExecutorBuffer boundary = *executor->allocate_boundary(0, 4, 4);
  executor.reset();
  EXPECT_EQ(linear.data().error().code, ErrorCode::kDisposed);
  EXPECT_EQ(boundary.data().error().code, ErrorCode::kDisposed);
  EXPECT_EQ(fill(linear, 1, 4)->code, ErrorCode::kDisposed);
  EXPECT_EQ(linear.allocate_sibling(4).error().code, ErrorCode::kDisposed);
}

TEST(Executor, FreesAreCountedAndReused) {
  Executor executor;
  for (int round = 0; round < 100'000; ++round) {
    const ExecutorBuffer a = *executor.allocate(round % 1000);
    const ExecutorBuffer b = *executor.allocate(16);
  }
  const ExecutorStats stats = executor.stats();
  EXPECT_EQ(stats.num_buffers, 0);
  EXPECT_EQ(stats.used_bytes, 0);
  EXPECT_EQ(stats.num_regions, 1);
  EXPECT_LE(stats.peak_used_bytes, 4096 + 64);
  EXPECT_EQ(stats.largest_free, stats.reserved_bytes);
}

TEST(Executor, GivesRegionsBack) {
  Executor executor;
  std::vector<ExecutorBuffer> buffers;
  for (int i = 0; i < 200; ++i) buffers.push_back(*executor.allocate(100'000));
  EXPECT_GT(executor.stats().num_regions, 2);
  EXPECT_GE(executor.stats().reserved_bytes, 80'000'000);
  buffers.clear();
  EXPECT_EQ(executor.stats().num_regions, 1);
  EXPECT_EQ(executor.stats().used_bytes, 0);
}

// Random buffers, filled with numbers of their own, that come, go and are moved.
TEST(Executor, KeepsContentsWhenDefragmented) {
  struct Held {
    ExecutorBuffer buffer;
    float content;
  };
  Executor executor;
  std::mt19937 random(1);
  std::vector<Held> held;
  for (int round = 0; round < 3000; ++round) {
    if (random() % 3 == 0 && !held.empty()) {
      std::swap(held[random() % held.size()], held.back());
      held.pop_back();
    } else {
      ExecutorBuffer buffer = *executor.allocate(static_cast<int64_t>(random() % 5000));
      fill_all(buffer, static_cast<float>(round));
      held.push_back({std::move(buffer), static_cast<float>(round)});
    }
    if (round % 500 == 499) {
      const ExecutorStats before = executor.stats();
      const ExecutorDefragmentation report = executor.defragment();
      const ExecutorStats after = executor.stats();
      EXPECT_EQ(after.used_bytes, before.used_bytes);
      EXPECT_EQ(after.reserved_bytes, before.reserved_bytes - report.released_bytes);
      EXPECT_GT(report.moved_buffers, 0);
      for (const Held& each : held) {
        ASSERT_THAT(elements(each.buffer), Each(each.content)) << round;
      }
    }
  }
  held.clear();
  executor.defragment();
  EXPECT_EQ(executor.stats().reserved_bytes, 0);
}

TEST(Executor, DefragmentingClosesHoles) {
  Executor executor;
  std::vector<ExecutorBuffer> buffers;
  for (int i = 0; i < 64; ++i) buffers.push_back(*executor.allocate(1024));
  for (int i = 0; i < 32; ++i) buffers.erase(buffers.begin() + i);
  EXPECT_GT(executor.stats().fragmentation, 0.1);
  EXPECT_GT(executor.defragment().moved_bytes, 0);
  EXPECT_NEAR(executor.stats().fragmentation, 0, 1e-9);
}

}  // namespace
}  // namespace stowage
