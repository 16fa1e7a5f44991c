#include "command/fetch.h"

#include "core/json.h"
#include "core/text.h"
#include "outside/disk.h"
#include "outside/polite.h"
#include "paper/announcement.h"

namespace daybook {

namespace {

// state/feeds/ADDRESS.json: what the last fetch of an address got. A file that can't be read is as good as none.
std::string cache_path(const std::string& state, const std::string& url) {
  return state + "/feeds/" + slug(url) + ".json";
}

Cached read_cached(const std::string& path) {
  auto text = read_file(path);
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

PoliteClient polite_client(const World& world, const ArxivSettings& arxiv) {
  Manners manners;
  manners.seconds_between = arxiv.seconds_between;
  manners.retries = arxiv.retries;
  manners.backoff_seconds = arxiv.seconds_between;
  Waiting waiting;
  waiting.tell = [&](const std::string& line) { world.console.say(line); };
  return PoliteClient(manners, waiting);
}

Result<Feed> read_and_warn(const World& world, std::string_view body, const std::string& source) {
  Errors faults;
  auto feed = read_feed(body, source, faults);
  for (const Error& fault : faults) world.console.warning(fault);
  if (feed && feed->cut_off) world.console.warning(*feed->cut_off);
  return feed;
}

}  // namespace

Result<std::vector<Feed>> read_feed_files(const World& world) {
  std::vector<Feed> feeds;
  for (const std::string& path : world.options.feeds) {
    const auto body = read_file(path);
    if (!body) return body.error();
    auto feed = read_and_warn(world, *body, path);
    if (!feed) return feed.error();
    feeds.push_back(std::move(*feed));
  }
  return feeds;
}

Result<std::vector<Feed>> fetch_feeds(const World& world, const ArxivSettings& arxiv) {
  const Group group(world.console, "Fetching");
  const auto requests = feed_requests(arxiv);
  PoliteClient client = polite_client(world, arxiv);
  Progress progress(world.console, "fetching", requests.size());
  std::vector<Feed> feeds;
  for (const Request& request : requests) {
    const std::string path = cache_path(world.options.state, request.url);
    const auto reply = client.fetch(request, read_cached(path));
    if (!reply) return reply.error();
    auto feed = read_and_warn(world, reply->body, request.url);
    if (!feed) return feed.error();
    // Half a feed must not come back as "not modified": the whole one is fetched next time.
    if (!feed->cut_off) {
      const auto kept = keep_cached(path, *reply);
      if (!kept) world.console.warning(kept.error());
    }
    feeds.push_back(std::move(*feed));
    progress.advance();
  }
  return feeds;
}

Result<std::vector<Paper>> fetch_papers(const World& world, const ArxivSettings& arxiv,
                                        const std::vector<std::string>& ids) {
  const auto requests = paper_requests(arxiv, ids);
  PoliteClient client = polite_client(world, arxiv);
  Progress progress(world.console, "fetching", requests.size());
  std::vector<Paper> papers;
  for (const Request& request : requests) {
    const auto reply = client.fetch(request);
    if (!reply) return reply.error();
    auto feed = read_and_warn(world, reply->body, request.url);
    if (!feed) return feed.error();
    for (Paper& paper : feed->papers) papers.push_back(std::move(paper));
    progress.advance();
  }
  return papers;
}

}  // namespace daybook
