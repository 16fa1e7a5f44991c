#include <algorithm>
#include <unordered_map>

#include "core/text.h"
#include "legacy/import_kinds.h"

namespace daybook {

namespace {

constexpr long long newest_schema = 2;

void read_usage(Members& meta, Day& day) {
  const Json* value = meta.find("usage");
  if (value == nullptr) return;
  const JsonStep step{meta.where(), "usage"};
  Members members(meta.document(), *value, &step);
  Usage& usage = day.usage.emplace();
  members.read("model", usage.model);
  members.read("prompt_tokens", usage.prompt_tokens);
  members.read("completion_tokens", usage.completion_tokens);
  members.read("prompt_cost", usage.prompt_cost);
  members.read("completion_cost", usage.completion_cost);
  if (usage.prompt_cost && usage.completion_cost) usage.cost = *usage.prompt_cost + *usage.completion_cost;
  members.read("total_arxiv_papers", day.counts.announced);
  members.read("total_scanned_papers", day.counts.scanned);
  members.read("total_relevant_papers", day.counts.selected);
}

void read_meta(Members& root, Day& day) {
  const Json* value = root.required("meta");
  if (value == nullptr) return;
  const JsonStep step{nullptr, "meta"};
  Members meta(root.document(), *value, &step);
  const auto named = date_in_name(root.document().source);
  if (named) day.date = *named;
  if (!named) meta.required("date");
  meta.read("date", day.date);
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
    members.read("PRIMARY_TOPIC_LABEL", topic.name);
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

}  // namespace

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

}  // namespace daybook
