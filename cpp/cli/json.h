// One flat object of JSON on one line, as JSON.stringify writes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stowage::cli {

// Values are words of ours and numbers: nothing needs escaping.
class JsonObject {
 public:
  JsonObject& add(std::string_view key, std::string_view word) {
    return add_raw(key, '"' + std::string(word) + '"');
  }
  // So that a literal is not taken for a bool.
  JsonObject& add(std::string_view key, const char* word) {
    return add(key, std::string_view(word));
  }
  JsonObject& add(std::string_view key, bool value) {
    return add_raw(key, value ? "true" : "false");
  }
  JsonObject& add(std::string_view key, int64_t value) {
    return add_raw(key, std::to_string(value));
  }
  JsonObject& add(std::string_view key, const std::optional<int64_t>& value) {
    return add_raw(key, value ? std::to_string(*value) : "null");
  }
  // `json` is JSON already.
  JsonObject& add_raw(std::string_view key, std::string_view json) {
    text_ += text_.empty() ? "{\"" : ",\"";
    text_.append(key).append("\":").append(json);
    return *this;
  }

  [[nodiscard]] std::string line() const { return text_ + "}\n"; }

 private:
  std::string text_;
};

}  // namespace stowage::cli
