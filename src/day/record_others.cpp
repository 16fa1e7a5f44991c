// DATE.others.jsonl: a line for every scanned paper that was not selected.
#include "core/text.h"
#include "day/record.h"
#include "day/record_json.h"

namespace daybook {

namespace {

// In these lines "reason" says why the paper was not selected, as it did before there was an LLM.
constexpr std::string_view unscored = "unscored";

void append_other(std::string& out, const Other& other) {
  JsonLine line(out);
  line.put("id", other.id);
  line.put_known("title", other.title);
  line.put_known("categories", other.categories);
  put_scorer(line, other.score);
  put_scores(line, other.score);
  put_local(line, other.score);
  line.put_known("reason", other.reason);
  put_remarks(line, other.score, unscored);
  line.close();
}

Result<Other> read_other(std::string_view text, const std::string& source, int line) {
  LocatedJson document(std::string(text), source);
  Other other;
  if (!document.fault) {
    Members members(document, document.root, nullptr);
    read_id(members, other.id);
    members.read("title", other.title);
    members.read("categories", other.categories);
    read_scorer(members, other.score);
    read_scores(members, other.score);
    read_local(members, other.score);
    members.read("reason", other.reason);
    read_remarks(members, other.score, unscored);
  }
  if (!document.fault) return other;
  Error fault = *std::move(document.fault);
  fault.place.line = line;  // the line was a document of its own
  return fault;
}

}  // namespace

std::string write_others(const std::vector<Other>& others) {
  std::string out;
  for (const Other& other : others) {
    append_other(out, other);
    out += '\n';
  }
  return is_utf8(out) ? out : repaired_utf8(out);
}

Result<std::vector<Other>> read_others(std::string text, const std::string& source) {
  std::vector<Other> others;
  int line = 0;
  for (const std::string_view one : split(text, '\n')) {
    ++line;
    if (trim(one).empty()) continue;
    auto other = read_other(one, source, line);
    if (!other) return other.error();
    others.push_back(*std::move(other));
  }
  return others;
}

}  // namespace daybook
