// XML written as it comes: an element a line, without indentation, so that an element's bytes are the same wherever it
// stands.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/escape.h"

namespace daybook {

/// XmlWriter is a document or a part of one; characters that XML 1.0 forbids become U+FFFD.
class XmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<const char*, std::string_view>>;

  // What stands at the head of a document, and of no part of one.
  void declaration() { text_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"; }
  void style_sheet(std::string_view url) {
    text_ += "<?xml-stylesheet type=\"text/css\" href=\"";
    append_escaped(text_, url);
    text_ += "\"?>\n";
  }
  void open(const char* name, Attributes attributes = {}) {
    start(name, attributes);
    text_ += ">\n";
    open_.push_back(name);
  }
  void close() {
    end(open_.back());
    open_.pop_back();
  }
  // <name attributes>text</name>
  void element(const char* name, std::string_view text, Attributes attributes = {}) {
    start(name, attributes);
    text_ += '>';
    append_escaped(text_, text);
    end(name);
  }
  // The same with text that has markup: a third of it would be escapes.
  void markup(const char* name, std::string_view html, Attributes attributes = {}) {
    start(name, attributes);
    text_ += "><![CDATA[";
    const std::string allowed = xml_allowed(html);
    std::size_t from = 0;
    for (auto at = allowed.find("]]>"); at != std::string::npos; at = allowed.find("]]>", from)) {
      text_.append(allowed, from, at + 2 - from).append("]]><![CDATA[");
      from = at + 2;
    }
    text_.append(allowed, from).append("]]>");
    end(name);
  }
  void empty(const char* name, Attributes attributes) {
    start(name, attributes);
    text_ += "/>\n";
  }
  // Elements that another writer wrote.
  void append(std::string_view elements) { text_ += elements; }
  const std::string& text() const { return text_; }

 private:
  void start(const char* name, Attributes attributes) {
    text_.append("<").append(name);
    for (const auto& [key, value] : attributes) {
      text_.append(" ").append(key).append("=\"");
      append_escaped(text_, value);
      text_ += '"';
    }
  }
  void end(const char* name) { text_.append("</").append(name).append(">\n"); }

  std::string text_;
  std::vector<const char*> open_;
};

}  // namespace daybook
