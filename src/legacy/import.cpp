#include "legacy/import.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "core/text.h"
#include "day/record_fields.h"
#include "legacy/import_kinds.h"
#include "paper/feed.h"
#include "paper/paper.h"

namespace daybook {

namespace {

// Takes `expected` and blanks behind it off the front.
bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  const auto next = text.find_first_not_of(" \n");
  text.remove_prefix(next == std::string_view::npos ? text.size() : next);
  return true;
}

std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find_first_of(" \n"));
  take(text, word);
  return word;
}

// A day that selected nothing had its papers scored only where the LLM answered. Where not even the number of papers is
// known (an empty store), it is taken for lost and not for quiet: the predecessors wrote nothing on days without
// announcements, and a lost day gives way to any other reading of it.
Status status_of_import(const Day& day) {
  if (!day.papers.empty()) return Status::complete;
  const Counts& counts = day.counts;
  if (counts.announced.value_or(counts.scanned.value_or(1)) == 0 && counts.scanned.value_or(0) == 0)
    return Status::quiet;
  const bool answered = day.usage && day.usage->completion_tokens.value_or(0) > 0;
  return answered ? Status::complete : Status::lost;
}

// The LLM's JSON was stored as it came: a score may be a number or a number in quotes.
std::optional<int> stored_score(const Json* value) {
  const auto number = integer_of(value);
  return number ? score_in(std::to_string(*number)) : score_in(trim(string_of(value)));
}

// The predecessors' JSON: a map of papers by arXiv id, and the later bundle around such a map (schema_version 2).
// Faults are left in the document.
bool is_store(const Json& root) {
  return root.IsObject() && std::all_of(root.MemberBegin(), root.MemberEnd(), [](const auto& paper) {
           return paper.value.IsObject() && ArxivId::parse(string_of(&paper.name)).has_value();
         });
}

// A paper as both have it.
void read_stored_paper(Members& members, std::string_view id, Entry& entry) {
  const auto known = ArxivId::parse(id);
  if (!known) return members.document().add_fault(members.where(), '"' + std::string(id) + "\" is not an arXiv id");
  Paper& paper = entry.paper;
  paper.id = known->text;
  paper.version = known->version;
  members.required("title");
  read_member(members, "title", paper.title);
  paper.title = std::string(trim(paper.title));
  std::string abstract;
  read_member(members, "abstract", abstract);
  set_abstract(paper, abstract);
  // The names were split at every comma, those inside of affiliations too.
  std::vector<std::string> pieces;
  read_member(members, "authors", pieces);
  set_authors(paper, joined(pieces, ", "));
  read_member(members, "COMMENT", entry.score.comment);
  entry.score.comment = std::string(trim(entry.score.comment));
  entry.score.relevance = stored_score(members.find("RELEVANCE"));
  entry.score.novelty = stored_score(members.find("NOVELTY"));
  entry.score.scorer = scorer_of_import(entry.score);
}

Day read_store(LocatedJson& document) {
  Day day;
  const Json& root = document.root;
  day.papers.reserve(root.MemberCount());
  for (const auto& paper : root.GetObject()) {
    const std::string_view id = string_of(&paper.name);
    const JsonStep step{nullptr, id};
    Members members(document, paper.value, &step);
    read_stored_paper(members, id, day.papers.emplace_back());
  }
  return day;
}

constexpr long long newest_schema = 2;

void read_usage(Members& meta, Day& day) {
  const Json* value = meta.find("usage");
  if (value == nullptr) return;
  const JsonStep step{meta.where(), "usage"};
  Members members(meta.document(), *value, &step);
  Usage& usage = day.usage.emplace();
  read_fields(members, usage,
              std::tuple(field("model", &Usage::model), field("prompt_tokens", &Usage::prompt_tokens),
                         field("completion_tokens", &Usage::completion_tokens),
                         field("prompt_cost", &Usage::prompt_cost), field("completion_cost", &Usage::completion_cost)));
  if (usage.prompt_cost && usage.completion_cost) usage.cost = *usage.prompt_cost + *usage.completion_cost;
  read_fields(
      members, day.counts,
      std::tuple(field("total_arxiv_papers", &Counts::announced), field("total_scanned_papers", &Counts::scanned),
                 field("total_relevant_papers", &Counts::selected)));
}

void read_meta(Members& root, Day& day) {
  const Json* value = root.required("meta");
  if (value == nullptr) return;
  const JsonStep step{nullptr, "meta"};
  Members meta(root.document(), *value, &step);
  const auto named = date_in_name(root.document().source);
  if (named) day.date = *named;
  if (!named) meta.required("date");
  read_member(meta, "date", day.date);
  read_usage(meta, day);
}

using Topics = std::unordered_map<std::string, TopicName>;  // by slug

Topics read_papers(Members& root, Day& day) {
  Topics topics;
  const Json* value = root.required("papers");
  if (value == nullptr) return topics;
  const JsonStep list{nullptr, "papers"};
  if (!value->IsObject()) {
    root.add_fault("papers", *value, "an object of papers by arXiv id");
    return topics;
  }
  for (const auto& paper : value->GetObject()) {
    const std::string_view id = string_of(&paper.name);
    const JsonStep step{&list, id};
    Members members(root.document(), paper.value, &step);
    Entry& entry = day.papers.emplace_back();
    read_stored_paper(members, id, entry);
    TopicName topic;
    read_member(members, "PRIMARY_TOPIC_LABEL", topic.name);
    if (topic.name.empty()) continue;
    topic.slug = slug(topic.name);
    entry.score.topic = topic.slug;
    topics.emplace(topic.slug, topic);
  }
  return topics;
}

// The page showed the papers topic by topic: the sections have its order.
std::unordered_map<std::string_view, std::size_t> page_order(const Json& root) {
  std::unordered_map<std::string_view, std::size_t> order;
  const Json* sections = member(root, "topic_sections");
  if (sections == nullptr || !sections->IsArray()) return order;
  for (const Json& section : sections->GetArray()) {
    const Json* ids = member(section, "paper_ids");
    if (ids == nullptr || !ids->IsArray()) continue;
    for (const Json& id : ids->GetArray()) order.emplace(string_of(&id), order.size());
  }
  return order;
}

// Papers in the page's order, those of no section behind them; topics as their first papers come.
void put_in_page_order(const Json& root, Topics topics, Day& day) {
  const auto order = page_order(root);
  const auto position = [&](const Entry& entry) {
    const auto found = order.find(entry.paper.id);
    return found == order.end() ? order.size() : found->second;
  };
  std::stable_sort(day.papers.begin(), day.papers.end(),
                   [&](const Entry& a, const Entry& b) { return position(a) < position(b); });
  for (const Entry& entry : day.papers)
    if (auto topic = topics.extract(entry.score.topic)) day.topics.push_back(std::move(topic.mapped()));
}

void check_schema(Members& root) {
  const Json* value = root.find("schema_version");
  if (value == nullptr) return;
  const auto schema = integer_of(value);
  if (!schema || *schema > newest_schema)
    root.add_fault("schema_version", *value, "a schema that is known (up to " + std::to_string(newest_schema) + ')');
}

bool is_bundle(const Json& root) {
  return member(root, "schema_version") != nullptr ||
         (member(root, "meta") != nullptr && member(root, "papers") != nullptr);
}

Day read_bundle(LocatedJson& document) {
  Day day;
  Members root(document, document.root, nullptr);
  check_schema(root);
  read_meta(root, day);
  Topics topics = read_papers(root, day);
  if (document.fault) return day;
  put_in_page_order(document.root, std::move(topics), day);
  complete_import(day);
  return day;
}

const std::string accepted =
    "import accepts records of days, day pages in Markdown, stores of papers by arXiv id, and bundles of schema 2";

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
  return {Kind::failed, {source}, "this is not a day that can be imported: it looks like " + like, accepted};
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
    return Error{Kind::failed, {source}, "this is not a day that can be imported: it looks like JSON Lines", accepted};
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
    return Error{
        Kind::failed, {source}, "this is not a day that can be imported: it looks like some other JSON", accepted};
  }
  if (document.fault) return *std::move(document.fault);
  return imported;
}

}  // namespace

std::optional<Date> date_in_name(std::string_view source) {
  constexpr std::size_t length = 10;                             // YYYY-MM-DD
  std::string_view name = source.substr(source.rfind('/') + 1);  // npos + 1 is 0
  for (std::size_t end = name.size(); end >= length; --end) {
    const std::size_t start = end - length;
    if ((end < name.size() && is_digit(name[end])) || (start > 0 && is_digit(name[start - 1]))) continue;
    if (const auto date = Date::parse(name.substr(start, length))) return date;
  }
  return std::nullopt;
}

void set_authors(Paper& paper, std::string_view joined) {
  Names names = split_authors(joined);
  paper.authors = std::move(names.names);
  paper.affiliations = std::move(names.affiliations);
}

void set_abstract(Paper& paper, std::string_view abstract) {
  abstract = trim(abstract);
  paper.abstract = abstract;
  if (!abstract.starts_with("arXiv:")) return;
  std::string_view rest = abstract;
  const auto id = ArxivId::parse(take_word(rest));
  if (!id || !take(rest, "Announce Type:")) return;
  const auto type = announce_type_of(take_word(rest));
  if (!type || !take(rest, "Abstract:")) return;
  paper.version = id->version;
  paper.announce_type = type;
  paper.abstract = rest;
}

std::optional<int> score_in(std::string_view digits) {
  int score = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), score);
  if (fault != std::errc() || end != digits.data() + digits.size() || score < 1 || score > 10) return std::nullopt;
  return score;
}

Scorer scorer_of_import(const Score& score) {
  return !score.relevance && score.comment == "Author match" ? Scorer::author : Scorer::llm;
}

void complete_import(Day& day) {
  std::unordered_set<std::string> ids;
  std::vector<Entry> papers;
  papers.reserve(day.papers.size());
  for (Entry& entry : day.papers) {
    if (!ids.insert(entry.paper.id).second) continue;
    entry.first_seen = day.date;
    papers.push_back(std::move(entry));
  }
  day.papers = std::move(papers);
  if (!day.counts.selected) day.counts.selected = static_cast<int>(day.papers.size());
  day.status = status_of_import(day);
}

Error no_date(const std::string& source) {
  return {Kind::failed,
          {source},
          "neither the file nor its name says which day it is",
          "put the day into the file's name as YYYY-MM-DD"};
}

// Ours says in its head how the day went; no predecessor's page does.
bool is_own_page(std::string_view text) {
  return text.substr(0, text.find("\n## ")).find("\n**Status:** ") != std::string_view::npos;
}

Result<Imported> import_file(std::string text, const std::string& source) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.compare(0, byte_order_mark.size(), byte_order_mark) == 0) text.erase(0, byte_order_mark.size());
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start != std::string::npos && text[start] == '{') return import_json(std::move(text), source);
  if (is_own_page(text))
    return Error{Kind::failed,
                 {source},
                 "this page was made from a day's record and has only part of it",
                 "import the record, the .json file beside it in the archive"};
  if (!is_old_page(text)) return unknown_kind(text, source);
  if (!is_utf8(text)) text = repaired_utf8(text);
  return read_old_page(text, source);
}

}  // namespace daybook
