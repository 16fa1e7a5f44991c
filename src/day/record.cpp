#include "day/record.h"

#include <unordered_set>

#include "core/text.h"
#include "day/record_fields.h"

namespace daybook {

namespace {

template <typename Word>
void read_word(Members& in, std::string_view name, const Json& value, std::optional<Word> known, Word& to,
               std::string_view expected) {
  if (!known) return in.add_fault(name, value, expected);
  to = *known;
}

// The head of a record: a newer one is refused before all else.
struct RecordHead {
  int schema = record_schema;
};
void check_schema(Members& members, std::string_view name, int& schema) {
  if (schema <= record_schema) return;
  const JsonStep step{members.where(), name};
  members.document().add_fault(&step,
                               "the record was written by a newer Daybook (schema " + std::to_string(schema) +
                                   "; this one reads schema " + std::to_string(record_schema) + ')',
                               "upgrade Daybook");
}
constexpr auto json_fields(Type<RecordHead>) {
  return std::tuple(required("schema", &RecordHead::schema, check_schema));
}

// Two entries of one id would be one paper twice on the page, in the feeds and in the ledger.
void check_ids(LocatedJson& document, const std::vector<Entry>& papers) {
  std::unordered_set<std::string_view> ids;
  const JsonStep list{nullptr, "papers"};
  for (std::size_t i = 0; i < papers.size(); ++i) {
    if (ids.insert(papers[i].paper.id).second) continue;
    const JsonStep step{&list, {}, static_cast<long>(i)};
    return document.add_fault(&step, "paper " + papers[i].paper.id + " is here a second time",
                              "take one of the two out");
  }
}

// A stray byte in one title must not make the whole file unreadable.
std::string repaired(std::string text) { return is_utf8(text) ? std::move(text) : repaired_utf8(text); }

}  // namespace

void read_value(Members& in, std::string_view name, const Json& value, WholeRange, Scorer& to) {
  read_word(in, name, value, scorer_of(string_of(&value)), to, "llm, local or author");
}
void read_value(Members& in, std::string_view name, const Json& value, WholeRange, AnnounceType& to) {
  read_word(in, name, value, announce_type_of(string_of(&value)), to, "new, cross, replace or replace-cross");
}
void read_value(Members& in, std::string_view name, const Json& value, WholeRange, Status& to) {
  read_word(in, name, value, status_of(string_of(&value)), to, "complete, quiet, partial, local, degraded or lost");
}
void read_value(Members& in, std::string_view name, const Json& value, WholeRange, CategoryState& to) {
  read_word(in, name, value, category_state_of(string_of(&value)), to, "complete, stale, empty, cut_off or unknown");
}
void write_value(JsonText& out, Scorer scorer) { write_value(out, scorer_name(scorer)); }
void write_value(JsonText& out, AnnounceType type) { write_value(out, announce_type_name(type)); }
void write_value(JsonText& out, Status status) { write_value(out, status_name(status)); }
void write_value(JsonText& out, CategoryState state) { write_value(out, category_state_name(state)); }

void read_value(Members& in, std::string_view name, const Json& value, WholeRange, std::vector<CategoryCount>& to) {
  if (!value.IsObject()) return in.add_fault(name, value, "an object with a member for each category");
  const JsonStep all{in.where(), name};
  for (const auto& one : value.GetObject()) {
    const std::string_view category = string_of(&one.name);
    const JsonStep step{&all, category};
    Members inner(in.document(), one.value, &step);
    CategoryCount& count = to.emplace_back();
    count.category = category;
    read_fields(inner, count, json_fields(Type<CategoryCount>()));
    if (in.document().fault) return;
  }
}

void write_value(JsonText& out, const std::vector<CategoryCount>& categories) {
  out.text += '{';
  for (const CategoryCount& count : categories) {
    out.key(count.category);
    write_value<CategoryCount>(out, count);
  }
  out.text += '}';
}

void write_value(JsonText& out, const std::vector<Entry>& entries) {
  out.text += '[';
  for (const Entry& entry : entries) {
    out.text += &entry == &entries.front() ? "\n" : ",\n";
    write_value<Entry>(out, entry);
  }
  out.text += entries.empty() ? "]" : "\n]";
}

void check_id(Members& members, std::string_view name, std::string& id) {
  auto known = ArxivId::parse(id);
  if (!known) return members.add_fault(name, *members.find(name), "an arXiv id such as \"2508.01625\"");
  id = std::move(known->text);
}

void check_topic(Members& members, std::string_view name, std::string& slug) {
  if (!slug.empty() && !is_slug(slug))
    members.add_fault(name, *members.find(name), "a topic's slug such as \"model-compression\"");
}

void read_day(LocatedJson& document, Day& day) {
  if (document.fault) return;
  Members members(document, document.root, nullptr);
  RecordHead head;
  read_fields(members, head, json_fields(Type<RecordHead>()));
  read_fields(members, day, json_fields(Type<Day>()));
  for (auto* const entries : {&day.papers, &day.near_misses})
    for (Entry& entry : *entries)
      if (entry.first_seen == Date()) entry.first_seen = day.date;
  check_ids(document, day.papers);
}

Result<Day> read_record(std::string text, const std::string& source) {
  LocatedJson document(std::move(text), source);
  Day day;
  read_day(document, day);
  if (document.fault) return *std::move(document.fault);
  return day;
}

std::string write_record(const Day& day) {
  JsonText out;
  out.text.reserve(1024 + 2560 * (day.papers.size() + day.near_misses.size()));
  out.text = '{';
  write_fields(out, RecordHead(), json_fields(Type<RecordHead>()));
  write_fields(out, day, json_fields(Type<Day>()));
  return repaired(std::move(out.text += "}\n"));
}

std::string write_others(const std::vector<Other>& others) {
  std::string lines;
  for (const Other& other : others) lines += write_json(other) + '\n';
  return repaired(std::move(lines));
}

Result<std::vector<Other>> read_others(std::string text, const std::string& source) {
  std::vector<Other> others;
  int line = 0;
  for (const std::string_view one : split(text, '\n')) {
    ++line;
    if (trim(one).empty()) continue;
    auto other = read_json<Other>(std::string(one), source);
    if (!other) {
      Error fault = other.error();
      fault.place.line = line;  // the line was a document of its own
      return fault;
    }
    others.push_back(*std::move(other));
  }
  return others;
}

}  // namespace daybook
