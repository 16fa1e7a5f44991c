#include "site/xml_writer.h"

#include "core/escape.h"

namespace daybook {

void XmlWriter::open(const char* name, Attributes attributes) {
  printer_.OpenElement(name);
  for (const auto& [key, value] : attributes) printer_.PushAttribute(key, xml_allowed(value).c_str());
}

void XmlWriter::element(const char* name, std::string_view text, Attributes attributes) {
  open(name, attributes);
  printer_.PushText(xml_allowed(text).c_str());
  close();
}

}  // namespace daybook
