// Where a member of a JSON object is in its text.
#pragma once

#include <cstdint>
#include <string_view>

namespace stowage::cli {

struct JsonMember {
  std::string_view value;  // as it is written
  int64_t column = 0;      // in bytes, from 1
};

// The value of the last member named `name` of the object that `text` is; all of the text if the
// name is not written in its plain form. For messages: the parser keeps neither places nor
// spellings.
JsonMember find_member(std::string_view text, std::string_view name);

}  // namespace stowage::cli
