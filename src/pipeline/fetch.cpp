#include "pipeline/fetch.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/json_writer.h"
#include "core/text.h"
#include "paper/announcement.h"
#include "paper/listing.h"
#include "paper/merge.h"
#include "platform/clock.h"
#include "platform/disk.h"
#include "settings/categories.h"

namespace daybook {

namespace {

// state/feeds/ADDRESS.json: what the last fetch of an address got. A file that can't be read is as good as none.
std::string cache_path(const std::string& state, const std::string& url) {
  return state + "/feeds/" + slug(url) + ".json";
}

Cached read_cached(const std::string& state, const std::string& path) {
  auto text = read_file_below(state, path);
  if (!text) return {};
  JsonDocument document;
  document.text = std::move(*text);
  if (parse_json(document, path)) return {};
  const auto get = [&](const char* name) { return std::string(string_of(member(document.root, name))); };
  return {get("etag"), get("last_modified"), get("body")};
}

Result<bool> keep_cached(const std::string& path, const Cached& cached) {
  JsonWriter json;
  json.object([&] {
    json.put("etag", cached.etag);
    json.put("last_modified", cached.last_modified);
    json.put("body", cached.body);
  });
  return write_atomically(path, json.text());
}

Result<Feed> read_and_warn(const CommandContext& context, std::string_view body, const std::string& source) {
  Errors faults;
  auto feed = read_feed(body, source, faults);
  for (const Error& fault : faults) context.console.warning(fault);
  if (feed && feed->cut_off) context.console.warning(*feed->cut_off);
  return feed;
}

std::vector<std::string> without_twins(const std::vector<std::string>& categories) {
  std::vector<std::string> all;
  for (const std::string& category : categories)
    if (std::find(all.begin(), all.end(), category) == all.end()) all.push_back(category);
  return all;
}

Result<Feed> fetch_feed(const CommandContext& context, const ArxivSettings& arxiv, RateLimitedClient& client,
                        const std::string& category) {
  const Request request = feed_request(arxiv, category);
  const std::string path = cache_path(context.options.state, request.url);
  const auto reply = client.fetch(request, read_cached(context.options.state, path));
  if (!reply) return reply.error();
  auto feed = read_and_warn(context, reply->body, request.url);
  // Half a feed must not come back as "not modified": the whole one is fetched next time.
  if (!feed || feed->cut_off) return feed;
  if (const auto kept = keep_cached(path, *reply); !kept) context.console.warning(kept.error());
  feed->category = category;
  return feed;
}

// The whole of an archive whose own feed is full. Where the archive has no classes, or one of them can't be had whole,
// it is as full as it was.
Result<Feed> fetch_by_class(const CommandContext& context, const ArxivSettings& arxiv, RateLimitedClient& client,
                            Feed full) {
  PaperMerge merge;
  for (const Paper& paper : full.papers) merge.add(paper);
  std::size_t entries_at_most = 0;
  const std::vector<std::string> classes = classes_of(full.category);
  for (const std::string& one : classes) {
    const auto feed = fetch_feed(context, arxiv, client, one);
    if (!feed || feed->cut_off || feed->announced != full.announced) return full;
    entries_at_most = std::max(entries_at_most, feed->entries);
    for (const Paper& paper : feed->papers) merge.add(paper);
  }
  if (classes.empty()) return full;
  full.entries = entries_at_most;
  full.papers = merge.take();
  for (Paper& paper : full.papers) paper.listed_in = {full.category};
  return full;
}

Error unread(const Error& fault) {
  Error warning = fault;
  warning.hint = "later runs ask again; this run uses the other categories";
  return warning;
}

constexpr int tries_of_a_page = 4;

// How many entries a page has to have, by what it says itself.
long long due_entries(const Feed& page, long long start) {
  return std::clamp(page.total_results - start, 0LL, submissions_per_request);
}

// Why a page is not to be believed.
Error came_short(const Feed& page, long long start) {
  const std::string found = std::to_string(page.total_results);
  return {Kind::later,
          {page.source, 0, 0},
          "arXiv's API sent " + std::to_string(page.entries) + " of " + std::to_string(due_entries(page, start)) +
              " papers of a page, of " + found + " that it found (" + std::to_string(tries_of_a_page) + " tries)",
          "run it again later; its search is sometimes incomplete"};
}

// A page with all its entries.
Result<Feed> fetch_page(const CommandContext& context, const ArxivSettings& arxiv, RateLimitedClient& client,
                        const Request& request, long long start) {
  std::optional<Error> fault;
  for (int tries = 0; tries < tries_of_a_page; ++tries) {
    if (tries > 0) sleep_seconds(arxiv.seconds_between * tries);
    const auto reply = client.fetch(request);
    if (!reply) return reply.error();
    Errors faults;
    auto page = read_found(reply->body, request.url, faults);
    if (!page && page.error().kind != Kind::later) return page.error();
    const bool whole = page && !page->cut_off && static_cast<long long>(page->entries) == due_entries(*page, start);
    const bool nothing_yet = page && page->total_results == 0 && tries == 0;
    if (whole && !nothing_yet) {
      for (const Error& told : faults) context.console.warning(told);
      return page;
    }
    fault = page ? came_short(*page, start) : page.error();
  }
  return *fault;
}

Error moved(const std::string& url) {
  return {Kind::later,
          {url, 0, 0},
          "arXiv's API results changed from one page to the next",
          "run it again later; arXiv was adding new papers"};
}

// Faults of single entries are said as warnings; the first feed that can't be read is the error.
Result<std::vector<CategoryFeed>> read_feed_files(const CommandContext& context) {
  std::vector<CategoryFeed> feeds;
  for (const std::string& path : context.options.feeds) {
    const auto body = read_file(path);
    if (!body) return body.error();
    auto feed = read_and_warn(context, *body, path);
    if (!feed) return feed.error();
    std::string category = feed->category;
    feeds.push_back({std::move(category), std::move(*feed), {}});
  }
  return feeds;
}

// One feed for each category. One that can't be had is said and kept from none of the others; where none can be had,
// that is the error.
Result<std::vector<CategoryFeed>> fetch_feeds(const CommandContext& context, const ArxivSettings& arxiv,
                                              RateLimitedClient& client) {
  const Group group(context.console, "Fetching");
  const std::vector<std::string> categories = without_twins(arxiv.categories);
  Progress progress(context.console, "fetching", categories.size());
  std::vector<CategoryFeed> feeds;
  bool any = false;
  for (const std::string& category : categories) {
    auto feed = fetch_feed(context, arxiv, client, category);
    if (feed && feed->entries >= feed_entries_max) feed = fetch_by_class(context, arxiv, client, std::move(*feed));
    progress.advance();
    if (feed) {
      any = true;
      feeds.push_back({category, std::move(*feed), {}});
      continue;
    }
    feeds.push_back({category, {}, feed.error()});
    // The second that fails, and none that came: it is the service, not the category.
    if (!any && (feeds.size() == 2 || categories.size() == 1)) return feeds.front().fault.value();
  }
  if (!any) return feeds.front().fault.value();
  for (const CategoryFeed& one : feeds)
    if (one.fault) context.console.warning(unread(*one.fault));
  return feeds;
}

Error not_of_today(Date day, Date today) {
  const std::string files = "give the feeds of that day as files with --feed";
  const std::string range = "--from " + day.iso() + " --to " + day.iso();
  return {Kind::misuse,
          {},
          "arXiv's feeds are of today, " + today.iso() + ", not of " + day.iso(),
          day < today ? "daybook backfill " + range + " fetches that day from arXiv's API; or " + files : files};
}

// Files say themselves which day they are of, unless --date does.
Result<Announced> from_files(const CommandContext& context) {
  auto feeds = read_feed_files(context);
  if (!feeds) return feeds.error();
  const Feed* dated = nullptr;
  for (const CategoryFeed& one : *feeds) {
    const Feed& feed = *one.feed;
    if (!feed.announced && feed.kind != FeedKind::api && !context.options.date)
      return Error{Kind::misuse, {feed.source, 0, 0}, "this feed has no readable date", "give its day with --date"};
    if (!feed.announced) continue;
    if (dated != nullptr && feed.announced != dated->announced && !context.options.date)
      return Error{
          Kind::misuse,
          {feed.source, 0, 0},
          "this feed is of " + feed.announced->iso() + ", but " + dated->source + " is of " + dated->announced->iso(),
          "run once per day, or give one day for all with --date"};
    dated = &feed;
  }
  if (context.options.date) {
    for (CategoryFeed& one : *feeds) one.feed->announced = context.options.date;
    return Announced{*context.options.date, std::move(*feeds)};
  }
  if (dated != nullptr) return Announced{*dated->announced, std::move(*feeds)};
  const auto today = now();
  if (!today) return today.error();
  return Announced{announcement_day(*today), std::move(*feeds)};
}

Result<Announced> from_network(const CommandContext& context, const Settings& settings, RateLimitedClient& arxiv) {
  const auto present = now();
  if (!present) return present.error();
  const Date today = announcement_day(*present);
  const Date day = context.options.date.value_or(today);
  if (day != today) return not_of_today(day, today);
  if (day.is_weekend()) return Announced{day, {}};
  if (settings.arxiv.categories.empty()) return no_categories(context.options.config);
  auto feeds = fetch_feeds(context, settings.arxiv, arxiv);
  if (!feeds) return feeds.error();
  return Announced{day, std::move(*feeds)};
}

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
    JsonWriter json;
    json.object([&] {
      for (const auto& [name, date] : days_) json.put(name, date.iso());
    });
    return write_atomically(path_, json.line());
  }

 private:
  std::string path_;
  std::map<std::string, Date> days_;
};

void warn_of_unreadable(const CommandContext& context, const std::string& url) {
  context.console.warning(
      {Kind::failed,
       {url, 0, 0},
       "arXiv's listing page can't be read, so it can't confirm what was announced",
       "no action needed: its API is asked once the day has passed; list_url = \"\" in [arxiv] turns the page off"});
}

bool is_due(Date day) {
  const auto present = now();
  return present && new_york_date(*present) == day && new_york_hour(*present) >= due_hour;
}

}  // namespace

RateLimitedClient arxiv_client(const CommandContext& context, const ArxivSettings& arxiv) {
  Manners manners;
  manners.seconds_between = arxiv.seconds_between;
  manners.retries = arxiv.retries;
  manners.backoff_seconds = arxiv.seconds_between;
  Waiting waiting;
  waiting.tell = [&](const std::string& line) { context.console.say(line); };
  return RateLimitedClient(manners, waiting);
}

Result<std::vector<Paper>> fetch_papers(const CommandContext& context, const ArxivSettings& arxiv,
                                        RateLimitedClient& client, const std::vector<std::string>& ids) {
  const auto requests = paper_requests(arxiv, ids);
  Progress progress(context.console, "fetching", requests.size());
  std::set<std::string> awaited(ids.begin(), ids.end());
  std::vector<Paper> papers;
  for (const Request& request : requests) {
    const auto reply = client.fetch(request);
    if (!reply) return reply.error();
    auto feed = read_and_warn(context, reply->body, request.url);
    if (!feed) return feed.error();
    for (Paper& paper : feed->papers)
      if (awaited.erase(paper.id) > 0) papers.push_back(std::move(paper));
    progress.advance();
  }
  return papers;
}

Result<std::vector<Paper>> fetch_submissions(const CommandContext& context, const ArxivSettings& arxiv,
                                             RateLimitedClient& client, const SubmissionWindow& window) {
  std::vector<Paper> papers;
  std::set<std::string> ids;
  long long total = 0;
  for (long long start = 0; start == 0 || start < total; start += submissions_per_request) {
    const Request request = submissions_request(arxiv, window, start);
    auto page = fetch_page(context, arxiv, client, request, start);
    if (!page) return page.error();
    if (start > 0 && page->total_results != total) return moved(request.url);
    total = page->total_results;
    for (Paper& paper : page->papers) {
      if (!ids.insert(paper.id).second) return moved(request.url);
      papers.push_back(std::move(paper));
    }
  }
  return as_announced(std::move(papers), arxiv);
}

Result<Announced> read_announced(const CommandContext& context, const Settings& settings, RateLimitedClient& arxiv) {
  return context.options.feeds.empty() ? from_network(context, settings, arxiv) : from_files(context);
}

std::optional<Error> clock_behind(const CommandContext& context, const Announced& announced) {
  if (!context.options.feeds.empty()) return std::nullopt;
  for (const CategoryFeed& one : announced.feeds)
    if (one.feed && one.feed->announced && *one.feed->announced > announced.date)
      return Error{Kind::later,
                   {},
                   "arXiv's feed of " + one.category + " is of " + one.feed->announced->iso() +
                       ", but here it is still " + announced.date.iso() +
                       " in New York: this machine's clock is behind",
                   "set the clock; nothing was recorded"};
  return std::nullopt;
}

Error not_announced_yet(Date day, const Coverage& coverage) {
  std::string what = "arXiv has not announced the papers of " + day.iso() + " yet";
  const std::vector<std::string> doubts = doubts_of(coverage.categories);
  if (!doubts.empty()) what += " (" + joined(doubts, "; ") + ')';
  return {Kind::later,
          {},
          std::move(what),
          "nothing was recorded; run again later, announcements appear shortly after midnight in New York"};
}

Error no_categories(const std::string& source) {
  return {
      Kind::misuse, {source, 0, 0}, "[arxiv] has no categories", "add categories = [\"cs.LG\"], or the ones you read"};
}

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
