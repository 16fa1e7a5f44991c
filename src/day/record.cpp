#include "day/record.h"

#include <unordered_set>

#include "core/text.h"
#include "day/record_fields.h"

namespace daybook {

namespace {

// The head of a record: a newer one is refused before all else.
struct RecordHead {
  int schema = record_schema;
};
void check_schema(const FoundMember& from, int& schema) {
  if (schema <= record_schema) return;
  const JsonStep step = from.step();
  from.in.document().add_fault(&step,
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
    return document.add_fault(&step, "paper " + papers[i].paper.id + " appears twice", "remove one of the two");
  }
}

}  // namespace

void read_value(const FoundMember& from, Scorer& to) {
  read_as(from, scorer_of(string_of(&from.value)), "llm, local or author", to);
}
void read_value(const FoundMember& from, AnnounceType& to) {
  read_as(from, announce_type_of(string_of(&from.value)), "new, cross, replace or replace-cross", to);
}
void read_value(const FoundMember& from, Status& to) {
  read_as(from, status_of(string_of(&from.value)), "complete, quiet, partial, local, degraded or lost", to);
}
void read_value(const FoundMember& from, CategoryState& to) {
  read_as(from, category_state_of(string_of(&from.value)), "complete, stale, empty, cut_off or unknown", to);
}
void write_value(JsonText& out, Scorer scorer) { write_value(out, scorer_name(scorer)); }
void write_value(JsonText& out, AnnounceType type) { write_value(out, announce_type_name(type)); }
void write_value(JsonText& out, Status status) { write_value(out, status_name(status)); }
void write_value(JsonText& out, CategoryState state) { write_value(out, category_state_name(state)); }

void read_value(const FoundMember& from, std::vector<CategoryCount>& to) {
  if (!from.value.IsObject()) return from.add_fault("an object with a member for each category");
  const JsonStep all = from.step();
  for (const auto& one : from.value.GetObject()) {
    CategoryCount& count = to.emplace_back();
    count.category = string_of(&one.name);
    const JsonStep step{&all, string_of(&one.name)};
    Members members(from.in.document(), one.value, &step);
    read_fields(members, count, json_fields(Type<CategoryCount>()));
    if (from.in.document().fault) return;
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

void check_id(const FoundMember& from, std::string& id) {
  auto known = ArxivId::parse(id);
  if (!known) return from.add_fault("an arXiv id such as \"2508.01625\"");
  id = std::move(known->text);
}

void check_topic(const FoundMember& from, std::string& slug) {
  if (!slug.empty() && !is_slug(slug)) from.add_fault("a topic's slug such as \"model-compression\"");
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
  return std::move(out.text += "}\n");
}

std::string write_others(const std::vector<Other>& others) {
  std::string lines;
  for (const Other& other : others) lines += write_json(other) + '\n';
  return lines;
}

Result<std::vector<Other>> read_others(const std::string& text, const std::string& source) {
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
