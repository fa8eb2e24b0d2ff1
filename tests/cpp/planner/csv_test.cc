#include "stowage/planner/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "planner/random_problem.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

using testing::buffer_of;
using ::testing::ElementsAre;
using testing::Random;

constexpr int64_t kCapacity = 100;

Problem read(std::string_view text) {
  Result<Problem> problem = problem_from_csv(text, kCapacity);
  if (problem) return *std::move(problem);
  ADD_FAILURE() << to_string(problem.error());
  return {};
}

TEST(CsvTest, ReadsTheFourColumns) {
  const Problem problem = read("id,lower,upper,size\nb1,0,3,4\nb2,-3,9,0\n");
  EXPECT_EQ(problem.capacity, kCapacity);
  EXPECT_THAT(problem.buffers, ElementsAre(buffer_of("b1", 0, 3, 4), buffer_of("b2", -3, 9, 0)));
}

TEST(CsvTest, ReadsColumnsInAnyOrderByAnyOfTheirNames) {
  const auto expected = ElementsAre(buffer_of("x", 1, 2, 3));
  EXPECT_THAT(read("size,upper,lower,id\n3,2,1,x\n").buffers, expected);
  EXPECT_THAT(read("buffer,start,upper,size\nx,1,2,3\n").buffers, expected);
  EXPECT_THAT(read("buffer_id,begin,upper,size\nx,1,2,3\n").buffers, expected);
  EXPECT_THAT(read(" ID , Lower,UPPER,\"Size\"\nx,1,2,3\n").buffers, expected);
}

TEST(CsvTest, ReadsTheOptionalColumns) {
  Buffer full = buffer_of("x", 0, 20, 8);
  full.alignment = 4;
  full.hint = 16;
  full.offset = 12;
  full.gaps = {{{5, 7}, std::nullopt}, {{9, 11}, Window{0, 2}}};
  EXPECT_THAT(read("id,lower,upper,size,alignment,hint,gaps,offset\n"
                   "x,0,20,8,4,16,5-7 9-11@0:2,12\n"
                   "y,0,20,8,,,,\n"
                   "z,0,20,8,1,-1, ,-1\n")
                  .buffers,
              ElementsAre(full, buffer_of("y", 0, 20, 8), buffer_of("z", 0, 20, 8)));
}

TEST(CsvTest, AnEndColumnIsInclusive) {
  Buffer expected = buffer_of("x", 0, 20, 8);
  expected.gaps = {{{5, 8}, std::nullopt}, {{9, 10}, Window{0, 2}}};
  EXPECT_THAT(read("id,start,end,size,gaps\nx,0,19,8,5-7 9-9@0:2\n").buffers,
              ElementsAre(expected));
}

TEST(CsvTest, ReadsGapsInAnyOrderWithNegativeTimes) {
  Buffer expected = buffer_of("x", -9, 9, 8);
  expected.gaps = {{{-9, -7}, std::nullopt}, {{-5, -3}, Window{8, 8}}, {{-3, 2}, std::nullopt}};
  EXPECT_THAT(read("id,lower,upper,size,gaps\nx,-9,9,8, -3-2  -9--7\t-5--3@8:8 \n").buffers,
              ElementsAre(expected));
}

TEST(CsvTest, ReadsQuotedFields) {
  EXPECT_THAT(read("\"id\",lower,upper,size\n\"a, \"\"b\"\"\n c \" ,\"0\",3,\"4\"\n").buffers,
              ElementsAre(buffer_of("a, \"b\"\n c ", 0, 3, 4)));
  EXPECT_THAT(read("id,lower,upper,size\na\"b,0,3,4\n\"\",0,3,4\n").buffers,
              ElementsAre(buffer_of("a\"b", 0, 3, 4), buffer_of("", 0, 3, 4)));
}

TEST(CsvTest, ReadsWhatEditorsMakeOfIt) {
  const auto expected = ElementsAre(buffer_of("x", 1, 2, 3), buffer_of("caf\xC3\xA9", 1, 2, 3));
  EXPECT_THAT(read("\xEF\xBB\xBF"
                   "id,lower,upper,size\r\nx,1,2,3\r\ncaf\xC3\xA9,1,2,3\r\n")
                  .buffers,
              expected);
  EXPECT_THAT(read("\n \t\nid,lower,upper,size\n\nx , 1,\t2,3\n  \r\n\ncaf\xC3\xA9,1,2,3").buffers,
              expected);
}

TEST(CsvTest, AHeaderAloneIsAnEmptyProblem) {
  EXPECT_EQ(read("id,lower,upper,size"), (Problem{{}, kCapacity}));
  EXPECT_EQ(read("id,lower,upper,size\r\n\r\n"), (Problem{{}, kCapacity}));
}

TEST(CsvTest, IgnoresOtherColumnsAndTellsThem) {
  const char* text = "note,id,lower,Align,upper,size\nhello,x,1,8,2,3\n";
  EXPECT_THAT(read(text).buffers, ElementsAre(buffer_of("x", 1, 2, 3)));
  EXPECT_THAT(*ignored_columns(text), ElementsAre("note", "Align"));
  EXPECT_THAT(*ignored_columns("id,lower,upper,size,hint"), ElementsAre());
  EXPECT_FALSE(ignored_columns("id,lower").ok());
  EXPECT_FALSE(ignored_columns("").ok());
  EXPECT_FALSE(ignored_columns("\"id").ok());
}

TEST(CsvTest, AcceptsNumbersOnTheLimit) {
  const Problem problem =
      read("id,lower,upper,size\nx,-9007199254740991,9007199254740991,9007199254740991\n");
  EXPECT_THAT(problem.buffers, ElementsAre(buffer_of("x", -kMaxInteger, kMaxInteger, kMaxInteger)));
}

struct BadText {
  std::string text;
  ErrorCode code;
  Location where;
  std::string message;
};

constexpr ErrorCode kParse = ErrorCode::kParseError;
constexpr ErrorCode kValue = ErrorCode::kInvalidArgument;
const std::string kHeader = "id,lower,upper,size\n";
const std::string kFull = "id,lower,upper,size,alignment,hint,gaps,offset\n";
const std::string kRange = "must be an integer from -9007199254740991 to 9007199254740991";
const std::string kNatural = "must be an integer from 0 to 9007199254740991";
const std::string kEmpty =
    "the text is empty: its first line must name the columns, as in id,lower,upper,size";
const std::string kAfterQuote =
    "a comma or the end of the line must follow a closing quote: a quote inside quotes is written "
    "twice";

const BadText kBadTexts[] = {
    // The text as a whole.
    {"", kParse, {1, 1}, kEmpty},
    {"\xEF\xBB\xBF \r\n\n", kParse, {1, 1}, kEmpty},
    {kHeader + std::string("a\0,1,2,3", 8), kParse, {2, 2}, "a NUL byte: this is not a text file"},
    {"\x7F"
     "ELF\x02\x01" +
         std::string(8, '\0'),
     kParse,
     {1, 7},
     "a NUL byte: this is not a text file"},
    {std::string("\xFF\xFEi\0d", 5), kParse, {1, 1}, "this is UTF-16 text: save it as UTF-8"},
    {kHeader + "caf\xE9,1,2,3", kParse, {2, 4}, "'\\xE9' is not UTF-8: save the text as UTF-8"},
    // The header.
    {"id,lower,upper\na,1,2\n",
     kParse,
     {1, 1},
     "the header must name a column 'size'; it has 'id', 'lower', 'upper'"},
    {"\nid;lower;upper;size\n",
     kParse,
     {2, 1},
     "the header must name a column 'id', 'buffer' or 'buffer_id'; it has 'id;lower;upper;size'"},
    {"id,lower,size\n",
     kParse,
     {1, 1},
     "the header must name a column 'upper' or 'end'; it has 'id', 'lower', 'size'"},
    {"a,b,c,d,e,f,g,h,i,j,k\n",
     kParse,
     {1, 1},
     "the header must name a column 'id', 'buffer' or 'buffer_id'; it has 'a', 'b', 'c', 'd', 'e', "
     "'f', 'g', 'h', 'i', 'j', ..."},
    {"id,lower,upper,size,lower\n",
     kParse,
     {1, 21},
     "columns 'lower' and 'lower' mean the same: keep one of them"},
    {"\xEF\xBB\xBFid,lower,upper,size,End\n",
     kParse,
     {1, 21},
     "columns 'upper' and 'End' mean the same: keep one of them"},
    // Rows.
    {kHeader + "a,1,2\n", kParse, {2, 1}, "the row has 3 fields but the header names 4 columns"},
    {kHeader + "a\n", kParse, {2, 1}, "the row has 1 field but the header names 4 columns"},
    {kHeader + "a,1,2,3\nb,1,2,3, 4,5\n",
     kParse,
     {3, 10},
     "the row has 6 fields but the header names 4 columns"},
    {kHeader + "a,1,2,3\n\"b,1,2,3\n", kParse, {3, 1}, "this quote is never closed"},
    {kHeader + "a,1,2,\"", kParse, {2, 7}, "this quote is never closed"},
    {"\"id,lower", kParse, {1, 1}, "this quote is never closed"},
    {kHeader + "\"a\"b,1,2,3\n", kParse, {2, 4}, kAfterQuote},
    // Integers.
    {kHeader + "a,x,2,3\n", kParse, {2, 3}, "lower 'x' must be an integer"},
    {kHeader + "a,1,,3\n", kParse, {2, 5}, "upper '' must be an integer"},
    {kHeader + "a,1,2,3.5\n", kParse, {2, 7}, "size '3.5' must be an integer"},
    {kHeader + "a,1,2,1e3\n", kParse, {2, 7}, "size '1e3' must be an integer"},
    {kHeader + "a,1,2,+3\n", kParse, {2, 7}, "size '+3' must be an integer"},
    {kHeader + "a,1,2,0x3\n", kParse, {2, 7}, "size '0x3' must be an integer"},
    {kHeader + "a,1,2,3 4\n", kParse, {2, 7}, "size '3 4' must be an integer"},
    {kHeader + "a,1,2,-\n", kParse, {2, 7}, "size '-' must be an integer"},
    {"buffer,begin,end,size\r\n\"a\nb\", \"x\" ,2,3\r\n",
     kParse,
     {3, 5},
     "begin 'x' must be an integer"},
    {kHeader + "a,1,2," + std::string(60, 'x') + "\n",
     kParse,
     {2, 7},
     "size '" + std::string(40, 'x') + "...' must be an integer"},
    {kFull + "a,1,2,3,x,,,\n", kParse, {2, 9}, "alignment 'x' must be an integer"},
    {kFull + "a,1,2,3,,x,,\n", kParse, {2, 10}, "hint 'x' must be an integer"},
    {kFull + "a,1,2,3,,,,x\n", kParse, {2, 12}, "offset 'x' must be an integer"},
    // Values.
    {kHeader + "a,9007199254740992,2,3\n", kValue, {2, 3}, "lower '9007199254740992' " + kRange},
    {kHeader + "a,-9007199254740992,2,3\n", kValue, {2, 3}, "lower '-9007199254740992' " + kRange},
    {kHeader + "a,1,9007199254740992,3\n", kValue, {2, 5}, "upper '9007199254740992' " + kRange},
    {kHeader + "a,1,99999999999999999999,3\n",
     kValue,
     {2, 5},
     "upper '99999999999999999999' " + kRange},
    {"id,lower,end,size\na,1,9007199254740991,3\n",
     kValue,
     {2, 5},
     "end '9007199254740991' must be an integer from -9007199254740991 to 9007199254740990"},
    {kHeader + "a,1,2,-4\n", kValue, {2, 7}, "size '-4' " + kNatural},
    {kHeader + "a,1,2,9007199254740992\n", kValue, {2, 7}, "size '9007199254740992' " + kNatural},
    {kHeader + "a,3,3,4\n", kValue, {2, 5}, "upper '3' must be greater than lower, 3"},
    {"id,start,end,size\na,3,2,4\n",
     kValue,
     {2, 5},
     "end '2' must be at least the first moment, 3"},
    {"\n" + kHeader + "a,1,2,3\nb,1,2,3\n\n\"a\",1,2,3\n",
     kValue,
     {6, 1},
     "id 'a' must be unique: line 3 has it too"},
    {kFull + "a,1,2,3,0,,,\n",
     kValue,
     {2, 9},
     "alignment '0' must be an integer from 1 to 9007199254740991"},
    {kFull + "a,1,2,3,,-2,,\n", kValue, {2, 10}, "hint '-2' " + kNatural},
    {kFull + "a,1,2,3,,,,-2\n", kValue, {2, 12}, "offset '-2' " + kNatural},
    {kFull + "a,1,2,3,4,,,98\n",
     kValue,
     {2, 13},
     "offset '98' must be a multiple of the alignment, 4"},
    {kFull + "a,1,2,3,,,,98\n",
     kValue,
     {2, 12},
     "offset '98' must let the buffer, of size 3, end within the capacity, 100"},
    // Gaps.
    {kFull + "a,1,9,3,,,2_5,\n",
     kParse,
     {2, 11},
     "gap '2_5' must be written as 5-7, or as 5-7@0:2 with the window still held"},
    {kFull + "a,1,9,3,,,2-3 4-5@1,\n",
     kParse,
     {2, 15},
     "gap '4-5@1' must be written as 5-7, or as 5-7@0:2 with the window still held"},
    {kFull + "a,1,9,3,,,2-3;4-5,\n",
     kParse,
     {2, 11},
     "gap '2-3;4-5' must be written as 5-7, or as 5-7@0:2 with the window still held"},
    {kFull + "a,1,9,3,,,3-3,\n", kValue, {2, 11}, "gap '3-3' must end after it starts"},
    {"id,lower,end,size,gaps\na,1,9,3,3-2\n",
     kValue,
     {2, 9},
     "gap '3-2' must not end before it starts"},
    {kFull + "a,1,9,3,,,8-10,\n", kValue, {2, 11}, "gap '8-10' must lie within the lifespan 1-9"},
    {"id,lower,end,size,gaps\na,1,9,3,8-10\n",
     kValue,
     {2, 9},
     "gap '8-10' must lie within the lifespan 1-9"},
    {kFull + "a,1,9,3,,,\"4-6  2-5\",\n",
     kValue,
     {2, 12},
     "gap '4-6' must not overlap the gap 2-5"},
    {kFull + "a,1,9,3,,,2-5@1:4,\n",
     kValue,
     {2, 11},
     "gap '2-5@1:4' must have a window within the size, 0:3"},
    {kFull + "a,1,9,3,,,2-5@0:99999999999999999999,\n",
     kValue,
     {2, 11},
     "gap '2-5@0:99999999999999999999' must have a window within the size, 0:3"},
};

TEST(CsvTest, ErrorsNameThePlaceTheValueAndWhatWouldBeRight) {
  for (const BadText& bad : kBadTexts) {
    const Result<Problem> problem = problem_from_csv(bad.text, kCapacity);
    ASSERT_FALSE(problem.ok()) << bad.message;
    EXPECT_STREQ(to_string(problem.error().code), to_string(bad.code)) << bad.message;
    EXPECT_EQ(problem.error().message, bad.message);
    EXPECT_EQ(problem.error().where.line, bad.where.line) << bad.message;
    EXPECT_EQ(problem.error().where.column, bad.where.column) << bad.message;
  }
}

TEST(CsvTest, ABadCapacityHasNoPlace) {
  const Result<Problem> problem = problem_from_csv(kHeader, -1);
  ASSERT_FALSE(problem.ok());
  EXPECT_EQ(problem.error().where, Location{});
  EXPECT_EQ(problem.error().message, "capacity -1 " + kNatural);
}

TEST(CsvTest, LimitsTheSumOfSizes) {
  std::string text = kHeader;
  for (int i = 0; i < 512; ++i) text += std::to_string(i) + ",0,1,9007199254740991\n";
  const Result<Problem> problem = problem_from_csv(text, kCapacity);
  ASSERT_FALSE(problem.ok());
  EXPECT_EQ(problem.error().where, (Location{513, 9}));
}

TEST(CsvTest, ReadsAPlan) {
  const auto read = plan_from_csv("id,lower,upper,size,offset\na,0,3,4,8\nb,0,3,4,-7\n", 5);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->problem, (Problem{{buffer_of("a", 0, 3, 4), buffer_of("b", 0, 3, 4)}, 5}));
  EXPECT_EQ(read->plan, (Plan{{8, -7}, 12}));
}

TEST(CsvTest, APlanHasAnOffsetForEveryBuffer) {
  const std::string header = "id,lower,upper,size,offset\n";
  EXPECT_EQ(to_string(plan_from_csv(kHeader, 5).error()),
            "line 1, column 1: the header must name a column 'offset'; it has 'id', 'lower', "
            "'upper', 'size'");
  EXPECT_EQ(to_string(plan_from_csv(header + "a,0,3,4,0\nb,0,3,4,\n", 5).error()),
            "line 3, column 9: offset '' must be given: a plan has one for every buffer");
  EXPECT_EQ(to_string(plan_from_csv(header + "a,0,3,4,-1\n", 5).error()),
            "line 2, column 9: offset '-1' must be given: a plan has one for every buffer");
  EXPECT_EQ(to_string(plan_from_csv(header + "a,0,3,4,9007199254740992\n", 5).error()),
            "line 2, column 9: offset '9007199254740992' " + kNatural);
  EXPECT_EQ(plan_from_csv(header, 5)->plan, (Plan{{}, 0}));
}

TEST(CsvTest, WritesOnlyTheColumnsThatSaySomething) {
  Problem problem{{buffer_of("a", 0, 3, 4), buffer_of("b,c", -1, 3, 0)}, kCapacity};
  EXPECT_EQ(to_csv(problem), "id,lower,upper,size\na,0,3,4\n\"b,c\",-1,3,0\n");
  const Plan plan{{8, 0}, 12};
  EXPECT_EQ(to_csv(problem, &plan), "id,lower,upper,size,offset\na,0,3,4,8\n\"b,c\",-1,3,0,0\n");
  problem.buffers[0].alignment = 4;
  problem.buffers[0].hint = 16;
  problem.buffers[1].gaps = {{{0, 1}, std::nullopt}, {{1, 2}, Window{0, 0}}};
  problem.buffers[1].offset = 6;
  EXPECT_EQ(to_csv(problem),
            "id,lower,upper,size,alignment,hint,gaps,offset\n"
            "a,0,3,4,4,16,,\n"
            "\"b,c\",-1,3,0,1,,0-1 1-2@0:0,6\n");
  EXPECT_EQ(to_csv({}), "id,lower,upper,size\n");
}

// Text with all that is special in CSV.
std::string random_id(Random& random) {
  const std::string_view pieces[] = {"a", "b", "\"", ",", "\n", "\r", " ", "\t", "\xC3\xA9", "-1"};
  std::string id;
  for (int64_t i = testing::between(random, 0, 5); i > 0; --i) {
    id += pieces[random() % std::size(pieces)];
  }
  return id;
}

TEST(CsvTest, ReadsBackWhatItWrote) {
  Random random(4);
  for (int i = 0; i < 20000; ++i) {
    Problem problem = testing::random_problem(random, {.buffers = testing::between(random, 0, 6)});
    for (Buffer& buffer : problem.buffers) {
      if (testing::one_in(random, 2)) buffer.id = random_id(random);
    }
    // Some ids are there twice now, which is for check to say.
    const bool good = !check(problem).has_value();
    const Result<Problem> again = problem_from_csv(to_csv(problem), problem.capacity);
    ASSERT_EQ(again.ok(), good) << to_csv(problem);
    if (!good) continue;
    ASSERT_EQ(*again, problem) << to_csv(problem);
  }
}

TEST(CsvTest, ReadsBackAPlan) {
  Random random(5);
  for (int i = 0; i < 2000; ++i) {
    Problem problem = testing::random_problem(random, {.fixed = false});
    Plan plan;
    for (size_t j = 0; j < problem.buffers.size(); ++j) {
      plan.offsets.push_back(testing::between(random, 0, 1000));
    }
    plan.height = plan_height(problem, plan.offsets);
    const auto again = plan_from_csv(to_csv(problem, &plan), problem.capacity);
    ASSERT_TRUE(again.ok());
    ASSERT_EQ(again->problem, problem);
    ASSERT_EQ(again->plan, plan);
  }
}

// Whatever is done to a text, the reader either says what is wrong, somewhere in it, or gives a
// well-formed problem that it reads again from its own CSV.
TEST(CsvTest, SurvivesMutations) {
  Random random(6);
  const std::string_view bits[] = {",", "\"", "\n", "-", "@", ":", " ", "9", "\xFF", "id", "\r"};
  for (int i = 0; i < 20000; ++i) {
    std::string text = to_csv(testing::random_problem(random, {.buffers = 3}));
    for (int64_t j = testing::between(random, 1, 3); j > 0; --j) {
      const size_t position = random() % (text.size() + 1);
      if (testing::one_in(random, 2)) {
        text.insert(position, bits[random() % std::size(bits)]);
      } else {
        text.erase(position, random() % 4);
      }
    }
    const Result<Problem> problem = problem_from_csv(text, kMaxInteger);
    if (problem) {
      ASSERT_EQ(check(*problem), std::nullopt) << text;
      ASSERT_EQ(*problem_from_csv(to_csv(*problem), kMaxInteger), *problem) << text;
    } else {
      const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
      ASSERT_GE(problem.error().where.line, 1) << text;
      ASSERT_LE(problem.error().where.line, lines) << text;
      ASSERT_GE(problem.error().where.column, 1) << text;
      ASSERT_FALSE(problem.error().message.empty());
    }
  }
}

}  // namespace
}  // namespace stowage
