#include "paper/fields.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "paper/limits.h"
#include "paper/reply.h"
#include "paper/xml.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

// References like "&#1;" and "&#xD800;" name characters that no XML of ours may hold.
std::string without_forbidden(std::string text) {
  if (std::any_of(text.begin(), text.end(), is_control)) std::replace_if(text.begin(), text.end(), is_control, '\xFF');
  return is_utf8(text) ? text : repaired_utf8(text);
}

void append_text(std::string& out, const tinyxml2::XMLNode& node) {
  for (const auto* child = node.FirstChild(); child != nullptr; child = child->NextSibling()) {
    if (child->ToText() != nullptr) {
      out += child->Value();
    } else {
      append_text(out, *child);
    }
  }
}

// The word at the start, up to white space.
std::string_view first_word(std::string_view text) {
  text = trim(text);
  return text.substr(0, text.find_first_of(" \t\r\n"));
}

std::optional<ArxivId> id_of(const std::vector<std::string>& texts) {
  std::optional<ArxivId> id;
  for (const auto& text : texts) {
    const auto found = ArxivId::parse(text);
    if (!found) continue;
    if (!id) id = found;
    // The address has no version, the description has.
    if (id->version == 0 && found->text == id->text) id->version = found->version;
  }
  return id;
}

}  // namespace

Prefixes prefixes_of(const tinyxml2::XMLElement& root) {
  Prefixes prefixes;
  const std::string_view name = root.Name();
  prefixes.atom = std::string(name.substr(0, name.size() - local_name(name).size()));
  for (const auto* attribute = root.FirstAttribute(); attribute != nullptr; attribute = attribute->Next()) {
    const std::string_view key = attribute->Name();
    if (!key.starts_with("xmlns:")) continue;
    const std::string prefix = std::string(key.substr(6)) + ':';
    const std::string_view space = attribute->Value();
    if (space == "http://arxiv.org/schemas/atom") prefixes.arxiv = prefix;
    if (space == "http://purl.org/dc/elements/1.1/") prefixes.dc = prefix;
    if (space == "http://a9.com/-/spec/opensearch/1.1/") prefixes.opensearch = prefix;
  }
  return prefixes;
}

std::string text_of(const tinyxml2::XMLElement& element) {
  std::string text;
  append_text(text, element);
  return without_forbidden(std::string(trim(text)));
}

std::string child_text(const tinyxml2::XMLElement& parent, const std::string& name) {
  const auto* child = parent.FirstChildElement(name.c_str());
  return child == nullptr ? std::string() : text_of(*child);
}

std::string child_attribute(const tinyxml2::XMLElement& parent, const std::string& name, const char* attribute) {
  const auto* child = parent.FirstChildElement(name.c_str());
  const char* value = child == nullptr ? nullptr : child->Attribute(attribute);
  return value == nullptr ? std::string() : without_forbidden(std::string(trim(value)));
}

Described read_description(std::string_view text) {
  text = trim(text);
  constexpr std::string_view type_label = "Announce Type:";
  constexpr std::string_view abstract_label = "Abstract:";
  const auto line_end = std::min(text.find('\n'), text.size());
  const auto type = text.substr(0, line_end).find(type_label);
  if (!text.starts_with("arXiv:") || type == npos) {
    if (text.starts_with(abstract_label)) text.remove_prefix(abstract_label.size());
    return {{}, {}, trim(text)};
  }
  const auto type_text = text.substr(type + type_label.size());
  Described described{first_word(text), first_word(type_text), {}};
  std::string_view rest = trim(text.substr(line_end));
  // On one line, where someone folded the white space.
  if (const auto label = type_text.find(abstract_label); label < line_end - type - type_label.size())
    rest = trim(type_text.substr(label));
  if (rest.starts_with(abstract_label)) rest.remove_prefix(abstract_label.size());
  described.abstract = trim(rest);
  return described;
}

std::optional<Date> announced_date(Instant when) {
  static const Date first_of_arxiv = *Date::from_parts(1991, 8, 14);
  const Date date = new_york_date(when);
  return date < first_of_arxiv ? std::nullopt : std::optional<Date>(date);
}

std::string category_of(std::string_view address, std::string_view title) {
  const auto slash = address.rfind('/');
  std::string category(slash == npos ? std::string_view() : trim(address.substr(slash + 1)));
  if (category.empty() || address.find("arxiv.org/") == npos) {
    const auto end = title.find(" updates on arXiv.org");
    category = end == npos ? std::string() : std::string(trim(title.substr(0, end)));
  }
  if (const auto query = category.find_first_of("?#"); query != std::string::npos) category.erase(query);
  for (auto plus = category.find("%2B"); plus != std::string::npos; plus = category.find("%2B", plus))
    category.replace(plus, 3, "+");
  // All that arXiv has take less. A feed is asked for each of its papers which of its categories it is in.
  constexpr std::size_t longest = 4000;
  return category.size() > longest ? std::string() : category;
}

void add_category(Paper& paper, std::string category) {
  auto& all = paper.categories;
  if (all.size() > categories_max) return;  // and to have one too many tells add_entry()
  if (!category.empty() && std::find(all.begin(), all.end(), category) == all.end()) all.push_back(std::move(category));
}

void add_entry(Feed& feed, EntryDraft draft, std::size_t number, Errors& errors) {
  const std::string name = "the " + ordinal(number) + " entry";
  const auto leave_out = [&](const std::string& why) {
    errors.push_back({Kind::failed, {feed.source, draft.line, 0}, name + ' ' + why + " and is left out", ""});
  };
  const auto id = id_of(draft.ids);
  if (!id) {
    const auto said = std::find_if(draft.ids.begin(), draft.ids.end(), [](const auto& text) { return !text.empty(); });
    return leave_out(said == draft.ids.end() ? "has no id" : "has no arXiv id but " + excerpt(*said));
  }
  if (draft.paper.title.empty()) return leave_out('(' + id->text + ") has no title");
  if (const std::string cut = cut_to_limits(draft.paper); !cut.empty())
    errors.push_back({Kind::failed,
                      {feed.source, draft.line, 0},
                      name + " (" + id->text + ") has more than any paper has in these fields, which are cut: " + cut,
                      ""});
  draft.paper.id = id->text;
  draft.paper.version = id->version;
  draft.paper.announce_type = announce_type_of(draft.announce_type);
  if (!draft.paper.announce_type && !draft.announce_type.empty())
    errors.push_back({Kind::failed,
                      {feed.source, draft.line, 0},
                      name + " (" + id->text + ") has the unknown announce type " + excerpt(draft.announce_type),
                      ""});
  feed.papers.push_back(std::move(draft.paper));
}

}  // namespace daybook
