#include "day/record.h"
#include "core/text.h"

#include <climits>
#include <unordered_set>

#include "day/record_json.h"

namespace daybook {

namespace {

void read_version(Members& members, int& version) {
  if (const auto number = members.whole("version", 1, INT_MAX, "a whole number from 1 on"))
    version = static_cast<int>(*number);
}

void read_score(Members& members, std::string_view name, std::optional<int>& score) {
  if (const auto number = members.whole(name, 1, 10, "a whole number from 1 to 10")) score = static_cast<int>(*number);
}

std::optional<Scorer> scorer_in(Members& members, std::string_view name) {
  const Json* value = members.find(name);
  if (value == nullptr) return std::nullopt;
  const auto scorer = scorer_of(string_of(value));
  if (!scorer) members.add_fault(name, *value, "llm, local or author");
  return scorer;
}

void read_announce_type(Members& members, std::optional<AnnounceType>& type) {
  const Json* value = members.find("announce_type");
  if (value == nullptr) return;
  type = announce_type_of(string_of(value));
  if (!type) members.add_fault("announce_type", *value, "new, cross, replace or replace-cross");
}

void read_published(Members& members, std::optional<Instant>& published) {
  const Json* value = members.find("published");
  if (value == nullptr) return;
  published = Instant::parse_rfc3339(string_of(value));
  if (!published) members.add_fault("published", *value, "a time as YYYY-MM-DDThh:mm:ssZ");
}

void read_rescored(Members& members, std::optional<Rescored>& rescored) {
  const Json* value = members.find("rescored");
  if (value == nullptr) return;
  const JsonStep step{members.where(), "rescored"};
  Members inner(members.document(), *value, &step);
  rescored.emplace();
  inner.required("on");
  inner.read("on", rescored->on);
  inner.required("before");
  rescored->before = scorer_in(inner, "before").value_or(Scorer::local);
  read_score(inner, "relevance", rescored->relevance);
  read_score(inner, "novelty", rescored->novelty);
}

void read_paper(Members& members, Paper& paper, const EntryParts& parts) {
  read_id(members, paper.id);
  read_version(members, paper.version);
  if (parts.title == Writing::always) members.required("title");
  members.read("title", paper.title);
  members.read("authors", paper.authors);
  members.read("affiliations", paper.affiliations);
  members.read("abstract", paper.abstract);
  members.read("categories", paper.categories);
  members.read("listed_in", paper.listed_in);
  read_announce_type(members, paper.announce_type);
  members.read("comments", paper.comments);
  members.read("journal_ref", paper.journal_ref);
  members.read("doi", paper.doi);
  members.read("license", paper.license);
  read_published(members, paper.published);
}

void read_counts(Members& members, Counts& counts) {
  const Json* value = members.find("counts");
  if (value == nullptr) return;
  const JsonStep step{members.where(), "counts"};
  Members inner(members.document(), *value, &step);
  inner.read("announced", counts.announced);
  inner.read("scanned", counts.scanned);
  inner.read("shown_before", counts.shown_before);
  inner.read("selected", counts.selected);
  inner.read("withdrawn", counts.withdrawn);
}

void read_required(Members& members, std::string_view name, int& count) {
  members.required(name);
  std::optional<int> known;
  members.read(name, known);
  count = known.value_or(count);
}

void read_witness(Members& members, std::optional<ListingPage>& witness) {
  const Json* value = members.find("witness");
  if (value == nullptr) return;
  const JsonStep step{members.where(), "witness"};
  Members inner(members.document(), *value, &step);
  witness.emplace();
  if (inner.find("date") != nullptr) inner.read("date", witness->date.emplace());
  read_required(inner, "new", witness->new_papers);
  read_required(inner, "cross", witness->cross);
  read_required(inner, "replaced", witness->replaced);
}

void read_category(Members& members, CategoryCount& count) {
  read_required(members, "announced", count.announced);
  read_required(members, "new", count.new_papers);
  read_required(members, "cross", count.cross);
  if (const Json* state = members.required("state")) {
    const auto known = category_state_of(string_of(state));
    if (!known) return members.add_fault("state", *state, "complete, stale, empty, cut_off or unknown");
    count.state = *known;
  }
  members.read("doubt", count.doubt);
  members.read("batch", count.batch);
  read_witness(members, count.witness);
}

void read_categories(Members& members, std::vector<CategoryCount>& categories) {
  const Json* value = members.find("categories");
  if (value == nullptr) return;
  if (!value->IsObject()) return members.add_fault("categories", *value, "an object with a member for each category");
  const JsonStep all{members.where(), "categories"};
  for (const auto& one : value->GetObject()) {
    CategoryCount count;
    count.category = string_of(&one.name);
    const JsonStep step{&all, count.category};
    Members inner(members.document(), one.value, &step);
    read_category(inner, count);
    if (members.document().fault) return;
    categories.push_back(std::move(count));
  }
}

void read_usage(Members& members, std::optional<Usage>& usage) {
  const Json* value = members.find("usage");
  if (value == nullptr) return;
  const JsonStep step{members.where(), "usage"};
  Members inner(members.document(), *value, &step);
  usage.emplace();
  inner.read("model", usage->model);
  inner.read("requests", usage->requests);
  inner.read("prompt_tokens", usage->prompt_tokens);
  inner.read("cached_tokens", usage->cached_tokens);
  inner.read("completion_tokens", usage->completion_tokens);
  inner.read("reasoning_tokens", usage->reasoning_tokens);
  inner.read("prompt_cost", usage->prompt_cost);
  inner.read("completion_cost", usage->completion_cost);
  inner.read("cost", usage->cost);
}

void read_number(Members& members, std::string_view name, double& number) {
  std::optional<double> known;
  members.read(name, known);
  number = known.value_or(number);
}

void read_cascade(Members& members, std::optional<Cascade>& cascade) {
  const Json* value = members.find("cascade");
  if (value == nullptr) return;
  const JsonStep step{members.where(), "cascade"};
  Members inner(members.document(), *value, &step);
  cascade.emplace();
  read_number(inner, "threshold", cascade->threshold);
  read_number(inner, "explore", cascade->explore);
  read_required(inner, "sent", cascade->sent);
  read_required(inner, "explored", cascade->explored);
  read_required(inner, "discarded", cascade->discarded);
  inner.read("saved", cascade->saved);
}

// Calls `read` with each object of a list and what is to be filled from it.
template <typename Element, typename Read>
void read_list(Members& members, std::string_view name, std::vector<Element>& into, Read read) {
  const Json* value = members.find(name);
  if (value == nullptr) return;
  if (!value->IsArray()) return members.add_fault(name, *value, "a list");
  const JsonStep list{members.where(), name};
  into.resize(value->Size());
  for (rapidjson::SizeType i = 0; i < value->Size(); ++i) {
    const JsonStep step{&list, {}, static_cast<long>(i)};
    Members element(members.document(), (*value)[i], &step);
    read(element, into[i]);
    if (members.document().fault) return;
  }
}

void read_topic(Members& members, TopicName& topic) {
  members.required("slug");
  members.read("slug", topic.slug);
  members.read("name", topic.name);
}

void read_reappearance(Members& members, Reappearance& paper) {
  read_id(members, paper.id);
  read_version(members, paper.version);
  members.read("title", paper.title);
  read_announce_type(members, paper.announce_type);
  members.required("first_seen");
  members.read("first_seen", paper.first_seen);
}

void read_schema(Members& members) {
  if (members.required("schema") == nullptr) return;
  const auto schema = members.whole("schema", 1, INT_MAX, "a whole number from 1 on");
  if (!schema || *schema <= record_schema) return;
  const JsonStep step{members.where(), "schema"};
  members.document().add_fault(&step,
                               "the record was written by a newer Daybook (schema " + std::to_string(*schema) +
                                   "; this one reads schema " + std::to_string(record_schema) + ')',
                               "upgrade Daybook");
}

void read_status(Members& members, Status& status) {
  const Json* value = members.required("status");
  if (value == nullptr) return;
  const auto found = status_of(string_of(value));
  if (!found) return members.add_fault("status", *value, "complete, quiet, partial, local, degraded or lost");
  status = *found;
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

}  // namespace

void read_id(Members& members, std::string& id) {
  const Json* value = members.required("id");
  if (value == nullptr) return;
  members.read("id", id);
  auto known = ArxivId::parse(id);
  if (!known) return members.add_fault("id", *value, "an arXiv id such as \"2508.01625\"");
  id = std::move(known->text);
}

void read_scorer(Members& members, Score& score) {
  members.required("scorer");
  score.scorer = scorer_in(members, "scorer").value_or(Scorer::local);
  score.scored_by = scorer_in(members, "scored_by");
}

void read_remarks(Members& members, Score& score, std::string_view reason) {
  members.read(reason, score.reason);
  members.read("namesake", score.namesake);
  members.read("h_index", score.h_index);
  read_rescored(members, score.rescored);
  members.read("suspected_injection", score.suspected_injection);
  members.read("ranked_as", score.ranked_as);
}

void read_local(Members& members, Score& score) {
  members.read("local_score", score.local_score);
  members.read("threshold", score.threshold);
}

void read_scores(Members& members, Score& score) {
  read_score(members, "relevance", score.relevance);
  read_score(members, "novelty", score.novelty);
}

void read_entry(Members& members, Entry& entry, const EntryParts& parts) {
  read_paper(members, entry.paper, parts);
  Score& score = entry.score;
  read_scores(members, score);
  members.read("comment", score.comment);
  members.read("topic", score.topic);
  // It becomes a folder of the site.
  if (!score.topic.empty() && !is_slug(score.topic))
    members.add_fault("topic", *members.find("topic"), "a topic's slug such as \"model-compression\"");
  read_scorer(members, score);
  read_local(members, score);
  read_remarks(members, score, "reason");
  members.read("missed", entry.missed);
  members.read("first_seen", entry.first_seen);
}

void read_head(Members& members, Day& day) {
  read_schema(members);
  members.required("date");
  members.read("date", day.date);
  read_status(members, day.status);
  members.read("why", day.why);
  read_counts(members, day.counts);
  read_categories(members, day.categories);
  read_usage(members, day.usage);
  read_cascade(members, day.cascade);
  members.read("prompt", day.prompt);
  read_list(members, "topics", day.topics, read_topic);
  members.read("cut_off", day.cut_off);
}

void read_again(Members& members, Day& day) { read_list(members, "again", day.again, read_reappearance); }

void read_day(LocatedJson& document, Day& day) {
  if (document.fault) return;
  Members members(document, document.root, nullptr);
  read_head(members, day);
  const auto read = [&](Members& element, Entry& entry) {
    entry.first_seen = day.date;
    read_entry(element, entry, {});
  };
  read_list(members, "papers", day.papers, read);
  read_list(members, "near_misses", day.near_misses, read);
  read_again(members, day);
  check_ids(document, day.papers);
}

Result<Day> read_record(std::string text, const std::string& source) {
  LocatedJson document(std::move(text), source);
  Day day;
  read_day(document, day);
  if (document.fault) return *std::move(document.fault);
  return day;
}

}  // namespace daybook
