// An SVG document, element by element.
//
// Numbers are written in hundredths of a pixel by whole-number arithmetic, so that a document is
// the same on every build.
#pragma once

#include <string>
#include <string_view>

#include "stowage/view/theme.h"
#include "stowage/view/viewport.h"

namespace stowage {

// Appends `text` as XML text or as the value of an attribute in double quotes. What XML cannot hold
// (control characters, bytes that are not UTF-8) becomes U+FFFD.
void append_escaped_xml(std::string& xml, std::string_view text);

class SvgWriter {
 public:
  // Begins the document of a picture.
  SvgWriter(PixelSize size, std::string_view description);

  // Markup as it stands.
  SvgWriter& raw(std::string_view markup) {
    xml_ += markup;
    return *this;
  }
  SvgWriter& text(std::string_view text) {
    append_escaped_xml(xml_, text);
    return *this;
  }
  // ` name="12.34"`.
  SvgWriter& attribute(std::string_view name, double value);
  SvgWriter& attribute(std::string_view name, std::string_view value);
  // ` name="#rrggbb"`.
  SvgWriter& color(std::string_view name, Rgb color);
  // "12.34", as in the data of a path.
  SvgWriter& number(double value);
  // ` x="" y="" width="" height=""`.
  SvgWriter& rectangle(double left, double top, double right, double bottom);

  // Ends the document and gives it away.
  std::string finish() &&;

 private:
  std::string xml_;
};

}  // namespace stowage
