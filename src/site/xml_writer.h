// XML written as it comes, through tinyxml2's printer.
#pragma once

#include <tinyxml2.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/escape.h"

namespace daybook {

/// XmlWriter is a document in the making; characters that XML 1.0 forbids become U+FFFD.
class XmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<const char*, std::string_view>>;

  XmlWriter() { printer_.PushDeclaration("xml version=\"1.0\" encoding=\"UTF-8\""); }
  void open(const char* name, Attributes attributes = {}) {
    printer_.OpenElement(name);
    for (const auto& [key, value] : attributes) printer_.PushAttribute(key, xml_allowed(value).c_str());
  }
  void close() { printer_.CloseElement(); }
  // <name attributes>text</name>
  void element(const char* name, std::string_view text, Attributes attributes = {}) {
    open(name, attributes);
    printer_.PushText(xml_allowed(text).c_str());
    close();
  }
  void empty(const char* name, Attributes attributes) {
    open(name, attributes);
    close();
  }
  std::string text() const { return {printer_.CStr(), static_cast<std::size_t>(printer_.CStrSize()) - 1}; }

 private:
  tinyxml2::XMLPrinter printer_;
};

}  // namespace daybook
