#include "pool/node_arena.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace stowage {
namespace {

struct Plain {
  int64_t value;
  uint32_t next;
};

struct alignas(64) Wide {
  int64_t values[90] = {7};
};

struct Small {
  uint8_t value;
};

TEST(NodeArenaTest, KeepsWhatNodesHoldWhenItGrows) {
  NodeArena<Plain> arena;
  std::vector<uint32_t> nodes;
  for (int64_t i = 0; i < 5000; ++i) {
    nodes.push_back(arena.make());
    arena[nodes.back()] = {i, static_cast<uint32_t>(3 * i)};
  }
  EXPECT_EQ(arena.size(), 5000U);
  EXPECT_EQ(std::set<uint32_t>(nodes.begin(), nodes.end()).size(), nodes.size());
  const NodeArena<Plain>& view = arena;
  for (size_t i = 0; i < nodes.size(); ++i) {
    EXPECT_EQ(view[nodes[i]].value, static_cast<int64_t>(i));
    EXPECT_EQ(view[nodes[i]].next, 3 * i);
  }
}

TEST(NodeArenaTest, UsesReleasedNodesAgainAndAllocatesNoMore) {
  NodeArena<Plain> arena;
  std::mt19937_64 random(1);
  std::vector<uint32_t> nodes;
  for (int i = 0; i < 1000; ++i) nodes.push_back(arena.make());
  const int64_t bytes = arena.bytes();
  for (int round = 0; round < 100; ++round) {
    std::vector<uint32_t> released;
    while (nodes.size() > 300) {
      std::swap(nodes[random() % nodes.size()], nodes.back());
      released.push_back(nodes.back());
      arena.release(nodes.back());
      nodes.pop_back();
    }
    EXPECT_EQ(arena.size(), 300U);
    std::vector<uint32_t> made;
    while (nodes.size() < 1000) {
      made.push_back(arena.make());
      nodes.push_back(made.back());
    }
    std::reverse(made.begin(), made.end());
    EXPECT_EQ(made, released);
    EXPECT_EQ(arena.bytes(), bytes);
  }
}

TEST(NodeArenaTest, InitialisesAndAlignsNodes) {
  NodeArena<Wide> arena;
  for (int i = 0; i < 100; ++i) {
    const uint32_t node = arena.make();
    EXPECT_EQ(arena[node].values[0], 7);
    EXPECT_EQ(arena[node].values[89], 0);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(&arena[node]) % 64, 0U);
    arena[node].values[0] = 1;
    if (i % 2 == 0) arena.release(node);
  }
}

TEST(NodeArenaTest, HoldsNodesSmallerThanAnIndex) {
  NodeArena<Small> arena;
  const uint32_t first = arena.make();
  const uint32_t second = arena.make();
  arena[second].value = 2;
  arena.release(first);
  EXPECT_EQ(arena[second].value, 2);
  EXPECT_EQ(arena.make(), first);
}

TEST(NodeArenaTest, IsSmallWhenItHoldsLittleAndGivesMemoryBack) {
  NodeArena<Plain> arena;
  EXPECT_EQ(arena.bytes(), 0);
  for (int64_t i = 1; i <= 200'000; ++i) {
    arena.make();
    const int64_t held = i * static_cast<int64_t>(sizeof(Plain));
    ASSERT_LE(arena.bytes(), held + held / 16 + 512) << i;
  }
  arena.clear();
  EXPECT_EQ(arena.bytes(), 0);
  EXPECT_EQ(arena.size(), 0U);
  EXPECT_EQ(arena.make(), 0U);
}

}  // namespace
}  // namespace stowage
