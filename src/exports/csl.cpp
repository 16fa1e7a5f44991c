#include "exports/csl.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "authors/names.h"
#include "core/escape.h"
#include "core/json_writer.h"
#include "core/text.h"
#include "site/coins.h"
#include "site/links.h"
#include "tex/tex.h"
#include "tex/unicode_math.h"

namespace daybook {

namespace {

// Where the script that begins behind `open` ends: at the brace that closes it, or nowhere.
std::size_t end_of_script(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at;
  }
  return std::string_view::npos;
}

// "y_{i,j}" of linear_math() with tags for scripts.
void append_tagged(std::string& out, std::string_view linear) {
  for (std::size_t at = 0; at < linear.size(); ++at) {
    const char c = linear[at];
    const bool script = (c == '_' || c == '^') && at + 1 < linear.size() && linear[at + 1] == '{';
    const std::size_t end = script ? end_of_script(linear, at + 1) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += c;
      continue;
    }
    const std::string_view name = c == '_' ? "sub" : "sup";
    out.append("<").append(name).append(">");
    append_tagged(out, linear.substr(at + 2, end - at - 2));
    out.append("</").append(name).append(">");
    at = end;
  }
}

void append_math(std::string& out, const std::string& tex, char behind) {
  const auto joining = [](char c) { return is_alnum(c) ? c : '\0'; };
  const MathNeighbours beside = {joining(out.empty() ? '\0' : out.back()), joining(behind)};
  if (const auto plain = unicode_math(tex, beside)) {
    out += *plain;
  } else if (const auto linear = linear_math(tex, beside)) {
    append_tagged(out, *linear);
  } else {
    out.append("$").append(tex).append("$");
  }
}

std::string title_of(std::string_view tex) {
  std::string out;
  const auto parts = runs(tex);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].kind == Run::Kind::text)
      out += parts[i].text;
    else
      append_math(out, parts[i].text, i + 1 < parts.size() ? parts[i + 1].text.front() : '\0');
  }
  return one_line(printable(out));
}

// "van der Molenveld": the words in lower case in front of the name, which styles may leave out of the order.
void put_family(JsonWriter& json, std::string_view family) {
  std::size_t name = 0;
  while (is_lower(family[name])) {
    const std::size_t next = family.find(' ', name);
    if (next == std::string_view::npos) break;
    name = next + 1;
  }
  if (name > 0) json.put("non-dropping-particle", family.substr(0, name - 1));
  json.put("family", family.substr(name));
}

// "Family, Given" or "Family, Jr., Given"; all else, as a group's name, is one text.
void put_name(JsonWriter& json, const std::string& name) {
  auto parts = split(name, ',');
  for (std::string_view& part : parts) part = trim(part);
  const bool parted = parts.size() == 2 || parts.size() == 3;
  if (!parted || std::find(parts.begin(), parts.end(), "") != parts.end()) return json.put("literal", name);
  put_family(json, parts.front());
  json.put("given", parts.back());
  if (parts.size() == 3) json.put("suffix", parts[1]);
}

template <typename Names>
void put_authors(JsonWriter& json, const Names& authors) {
  std::vector<std::string> names;
  for (const auto& author : authors)
    if (auto name = family_first(plain_line(author)); !name.empty()) names.push_back(std::move(name));
  if (!names.empty()) json.objects("author", names, [&](const std::string& name) { put_name(json, name); });
}

void put_month(JsonWriter& json, const std::string& month) {
  const auto number = [&](std::size_t at, std::size_t length) { return std::stoi(month.substr(at, length)); };
  json.object("issued", [&] {
    json.array("date-parts", [&] {
      json.array([&] {
        json.value(number(0, 4));
        json.value(number(5, 2));
      });
    });
  });
}

template <typename Names>
std::string item(const std::string& id, const std::string& title, const Names& authors) {
  JsonWriter json;
  json.object([&] {
    json.put("id", "arXiv:" + id);
    json.put("type", "article");
    json.put("title", title_of(title));
    put_authors(json, authors);
    put_month(json, month_of_id(id));
    json.put("publisher", "arXiv");
    json.put("number", "arXiv:" + id);
    json.put("DOI", arxiv_doi(id));
    json.put("URL", abstract_url(id));
  });
  return json.text();
}

template <typename List, typename Item>
std::string list_of_items(const List& all, Item item_of) {
  std::string out;
  for (const auto& one : all) out.append(out.empty() ? "[\n" : ",\n").append(item_of(one));
  return out.empty() ? "[]\n" : out + "\n]\n";
}

}  // namespace

std::string csl_json(const Day& day) {
  return list_of_items(day.papers,
                       [](const Entry& entry) { return item(entry.paper.id, entry.paper.title, entry.paper.authors); });
}

std::string csl_json(const std::vector<PaperRef>& papers) {
  return list_of_items(papers, [](const PaperRef& ref) {
    return item(ref.paper().id, ref.paper().title, split(ref.paper().authors, '\n'));
  });
}

}  // namespace daybook
