// Whether a text is well-formed XML, as far as our documents use it: elements, attributes in double
// quotes, the five entities; no comments, no declarations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stowage::testing {

class XmlCheck {
 public:
  explicit XmlCheck(std::string_view text) : rest_(text) {}

  // What is wrong; empty if nothing.
  std::string run() {
    do {
      if (!skip_text()) return "bad text before: " + here();
      if (rest_.empty()) break;
      if (!(rest_.starts_with("</") ? end_element() : start_element())) return "at: " + here();
    } while (!open_.empty());
    return rest_ == "\n" && open_.empty() ? "" : "does not end with the document: " + here();
  }

 private:
  [[nodiscard]] std::string here() const { return std::string(rest_.substr(0, 80)); }

  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  std::string_view take_name() {
    size_t length = 0;
    while (length < rest_.size() &&
           (std::isalnum(static_cast<unsigned char>(rest_[length])) || rest_[length] == '-')) {
      ++length;
    }
    const std::string_view name = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return name;
  }

  bool take_entity() {
    for (const std::string_view entity : {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"}) {
      if (take(entity)) return true;
    }
    return false;
  }

  // Up to `stop`, which must come.
  bool skip_characters(char stop) {
    while (!rest_.empty() && rest_[0] != stop) {
      const auto byte = static_cast<unsigned char>(rest_[0]);
      if (byte == '<' || (byte < 0x20 && byte != '\n')) return false;
      if (byte != '&') {
        rest_.remove_prefix(1);
      } else if (!take_entity()) {
        return false;
      }
    }
    return !rest_.empty();
  }

  bool skip_text() { return skip_characters('<'); }

  bool start_element() {
    take("<");
    const std::string_view name = take_name();
    if (name.empty()) return false;
    while (take(" ")) {
      if (take_name().empty() || !take("=\"") || !skip_characters('"')) return false;
      take("\"");
    }
    if (take("/>")) return true;
    open_.push_back(name);
    return take(">");
  }

  bool end_element() {
    take("</");
    if (open_.empty() || take_name() != open_.back()) return false;
    open_.pop_back();
    return take(">");
  }

  std::string_view rest_;
  std::vector<std::string_view> open_;
};

inline std::string what_is_wrong_with_xml(std::string_view text) { return XmlCheck(text).run(); }

}  // namespace stowage::testing
