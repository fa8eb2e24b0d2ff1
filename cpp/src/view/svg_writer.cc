#include "view/svg_writer.h"

#include <cmath>
#include <optional>

#include "base/text.h"

namespace stowage {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// U+FFFE and U+FFFF, the only characters above the controls that XML forbids.
bool is_noncharacter(std::string_view text, size_t position) {
  const std::string_view character = text.substr(position, 3);
  return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

// `text` is UTF-8.
void append_well_formed(std::string& xml, std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    const bool is_control = static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F;
    if (byte == '&') {
      xml += "&amp;";
    } else if (byte == '<') {
      xml += "&lt;";
    } else if (byte == '>') {
      xml += "&gt;";
    } else if (byte == '"') {
      xml += "&quot;";
    } else if (is_control) {
      xml += kReplacement;
    } else if (is_noncharacter(text, i)) {
      xml += kReplacement;
      i += 2;
    } else {
      xml += byte;
    }
  }
}

}  // namespace

void append_escaped_xml(std::string& xml, std::string_view text) {
  while (const auto malformed = find_malformed_utf8(text)) {
    append_well_formed(xml, text.substr(0, *malformed));
    xml += kReplacement;
    text.remove_prefix(*malformed + 1);
  }
  append_well_formed(xml, text);
}

SvgWriter::SvgWriter(PixelSize size, std::string_view description) {
  const std::string width = std::to_string(size.width);
  const std::string height = std::to_string(size.height);
  raw(R"(<svg xmlns="http://www.w3.org/2000/svg")");
  attribute("width", width).attribute("height", height);
  attribute("viewBox", "0 0 " + width + " " + height);
  raw(">\n<desc>").text(description).raw("</desc>\n");
}

SvgWriter& SvgWriter::attribute(std::string_view name, double value) {
  raw(" ").raw(name).raw("=\"").number(value);
  return raw("\"");
}

SvgWriter& SvgWriter::attribute(std::string_view name, std::string_view value) {
  raw(" ").raw(name).raw("=\"").text(value);
  return raw("\"");
}

SvgWriter& SvgWriter::color(std::string_view name, Rgb color) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  raw(" ").raw(name).raw("=\"#");
  for (int shift = 20; shift >= 0; shift -= 4) xml_ += kDigits[color >> shift & 15];
  return raw("\"");
}

SvgWriter& SvgWriter::number(double value) {
  const auto hundredths = static_cast<int64_t>(std::floor(value * 100 + 0.5));
  const int64_t magnitude = hundredths < 0 ? -hundredths : hundredths;
  if (hundredths < 0) xml_ += '-';
  append_integer(xml_, magnitude / 100);
  const auto rest = static_cast<int>(magnitude % 100);
  if (rest == 0) return *this;
  xml_ += '.';
  xml_ += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) xml_ += static_cast<char>('0' + rest % 10);
  return *this;
}

SvgWriter& SvgWriter::rectangle(double left, double top, double right, double bottom) {
  return attribute("x", left)
      .attribute("y", top)
      .attribute("width", right - left)
      .attribute("height", bottom - top);
}

std::string SvgWriter::finish() && { return std::move(raw("</svg>\n").xml_); }

}  // namespace stowage
