#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace stowage {
namespace {

constexpr size_t kLongestQuote = 40;
constexpr std::string_view kDigits = "0123456789ABCDEF";

uint8_t byte_at(std::string_view text, size_t position) {
  return static_cast<uint8_t>(text[position]);
}

// The length of the well-formed character that begins at `position`; 0 if there is none.
size_t utf8_length(std::string_view text, size_t position) {
  const uint8_t lead = byte_at(text, position);
  if (lead < 0x80) return 1;
  size_t length = 0;
  if (lead >= 0xC2 && lead <= 0xDF) length = 2;
  if (lead >= 0xE0 && lead <= 0xEF) length = 3;
  if (lead >= 0xF0 && lead <= 0xF4) length = 4;
  if (length == 0 || text.size() - position < length) return 0;
  // The second byte's range shuts out overlong forms, surrogates and what is above U+10FFFF.
  const uint8_t lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  const uint8_t second = byte_at(text, position + 1);
  if (second < lowest || second > highest) return 0;
  for (size_t i = 2; i < length; ++i) {
    if ((byte_at(text, position + i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

void append_escaped(std::string& text, uint8_t byte) {
  text += "\\x";
  text += kDigits[byte >> 4];
  text += kDigits[byte & 15];
}

}  // namespace

std::string in_quotes(std::string_view text) {
  std::string result = "'";
  size_t position = 0;
  while (position < text.size() && position < kLongestQuote) {
    const size_t length = utf8_length(text, position);
    const uint8_t byte = byte_at(text, position);
    if (length == 0 || byte < 0x20 || byte == 0x7F) {
      append_escaped(result, byte);
      ++position;
    } else {
      result.append(text, position, length);
      position += length;
    }
  }
  if (position < text.size()) result += "...";
  return result + "'";
}

std::optional<size_t> find_malformed_utf8(std::string_view text) {
  size_t position = 0;
  while (position < text.size()) {
    // Nearly all text is ASCII: eight bytes at a time.
    uint64_t word = 0;
    if (text.size() - position >= sizeof word) {
      std::memcpy(&word, text.data() + position, sizeof word);
      if ((word & 0x8080808080808080U) == 0) {
        position += sizeof word;
        continue;
      }
    }
    const size_t length = utf8_length(text, position);
    if (length == 0) return position;
    position += length;
  }
  return std::nullopt;
}

void append_integer(std::string& text, int64_t value) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text.append(digits.data(), end);
}

std::string decimal(int64_t value) {
  std::string text;
  append_integer(text, value);
  return text;
}

}  // namespace stowage
