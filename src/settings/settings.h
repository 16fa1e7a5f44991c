// The owner's settings: daybook.toml and the interests in it, as one value. Every field has its default here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/error.h"

namespace daybook {

// What a topic's papers are about, in the owner's words. Drives the prompt, the local scorer, topic pages and feeds.
struct Topic {
  std::string slug;  // from the name; unique; "model-compression"
  std::string name;  // "Model Compression"
  std::string keep;  // what belongs to it, as prose
  std::string skip;  // what looks like it and does not
  std::vector<std::string> keywords;
  std::vector<std::string> formerly = {};  // names that it had before; their feeds say where it went
  bool paused = false;                     // no paper is chosen for it; its page, papers and feed stay
  std::optional<Date> until = {};          // the last day that counts, as if it were paused since; none: no end
  bool operator==(const Topic&) const = default;
};

// An author whose papers are always shown.
struct Author {
  std::string slug;
  std::string name;
  std::string s2;  // Semantic Scholar's author id, where the name is not enough
  std::string orcid;
  bool operator==(const Author&) const = default;
};

// Scores from which on a paper is shown, and how many at most a day.
struct Cutoffs {
  int relevance = 7;
  int novelty = 1;
  int at_most = 50;
  bool operator==(const Cutoffs&) const = default;
};

// One reader's interests, apart from the rest so that several readers can share one fetch.
struct Interests {
  std::vector<Topic> topics;
  std::vector<Author> authors;
  Cutoffs cutoffs;
  std::vector<std::string> skip_keywords;  // words of papers that belong to no topic: [select] skip_keywords
  bool operator==(const Interests&) const = default;
};

// What the papers of a day are judged by: without the topics that are paused or have ended before it, and of the others
// only what describes them. To add an end that lies ahead, or a former name, is therefore no other interest.
Interests interests_on(const Interests& interests, Date day);

enum class AnnounceType { new_, cross, replace, replace_cross };  // arXiv's "announce type"
std::string_view announce_type_name(AnnounceType type);           // "replace-cross"
std::optional<AnnounceType> announce_type_of(std::string_view name);

// A link of the owner's in the foot of each page.
struct MenuEntry {
  std::string name;
  std::string url;  // a page or file of the folder site/, "imprint/", or an absolute address
  bool operator==(const MenuEntry&) const = default;
};

struct SiteSettings {
  std::string title = "Daybook";
  std::string url;  // absolute, ends in '/': "https://owner.github.io/daybook/"
  std::string language = "en";
  std::string description;
  std::string id_base;               // absolute, ends in '/': what feed ids are made of; empty: url
  std::string templates;             // a folder whose templates replace ours by name; empty: none
  std::string accent = {};           // the colour of links on white, "#0b57a4"; empty: the style sheet's
  std::string logo = {};             // a picture in the folder site/, shown in place of the title; empty: none
  std::vector<MenuEntry> menu = {};  // [[menu]]
  bool operator==(const SiteSettings&) const = default;
};

// Which papers a feed holds. What is empty or 0 asks for nothing; of a list, one must fit.
struct FeedFilter {
  std::vector<std::string> topics = {};      // names of [[topic]]
  std::vector<std::string> authors = {};     // of anybody, followed or not
  std::vector<std::string> categories = {};  // "cs.LG"; "cs" is all of them
  std::vector<std::string> words = {};       // in title or abstract, whatever their endings
  std::vector<std::string> without = {};     // words that keep a paper out
  int relevance = 0;
  int novelty = 0;
  int sum = 0;      // relevance + novelty
  int at_most = 0;  // a day, its best; 0: all
  bool operator==(const FeedFilter&) const = default;
};

// A feed of the owner's own: [[feed]].
struct OwnFeed : FeedFilter {
  std::string slug;
  std::string name;
  bool operator==(const OwnFeed&) const = default;
};

struct FeedSettings {
  FeedFilter best = {.at_most = 3};  // of the feed of the best papers
  std::string hub;                   // a WebSub hub, https://www.w3.org/TR/websub/; empty: none
  std::vector<OwnFeed> own;          // [[feed]]
  bool operator==(const FeedSettings&) const = default;
};

enum class DeliveryTime { daily, saturday };

// What is sent to a target, and when: the same for mail and chats.
struct DeliveryChoice {
  // Whose papers: "best", "everything", or the name of a topic, a followed author or a [[feed]]; each paper once.
  std::vector<std::string> feeds = {"best"};
  int at_most = 20;  // papers; the rest is a number and a link
  DeliveryTime when = DeliveryTime::daily;
  bool resend = false;  // a day that was scored anew goes out again
  bool operator==(const DeliveryChoice&) const = default;
};

struct MailSettings : DeliveryChoice {
  std::vector<std::string> to = {};  // "ada@example.org"; empty: no mail
  std::string from = {};             // "Daybook <papers@example.org>"
  std::string subject = {};          // empty: the day's own title
  bool operator==(const MailSettings&) const = default;
};

enum class WebhookKind { slack, discord, telegram, teams, feishu, ntfy, matrix, json };
std::optional<WebhookKind> webhook_kind_of(std::string_view name);

struct WebhookSettings : DeliveryChoice {
  std::string slug = {};  // from the name
  std::string name = {};  // unique; the ledger knows the target by its slug
  WebhookKind kind = WebhookKind::json;
  std::string url_env = {};  // the variable of the environment that has its address, which may be secret
  std::string chat = {};     // telegram: the chat's id; matrix: the room's
  bool operator==(const WebhookSettings&) const = default;
};

// Where the owner's answers go: issues of his repository.
struct FeedbackSettings {
  bool links = true;            // "More like this" and "Not for me" on pages, in feeds and in mail
  std::string repository = {};  // "ada/papers", at GitHub; empty: the one whose workflow makes the site
  bool operator==(const FeedbackSettings&) const = default;
};

struct ArxivSettings {
  std::vector<std::string> categories;
  std::vector<AnnounceType> announce = {AnnounceType::new_, AnnounceType::cross};
  bool primary_only = false;                           // only papers whose primary category is among `categories`
  std::string rss_url = "https://rss.arxiv.org/rss/";  // a category, or several joined by '+', goes behind it
  std::string api_url = "https://export.arxiv.org/api/query";
  double seconds_between = 3.0;                      // between two requests; arXiv asks for 3
  int retries = 4;                                   // after the first try
  std::string list_url = "https://arxiv.org/list/";  // CATEGORY/new goes behind it; empty: no witness is asked
  bool operator==(const ArxivSettings&) const = default;
};

struct LlmSettings {
  std::string base_url;  // OPENAI_BASE_URL goes before it; both empty: OpenAI's own
  std::string model = "gpt-4.1-mini";
  int batch = 16;  // papers a request; up to an eighth more where that saves a round of requests
  int concurrency = 8;
  int requests_per_minute = 0;  // 0: no limit of ours
  int tokens_per_minute = 0;
  double budget = 0;          // US dollars a day; 0: none
  int timeout = 120;          // seconds
  bool title_filter = false;  // a first pass over titles alone, which leaves out what is clearly of no interest
  bool batch_api = false;     // backfill asks through OpenAI's Batch API: half the price, answers within a day
  bool required = false;      // a day that the LLM could not score ends with exit code 1
  std::optional<double> temperature = {};  // none: the endpoint's own, since some models refuse any
  std::string reasoning_effort = {};       // "minimal", "low" ...; empty: the endpoint's own
  bool operator==(const LlmSettings&) const = default;
};

struct ScoringSettings {
  double target_recall = 0.95;
  double explore = 0.03;
  int h_index = 0;  // papers none of whose authors reaches it rank below their equals; 0: not looked up
  std::string s2_url = "https://api.semanticscholar.org/graph/v1/";
  bool operator==(const ScoringSettings&) const = default;
};

// A library at Zotero whose papers count as liked.
struct ZoteroSettings {
  int user = 0;   // Zotero's number of the library's owner; of user and group one is given, and the other is 0
  int group = 0;  // both 0: no library
  // Globs over paths of collections, "Papers/*": `*` any text within a name, `**` any text. Empty: the whole library.
  std::vector<std::string> collections = {};
  std::string url = "https://api.zotero.org/";
  bool is_set() const { return user != 0 || group != 0; }
  bool operator==(const ZoteroSettings&) const = default;
};

struct Settings {
  SiteSettings site;
  ArxivSettings arxiv;
  LlmSettings llm;
  ScoringSettings scoring;
  ZoteroSettings zotero;
  Interests interests;
  FeedSettings feeds;
  MailSettings mail;
  std::vector<WebhookSettings> webhooks;  // [[webhook]]
  FeedbackSettings feedback;
  bool operator==(const Settings&) const = default;
};

// Reads daybook.toml. Appends every fault to `errors` (unknown keys with the nearest known one, wrong types, values out
// of range, a topic twice ...), each with line and column; what could be read is returned all the same.
Settings read_settings(std::string_view toml, const std::string& source, Errors& errors);

// A feed of a topic that is not there would stay empty unnoticed. Once the interests are read that count.
void check_feeds(const Settings& settings, const std::string& source, Errors& errors);

// Reads a file of interests ([select], [[topic]], [[author]] only), which takes the place of the settings' own.
Interests read_interests(std::string_view toml, const std::string& source, Errors& errors);

}  // namespace daybook
