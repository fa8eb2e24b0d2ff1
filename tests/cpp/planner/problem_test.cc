#include "stowage/planner/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "planner/random_problem.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Random;

Buffer buffer_of(int64_t lower, int64_t upper, int64_t size) {
  Buffer buffer;
  buffer.id = "b1";
  buffer.lifespan = {lower, upper};
  buffer.size = size;
  return buffer;
}

std::vector<Piece> pieces_of(const Buffer& buffer) {
  std::vector<Piece> pieces;
  append_pieces(buffer, pieces);
  return pieces;
}

TEST(ProblemTest, AreaIsSizeTimesLength) {
  EXPECT_EQ(buffer_of(2, 9, 4).area(), 28);
  EXPECT_EQ(buffer_of(-kMaxInteger, kMaxInteger, kMaxInteger).area(),
            std::numeric_limits<int64_t>::max());
}

TEST(ProblemTest, APieceIsTheWholeWithoutGaps) {
  EXPECT_THAT(pieces_of(buffer_of(2, 9, 4)), ElementsAre(Piece{{2, 9}, {0, 4}}));
  EXPECT_THAT(pieces_of(buffer_of(2, 9, 0)), ElementsAre());
}

TEST(ProblemTest, GapsDivideABufferIntoPieces) {
  Buffer buffer = buffer_of(0, 10, 4);
  buffer.gaps = {{{0, 1}, Window{1, 3}}, {{3, 5}, std::nullopt}, {{7, 9}, Window{2, 2}}};
  EXPECT_THAT(pieces_of(buffer), ElementsAre(Piece{{0, 1}, {1, 3}}, Piece{{1, 3}, {0, 4}},
                                             Piece{{5, 7}, {0, 4}}, Piece{{9, 10}, {0, 4}}));
}

TEST(ProblemTest, NeighbouringPiecesWithTheSameWindowAreOne) {
  Buffer buffer = buffer_of(0, 10, 4);
  buffer.gaps = {{{2, 4}, Window{0, 4}}, {{6, 7}, Window{1, 2}}, {{7, 8}, Window{1, 2}}};
  EXPECT_THAT(pieces_of(buffer),
              ElementsAre(Piece{{0, 6}, {0, 4}}, Piece{{6, 8}, {1, 2}}, Piece{{8, 10}, {0, 4}}));
  std::vector<Piece> pieces = {{{-3, 0}, {0, 4}}};
  append_pieces(buffer_of(0, 1, 4), pieces);
  EXPECT_EQ(pieces.size(), 2U) << "pieces of different buffers stay apart";
}

TEST(ProblemTest, PiecesHoldWhatTheDefinitionSays) {
  Random random(1);
  for (int i = 0; i < 5000; ++i) {
    const Buffer buffer = testing::random_buffer(random, {}, i);
    const std::vector<Piece> pieces = pieces_of(buffer);
    for (int64_t time = -1; time < 14; ++time) {
      std::vector<Window> windows;
      for (const Piece& piece : pieces) {
        if (piece.lifespan.contains(time)) windows.push_back(piece.window);
      }
      const Window held = testing::held_at(buffer, time);
      if (held.empty()) {
        EXPECT_THAT(windows, ElementsAre());
      } else {
        EXPECT_THAT(windows, ElementsAre(held));
      }
    }
  }
}

TEST(ProblemTest, EffectiveSizeIsTheSizeWithoutGaps) {
  EXPECT_EQ(buffer_of(0, 5, 4).effective_size(buffer_of(4, 6, 2)), 4);
  EXPECT_EQ(buffer_of(0, 5, 4).effective_size(buffer_of(5, 6, 2)), std::nullopt);
  EXPECT_EQ(buffer_of(0, 5, 0).effective_size(buffer_of(0, 6, 2)), std::nullopt);
}

TEST(ProblemTest, EffectiveSizeCanBeNegative) {
  Buffer below = buffer_of(0, 5, 10);
  below.gaps = {{{0, 5}, Window{0, 1}}};
  Buffer above = buffer_of(0, 5, 10);
  above.gaps = {{{0, 5}, Window{9, 10}}};
  EXPECT_EQ(below.effective_size(above), -8);
  EXPECT_EQ(above.effective_size(below), 10);
}

TEST(ProblemTest, EffectiveSizeIsTheMostThatAnyMomentNeeds) {
  Random random(2);
  for (int i = 0; i < 10000; ++i) {
    const Buffer below = testing::random_buffer(random, {}, 0);
    const Buffer above = testing::random_buffer(random, {}, 1);
    std::optional<int64_t> most;
    for (int64_t time = 0; time < 12; ++time) {
      const Window low = testing::held_at(below, time);
      const Window high = testing::held_at(above, time);
      if (low.empty() || high.empty()) continue;
      most = std::max(most.value_or(low.upper - high.lower), low.upper - high.lower);
    }
    EXPECT_EQ(below.effective_size(above), most);
  }
}

struct BadBuffer {
  const char* message;
  std::function<void(Buffer&)> spoil;
};

// The buffer before it is spoilt: [0, 10), size 8, alignment 4.
const BadBuffer kBadBuffers[] = {
    {"upper 0 must be greater than lower, 0", [](Buffer& b) { b.lifespan.upper = 0; }},
    {"lower -9007199254740992 must be an integer from -9007199254740991 to 9007199254740991",
     [](Buffer& b) { b.lifespan.lower = -kMaxInteger - 1; }},
    {"upper 9007199254740992 must be an integer from -9007199254740991 to 9007199254740991",
     [](Buffer& b) { b.lifespan.upper = kMaxInteger + 1; }},
    {"size -1 must be an integer from 0 to 9007199254740991", [](Buffer& b) { b.size = -1; }},
    {"size 9007199254740992 must be", [](Buffer& b) { b.size = kMaxInteger + 1; }},
    {"alignment 0 must be an integer from 1 to 9007199254740991",
     [](Buffer& b) { b.alignment = 0; }},
    {"alignment 9007199254740992 must be", [](Buffer& b) { b.alignment = kMaxInteger + 1; }},
    {"gap 5-5 must end after it starts",
     [](Buffer& b) {
       b.gaps = {{{5, 5}, {}}};
     }},
    {"gap 9-11 must lie within the lifespan 0-10",
     [](Buffer& b) {
       b.gaps = {{{9, 11}, {}}};
     }},
    {"gap -1-2 must lie within",
     [](Buffer& b) {
       b.gaps = {{{-1, 2}, {}}};
     }},
    {"gap 5-7 must not overlap the gap 4-6",
     [](Buffer& b) {
       b.gaps = {{{4, 6}, {}}, {{5, 7}, {}}};
     }},
    {"gap 1-2 must come after the gap 4-6@0:1",
     [](Buffer& b) {
       b.gaps = {{{4, 6}, Window{0, 1}}, {{1, 2}, {}}};
     }},
    {"gap 1-2@3:9 must have a window within the size, 0:8",
     [](Buffer& b) {
       b.gaps = {{{1, 2}, Window{3, 9}}};
     }},
    {"gap 1-2@-1:3 must have a window",
     [](Buffer& b) {
       b.gaps = {{{1, 2}, Window{-1, 3}}};
     }},
    {"gap 1-2@3:2 must have a window",
     [](Buffer& b) {
       b.gaps = {{{1, 2}, Window{3, 2}}};
     }},
    {"offset -4 must be an integer from 0 to", [](Buffer& b) { b.offset = -4; }},
    {"offset 6 must be a multiple of the alignment, 4", [](Buffer& b) { b.offset = 6; }},
    {"hint -2 must be an integer from 0 to", [](Buffer& b) { b.hint = -2; }},
    {"must be UTF-8 text without NUL", [](Buffer& b) { b.id = std::string("a\0b", 3); }},
    {"must be UTF-8 text without NUL", [](Buffer& b) { b.id = "\xFF"; }},
};

TEST(ProblemTest, CheckNamesTheBufferTheValueAndTheRule) {
  Buffer good = buffer_of(0, 10, 8);
  good.alignment = 4;
  ASSERT_EQ(check(good), std::nullopt);
  for (const BadBuffer& bad : kBadBuffers) {
    Buffer buffer = good;
    bad.spoil(buffer);
    const Status status = check(buffer);
    ASSERT_TRUE(status.has_value()) << bad.message;
    EXPECT_EQ(status->code, ErrorCode::kInvalidArgument);
    EXPECT_THAT(status->message, HasSubstr(bad.message));
    EXPECT_EQ(status->message.find("buffer '"), 0U) << status->message;
    EXPECT_TRUE(check(Problem{{good, buffer}, kMaxInteger}).has_value());
  }
}

TEST(ProblemTest, CheckAllowsWhatIsOnTheLimit) {
  Buffer buffer = buffer_of(-kMaxInteger, kMaxInteger, kMaxInteger);
  EXPECT_EQ(check(Problem{{buffer}, 0}), std::nullopt);
  buffer.offset = 0;
  buffer.hint = kMaxInteger;
  buffer.gaps = {{{-kMaxInteger, 0}, Window{0, 0}}, {{0, kMaxInteger}, Window{0, kMaxInteger}}};
  EXPECT_EQ(check(Problem{{buffer}, kMaxInteger}), std::nullopt);
  EXPECT_EQ(check(Problem{}), std::nullopt);
}

TEST(ProblemTest, CheckFindsIdsThatAreThereTwice) {
  Problem problem{{buffer_of(0, 1, 1), buffer_of(0, 1, 1), buffer_of(0, 1, 1)}, 10};
  problem.buffers[0].id = "a";
  EXPECT_EQ(check(problem)->message,
            "buffer 'b1': id 'b1' must be unique: the buffer at position 1 has it too");
  problem.buffers[1].id = "b";
  EXPECT_EQ(check(problem), std::nullopt);
}

TEST(ProblemTest, CheckTellsManyIdsApart) {
  Problem problem;
  problem.capacity = 1;
  // So many that some share a hash of 32 bits.
  for (int i = 0; i < 200000; ++i) {
    problem.buffers.push_back(buffer_of(0, 1, 1));
    problem.buffers.back().id = std::to_string(i);
  }
  EXPECT_EQ(check(problem), std::nullopt);
  problem.buffers.back().id = "77";
  EXPECT_THAT(check(problem)->message, HasSubstr("position 77 "));
}

TEST(ProblemTest, CheckKeepsFixedBuffersWithinTheCapacity) {
  Problem problem{{buffer_of(0, 1, 4)}, 10};
  problem.buffers[0].offset = 6;
  EXPECT_EQ(check(problem), std::nullopt);
  problem.buffers[0].offset = 7;
  EXPECT_EQ(check(problem)->message,
            "buffer 'b1': offset 7 must let the buffer, of size 4, end within the capacity, 10");
}

TEST(ProblemTest, CheckLimitsTheCapacity) {
  EXPECT_EQ(check(Problem{{}, kMaxInteger}), std::nullopt);
  EXPECT_EQ(check(Problem{{}, -1})->message,
            "capacity -1 must be an integer from 0 to 9007199254740991");
  EXPECT_TRUE(check(Problem{{}, kMaxInteger + 1}).has_value());
}

TEST(ProblemTest, CheckLimitsTheSumOfSizesAndAlignments) {
  Problem problem;
  problem.capacity = kMaxInteger;
  // 511 times 2^53 is the largest multiple below 2^62.
  for (int i = 0; i < 512; ++i) {
    problem.buffers.push_back(buffer_of(0, 1, kMaxInteger));
    problem.buffers.back().id = std::to_string(i);
  }
  const Problem all = problem;
  problem.buffers.pop_back();
  EXPECT_EQ(check(problem), std::nullopt);
  // With the alignments of 1 they make exactly 2^62.
  EXPECT_THAT(check(all)->message, HasSubstr("must be less than 2^62"));
}

}  // namespace
}  // namespace stowage
