// templates/README.md lists every name, made from what the templates are given.
#include <cstdlib>
#include <fstream>

#include "delivery/chat_text.h"
#include "delivery/mail.h"
#include "generator/site.h"
#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

namespace {

std::string names_in(const Fields& fields) {
  std::string text;
  for (const auto& [field_name, value] : fields.members()) {
    const std::string_view name = field_name.text();
    if (text.find('`' + std::string(name) + '`') != std::string::npos) continue;  // the first of a name counts
    text += (text.empty() ? "`" : ", `") + std::string(name) + '`';
    const auto* list = std::get_if<Fields::List>(&value);
    if (list != nullptr && !list->empty()) text += " (" + names_in(list->front()) + ')';
  }
  return text;
}

std::string listing() {
  SiteParts parts;
  parts.site.url = "https://daybook.example/";
  std::string text;
  auto offered = offered_fields(parts);
  offered.merge(offered_mail_fields(parts.site));
  offered.emplace("chat.txt", offered_chat_fields());
  for (const auto& [name, fields] : offered) text += "\n## " + name + "\n\n" + names_in(fields) + ".\n";
  return text;
}

}  // namespace

TEST_CASE("templates: templates/README.md lists the names that every template may show", "[templates]") {
  const std::string path = DAYBOOK_SOURCE_DIR "/templates/README.md";
  const std::string text = bytes_of(path);
  const auto end = text.find("\n## ");
  const char* renew = std::getenv("DAYBOOK_RENEW");
  if (renew != nullptr && std::string(renew) == "1") std::ofstream(path) << text.substr(0, end) + listing();
  CHECK(bytes_of(path) == text.substr(0, end) + listing());
}
