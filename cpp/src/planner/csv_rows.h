// CSV as such (RFC 4180): a text, its rows, their cells, and where they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stowage/base/result.h"

namespace stowage {

// A value as it lies in the text: without surrounding blanks and quotes.
struct Cell {
  std::string_view text;
  bool quoted = false;

  // Where the value begins: the opening quote, if there is one.
  [[nodiscard]] const char* begin() const { return text.data() - (quoted ? 1 : 0); }
  // The value itself: in quoted text, "" stands for ".
  [[nodiscard]] std::string value() const;
};

// Whether the bytes are text that rows can be read from: UTF-8 without NUL, and not empty.
Status check_text(std::string_view text);

// `text` without a byte-order mark.
std::string_view skip_byte_order_mark(std::string_view text);

// The line and column of `position`, which lies in `text` or at its end. O(length).
Location locate(std::string_view text, const char* position);

class RowReader {
 public:
  explicit RowReader(std::string_view text)
      : text_(text), next_(text.data()), end_(text.data() + text.size()) {}

  // Reads the next row that is not blank into `cells`; false at the end of the text or on an error.
  bool next(std::vector<Cell>& cells);

  // What ended the rows before the end of the text.
  [[nodiscard]] const Status& error() const { return error_; }

 private:
  bool read_row(std::vector<Cell>& cells);
  bool read_cell(Cell& cell);
  bool read_quoted_cell(Cell& cell);
  bool fail(const char* position, std::string message);

  std::string_view text_;
  const char* next_;
  const char* end_;
  Status error_;
};

}  // namespace stowage
