#include "core/text.h"
#include "day/record.h"
#include "day/record_json.h"

namespace daybook {

namespace {

void put_part(JsonLine& line, std::string_view name, const std::string& text, Writing writing) {
  if (writing == Writing::always) line.put(name, text);
  if (writing == Writing::when_set) line.put_known(name, text);
}

void put_paper(JsonLine& line, const Paper& paper, const EntryParts& parts) {
  line.put("id", paper.id);
  if (paper.version > 0) line.put("version", paper.version);
  put_part(line, "title", paper.title, parts.title);
  if (parts.authors == Writing::always) line.put("authors", paper.authors);
  if (parts.authors == Writing::when_set) line.put_known("authors", paper.authors);
  line.put_known("affiliations", paper.affiliations);
  put_part(line, "abstract", paper.abstract, parts.abstract);
  line.put_known("categories", paper.categories);
  line.put_known("listed_in", paper.listed_in);
  if (paper.announce_type) line.put("announce_type", announce_type_name(*paper.announce_type));
  line.put_known("comments", paper.comments);
  line.put_known("journal_ref", paper.journal_ref);
  line.put_known("doi", paper.doi);
  line.put_known("license", paper.license);
  if (paper.published) line.put("published", paper.published->rfc3339());
}

void put_counts(std::string& out, const Counts& counts) {
  JsonLine line(out);
  line.put_known("announced", counts.announced);
  line.put_known("scanned", counts.scanned);
  line.put_known("shown_before", counts.shown_before);
  line.put_known("selected", counts.selected);
  line.put_known("withdrawn", counts.withdrawn);
  line.close();
}

void put_witness(std::string& out, const ListingPage& page) {
  JsonLine line(out);
  if (page.date) line.put("date", page.date->iso());
  line.put("new", page.new_papers);
  line.put("cross", page.cross);
  line.put("replaced", page.replaced);
  line.close();
}

void put_categories(std::string& out, const std::vector<CategoryCount>& categories) {
  JsonLine all(out);
  for (const CategoryCount& count : categories) {
    JsonLine line(all.member(count.category));
    line.put("announced", count.announced);
    line.put("new", count.new_papers);
    line.put("cross", count.cross);
    line.put("state", category_state_name(count.state));
    line.put_known("doubt", count.doubt);
    line.put_known("batch", count.batch);
    if (count.witness) put_witness(line.member("witness"), *count.witness);
    line.close();
  }
  all.close();
}

void put_usage(std::string& out, const Usage& usage) {
  JsonLine line(out);
  line.put_known("model", usage.model);
  line.put_known("requests", usage.requests);
  line.put_known("prompt_tokens", usage.prompt_tokens);
  line.put_known("cached_tokens", usage.cached_tokens);
  line.put_known("completion_tokens", usage.completion_tokens);
  line.put_known("reasoning_tokens", usage.reasoning_tokens);
  line.put_known("prompt_cost", usage.prompt_cost);
  line.put_known("completion_cost", usage.completion_cost);
  line.put_known("cost", usage.cost);
  line.close();
}

void put_cascade(std::string& out, const Cascade& cascade) {
  JsonLine line(out);
  line.put_known("threshold", std::optional(cascade.threshold));
  line.put_known("explore", std::optional(cascade.explore));
  line.put("sent", cascade.sent);
  line.put("explored", cascade.explored);
  line.put("discarded", cascade.discarded);
  line.put_known("saved", cascade.saved);
  line.close();
}

void put_rescored(std::string& out, const Rescored& rescored) {
  JsonLine line(out);
  line.put("on", rescored.on.iso());
  line.put("before", scorer_name(rescored.before));
  line.put_known("relevance", rescored.relevance);
  line.put_known("novelty", rescored.novelty);
  line.close();
}

void put_topics(std::string& out, const std::vector<TopicName>& topics) {
  out += '[';
  for (const TopicName& topic : topics) {
    if (&topic != &topics.front()) out += ", ";
    JsonLine line(out);
    line.put("slug", topic.slug);
    line.put("name", topic.name);
    line.close();
  }
  out += ']';
}

void append_reappearance(std::string& out, const Reappearance& paper) {
  JsonLine line(out);
  line.put("id", paper.id);
  if (paper.version > 0) line.put("version", paper.version);
  line.put_known("title", paper.title);
  if (paper.announce_type) line.put("announce_type", announce_type_name(*paper.announce_type));
  line.put("first_seen", paper.first_seen.iso());
  line.close();
}

// A list of entries, one a line, so that a diff shows the papers that changed.
void append_lines(std::string& out, const std::vector<Entry>& entries) {
  out += '[';
  for (const Entry& entry : entries) {
    out += &entry == &entries.front() ? "\n" : ",\n";
    append_entry(out, entry, {});
  }
  out += entries.empty() ? "]" : "\n]";
}

}  // namespace

void put_scores(JsonLine& line, const Score& score) {
  line.put_known("relevance", score.relevance);
  line.put_known("novelty", score.novelty);
}

void put_scorer(JsonLine& line, const Score& score) {
  line.put("scorer", scorer_name(score.scorer));
  if (score.scored_by) line.put("scored_by", scorer_name(*score.scored_by));
}

void put_local(JsonLine& line, const Score& score) {
  line.put_known("local_score", score.local_score);
  line.put_known("threshold", score.threshold);
}

void put_remarks(JsonLine& line, const Score& score, std::string_view reason) {
  line.put_known(reason, score.reason);
  line.put_known("namesake", score.namesake);
  line.put_known("h_index", score.h_index);
  if (score.rescored) put_rescored(line.member("rescored"), *score.rescored);
  line.put_known("suspected_injection", score.suspected_injection);
  line.put_known("ranked_as", score.ranked_as);
}

void append_entry(std::string& out, const Entry& entry, const EntryParts& parts) {
  JsonLine line(out);
  put_paper(line, entry.paper, parts);
  if (parts.scores != Writing::never) put_scores(line, entry.score);
  put_part(line, "comment", entry.score.comment, parts.comment);
  line.put_known("topic", entry.score.topic);
  put_scorer(line, entry.score);
  put_local(line, entry.score);
  put_remarks(line, entry.score, "reason");
  line.put_known("missed", entry.missed);
  line.put("first_seen", entry.first_seen.iso());
  line.close();
}

void put_head(JsonLine& line, const Day& day) {
  line.put("schema", record_schema);
  line.put("date", day.date.iso());
  line.put("status", status_name(day.status));
  line.put_known("why", day.why);
  put_counts(line.member("counts"), day.counts);
  if (!day.categories.empty()) put_categories(line.member("categories"), day.categories);
  if (day.usage) put_usage(line.member("usage"), *day.usage);
  if (day.cascade) put_cascade(line.member("cascade"), *day.cascade);
  line.put_known("prompt", day.prompt);
  if (!day.topics.empty()) put_topics(line.member("topics"), day.topics);
  line.put_known("cut_off", day.cut_off);
}

void put_again(JsonLine& line, const Day& day) {
  if (day.again.empty()) return;
  std::string& out = line.member("again");
  out += '[';
  for (const Reappearance& paper : day.again) {
    if (&paper != &day.again.front()) out += ", ";
    append_reappearance(out, paper);
  }
  out += ']';
}

std::string write_record(const Day& day) {
  std::string out;
  out.reserve(1024 + 2560 * (day.papers.size() + day.near_misses.size()));
  JsonLine line(out);
  put_head(line, day);
  append_lines(line.member("papers"), day.papers);
  append_lines(line.member("near_misses"), day.near_misses);
  put_again(line, day);
  line.close();
  out += '\n';
  // A stray byte in one title must not make the whole record unreadable.
  return is_utf8(out) ? out : repaired_utf8(out);
}

}  // namespace daybook
