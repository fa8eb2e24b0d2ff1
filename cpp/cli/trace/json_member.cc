#include "cli/trace/json_member.h"

#include <algorithm>

#include "cli/trace/trace_lines.h"

namespace stowage::cli {
namespace {

size_t skip_blanks(std::string_view text, size_t position) {
  return std::min(text.find_first_not_of(kBlanks, position), text.size());
}

// Behind the string that begins at `position`.
size_t end_of_string(std::string_view text, size_t position) {
  for (++position; position < text.size() && text[position] != '"'; ++position) {
    if (text[position] == '\\') ++position;
  }
  return std::min(position + 1, text.size());
}

// Of objects and arrays, all that follows too: messages are cut short anyway.
size_t end_of_value(std::string_view text, size_t position) {
  if (position == text.size()) return position;
  if (text[position] == '"') return end_of_string(text, position);
  if (text[position] == '{' || text[position] == '[') return text.size();
  return std::min(text.find_first_of(",} \t\r", position), text.size());
}

}  // namespace

JsonMember find_member(std::string_view text, std::string_view name) {
  const size_t begin = skip_blanks(text, 0);
  JsonMember found{text.substr(begin), static_cast<int64_t>(begin) + 1};
  int64_t depth = 0;
  for (size_t i = 0; i < text.size();) {
    if (text[i] != '"') {
      if (text[i] == '{' || text[i] == '[') ++depth;
      if (text[i] == '}' || text[i] == ']') --depth;
      ++i;
      continue;
    }
    const size_t end = end_of_string(text, i);
    const bool is_named = depth == 1 && text.substr(i + 1, end - i - 2) == name;
    i = skip_blanks(text, end);
    if (!is_named || i == text.size() || text[i] != ':') continue;
    i = skip_blanks(text, i + 1);
    found = {text.substr(i, end_of_value(text, i) - i), static_cast<int64_t>(i) + 1};
  }
  return found;
}

}  // namespace stowage::cli
