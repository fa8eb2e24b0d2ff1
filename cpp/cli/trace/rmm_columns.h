// The columns of an RMM log.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "cli/trace/trace_lines.h"

namespace stowage::cli {

inline constexpr std::array<std::string_view, 6> kRmmColumns = {"Thread",  "Time", "Action",
                                                                "Pointer", "Size", "Stream"};
inline constexpr size_t kRmmAction = 2;
inline constexpr size_t kRmmPointer = 3;
inline constexpr size_t kRmmSize = 4;

struct TraceField {
  std::string_view text;  // without the blanks around it
  int64_t column = 0;     // in bytes, from 1
};

// Commas separate them; RMM quotes nothing.
inline void split_fields(std::string_view line, std::vector<TraceField>& fields) {
  fields.clear();
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(',', begin), line.size());
    const size_t first = std::min(line.find_first_not_of(kBlanks, begin), end);
    const size_t last = line.substr(first, end - first).find_last_not_of(kBlanks);
    fields.push_back({line.substr(first, last + 1), static_cast<int64_t>(first) + 1});
    begin = end + 1;
  }
}

inline bool is_rmm_header(std::string_view line) {
  std::vector<TraceField> fields;
  split_fields(line, fields);
  return std::equal(
      fields.begin(), fields.end(), kRmmColumns.begin(), kRmmColumns.end(),
      [](const TraceField& field, std::string_view name) { return field.text == name; });
}

}  // namespace stowage::cli
