#include "pool/free_bins.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "pool/node_arena.h"
#include "problems/random_integer.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

using problems::between;
using problems::one_in;
using problems::Random;

// The least size of the class of `size`, by the definition: each size below 32 for itself, each
// power of two divided by 32.
int64_t least_of_class(int64_t size) {
  int64_t width = 1;
  while (size / width >= 64) width *= 2;
  return size / width * width;
}

// Lists by the least sizes of their classes.
class NaiveBins {
 public:
  void insert(int64_t offset, int64_t size) { lists_[least_of_class(size)].push_front(offset); }

  void erase(int64_t offset, int64_t size) {
    const auto list = lists_.find(least_of_class(size));
    list->second.remove(offset);
    if (list->second.empty()) lists_.erase(list);
  }

  [[nodiscard]] std::optional<int64_t> find(int64_t size) const {
    const auto list = lists_.lower_bound(size);
    if (list == lists_.end()) return std::nullopt;
    return list->second.front();
  }

  [[nodiscard]] std::vector<int64_t> order(int64_t from_size = 1) const {
    std::vector<int64_t> offsets;
    for (const auto& [least, list] : lists_) {
      if (least < least_of_class(from_size)) continue;
      offsets.insert(offsets.end(), list.begin(), list.end());
    }
    return offsets;
  }

  [[nodiscard]] std::vector<int64_t> last() const {
    if (lists_.empty()) return {};
    const std::list<int64_t>& list = lists_.rbegin()->second;
    return {list.begin(), list.end()};
  }

 private:
  std::map<int64_t, std::list<int64_t>> lists_;
};

// FreeBins with nodes of their own, which know their offsets.
class Bins {
 public:
  uint32_t insert(int64_t offset, int64_t size) {
    const uint32_t node = nodes_.make();
    nodes_[node].offset = offset;
    nodes_[node].size = size;
    bins_.insert(nodes_, node, size);
    EXPECT_TRUE(bins_.holds(nodes_, node, size));
    return node;
  }

  void erase(uint32_t node, int64_t size) {
    bins_.erase(nodes_, node, size);
    nodes_.release(node);
  }

  [[nodiscard]] int64_t offset(uint32_t node) const { return nodes_[node].offset; }

  // What would be taken: puts it back, to where it was.
  [[nodiscard]] std::optional<int64_t> find(int64_t size) {
    const uint32_t node = bins_.take(nodes_, size);
    if (node == FreeBins::kNone) return std::nullopt;
    bins_.insert(nodes_, node, nodes_[node].size);
    return nodes_[node].offset;
  }

  [[nodiscard]] std::vector<int64_t> order(int64_t from_size = 1) const {
    std::vector<int64_t> offsets;
    bins_.for_each_from(nodes_, from_size,
                        [&](uint32_t node) { offsets.push_back(nodes_[node].offset); });
    return offsets;
  }

  [[nodiscard]] std::vector<int64_t> last() const {
    std::vector<int64_t> offsets;
    bins_.for_each_of_last(nodes_, [&](uint32_t node) { offsets.push_back(nodes_[node].offset); });
    return offsets;
  }

  void clear() {
    bins_.clear();
    nodes_.clear();
  }
  [[nodiscard]] int64_t bookkeeping_bytes() const { return bins_.bookkeeping_bytes(); }
  [[nodiscard]] Status check() const { return bins_.check(nodes_, nodes_.size()); }

 private:
  struct Node {
    int64_t offset;
    int64_t size;
    uint32_t previous_free;
    uint32_t next_free;
  };

  NodeArena<Node> nodes_;
  FreeBins bins_;
};

struct Entry {
  int64_t offset;
  int64_t size;
  uint32_t node;
};

void expect_sound(const Bins& bins) {
  const Status status = bins.check();
  ASSERT_FALSE(status) << status->message;
}

// Sizes at the borders of classes: near the sum of few powers of two.
int64_t random_size(Random& random, int bits) {
  const int64_t power = int64_t{1} << between(random, 0, bits - 1);
  const int64_t size = power + power / 32 * between(random, 0, 32) + between(random, -1, 1);
  return std::min(std::max<int64_t>(size, 1), kMaxInteger);
}

TEST(FreeBinsTest, IsEmptyAtFirst) {
  Bins bins;
  EXPECT_EQ(bins.find(1), std::nullopt);
  EXPECT_EQ(bins.find(kMaxInteger), std::nullopt);
  EXPECT_TRUE(bins.order().empty());
  EXPECT_EQ(bins.bookkeeping_bytes(), 0);
  expect_sound(bins);
}

TEST(FreeBinsTest, FindsWhatIsSurelyLargeEnough) {
  for (int64_t power = 1; power < kMaxInteger; power *= 2) {
    for (int64_t step = 0; step < 32; ++step) {
      for (int64_t nudge = -1; nudge <= 1; ++nudge) {
        const int64_t held = power + power / 32 * step + nudge;
        if (held < 1 || held > kMaxInteger) continue;
        Bins bins;
        bins.insert(5, held);
        const int64_t least = least_of_class(held);
        EXPECT_EQ(bins.find(1), 5) << held;
        EXPECT_EQ(bins.find(least), 5) << held;
        EXPECT_EQ(bins.find(least + 1), std::nullopt) << held;
      }
    }
  }
}

TEST(FreeBinsTest, RoundsBeyondTheLargestSize) {
  Bins bins;
  bins.insert(0, kMaxInteger);
  EXPECT_EQ(bins.find(kMaxInteger), std::nullopt);
  EXPECT_EQ(bins.find(int64_t{1} << 53), std::nullopt);
  EXPECT_EQ(bins.find((int64_t{1} << 62) - 1), std::nullopt);
  EXPECT_EQ(bins.find(least_of_class(kMaxInteger)), 0);
}

TEST(FreeBinsTest, TakesTheLastOfAClassFirst) {
  Bins bins;
  std::vector<uint32_t> nodes;
  for (int64_t offset = 0; offset < 4; ++offset) nodes.push_back(bins.insert(offset, 100));
  EXPECT_EQ(bins.order(), (std::vector<int64_t>{3, 2, 1, 0}));
  EXPECT_EQ(bins.find(100), 3);
  bins.erase(nodes[1], 100);  // within the list
  EXPECT_EQ(bins.order(), (std::vector<int64_t>{3, 2, 0}));
  bins.erase(nodes[3], 100);  // its head
  EXPECT_EQ(bins.find(100), 2);
  bins.erase(nodes[0], 100);  // its end
  EXPECT_EQ(bins.order(), (std::vector<int64_t>{2}));
  bins.erase(nodes[2], 100);
  EXPECT_EQ(bins.find(1), std::nullopt);
  expect_sound(bins);
}

TEST(FreeBinsTest, AgreesWithListsWhateverIsDone) {
  for (const int bits : {6, 14, 53}) {
    Random random(static_cast<uint64_t>(bits));
    Bins bins;
    NaiveBins naive;
    std::vector<Entry> entries;
    int64_t next_offset = 0;
    for (int i = 0; i < 8000; ++i) {
      const bool inserts = entries.empty() || one_in(random, 2);
      if (inserts) {
        const int64_t size = random_size(random, bits);
        entries.push_back({next_offset, size, bins.insert(next_offset, size)});
        naive.insert(next_offset++, size);
      } else {
        std::swap(entries[random() % entries.size()], entries.back());
        const Entry erased = entries.back();
        entries.pop_back();
        ASSERT_EQ(bins.offset(erased.node), erased.offset);
        bins.erase(erased.node, erased.size);
        naive.erase(erased.offset, erased.size);
      }
      const int64_t size = random_size(random, bits);
      ASSERT_EQ(bins.find(size), naive.find(size)) << size;
      expect_sound(bins);
      if (i % 20 == 0) {
        ASSERT_EQ(bins.order(), naive.order());
        ASSERT_EQ(bins.order(size), naive.order(size)) << size;
        ASSERT_EQ(bins.last(), naive.last());
      }
    }
  }
}

TEST(FreeBinsTest, IsMadeAgainFromItsOrder) {
  Random random(3);
  Bins bins;
  std::map<int64_t, int64_t> sizes;  // by offset
  std::vector<Entry> entries;
  for (int64_t offset = 0; offset < 3000; ++offset) {
    const int64_t size = random_size(random, 20);
    entries.push_back({offset, size, bins.insert(offset, size)});
    sizes[offset] = size;
  }
  for (size_t i = 0; i < entries.size(); i += 3) bins.erase(entries[i].node, entries[i].size);
  const std::vector<int64_t> order = bins.order();
  Bins again;
  for (auto offset = order.rbegin(); offset != order.rend(); ++offset) {
    again.insert(*offset, sizes[*offset]);
  }
  EXPECT_EQ(again.order(), order);
  expect_sound(again);
}

TEST(FreeBinsTest, IsEmptyAfterClearAndNeedsNoMoreMemory) {
  Random random(4);
  Bins bins;
  for (int round = 0; round < 2; ++round) {
    std::vector<Entry> entries;
    for (int64_t offset = 0; offset < 20'000; ++offset) {
      const int64_t size = random_size(random, 40);
      entries.push_back({offset, size, bins.insert(offset, size)});
    }
    const int64_t bytes = bins.bookkeeping_bytes();
    EXPECT_LE(bytes, 4 * 32 * 41);  // an index for each class below 2^41
    for (int i = 0; i < 100'000; ++i) {
      Entry& entry = entries[random() % entries.size()];
      bins.erase(entry.node, entry.size);
      entry.size = random_size(random, 40);
      entry.node = bins.insert(entry.offset, entry.size);
    }
    EXPECT_EQ(bins.bookkeeping_bytes(), bytes);
    expect_sound(bins);
    bins.clear();
    EXPECT_EQ(bins.bookkeeping_bytes(), bytes);
    EXPECT_EQ(bins.find(1), std::nullopt);
    EXPECT_TRUE(bins.order().empty());
    expect_sound(bins);
  }
}

}  // namespace
}  // namespace stowage
