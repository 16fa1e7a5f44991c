#include "pipeline/witness.h"

#include <algorithm>
#include <map>

#include "core/json.h"
#include "paper/listing.h"
#include "platform/clock.h"
#include "platform/disk.h"

namespace daybook {

namespace {

constexpr int due_hour = 12;  // in New York; arXiv announces at midnight, or some hours late
constexpr Weekday audit_day = Weekday::wednesday;

// state/listings.json: the day on which a category's page was last asked for, so that many runs a day ask once. A file
// that can't be read is as good as none.
class AskedPages {
 public:
  explicit AskedPages(const std::string& state) : path_(state + "/listings.json") {
    auto text = read_file_below(state, path_);
    if (!text) return;
    JsonDocument document;
    document.text = std::move(*text);
    if (parse_json(document, path_) || !document.root.IsObject()) return;
    for (const auto& one : document.root.GetObject())
      if (const auto date = Date::parse(string_of(&one.value))) days_[std::string(string_of(&one.name))] = *date;
  }

  bool has(const std::string& category, Date day) const {
    const auto known = days_.find(category);
    return known != days_.end() && known->second == day;
  }

  Result<bool> note(const std::string& category, Date day) {
    days_[category] = day;
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
    json.StartObject();
    for (const auto& [name, date] : days_) {
      json.Key(name.c_str());
      json.String(date.iso().c_str());
    }
    json.EndObject();
    return write_atomically(path_, std::string(buffer.GetString()) + '\n');
  }

 private:
  std::string path_;
  std::map<std::string, Date> days_;
};

void warn_of_unreadable(const CommandContext& context, const std::string& url) {
  context.console.warning(
      {Kind::failed,
       {url, 0, 0},
       "arXiv's listing page can't be read, and is no witness of what was announced",
       "nothing: its API is asked when the day is past; list_url = \"\" in [arxiv] turns the page off"});
}

bool is_due(Date day) {
  const auto present = now();
  return present && new_york_date(*present) == day && new_york_hour(*present) >= due_hour;
}

}  // namespace

void ask_witnesses(const RunContext& run, Coverage& coverage, Date day) {
  const CommandContext& context = run;
  if (run.settings.arxiv.list_url.empty() || !context.options.feeds.empty() || coverage.skipped || !is_due(day)) return;
  AskedPages asked(context.options.state);
  bool warned = false;
  for (CategoryCount& count : coverage.categories) {
    const bool wanted = count.state != CategoryState::complete || day.weekday() == audit_day;
    if (!wanted || asked.has(count.category, day)) continue;
    const Request request = listing_request(run.settings.arxiv, count.category);
    const auto reply = run.arxiv.fetch(request);
    const auto page = reply ? read_listing(reply->body) : std::optional<ListingPage>();
    if (page) add_witness(count, *page, day);
    if (!page && !warned) warn_of_unreadable(context, request.url);
    warned = warned || !page;
    if (context.options.dry_run) continue;
    if (const auto noted = asked.note(count.category, day); !noted) context.console.warning(noted.error());
  }
}

bool api_says_nothing_new(const RunContext& run, const Coverage& coverage, Date day) {
  const bool all_empty = std::all_of(coverage.categories.begin(), coverage.categories.end(), [](const auto& count) {
    return count.state == CategoryState::empty || count.state == CategoryState::complete;
  });
  const auto window = submission_window(day);
  if (!all_empty || !window || !run.options.feeds.empty() || !wants_submissions(run.settings.arxiv) || !is_due(day))
    return false;
  const auto papers = fetch_submissions(run, run.settings.arxiv, run.arxiv, *window);
  return papers && papers->empty();
}

}  // namespace daybook
