#include "pool/offset_table.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "problems/random_integer.h"

namespace stowage {
namespace {

using problems::between;
using problems::one_in;
using problems::Random;

struct Node {
  int64_t offset = -1;
};

class OffsetTableTest : public ::testing::Test {
 protected:
  uint32_t insert(int64_t offset) {
    nodes_.push_back({offset});
    const auto node = static_cast<uint32_t>(nodes_.size()) - 1;
    expected_[offset] = node;
    table_.insert(nodes_, node, offset);
    return node;
  }

  void expect_holds() {
    for (const auto& [offset, node] : expected_) {
      ASSERT_EQ(table_.find(nodes_, offset), node) << offset;
    }
  }

  std::vector<Node> nodes_;
  std::map<int64_t, uint32_t> expected_;
  OffsetTable table_;
};

TEST_F(OffsetTableTest, IsEmptyAtFirst) {
  EXPECT_EQ(table_.find(nodes_, 0), OffsetTable::kNone);
  EXPECT_EQ(table_.erase(nodes_, 0), OffsetTable::kNone);
}

TEST_F(OffsetTableTest, FindsMultiplesOfAnything) {
  for (const int64_t step : {int64_t{1}, int64_t{256}, int64_t{4096}, int64_t{1} << 33}) {
    // Apart from those of another step.
    const int64_t begin = step << 16;
    for (int64_t i = 0; i < 3000; ++i) insert(begin + i * step + (step == 1 ? 0 : i % 3));
  }
  expect_holds();
  EXPECT_EQ(table_.find(nodes_, (4096 << 16) - 1), OffsetTable::kNone);
  EXPECT_EQ(table_.find(nodes_, -1), OffsetTable::kNone);
}

TEST_F(OffsetTableTest, AgreesWithAMapWhateverIsDone) {
  Random random(1);
  for (int i = 0; i < 40'000; ++i) {
    const int64_t offset = between(random, 0, 1000) * 64;
    if (expected_.count(offset) == 0) {
      ASSERT_EQ(table_.find(nodes_, offset), OffsetTable::kNone);
      ASSERT_EQ(table_.erase(nodes_, offset), OffsetTable::kNone);
      // Fuller and emptier in turn.
      if (i / 4000 % 2 == 0 || one_in(random, 4)) insert(offset);
    } else if (one_in(random, 2)) {
      ASSERT_EQ(table_.erase(nodes_, offset), expected_[offset]);
      expected_.erase(offset);
    }
    if (i % 500 == 0) expect_holds();
  }
}

TEST_F(OffsetTableTest, IsEmptyAfterReset) {
  for (int64_t i = 0; i < 1000; ++i) insert(i);
  table_.reset(1000);
  for (int64_t i = 0; i < 1000; ++i) ASSERT_EQ(table_.find(nodes_, i), OffsetTable::kNone);
  for (int64_t i = 0; i < 1000; ++i) table_.insert(nodes_, static_cast<uint32_t>(i), i);
  expect_holds();
  EXPECT_LE(table_.bytes(), 8 * 1000);
}

TEST_F(OffsetTableTest, NeedsNoMoreMemoryInSteadyState) {
  Random random(2);
  std::vector<int64_t> offsets;
  for (int64_t i = 0; i < 20'000; ++i) {
    offsets.push_back(i);
    insert(i);
  }
  const int64_t bytes = table_.bytes();
  EXPECT_LE(bytes, 8 * 20'000);
  for (int64_t i = 20'000; i < 100'000; ++i) {
    int64_t& offset = offsets[random() % offsets.size()];
    ASSERT_EQ(table_.erase(nodes_, offset), expected_[offset]);
    expected_.erase(offset);
    offset = i;
    insert(i);
    ASSERT_EQ(table_.bytes(), bytes);
  }
  expect_holds();
}

}  // namespace
}  // namespace stowage
