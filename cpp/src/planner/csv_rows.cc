#include "planner/csv_rows.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace stowage {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(char character) { return character == ' ' || character == '\t' || character == '\r'; }

Error parse_error(std::string_view text, size_t position, std::string message) {
  return {ErrorCode::kParseError, std::move(message), locate(text, text.data() + position)};
}

}  // namespace

std::string Cell::value() const {
  std::string result(text);
  if (!quoted) return result;
  for (size_t i = result.find('"'); i != std::string::npos; i = result.find('"', i + 1)) {
    result.erase(i, 1);
  }
  return result;
}

Status check_text(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return parse_error(text, 0, "this is UTF-16 text: save it as UTF-8");
  }
  if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return parse_error(text, nul, "a NUL byte: this is not a text file");
  }
  if (const auto malformed = find_malformed_utf8(text)) {
    return parse_error(
        text, *malformed,
        in_quotes(text.substr(*malformed, 1)) + " is not UTF-8: save the text as UTF-8");
  }
  if (skip_byte_order_mark(text).find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return parse_error(text, 0,
                       "the text is empty: its first line must name the columns, as in "
                       "id,lower,upper,size");
  }
  return std::nullopt;
}

std::string_view skip_byte_order_mark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

Location locate(std::string_view text, const char* position) {
  text = skip_byte_order_mark(text);
  if (position < text.data()) position = text.data();
  const char* line = text.data();
  Location location{1, 1};
  for (const char* i = line; i != position; ++i) {
    if (*i != '\n') continue;
    ++location.line;
    line = i + 1;
  }
  location.column = position - line + 1;
  return location;
}

bool RowReader::next(std::vector<Cell>& cells) {
  while (next_ != end_ && !error_) {
    if (!read_row(cells)) return false;
    const bool blank = cells.size() == 1 && cells[0].text.empty() && !cells[0].quoted;
    if (!blank) return true;
  }
  return false;
}

// Leaves next_ after the line's end.
bool RowReader::read_row(std::vector<Cell>& cells) {
  cells.clear();
  while (true) {
    if (!read_cell(cells.emplace_back())) return false;
    if (next_ == end_) return true;
    if (*next_++ == '\n') return true;
  }
}

// Leaves next_ at the comma, the line's end or the text's.
bool RowReader::read_cell(Cell& cell) {
  while (next_ != end_ && is_blank(*next_)) ++next_;
  if (next_ != end_ && *next_ == '"') return read_quoted_cell(cell);
  const char* begin = next_;
  while (next_ != end_ && *next_ != ',' && *next_ != '\n') ++next_;
  const char* last = next_;
  while (last != begin && is_blank(last[-1])) --last;
  cell.text = {begin, static_cast<size_t>(last - begin)};
  return true;
}

bool RowReader::read_quoted_cell(Cell& cell) {
  const char* begin = ++next_;
  while (true) {
    next_ = std::find(next_, end_, '"');
    if (next_ == end_) return fail(begin - 1, "this quote is never closed");
    if (next_ + 1 == end_ || next_[1] != '"') break;
    next_ += 2;
  }
  cell = {{begin, static_cast<size_t>(next_ - begin)}, true};
  ++next_;
  while (next_ != end_ && is_blank(*next_)) ++next_;
  if (next_ == end_ || *next_ == ',' || *next_ == '\n') return true;
  return fail(next_,
              "a comma or the end of the line must follow a closing quote: "
              "a quote inside quotes is written twice");
}

bool RowReader::fail(const char* position, std::string message) {
  error_ = Error{ErrorCode::kParseError, std::move(message), locate(text_, position)};
  return false;
}

}  // namespace stowage
