#include "settings/settings.h"

#include "support/catch.h"

using namespace daybook;

namespace {

std::string said(std::string_view toml) {
  Errors errors;
  static_cast<void>(read_settings(toml, "daybook.toml", errors));
  std::string text;
  for (const auto& error : errors) text += describe(error);
  return text;
}

}  // namespace

TEST_CASE("settings: an empty file gives the defaults and no error", "[settings]") {
  Errors errors;
  CHECK(read_settings("", "daybook.toml", errors) == Settings{});
  CHECK(errors.empty());
}

TEST_CASE("settings: every setting of every section is read", "[settings]") {
  Errors errors;
  const Settings settings = read_settings(R"(
[site]
title = "Morning papers"
url = "HTTPS://example.org:8080/papers"
id_base = "https://old.example.org/papers"
language = "en-GB"
description = ""
templates = "my/templates"
accent = "#06C"
logo = "logos/our.svg"

[[menu]]
name = "Imprint"
url = "imprint/"

[[menu]]
name = "Group"
url = "https://group.example.org/papers"

[arxiv]
categories = ["cs.LG", "hep-th", "math", "physics.bio-ph", "cs.LG"]
announce = ["new", "replace-cross"]
primary_only = true
rss_url = "http://localhost:9/atom"
api_url = "http://[::1]:9/api/query"
list_url = "http://localhost:9/list"
seconds_between = 0
retries = 0

[llm]
base_url = "https://llm.example.org/v1"
model = "model-1"
batch = 4
concurrency = 2
requests_per_minute = 60
tokens_per_minute = 100000
budget = 0.5
timeout = 30
title_filter = true
batch_api = true
required = true
temperature = 0
reasoning_effort = "low"

[scoring]
target_recall = 1
explore = 0.25
h_index = 20
s2_url = "http://localhost:9/graph"

[select]
relevance = 8
novelty = 5
at_most = 25
skip_keywords = ["survey", "time series"]

[[topic]]
name = "Model Compression"
keep = """
Smaller models
"""
skip = "old tricks on new data"
keywords = ["pruning", " low-rank "]

[[topic]]
name = "Émile's Topic"
keep = "what he likes"

formerly = "His Topic"

[feeds]
best = { sum = 18, topics = ["Model Compression"] }
hub = "https://hub.example/"

[[feed]]
name = "Short: Maps"
topics = ["model compression"]
authors = ["Ada Imagined"]
categories = ["cs.LG", "math"]
words = ["map"]
without = ["survey"]
relevance = 8
novelty = 5
sum = 14
at_most = 2

[mail]
to = ["ada@example.org", "bo@example.org"]
from = "Daybook <papers@example.org>"
subject = "[papers] {{title}}"
feeds = ["everything", "short maps"]
at_most = 200
when = "saturday"
resend = true

[[webhook]]
name = "Lab chat"
kind = "telegram"
url_env = "LAB_URL"
chat = "-1009901"
feeds = ["zoe quillfeather"]
at_most = 1

[feedback]
links = false
repository = " ada/papers"

[[author]]
name = "Zoë Quillfeather"
s2 = "1234567"
orcid = "https://orcid.org/0000-0002-1825-0097"
)",
                                          "daybook.toml", errors);
  CHECK(errors.empty());
  Settings wanted;
  wanted.site = {"Morning papers",
                 "https://example.org:8080/papers/",
                 "en-GB",
                 "",
                 "https://old.example.org/papers/",
                 "my/templates",
                 "#0066cc",
                 "logos/our.svg",
                 {{"Imprint", "imprint/"}, {"Group", "https://group.example.org/papers"}}};
  wanted.arxiv = {{"cs.LG", "hep-th", "math", "physics.bio-ph"},
                  {AnnounceType::new_, AnnounceType::replace_cross},
                  true,
                  "http://localhost:9/atom/",
                  "http://[::1]:9/api/query",
                  0,
                  0,
                  "http://localhost:9/list/"};
  wanted.llm = {"https://llm.example.org/v1", "model-1", 4, 2, 60, 100000, 0.5, 30, true, true, true, 0.0, "low"};
  wanted.scoring = {1.0, 0.25, 20, "http://localhost:9/graph/"};
  wanted.interests.topics = {
      {"model-compression", "Model Compression", "Smaller models", "old tricks on new data", {"pruning", "low-rank"}},
      {"emile-s-topic", "Émile's Topic", "what he likes", "", {}, {"His Topic"}}};
  wanted.feeds.best = {.topics = {"Model Compression"}, .sum = 18};
  wanted.feeds.hub = "https://hub.example/";
  OwnFeed own;
  static_cast<FeedFilter&>(own) = {
      {"model compression"}, {"Ada Imagined"}, {"cs.LG", "math"}, {"map"}, {"survey"}, 8, 5, 14, 2};
  own.slug = "short-maps";
  own.name = "Short: Maps";
  wanted.feeds.own = {own};
  wanted.interests.authors = {{"zoe-quillfeather", "Zoë Quillfeather", "1234567", "0000-0002-1825-0097"}};
  static_cast<DeliveryChoice&>(wanted.mail) = {{"everything", "short maps"}, 200, DeliveryTime::saturday, true};
  wanted.mail.to = {"ada@example.org", "bo@example.org"};
  wanted.mail.from = "Daybook <papers@example.org>";
  wanted.mail.subject = "[papers] {{title}}";
  WebhookSettings chat;
  static_cast<DeliveryChoice&>(chat) = {{"zoe quillfeather"}, 1};
  chat.slug = "lab-chat";
  chat.name = "Lab chat";
  chat.kind = WebhookKind::telegram;
  chat.url_env = "LAB_URL";
  chat.chat = "-1009901";
  wanted.webhooks = {chat};
  wanted.feedback = {false, "ada/papers"};
  wanted.interests.cutoffs = {8, 5, 25};
  wanted.interests.skip_keywords = {"survey", "time series"};
  CHECK(settings == wanted);
}

TEST_CASE("settings: a feed of a topic that is not there is refused, of whichever file the topics are", "[settings]") {
  Errors errors;
  Settings settings = read_settings(
      "[feeds]\nbest = { topics = [\"Map\"] }\n[[topic]]\nname = \"Maps\"\nkeep = \"maps\"\n"
      "[[feed]]\nname = \"Two\"\ntopics = [\"maps\", \"Zzz\"]\n",
      "daybook.toml", errors);
  CHECK(errors.empty());
  check_feeds(settings, "daybook.toml", errors);
  REQUIRE(errors.size() == 2);
  CHECK(describe(errors[0]) ==
        "daybook.toml: error: [feeds] best: there is no topic \"Map\"\n  hint: did you mean \"Maps\"?\n");
  CHECK(describe(errors[1]) ==
        "daybook.toml: error: [[feed]] \"Two\": there is no topic \"Zzz\"\n"
        "  hint: name one that a [[topic]] section has\n");
}

TEST_CASE("settings: a fault in one setting leaves its default and all the others as they are read", "[settings]") {
  Errors errors;
  const Settings settings = read_settings(
      "[select]\nrelevance = 99\nnovelty = 4\n[[topic]]\nname = \"A\"\nkeep = \"a\"\nkeywords = [\"x\", 7]\n",
      "daybook.toml", errors);
  CHECK(errors.size() == 2);
  CHECK(settings.interests.cutoffs == Cutoffs{7, 4, 50});
  REQUIRE(settings.interests.topics.size() == 1);
  CHECK(settings.interests.topics[0].keywords == std::vector<std::string>{"x"});
}

TEST_CASE("settings: faults come in the order of the file, whichever section they are in", "[settings]") {
  CHECK(said("[select]\nnovelty = 0\n[arxiv]\nretries = -1\nlanguage = 1\n[site]\nlanguage = 1\n") ==
        "daybook.toml:2:11: error: [select] novelty is 0\n"
        "  hint: write a whole number from 1 to 10\n"
        "daybook.toml:4:11: error: [arxiv] retries is -1\n"
        "  hint: write a whole number from 0 to 20\n"
        "daybook.toml:5:1: error: [arxiv] has no setting \"language\"\n"
        "  hint: it belongs to [site]\n"
        "daybook.toml:7:12: error: [site] language is a whole number, not text\n"
        "  hint: put it between quotation marks, \"like this\"\n");
}

TEST_CASE("settings: columns count bytes, as editors that jump to an error expect", "[settings]") {
  CHECK(said("[site]\n\"é\" = 1\n[select]\n") ==
        "daybook.toml:2:1: error: [site] has no setting \"é\"\n"
        "  hint: it has title, url, id_base, language, description, templates, accent and logo\n");
  CHECK(said("arxiv = {announce = [\"é\", \"new\", \"ö\"]}\n") ==
        "daybook.toml:1:22: error: [arxiv] announce: \"é\" is not an arXiv announcement type\n"
        "  hint: arXiv's are \"new\", \"cross\", \"replace\" and \"replace-cross\"\n"
        "daybook.toml:1:35: error: [arxiv] announce: \"ö\" is not an arXiv announcement type\n"
        "  hint: arXiv's are \"new\", \"cross\", \"replace\" and \"replace-cross\"\n");
}

TEST_CASE("settings: a password in an address is not repeated in the message", "[settings]") {
  const std::string text = said("[llm]\nbase_url = \"https://user:pass word@llm.example.org/v1?key=pass\"\n");
  CHECK(text ==
        "daybook.toml:2:12: error: [llm] base_url has a user or a password in it\n"
        "  hint: remove everything up to the @; settings are public\n");
  CHECK(said("[llm]\nbase_url = \"https://llm.example.org/v1?key=pass\"\n").find("pass") == std::string::npos);
}

TEST_CASE("settings: an address of the LLM may be empty, which leaves it to the environment", "[settings]") {
  CHECK(said("[llm]\nbase_url = \"\"\nmodel = \"\"\n").empty());
}

TEST_CASE("settings: a temperature that is not set or not right is none, so that the endpoint's own holds",
          "[settings]") {
  Errors errors;
  CHECK_FALSE(read_settings("[llm]\n", "daybook.toml", errors).llm.temperature);
  CHECK(read_settings("[llm]\ntemperature = 2\n", "daybook.toml", errors).llm.temperature == 2.0);
  CHECK(errors.empty());
  CHECK_FALSE(read_settings("[llm]\ntemperature = 2.1\n", "daybook.toml", errors).llm.temperature);
  CHECK(errors.size() == 1);
}

TEST_CASE("settings: lines may end in CR LF, and a byte order mark may stand before all", "[settings]") {
  Errors errors;
  const auto settings = read_settings("\xEF\xBB\xBF[site]\r\ntitle = \"Papers\"\r\n", "daybook.toml", errors);
  CHECK(errors.empty());
  CHECK(settings.site.title == "Papers");
}

TEST_CASE("settings: interests alone have the same topics, authors and cut-offs as the settings' own", "[settings]") {
  constexpr std::string_view toml =
      "[select]\nrelevance = 6\nskip_keywords = [\"survey\"]\n[[topic]]\nname = \"A\"\nkeep = \"a\"\n[[author]]\nname "
      "= \"B\"\n";
  Errors errors;
  CHECK(read_interests(toml, "i.toml", errors) == read_settings(toml, "i.toml", errors).interests);
  CHECK(errors.empty());
}

TEST_CASE("settings: announce types have arXiv's names", "[settings]") {
  for (const std::string_view name : {"new", "cross", "replace", "replace-cross"}) {
    REQUIRE(announce_type_of(name));
    CHECK(announce_type_name(*announce_type_of(name)) == name);
  }
  CHECK_FALSE(announce_type_of("New"));
  CHECK_FALSE(announce_type_of(""));
}

TEST_CASE("settings: language tags of the usual shapes are taken, others refused", "[settings]") {
  for (const std::string_view tag : {"en", "de-AT", "zh-Hant-TW", "sr-Latn", "es-419", "de-1996"}) {
    INFO(tag);
    CHECK(said("[site]\nlanguage = \"" + std::string(tag) + "\"\n").empty());
  }
  for (const std::string_view tag : {"", "e", "english", "en_GB", "en-", "-en", "en-toolongtag", "1n"}) {
    INFO(tag);
    CHECK_FALSE(said("[site]\nlanguage = \"" + std::string(tag) + "\"\n").empty());
  }
}

TEST_CASE("settings: a file cut off at any byte is an error or fewer settings, never a crash", "[settings]") {
  const std::string whole =
      "[site]\nurl = \"https://example.org/\"\ntitle=\"é\"\n[arxiv]\ncategories = [\"cs.LG\", "
      "'math']\nannounce=[\"new\"]\n"
      "[select]\nrelevance = 7\n[[topic]]\nname = \"\\u00e9\"\nkeep = \"\"\"\na \\\n b\"\"\"\n[scoring]\nexplore = "
      "1e-2\n";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    Errors errors;
    static_cast<void>(read_settings(std::string_view(whole).substr(0, length), "daybook.toml", errors));
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char c : {'\0', '\n', '"', '[', ']', '=', '\xff', '.', '{', '#', '9', '\\'}) {
      std::string spoilt = whole;
      spoilt[at] = c;
      Errors errors;
      static_cast<void>(read_settings(spoilt, "daybook.toml", errors));
    }
  }
  CHECK(said(whole).empty());
}

TEST_CASE("settings: a file that nests without end is refused and does not exhaust the stack", "[settings]") {
  std::string dots = "[a";
  for (int i = 0; i < 100000; ++i) dots += ".a";
  CHECK(said(dots + "]\n") ==
        "daybook.toml:1: error: the line has more than 1000 dots\n"
        "  hint: break it into several lines\n");
  CHECK_FALSE(said("a = " + std::string(100000, '[')).empty());
  std::string braces = "a = ";
  for (int i = 0; i < 100000; ++i) braces += "{a=";
  CHECK_FALSE(said(braces).empty());
  CHECK(said(std::string(2U << 20U, '#')) ==
        "daybook.toml: error: the file is larger than a mebibyte\n"
        "  hint: is this the settings file?\n");
}

TEST_CASE("settings: a paused topic counts on no day, one with an end up to that day", "[settings]") {
  Errors errors;
  const Settings settings = read_settings(
      "[[topic]]\nname = \"Bees\"\nkeep = \"b\"\nformerly = \"Hives\"\nuntil = \"2099-01-06\"\n"
      "[[topic]]\nname = \"Ants\"\nkeep = \"a\"\npaused = true\n"
      "[[topic]]\nname = \"Moths\"\nkeep = \"m\"\npaused = false\n[select]\nat_most = 3\n",
      "t.toml", errors);
  REQUIRE(errors.empty());
  const Date last = *Date::from_parts(2099, 1, 6);
  CHECK(settings.interests.topics[0].until == last);
  const Topic bees{"bees", "Bees", "b", "", {}}, moths{"moths", "Moths", "m", "", {}};
  CHECK(interests_on(settings.interests, last).topics == std::vector<Topic>{bees, moths});
  CHECK(interests_on(settings.interests, last + 1).topics == std::vector<Topic>{moths});
  CHECK(interests_on(settings.interests, last).cutoffs.at_most == 3);
}
