// The header line: which column holds which field.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/csv_rows.h"
#include "planner/problem_rules.h"

namespace stowage {

struct Columns {
  struct Column {
    std::optional<size_t> position;
    std::string name;  // as the header spells it
  };

  std::array<Column, kFieldCount> fields;  // by Field
  size_t count = 0;
  EndStyle end_style = EndStyle::kExclusive;
  std::vector<std::string> ignored;

  [[nodiscard]] const Column& operator[](Field field) const {
    return fields[static_cast<size_t>(field)];
  }
};

// Errors: a missing column, or two for one field. `text` is the whole, to tell where.
Result<Columns> read_header(std::string_view text, const std::vector<Cell>& cells,
                            bool offset_required);

}  // namespace stowage
