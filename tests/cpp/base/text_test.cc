#include "base/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace stowage {
namespace {

TEST(TextTest, QuotesForMessages) {
  EXPECT_EQ(in_quotes("b1"), "'b1'");
  EXPECT_EQ(in_quotes(""), "''");
  EXPECT_EQ(in_quotes("a\nb\x1b"), "'a\\x0Ab\\x1B'");
  EXPECT_EQ(in_quotes("caf\xC3\xA9 \xFF"), "'caf\xC3\xA9 \\xFF'");
  EXPECT_EQ(in_quotes(std::string(40, 'x')), "'" + std::string(40, 'x') + "'");
  EXPECT_EQ(in_quotes(std::string(41, 'x')), "'" + std::string(40, 'x') + "...'");
}

TEST(TextTest, ShortensBetweenCharacters) {
  const std::string text = std::string(39, 'x') + "\xC3\xA9" + "y";
  EXPECT_EQ(in_quotes(text), "'" + std::string(39, 'x') + "\xC3\xA9...'");
}

TEST(TextTest, AcceptsWellFormedUtf8) {
  for (const std::string text :
       {"", "ascii", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(find_malformed_utf8(text), std::nullopt) << text;
  }
}

TEST(TextTest, FindsMalformedUtf8) {
  // A stray continuation, overlong forms, a surrogate, above U+10FFFF, cut off, bytes never used.
  for (const std::string text : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80",
                                 "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xC3", "\xE2\x82",
                                 "\xF0\x9F\x98", "\xF5\x80\x80\x80", "\xFF", "\xE2\x28\xA1"}) {
    for (const size_t before : {0, 1, 7, 8, 9}) {
      EXPECT_EQ(find_malformed_utf8(std::string(before, 'x') + text), before);
      EXPECT_EQ(find_malformed_utf8(std::string(before, 'x') + text + "01234567"), before);
    }
  }
}

TEST(TextTest, AppendsIntegers) {
  std::string text = "=";
  append_integer(text, std::numeric_limits<int64_t>::min());
  append_integer(text, 0);
  append_integer(text, std::numeric_limits<int64_t>::max());
  EXPECT_EQ(text, "=-922337203685477580809223372036854775807");
}

}  // namespace
}  // namespace stowage
