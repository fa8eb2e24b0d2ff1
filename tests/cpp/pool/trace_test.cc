#include "stowage/pool/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "pool/naive_pool.h"
#include "stowage/base/integer.h"
#include "stowage/base/random.h"

namespace stowage {
namespace {

using ::testing::HasSubstr;
using testing::NaivePool;

std::vector<BlockLifetime> random_lifetimes(std::mt19937_64& random) {
  const auto draw = [&](int64_t lower, int64_t upper) {
    return lower +
           static_cast<int64_t>(random_fraction(random) * static_cast<double>(upper - lower + 1));
  };
  std::vector<BlockLifetime> lifetimes(static_cast<size_t>(draw(1, 60)));
  for (BlockLifetime& each : lifetimes) {
    each.lower = draw(0, 30);
    each.upper = each.lower + draw(1, 12);
    each.size = draw(0, 20);
    each.alignment = draw(1, 4) == 1 ? 4 : 1;
  }
  return lifetimes;
}

// Moves each block down onto the one below it, as far as its alignment lets it.
std::vector<PoolMove> defragment(NaivePool& pool) {
  std::vector<PoolMove> moves;
  int64_t end = 0;
  for (const Block& block : pool.blocks()) {
    const int64_t offset = NaivePool::up(end, block.alignment);
    if (offset != block.offset) moves.push_back({block.offset, offset, block.size});
    end = offset + block.size;
  }
  if (!moves.empty()) pool.move(moves);
  return moves;
}

// What the lists of NaivePool make of it.
ReplaySummary replay_naively(const PoolTrace& trace, PoolPolicy policy, int64_t total, bool grows) {
  NaivePool pool(total, policy);
  std::map<int64_t, std::optional<int64_t>> offsets;
  ReplaySummary summary;
  for (const PoolEvent& event : trace.events) {
    if (event.operation == PoolOperation::kFree) {
      if (offsets[event.id]) pool.free(*offsets[event.id]);
      offsets.erase(event.id);
      continue;
    }
    if (event.operation == PoolOperation::kDefragment) {
      for (const PoolMove& move : defragment(pool)) {
        for (auto& [id, offset] : offsets) {
          if (offset == move.from) {
            offset = move.to;
            break;
          }
        }
      }
      continue;
    }
    auto offset = pool.alloc(event.size, event.alignment, 0);
    if (!offset && grows) {
      pool.resize(NaivePool::up(pool.end(), event.alignment) + event.size);
      offset = pool.alloc(event.size, event.alignment, 0);
    }
    offsets[event.id] = offset;
    summary.peak_end = std::max(summary.peak_end, pool.end());
    if (offset) continue;
    ++summary.failures;
    summary.failed_bytes += event.size;
  }
  return summary;
}

TEST(TraceTest, ReplaysAsListsDo) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 300; ++i) {
    // Every second with defragmentations, also before and behind all blocks.
    std::vector<int64_t> defragmented_at;
    if (i % 2 == 1) defragmented_at = {i % 7, 20, i % 40, 50};
    const PoolTrace trace = trace_of(random_lifetimes(random), defragmented_at);
    ASSERT_EQ(check(trace), std::nullopt);
    const int64_t peak = std::max<int64_t>(1, peak_load(trace));
    for (const PoolPolicy policy : {PoolPolicy::kFirstFit, PoolPolicy::kBestFit,
                                    PoolPolicy::kWorstFit, PoolPolicy::kNextFit}) {
      EXPECT_EQ(replay_trace(trace, {policy, std::nullopt}).value(),
                replay_naively(trace, policy, peak, true));
      EXPECT_EQ(replay_trace(trace, {policy, peak}).value(),
                replay_naively(trace, policy, peak, false));
    }
    const ReplaySummary tlsf = replay_trace(trace, {PoolPolicy::kTlsf, std::nullopt}).value();
    EXPECT_EQ(tlsf.failures, 0);
    EXPECT_GE(tlsf.peak_end, peak_load(trace));
  }
}

TEST(TraceTest, FreesBeforeItAllocates) {
  const std::vector<BlockLifetime> lifetimes = {{0, 5, 10, 1, {}}, {5, 9, 10, 1, {}}};
  const PoolTrace trace = trace_of(lifetimes);
  EXPECT_EQ(peak_load(trace), 10);
  EXPECT_EQ(replay_trace(trace, {})->peak_end, 10);
}

TEST(TraceTest, DefragmentsBetweenFreesAndAllocations) {
  const std::vector<BlockLifetime> lifetimes = {{0, 5, 10, 1, {}},
                                                {0, 9, 10, 1, {}},
                                                {0, 5, 10, 1, {}},
                                                {0, 9, 10, 1, 30},
                                                {5, 9, 20, 1, {}}};
  EXPECT_EQ(replay_trace(trace_of(lifetimes), {PoolPolicy::kFirstFit, 40})->failures, 1);
  const std::vector<int64_t> at = {5};
  EXPECT_EQ(replay_trace(trace_of(lifetimes, at), {PoolPolicy::kFirstFit, 40})->failures, 0);
  const std::vector<int64_t> too_early = {4};
  EXPECT_EQ(replay_trace(trace_of(lifetimes, too_early), {PoolPolicy::kFirstFit, 40})->failures, 1);
  EXPECT_EQ(replay_trace(trace_of(lifetimes), {})->peak_end, 60);
  EXPECT_EQ(replay_trace(trace_of(lifetimes, at), {})->peak_end, 40);
}

TEST(TraceTest, PutsFixedBlocksWhereTheyBelong) {
  const std::vector<BlockLifetime> lifetimes = {{0, 9, 4, 1, 8}, {0, 9, 4, 1, {}}, {3, 9, 1, 1, 9}};
  const PoolTrace trace = trace_of(lifetimes);
  const ReplaySummary grown = replay_trace(trace, {}).value();
  EXPECT_EQ(grown.peak_end, 12);
  EXPECT_EQ(grown.failures, 1);
  EXPECT_EQ(grown.failed_bytes, 1);
  EXPECT_EQ(replay_trace(trace, {PoolPolicy::kFirstFit, 11})->failures, 1);
}

TEST(TraceTest, RefusesWhatCannotBe) {
  const auto refused = [](std::vector<PoolEvent> events) {
    const Status status = check({std::move(events)});
    return status ? status->message : "";
  };
  const PoolEvent alloc{PoolOperation::kAlloc, 1, 5, 1, 0, 7};
  const PoolEvent free{PoolOperation::kFree, 1, 0, 1, 0, 8};
  EXPECT_EQ(refused({alloc, free, alloc}), "");
  EXPECT_THAT(refused({alloc, alloc}), HasSubstr("at time 7: id 1 is allocated again"));
  EXPECT_THAT(refused({free}), HasSubstr("at time 8: id 1 is freed but not allocated"));
  EXPECT_THAT(refused({{PoolOperation::kAlloc, 1, 0, 1, 0, 0}}), HasSubstr("size '0'"));
  EXPECT_THAT(refused({{PoolOperation::kAlloc, 1, 1, 0, 0, 0}}), HasSubstr("alignment '0'"));
  EXPECT_THAT(refused({{PoolOperation::kAlloc, -1, 1, 1, 0, 0}}), HasSubstr("id '-1'"));
  EXPECT_THAT(refused({{PoolOperation::kAllocAt, 1, 1, 4, 2, 0}}), HasSubstr("a multiple of"));
  EXPECT_THAT(refused({{PoolOperation::kAllocAt, 1, 5, 1, kMaxInteger, 0}}),
              HasSubstr("would end above"));
  EXPECT_FALSE(replay_trace({{free}}, {}).ok());
  EXPECT_FALSE(replay_trace({{alloc}}, {PoolPolicy::kFirstFit, 0}).ok());
}

}  // namespace
}  // namespace stowage
