#include "pipeline/fetch.h"

#include <algorithm>
#include <set>

#include "core/json.h"
#include "core/text.h"
#include "paper/announcement.h"
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
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartObject();
  const std::pair<const char*, const std::string*> members[] = {
      {"etag", &cached.etag}, {"last_modified", &cached.last_modified}, {"body", &cached.body}};
  for (const auto& [name, value] : members) {
    json.Key(name);
    json.String(value->data(), static_cast<rapidjson::SizeType>(value->size()));
  }
  json.EndObject();
  return write_atomically(path, {buffer.GetString(), buffer.GetSize()});
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

Result<Feed> fetch_feed(const CommandContext& context, const ArxivSettings& arxiv, PoliteClient& client,
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
Result<Feed> fetch_by_class(const CommandContext& context, const ArxivSettings& arxiv, PoliteClient& client,
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
  warning.hint = "later runs ask again; the other categories' papers are taken meanwhile";
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
          "run it again later; its search is known to come short at times"};
}

// A page with all its entries.
Result<Feed> fetch_page(const CommandContext& context, const ArxivSettings& arxiv, PoliteClient& client,
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
          "what arXiv's API found changed from one page to the next",
          "run it again later; arXiv was taking in new papers"};
}

}  // namespace

PoliteClient arxiv_client(const CommandContext& context, const ArxivSettings& arxiv) {
  Manners manners;
  manners.seconds_between = arxiv.seconds_between;
  manners.retries = arxiv.retries;
  manners.backoff_seconds = arxiv.seconds_between;
  Waiting waiting;
  waiting.tell = [&](const std::string& line) { context.console.say(line); };
  return PoliteClient(manners, waiting);
}

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

Result<std::vector<CategoryFeed>> fetch_feeds(const CommandContext& context, const ArxivSettings& arxiv,
                                              PoliteClient& client) {
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

Result<std::vector<Paper>> fetch_papers(const CommandContext& context, const ArxivSettings& arxiv, PoliteClient& client,
                                        const std::vector<std::string>& ids) {
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
                                             PoliteClient& client, const SubmissionWindow& window) {
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

}  // namespace daybook
