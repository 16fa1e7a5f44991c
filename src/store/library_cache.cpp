#include "store/library_cache.h"

#include "core/json_writer.h"
#include "platform/disk.h"

namespace daybook {

namespace {

std::string path_in(const std::string& state) { return state + "/library.json"; }

std::vector<std::string> strings_of(const Json* value) {
  std::vector<std::string> strings;
  for (const Json& one : items_of(value)) strings.emplace_back(string_of(&one));
  return strings;
}

Paper paper_of(const std::string& id, const Json& value) {
  Paper paper;
  paper.id = id;
  paper.title = string_of(member(value, "title"));
  paper.authors = strings_of(member(value, "authors"));
  paper.abstract = string_of(member(value, "abstract"));
  paper.categories = strings_of(member(value, "categories"));
  return paper;
}

bool is_id(const std::string& text) {
  const auto id = ArxivId::parse(text);
  return id && id->text == text;
}

std::string object_of(const Paper& paper) {
  JsonWriter json;
  json.object([&] {
    json.put("title", paper.title);
    json.put("authors", paper.authors);
    json.put("abstract", paper.abstract);
    json.put("categories", paper.categories);
  });
  return json.text();
}

// A line for each, so that a commit of one more is a line longer.
template <typename Map, typename Line>
std::string lines_of(const Map& map, Line line) {
  std::string out = "{";
  for (const auto& [id, value] : map) out += (out.size() == 1 ? "\n\"" : ",\n\"") + id + "\": " + line(value);
  return out + '}';
}

}  // namespace

Result<LibraryCache> read_library_cache(const std::string& state) {
  LibraryCache cache;
  const std::string path = path_in(state);
  if (!exists(path)) return cache;
  auto text = read_file_below(state, path);
  JsonDocument document;
  if (text) document.text = std::move(*text);
  auto damage = text ? parse_json(document, path) : std::optional<Error>(text.error());
  if (damage) {
    damage->hint = "no action needed: it is rebuilt from arXiv's data";
    return *damage;
  }
  if (const Json* papers = member(document.root, "papers"); papers != nullptr && papers->IsObject())
    for (const auto& one : papers->GetObject()) {
      Paper paper = paper_of(std::string(string_of(&one.name)), one.value);
      if (is_id(paper.id) && !paper.title.empty()) cache.papers.emplace(paper.id, paper);
    }
  if (const Json* unknown = member(document.root, "unknown"); unknown != nullptr && unknown->IsObject())
    for (const auto& one : unknown->GetObject()) {
      const std::string id(string_of(&one.name));
      const auto asked = Date::parse(string_of(&one.value));
      if (is_id(id) && asked) cache.unknown.emplace(id, *asked);
    }
  return cache;
}

Result<bool> keep_library_cache(const std::string& state, const LibraryCache& cache) {
  const std::string text = "{\"papers\": " + lines_of(cache.papers, object_of) + ",\n\"unknown\": " +
                           lines_of(cache.unknown, [](Date date) { return '"' + date.iso() + '"'; }) + "}\n";
  return write_atomically(path_in(state), text);
}

}  // namespace daybook
