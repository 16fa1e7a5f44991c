#include "legacy/import.h"

#include "core/text.h"
#include "day/record_json.h"
#include "legacy/import_kinds.h"

namespace daybook {

namespace {

const std::string accepted =
    "import takes records of days, day pages in Markdown, stores of papers by arXiv id, and bundles of schema 2";

bool starts_with(std::string_view text, std::string_view start) {
  return equal_ignoring_case(text.substr(0, start.size()), start);
}

Error unknown_kind(std::string_view text, const std::string& source) {
  const std::string_view body = trim(text);
  std::string like = "text of some other kind";
  if (body.empty()) {
    like = "an empty file";
  } else if (body.find('\0') != std::string_view::npos || !is_utf8(body)) {
    like = "a binary file";
  } else if (starts_with(body, "<!doctype html") || starts_with(body, "<html")) {
    like = "an HTML page";
  } else if (body[0] == '<') {
    like = "XML or HTML";
  } else if (body[0] == '#') {
    like = "a Markdown page without papers or totals";
  } else if (body[0] == '[') {
    like = "a list in JSON";
  }
  return {Kind::failed, {source}, "this is no day to import: it looks like " + like, accepted};
}

// Several JSON texts, one a line: the lines of papers that were not selected, for one.
bool is_json_lines(std::string_view text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos || trim(text.substr(end)).empty()) return false;
  const std::string_view first = trim(text.substr(0, end));
  return !first.empty() && first.front() == '{' && first.back() == '}';
}

Result<Imported> import_json(std::string text, const std::string& source) {
  const bool lines = is_json_lines(text);
  LocatedJson document(std::move(text), source);
  if (document.fault && lines)
    return Error{Kind::failed, {source}, "this is no day to import: it looks like JSON Lines", accepted};
  if (document.fault) return *std::move(document.fault);
  Imported imported;
  Day& day = imported.day;
  if (member(document.root, "schema") != nullptr) {
    read_day(document, day);
  } else if (is_bundle(document.root)) {
    day = read_bundle(document);
  } else if (is_store(document.root)) {
    const auto named = date_in_name(source);
    if (!named) return no_date(source);
    day = read_store(document);
    day.date = *named;
    complete_import(day);
  } else {
    return Error{Kind::failed, {source}, "this is no day to import: it looks like some other JSON", accepted};
  }
  if (document.fault) return *std::move(document.fault);
  return imported;
}

}  // namespace

Error no_date(const std::string& source) {
  return {Kind::failed,
          {source},
          "neither the file nor its name says which day it is",
          "put the day into the file's name as YYYY-MM-DD"};
}

Result<Imported> import_file(std::string text, const std::string& source) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.compare(0, byte_order_mark.size(), byte_order_mark) == 0) text.erase(0, byte_order_mark.size());
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start != std::string::npos && text[start] == '{') return import_json(std::move(text), source);
  const bool own = is_own_page(text);
  if (!own && !is_old_page(text)) return unknown_kind(text, source);
  if (!is_utf8(text)) text = repaired_utf8(text);
  return own ? read_own_page(text, source) : read_old_page(text, source);
}

}  // namespace daybook
