#include "taste/zotero.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "core/json_writer.h"
#include "core/text.h"
#include "library/zotero.h"
#include "paper/paper.h"
#include "platform/clock.h"
#include "platform/disk.h"
#include "platform/environment.h"
#include "platform/url.h"
#include "site/summary.h"

namespace daybook {

namespace {

constexpr std::size_t papers_max = 2000;
constexpr int requests_max = 100;
constexpr double seconds_max = 120;  // for all requests together, however long Zotero wants them to wait
constexpr int readings_max = 2;      // of a library that changes meanwhile

std::string path_in(const std::string& state) { return state + "/zotero.json"; }

std::optional<long long> number_in(std::string_view text) {
  long long number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = fault == std::errc() && end == text.data() + text.size();
  return whole && number >= 0 ? std::optional(number) : std::nullopt;
}

Error warning(std::string what, std::string hint) {
  return {Kind::failed, {"Zotero", 0, 0}, std::move(what), std::move(hint)};
}

// A library that is read, page by page.
class LibraryReader {
 public:
  LibraryReader(const ZoteroSettings& zotero, RateLimitedClient& client)
      : zotero_(zotero), client_(client), key_(secret("ZOTERO_API_KEY").value_or("")) {}

  Result<std::optional<ZoteroLibrary>> read(std::optional<long long> known) {
    known_ = known;
    deadline_ = steady_seconds() + seconds_max;
    for (int readings = 1;; ++readings) {
      so_far_ = {};
      const auto fault = read_all();
      if (so_far_.is_unchanged) return std::optional<ZoteroLibrary>();
      if (!fault) return finished();
      if (!so_far_.has_moved || readings == readings_max) return *fault;
    }
  }

 private:
  std::optional<Error> read_all() {
    if (zotero_.collections.empty()) return read_items("items/top");
    std::vector<std::string> lists;
    if (auto fault = read_collections(lists)) return fault;
    for (const std::string& list : lists)
      if (auto fault = read_items(list)) return fault;
    return std::nullopt;
  }

  std::optional<ZoteroLibrary> finished() {
    ZoteroLibrary& library = so_far_.library;
    library.version = *so_far_.version;
    if (so_far_.unusable > 0)
      library.warnings.push_back(
          warning(counted(so_far_.unusable, "paper has", "papers have") + " neither a title nor an arXiv id",
                  "add one of the two in Zotero, so that something can be learned from it"));
    if (so_far_.is_cut)
      library.warnings.push_back(
          warning("the library has more papers than the " + std::to_string(library.papers.size()) + " that count",
                  "a run reads " + std::to_string(papers_max) + " at most, collection by collection, with " +
                      std::to_string(requests_max) + " requests; choose by \"collections\" in [zotero]"));
    return std::move(library);
  }

  // The lists of the papers in the collections that the settings name.
  std::optional<Error> read_collections(std::vector<std::string>& lists) {
    std::vector<ZoteroCollection> all;
    auto fault = read_list("collections", [&](Response& page, const std::string& url) -> Result<std::size_t> {
      std::size_t entries = 0;
      auto some = read_zotero_collections(std::move(page.body), url, entries);
      if (!some) return some.error();
      all.insert(all.end(), some->begin(), some->end());
      return entries;
    });
    if (fault || so_far_.is_unchanged) return fault;
    const std::vector<std::string> paths = collection_paths(all);
    std::set<std::string> chosen;
    for (const std::string& glob : zotero_.collections) {
      bool is_there = false;
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (!names_path(glob, paths[i])) continue;
        is_there = true;
        if (chosen.insert(all[i].key).second) lists.push_back("collections/" + all[i].key + "/items/top");
      }
      if (!is_there)
        so_far_.library.warnings.push_back(
            warning("there is no collection \"" + one_line(glob) + '"',
                    "write its path into \"collections\" in [zotero], as in \"Parent/Child\"; * stands for any text in "
                    "a name, ** for any depth"));
    }
    return std::nullopt;
  }

  std::optional<Error> read_items(const std::string& list) {
    return read_list(list, [&](Response& page, const std::string& url) -> Result<std::size_t> {
      auto some = read_zotero_items(std::move(page.body), url);
      if (!some) return some.error();
      so_far_.unusable += some->unusable;
      for (ZoteroItem& item : some->items)  // which may be in several collections
        if (so_far_.library.papers.size() < papers_max && so_far_.keys.insert(item.key).second)
          so_far_.library.papers.push_back(std::move(item.reference));
      return some->entries;
    });
  }

  // `take(page, url)` says how many entries the page had.
  template <typename Take>
  std::optional<Error> read_list(const std::string& list, Take take) {
    for (std::size_t start = 0;;) {
      if (so_far_.requests >= requests_max || so_far_.library.papers.size() >= papers_max) {
        so_far_.is_cut = true;
        return std::nullopt;
      }
      const Request request = zotero_request(zotero_, key_, list, start);
      auto page = ask(request);
      if (!page) return page.error();
      so_far_.is_unchanged = page->status == 304;
      if (so_far_.is_unchanged) return std::nullopt;
      const auto total = number_in(header(page->headers, "Total-Results"));
      const auto entries = take(*page, request.url);
      if (!entries) return entries.error();
      start += *entries;
      const bool is_last = total ? static_cast<long long>(start) >= *total : *entries < zotero_page_max;
      if (is_last) return std::nullopt;
      if (*entries == 0)
        return Error{Kind::later,
                     {shown_url(request.url), 0, 0},
                     "the library came short: " + std::to_string(start) + " of " + std::to_string(total.value_or(0)),
                     "run it again later"};
    }
  }

  Result<Response> ask(Request request) {
    if (steady_seconds() > deadline_)
      return Error{Kind::later, {shown_url(request.url), 0, 0}, "Zotero takes too long", "run it again later"};
    if (known_ && so_far_.requests == 0)  // what follows belongs to a library that has changed
      request.headers.emplace_back("If-Modified-Since-Version", std::to_string(*known_));
    ++so_far_.requests;
    auto reply = client_.send(request);
    if (!reply) return with_hint(reply.error());
    if (reply->status == 304) return reply;
    const auto version = number_in(header(reply->headers, "Last-Modified-Version"));
    if (!version)
      return Error{Kind::failed,
                   {shown_url(request.url), 0, 0},
                   std::string(host_of(request.url)) + " does not answer as Zotero does: no Last-Modified-Version",
                   "check url in [zotero]"};
    so_far_.has_moved = so_far_.version && *so_far_.version != *version;
    so_far_.version = version;
    if (so_far_.has_moved)
      return Error{
          Kind::later, {shown_url(request.url), 0, 0}, "the library changed while it was read", "run it again later"};
    return reply;
  }

  Error with_hint(Error fault) const {
    const auto& refused = client_.refused();
    const int status = refused ? refused->status : 0;
    if (fault.kind == Kind::failed) fault.hint = "check url in [zotero]";
    if (status == 404) fault.hint = "there is no such library: check " + zotero_owner(zotero_) + " in [zotero]";
    if (status == 403 || status == 401)
      fault.hint = key_.empty() ? "the library is private: put a key that may read it into ZOTERO_API_KEY; "
                                  "https://www.zotero.org/settings/keys makes one"
                                : "check ZOTERO_API_KEY, and at https://www.zotero.org/settings/keys that it may read "
                                  "this library";
    return fault;
  }

  struct SoFar {
    ZoteroLibrary library;
    std::set<std::string> keys;        // of its papers
    std::optional<long long> version;  // of all pages
    int requests = 0;
    std::size_t unusable = 0;
    bool is_unchanged = false;
    bool has_moved = false;  // its version is another than it was
    bool is_cut = false;
  };

  const ZoteroSettings& zotero_;
  RateLimitedClient& client_;
  const std::string key_;
  double deadline_ = 0;
  std::optional<long long> known_;
  SoFar so_far_;
};

Result<bool> keep(const std::string& state, const ZoteroSettings& zotero, const ZoteroLibrary& library) {
  JsonWriter json;
  json.object([&] {
    json.put("library", zotero_library(zotero));
    json.put("collections", zotero.collections);
    json.put("version", library.version);
    json.objects("papers", library.papers, [&](const Reference& paper) {
      json.put("id", paper.id);
      json.put("title", paper.title);
      json.put("abstract", paper.abstract);
    });
  });
  return write_atomically(path_in(state), json.line());
}

bool is_of(const Json& root, const ZoteroSettings& zotero) {
  const auto globs = items_of(member(root, "collections"));
  return string_of(member(root, "library")) == zotero_library(zotero) &&
         std::equal(globs.begin(), globs.end(), zotero.collections.begin(), zotero.collections.end(),
                    [](const Json& kept, const std::string& glob) { return string_of(&kept) == glob; });
}

void warn_of_failure(const CommandContext& context, Error fault, bool has_copy) {
  if (fault.kind == Kind::later) fault.hint = "no action needed: later runs ask again";
  fault.kind = Kind::failed;
  fault.hint += has_copy ? "; until then the library counts as it was" : "; until then its papers do not count";
  context.console.warning(fault);
}

}  // namespace

RateLimitedClient zotero_client(const CommandContext& context) {
  Manners manners;
  manners.seconds_between = 1;
  manners.retries = 1;
  manners.backoff_seconds = 5;
  manners.longest_wait = 60;
  Waiting waiting;
  waiting.tell = [&](const std::string& line) { context.console.say(line); };
  return RateLimitedClient(manners, waiting);
}

Result<std::optional<ZoteroLibrary>> read_zotero(const ZoteroSettings& zotero, RateLimitedClient& client,
                                                 std::optional<long long> known) {
  return LibraryReader(zotero, client).read(known);
}

Result<std::optional<ZoteroLibrary>> kept_zotero(const std::string& state, const ZoteroSettings& zotero) {
  const std::string path = path_in(state);
  if (!zotero.is_set() || !exists(path)) return std::optional<ZoteroLibrary>();
  auto text = read_file_below(state, path);
  JsonDocument document;
  if (text) document.text = std::move(*text);
  auto damage = text ? parse_json(document, path) : std::optional<Error>(text.error());
  if (damage) {
    damage->hint = "no action needed: the next run reads the library again";
    return *damage;
  }
  const auto version = integer_of(member(document.root, "version"));
  if (!is_of(document.root, zotero) || !version) return std::optional<ZoteroLibrary>();
  ZoteroLibrary library{*version, {}};
  for (const Json& one : items_of(member(document.root, "papers"))) {
    const auto text_of = [&](const char* name) { return std::string(string_of(member(one, name))); };
    const auto id = ArxivId::parse(text_of("id"));
    Reference paper{id ? id->text : "", text_of("title"), text_of("abstract"), {}, 0};
    if (!paper.id.empty() || !paper.title.empty()) library.papers.push_back(std::move(paper));
  }
  return std::optional(std::move(library));
}

void refresh_zotero(const CommandContext& context, const ZoteroSettings& zotero, RateLimitedClient& client) {
  if (!context.options.feeds.empty() || context.options.dry_run) return;
  const std::string& state = context.options.state;
  if (!zotero.is_set()) {
    if (const auto removed = remove_file(path_in(state)); !removed) context.console.warning(removed.error());
    return;
  }
  const auto kept = kept_zotero(state, zotero);  // read_feedback() says what is wrong with it
  const bool has_copy = kept && *kept;
  const auto library = read_zotero(zotero, client, has_copy ? std::optional((*kept)->version) : std::nullopt);
  if (!library) return warn_of_failure(context, library.error(), has_copy);
  if (!*library) return;
  for (const Error& odd : (*library)->warnings) context.console.warning(odd);
  context.console.say("Zotero: read " + counted((*library)->papers.size(), "paper", "papers") + " of " +
                      zotero_owner(zotero));
  if (const auto wrote = keep(state, zotero, **library); !wrote) context.console.warning(wrote.error());
}

std::string zotero_owner(const ZoteroSettings& zotero) {
  return zotero.user != 0 ? "user " + std::to_string(zotero.user) : "group " + std::to_string(zotero.group);
}

}  // namespace daybook
