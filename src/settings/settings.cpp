#include "settings/settings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <set>
#include <utility>

#include "core/text.h"
#include "settings/field.h"

namespace daybook {

namespace {

using Names = std::vector<std::string_view>;

constexpr std::array<std::string_view, 4> announce_names = {"new", "cross", "replace", "replace-cross"};
constexpr std::array<std::string_view, 8> webhook_kinds = {"slack",  "discord", "telegram", "teams",
                                                           "feishu", "ntfy",    "matrix",   "json"};

std::optional<Fault> delivery_time(std::string& text) {
  if (text == "daily" || text == "saturday") return std::nullopt;
  return Fault{quoted(text) + " is not a time of delivery",
               did_you_mean(nearest(text, {"daily", "saturday"}), "write \"daily\" or \"saturday\"")};
}

std::optional<Fault> announce_type(std::string& text) {
  if (announce_type_of(text)) return std::nullopt;
  return Fault{quoted(text) + " is not an arXiv announcement type",
               did_you_mean(nearest(text, {announce_names.begin(), announce_names.end()}),
                            "arXiv's are \"new\", \"cross\", \"replace\" and \"replace-cross\"")};
}

void refuse_empty(const Node& node, const Reading& reading, std::string_view example) {
  if (node.kind == Node::Kind::list && node.items.empty())
    reading.fault(node, reading.subject + " is empty", "list at least one, as in " + std::string(example));
}

void read_categories(const Node& node, const Reading& reading, ArxivSettings& to) {
  refuse_empty(node, reading, "[\"cs.LG\"]");
  read_value(node, reading, to.categories, arxiv_category);
}

void read_announce(const Node& node, const Reading& reading, ArxivSettings& to) {
  refuse_empty(node, reading, "[\"new\", \"cross\"]");
  std::vector<std::string> names;
  read_value(node, reading, names, announce_type);
  if (names.empty()) return;
  to.announce.clear();
  for (const auto& name : names) to.announce.push_back(*announce_type_of(name));
}

Field<Interests> cutoff(std::string_view name, int Cutoffs::*member, Range range) {
  return {name, [=](const Node& node, const Reading& reading, Interests& to) {
            read_value(node, reading, to.cutoffs.*member, range);
          }};
}

// One file being read.
struct SettingsFile {
  const std::string& source;
  Errors& errors;
  Reading reading(std::string subject = "") const { return {std::move(subject), source, errors}; }
};

struct Section {
  std::string_view name;
  bool repeated;
  Names settings;
  std::function<void(const Node&, const SettingsFile&, Settings&)> read;

  std::string heading() const { return repeated ? "[[" + std::string(name) + "]]" : "[" + std::string(name) + "]"; }
  bool is_of_interests() const { return name == "select" || name == "topic" || name == "author"; }
};

const std::vector<Section>& sections();

const Section* find_section(std::string_view name) {
  for (const Section& section : sections())
    if (section.name == name) return &section;
  return nullptr;
}

// "a, b and c"
std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

// The headings of the sections with a setting of that name, "[site] and [llm]"; empty: there is none.
std::string homes_of(std::string_view setting) {
  std::vector<std::string> homes;
  for (const Section& section : sections())
    if (std::count(section.settings.begin(), section.settings.end(), setting) > 0) homes.push_back(section.heading());
  return listed(homes);
}

bool looks_secret(std::string_view name) {
  const std::string lower = ascii_lower(name);
  return lower.find("key") != lower.npos || lower.find("token") != lower.npos || lower.find("secret") != lower.npos ||
         lower.find("password") != lower.npos;
}

std::string hint_for_setting(std::string_view name, const Names& known) {
  if (name == "url" && std::count(known.begin(), known.end(), "url_env") > 0)
    return "keep the address out of this file, since it may be secret: url_env names the variable that has it";
  const auto near = nearest(name, known);
  const auto homes = near.empty() ? homes_of(name) : std::string();
  if (!homes.empty()) return "it belongs to " + homes;
  if (near.empty() && looks_secret(name))
    return "keep secrets out of this file: they come from the environment (OPENAI_API_KEY, S2_API_KEY, SMTP_PASSWORD, "
           "ZOTERO_API_KEY)";
  return did_you_mean(near, "it has " + listed({known.begin(), known.end()}));
}

template <typename S>
void read_fields(const Node& table, const std::string& heading, const Fields<S>& fields, const SettingsFile& file,
                 S& to) {
  for (const Member& member : table.members) {
    if (const auto* field = find_field(fields, member.name)) {
      field->read(member.value, file.reading(heading + " " + member.name), to);
    } else {
      file.reading().fault(member, heading + " has no setting " + quoted(member.name),
                           hint_for_setting(member.name, names_of(fields)));
    }
  }
}

void refuse_missing(const Node& table, const std::string& heading, const Names& required, const SettingsFile& file) {
  for (const auto name : required)
    if (find_member(table, name) == nullptr)
      file.reading().fault(table, heading + " has no " + std::string(name),
                           "add a line: " + std::string(name) + " = \"...\"");
}

// Topics and authors: what `required` names must be there, and no two share a slug.
template <typename S>
void read_repeated(const Node& list, const std::string& heading, const Fields<S>& fields, const Names& required,
                   const SettingsFile& file, std::vector<S>& to) {
  if (is_too_long(list, file.reading(heading))) return;
  std::vector<int> lines;  // parallel to `to`
  for (const Node& table : list.items) {
    S one;
    read_fields(table, heading, fields, file, one);
    refuse_missing(table, heading, required, file);
    if (one.name.empty()) continue;
    one.slug = slug(one.name);
    const auto first = std::find_if(to.begin(), to.end(), [&](const S& other) { return other.slug == one.slug; });
    if (first == to.end()) {
      lines.push_back(table.line);
      to.push_back(std::move(one));
    } else {
      file.reading().fault(find_member(table, "name")->value,
                           heading + " " + quoted(one.name) + " has the same address as the one in line " +
                               std::to_string(lines[static_cast<std::size_t>(first - to.begin())]) + ", \"" + one.slug +
                               "\"",
                           "remove one or rename it; case, accents and punctuation make no difference");
    }
  }
}

template <typename S>
Section once(std::string_view name, S Settings::*member, const Fields<S>& fields) {
  return {name, false, names_of(fields), [=](const Node& node, const SettingsFile& file, Settings& to) {
            read_fields(node, '[' + std::string(name) + ']', fields, file, to.*member);
          }};
}

template <typename S>
Section repeated(std::string_view name, std::vector<S> Interests::*member, const Names& required,
                 const Fields<S>& fields) {
  return {name, true, names_of(fields), [=](const Node& node, const SettingsFile& file, Settings& to) {
            read_repeated(node, "[[" + std::string(name) + "]]", fields, required, file, to.interests.*member);
          }};
}

Section menu() {
  const Fields<MenuEntry> fields = {field("name", &MenuEntry::name, not_blank),
                                    field("url", &MenuEntry::url, page_or_address)};
  return {"menu", true, names_of(fields), [=](const Node& list, const SettingsFile& file, Settings& to) {
            constexpr std::size_t most = 8;  // the foot is no page
            if (list.items.size() > most)
              return file.reading().fault(list.items[most],
                                          "there are " + std::to_string(list.items.size()) + " [[menu]] sections",
                                          "keep to " + std::to_string(most) + " at most");
            for (const Node& table : list.items) {
              read_fields(table, "[[menu]]", fields, file, to.site.menu.emplace_back());
              refuse_missing(table, "[[menu]]", {"name", "url"}, file);
            }
          }};
}

// What [feeds] best and [[feed]] have in common; S is a FeedFilter.
template <typename S>
Fields<S> filter_fields() {
  const auto of = [](std::string_view name, auto FeedFilter::*member, auto limit) {
    return Field<S>{name, [=](const Node& node, const Reading& reading, S& to) {
                      read_value(node, reading, static_cast<FeedFilter&>(to).*member, limit);
                    }};
  };
  return {of("topics", &FeedFilter::topics, not_blank),
          of("authors", &FeedFilter::authors, has_word),
          of("categories", &FeedFilter::categories, arxiv_category),
          of("words", &FeedFilter::words, has_word),
          of("without", &FeedFilter::without, has_word),
          of("relevance", &FeedFilter::relevance, Range{1, 10}),
          of("novelty", &FeedFilter::novelty, Range{1, 10}),
          of("sum", &FeedFilter::sum, Range{2, 20}),
          of("at_most", &FeedFilter::at_most, Range{1, 1000})};
}

// A name, or a list of them.
void read_formerly(const Node& node, const Reading& reading, Topic& to) {
  if (node.kind == Node::Kind::list) return read_value(node, reading, to.formerly, not_blank);
  read_value(node, reading, to.formerly.emplace_back(), not_blank);
}

std::optional<Fault> calendar_date(std::string& text) {
  text = std::string(trim(text));
  if (Date::parse(text)) return std::nullopt;
  return Fault{quoted(text) + " is not a date (expected YYYY-MM-DD)",
               "write the last day on which the topic counts, as in \"2026-12-31\""};
}

void read_until(const Node& node, const Reading& reading, Topic& to) {
  std::string date;
  read_value(node, reading, date, calendar_date);
  to.until = Date::parse(date);
}

void read_best(const Node& node, const Reading& reading, FeedSettings& to) {
  if (node.kind != Node::Kind::table)
    return reading.fault(node, reading.subject + " is not a choice of papers",
                         "write best = { at_most = 3 } for three a day, or best = { sum = 18 }");
  FeedFilter best;
  read_fields(node, "[feeds] best", filter_fields<FeedFilter>(), {reading.source, reading.errors}, best);
  to.best = std::move(best);
}

Section own_feeds() {
  auto fields = filter_fields<OwnFeed>();
  fields.insert(fields.begin(), field("name", &OwnFeed::name, not_blank));
  return {"feed", true, names_of(fields), [=](const Node& list, const SettingsFile& file, Settings& to) {
            read_repeated(list, "[[feed]]", fields, {"name"}, file, to.feeds.own);
          }};
}

std::optional<Fault> webhook_kind(std::string& text) {
  if (webhook_kind_of(text)) return std::nullopt;
  return Fault{quoted(text) + " is not a kind of webhook",
               did_you_mean(nearest(text, {webhook_kinds.begin(), webhook_kinds.end()}),
                            "they are " + listed({webhook_kinds.begin(), webhook_kinds.end()}))};
}

void read_kind(const Node& node, const Reading& reading, WebhookSettings& to) {
  std::string name;
  read_value(node, reading, name, webhook_kind);
  if (!name.empty()) to.kind = *webhook_kind_of(name);
}

// What [mail] and [[webhook]] have in common; S is a DeliveryChoice.
template <typename S>
Fields<S> choice_fields() {
  const auto read_feeds = [](const Node& node, const Reading& reading, S& to) {
    refuse_empty(node, reading, "[\"best\"]");
    read_value(node, reading, to.feeds, not_blank);
  };
  const auto read_when = [](const Node& node, const Reading& reading, S& to) {
    std::string when;
    read_value(node, reading, when, delivery_time);
    if (!when.empty()) to.when = when == "saturday" ? DeliveryTime::saturday : DeliveryTime::daily;
  };
  const auto read_at_most = [](const Node& node, const Reading& reading, S& to) {
    read_value(node, reading, to.at_most, Range{1, 200});
  };
  const auto read_resend = [](const Node& node, const Reading& reading, S& to) {
    read_value(node, reading, to.resend);
  };
  return {{"feeds", read_feeds}, {"at_most", read_at_most}, {"when", read_when}, {"resend", read_resend}};
}

void read_recipients(const Node& node, const Reading& reading, MailSettings& to) {
  if (auto fault = too_many_recipients(node.items.size()))
    return reading.fault(node, reading.subject + ' ' + fault->what, std::move(fault->hint));
  read_value(node, reading, to.to, mail_address);
}

Section mail() {
  auto fields = choice_fields<MailSettings>();
  fields.insert(fields.begin(), {{"to", read_recipients},
                                 field("from", &MailSettings::from, mail_sender),
                                 field("subject", &MailSettings::subject, single_line)});
  return {"mail", false, names_of(fields), [=](const Node& node, const SettingsFile& file, Settings& to) {
            read_fields(node, "[mail]", fields, file, to.mail);
            for (const std::string_view name : {"to", "from"})
              if (find_member(node, name) == nullptr)
                file.reading().fault(node, "[mail] has no " + std::string(name),
                                     name == "to" ? "add a line: to = [\"ada@example.org\"]"
                                                  : "add a line: from = \"Daybook <papers@example.org>\"");
          }};
}

// A line that `kind` needs and others do without.
void check_webhook(const Node& table, const WebhookSettings& webhook, const SettingsFile& file) {
  const bool needs_chat = webhook.kind == WebhookKind::telegram || webhook.kind == WebhookKind::matrix;
  if (needs_chat && webhook.chat.empty())
    file.reading().fault(table, "[[webhook]] " + quoted(webhook.name) + " has no chat",
                         webhook.kind == WebhookKind::telegram
                             ? "add a line with the chat's id, as in chat = \"-1001234567890\""
                             : "add a line with the room's id, as in chat = \"!abcdefgh:example.org\"");
  if (webhook.slug == "mail")  // the ledger's name of [mail]
    file.reading().fault(table, "[[webhook]] " + quoted(webhook.name) + " has the name of [mail]", "rename it");
}

Section webhooks() {
  auto fields = choice_fields<WebhookSettings>();
  fields.insert(fields.begin(), {field("name", &WebhookSettings::name, not_blank),
                                 {"kind", read_kind},
                                 field("url_env", &WebhookSettings::url_env, variable_name),
                                 field("chat", &WebhookSettings::chat, single_line)});
  return {"webhook", true, names_of(fields), [=](const Node& list, const SettingsFile& file, Settings& to) {
            read_repeated(list, "[[webhook]]", fields, {"name", "kind", "url_env"}, file, to.webhooks);
            for (const Node& table : list.items)
              if (const Member* name = find_member(table, "name"))
                for (const WebhookSettings& webhook : to.webhooks)
                  if (webhook.name == trim(name->value.text)) check_webhook(table, webhook, file);
          }};
}

// An id that is none is mostly a name.
Field<ZoteroSettings> zotero_id(std::string_view name, int ZoteroSettings::*member, const char* where) {
  return {name, [=](const Node& node, const Reading& reading, ZoteroSettings& to) {
            const bool is_id = node.kind == Node::Kind::whole && node.whole > 0 && node.whole <= INT32_MAX;
            if (!is_id) return reading.fault(node, reading.subject + " is not a number of Zotero's", where);
            to.*member = static_cast<int>(node.whole);
          }};
}

Section zotero() {
  const Fields<ZoteroSettings> fields = {
      zotero_id("user", &ZoteroSettings::user,
                "write your user ID, which https://www.zotero.org/settings/keys shows, as in user = 123456"),
      zotero_id("group", &ZoteroSettings::group,
                "write the number in the address of the group's page, as in group = 654321"),
      field("collections", &ZoteroSettings::collections, not_blank), field("url", &ZoteroSettings::url, web_folder)};
  return {"zotero", false, names_of(fields), [=](const Node& node, const SettingsFile& file, Settings& to) {
            read_fields(node, "[zotero]", fields, file, to.zotero);
            const Member* user = find_member(node, "user");
            const Member* group = find_member(node, "group");
            if (user == nullptr && group == nullptr)
              file.reading().fault(node, "[zotero] has no user and no group",
                                   "add a line: user = 123456, or group = 654321");
            if (user != nullptr && group != nullptr)
              file.reading().fault(*std::max(user, group, [](auto* a, auto* b) { return a->line < b->line; }),
                                   "[zotero] has a user and a group", "remove one of them");
          }};
}

// To add a setting, add its line here.
const std::vector<Section>& sections() {
  static const std::vector<Section> all = {
      once("site", &Settings::site,
           {field("title", &SiteSettings::title, not_blank), field("url", &SiteSettings::url, web_folder),
            field("id_base", &SiteSettings::id_base, web_folder),
            field("language", &SiteSettings::language, language_tag),
            field("description", &SiteSettings::description, anything),
            field("templates", &SiteSettings::templates, anything),
            field("accent", &SiteSettings::accent, accent_colour), field("logo", &SiteSettings::logo, picture)}),
      once("arxiv", &Settings::arxiv,
           {{"categories", read_categories},
            {"announce", read_announce},
            field("primary_only", &ArxivSettings::primary_only),
            field("rss_url", &ArxivSettings::rss_url, web_folder),
            field("api_url", &ArxivSettings::api_url, web_address),
            field("list_url", &ArxivSettings::list_url, web_folder_or_nothing),
            field("seconds_between", &ArxivSettings::seconds_between, Range{0, 3600}),
            field("retries", &ArxivSettings::retries, Range{0, 20})}),
      once("select", &Settings::interests,
           {cutoff("relevance", &Cutoffs::relevance, {1, 10}), cutoff("novelty", &Cutoffs::novelty, {1, 10}),
            cutoff("at_most", &Cutoffs::at_most, {1, 1000}),
            field("skip_keywords", &Interests::skip_keywords, not_blank)}),
      once("llm", &Settings::llm,
           {field("base_url", &LlmSettings::base_url, web_address_or_nothing),
            field("model", &LlmSettings::model, anything), field("batch", &LlmSettings::batch, Range{1, 200}),
            field("concurrency", &LlmSettings::concurrency, Range{1, 64}),
            field("requests_per_minute", &LlmSettings::requests_per_minute, Range{0, 1'000'000}),
            field("tokens_per_minute", &LlmSettings::tokens_per_minute, Range{0, 1'000'000'000}),
            field("budget", &LlmSettings::budget, Range{0, 10'000}),
            field("timeout", &LlmSettings::timeout, Range{1, 3600}), field("title_filter", &LlmSettings::title_filter),
            field("batch_api", &LlmSettings::batch_api), field("required", &LlmSettings::required),
            field("temperature", &LlmSettings::temperature, Range{0, 2}),
            field("reasoning_effort", &LlmSettings::reasoning_effort, word_or_nothing)}),
      once("scoring", &Settings::scoring,
           {field("target_recall", &ScoringSettings::target_recall, Range{0.5, 1}),
            field("explore", &ScoringSettings::explore, Range{0, 1}),
            field("h_index", &ScoringSettings::h_index, Range{0, 500}),
            field("s2_url", &ScoringSettings::s2_url, web_folder)}),
      zotero(),
      repeated("topic", &Interests::topics, {"name", "keep"},
               {field("name", &Topic::name, not_blank),
                field("keep", &Topic::keep, not_blank),
                field("skip", &Topic::skip, anything),
                field("keywords", &Topic::keywords, not_blank),
                {"formerly", read_formerly},
                field("paused", &Topic::paused),
                {"until", read_until}}),
      repeated("author", &Interests::authors, {"name"},
               {field("name", &Author::name, not_blank), field("s2", &Author::s2, s2_author),
                field("orcid", &Author::orcid, orcid)}),
      once("feeds", &Settings::feeds, {{"best", read_best}, field("hub", &FeedSettings::hub, web_query_or_nothing)}),
      own_feeds(),
      mail(),
      webhooks(),
      once("feedback", &Settings::feedback,
           {field("links", &FeedbackSettings::links),
            field("repository", &FeedbackSettings::repository, repository_or_nothing)}),
      menu(),
  };
  return all;
}

void refuse_unknown(const Member& member, const std::string& headings, const Reading& reading) {
  if (member.value.kind != Node::Kind::table && member.value.kind != Node::Kind::list) {
    const std::string homes = homes_of(member.name);
    return reading.fault(member, quoted(member.name) + " is outside any section",
                         homes.empty() ? "the sections are " + headings : "write it under " + homes);
  }
  Names names;
  for (const Section& section : sections()) names.push_back(section.name);
  const Section* near = find_section(nearest(member.name, names));
  reading.fault(member, "there is no section [" + shortened(member.name) + "]",
                near == nullptr ? "the sections are " + headings : "did you mean " + near->heading() + "?");
}

// Whether `member` is written as its section must be: [site], [[topic]].
bool is_well_written(const Member& member, const Section& section) {
  if (!section.repeated) return member.value.kind == Node::Kind::table;
  return member.value.kind == Node::Kind::list &&
         std::all_of(member.value.items.begin(), member.value.items.end(),
                     [](const Node& item) { return item.kind == Node::Kind::table; });
}

enum class Part { all, interests };

// A former name is nobody's now, and one topic's then.
void check_former_names(const Node& root, const SettingsFile& file, const std::vector<Topic>& topics) {
  std::set<std::string> taken;
  for (const Topic& topic : topics) taken.insert(topic.slug);
  const Member* sections = find_member(root, "topic");
  for (const Node& section : sections == nullptr ? std::vector<Node>() : sections->value.items) {
    const Member* formerly = find_member(section, "formerly");
    if (formerly == nullptr) continue;
    const bool several = formerly->value.kind == Node::Kind::list;
    for (const Node& name : several ? formerly->value.items : std::vector<Node>{formerly->value})
      if (name.kind == Node::Kind::text && !taken.insert(slug(name.text)).second)
        file.reading().fault(name, "[[topic]] formerly: " + quoted(name.text) + " is the name of another topic",
                             "name one that no other [[topic]] section has or had");
  }
}

// Which of the two is meant nobody can tell.
void check_ends(const Node& root, const SettingsFile& file) {
  const Member* sections = find_member(root, "topic");
  for (const Node& section : sections == nullptr ? std::vector<Node>() : sections->value.items) {
    const Member* paused = find_member(section, "paused");
    const Member* until = find_member(section, "until");
    if (paused != nullptr && paused->value.flag && until != nullptr)
      file.reading().fault(*until, "[[topic]] has both \"paused\" and \"until\"",
                           "remove one: a paused topic counts on no day, one with \"until\" up to that day");
  }
}

// Each section that is known and well written; the faults come out in the file's order.
Settings read_file(std::string_view toml, const std::string& source, Errors& errors, Part part) {
  Settings settings;
  Errors found;
  const auto root = read_toml(toml, source, found);
  std::vector<std::string> there;
  for (const Section& section : sections())
    if (part == Part::all || section.is_of_interests()) there.push_back(section.heading());
  const std::string headings = listed(there);
  const SettingsFile file{source, found};
  for (const Member& member : root ? root->members : std::vector<Member>()) {
    const Section* section = find_section(member.name);
    if (section == nullptr) {
      refuse_unknown(member, headings, file.reading());
    } else if (part == Part::interests && !section->is_of_interests()) {
      file.reading().fault(member, section->heading() + " does not belong in an interests file",
                           "move it to daybook.toml; an interests file has " + headings);
    } else if (!is_well_written(member, *section)) {
      file.reading().fault(
          member, quoted(member.name) + (section->repeated ? " must be a list of sections" : " must be one section"),
          "write " + section->heading());
    } else {
      section->read(member.value, file, settings);
    }
  }
  if (root) check_former_names(*root, file, settings.interests.topics);
  if (root) check_ends(*root, file);
  report_in_order(std::move(found), errors);
  return settings;
}

}  // namespace

std::string_view announce_type_name(AnnounceType type) { return announce_names.at(static_cast<std::size_t>(type)); }

std::optional<AnnounceType> announce_type_of(std::string_view name) {
  for (std::size_t i = 0; i < announce_names.size(); ++i)
    if (announce_names[i] == name) return static_cast<AnnounceType>(i);
  return std::nullopt;
}

std::optional<WebhookKind> webhook_kind_of(std::string_view name) {
  for (std::size_t i = 0; i < webhook_kinds.size(); ++i)
    if (webhook_kinds[i] == name) return static_cast<WebhookKind>(i);
  return std::nullopt;
}

Interests interests_on(const Interests& interests, Date day) {
  Interests then = interests;
  std::erase_if(then.topics, [&](const Topic& topic) { return topic.paused || (topic.until && day > *topic.until); });
  for (Topic& topic : then.topics) {
    topic.formerly.clear();
    topic.until.reset();
  }
  return then;
}

Settings read_settings(std::string_view toml, const std::string& source, Errors& errors) {
  return read_file(toml, source, errors, Part::all);
}

void check_feeds(const Settings& settings, const std::string& source, Errors& errors) {
  Names names;
  for (const Topic& topic : settings.interests.topics) names.push_back(topic.name);
  const auto check = [&](const FeedFilter& filter, const std::string& feed) {
    for (const std::string& wanted : filter.topics)
      if (std::none_of(names.begin(), names.end(), [&](std::string_view name) { return slug(name) == slug(wanted); }))
        errors.push_back({Kind::misuse,
                          {source, 0, 0},
                          feed + ": there is no topic " + quoted(wanted),
                          did_you_mean(nearest(wanted, names), "name one that a [[topic]] section has")});
  };
  check(settings.feeds.best, "[feeds] best");
  for (const OwnFeed& own : settings.feeds.own) check(own, "[[feed]] " + quoted(own.name));

  for (const Author& author : settings.interests.authors) names.push_back(author.name);
  for (const OwnFeed& own : settings.feeds.own) names.push_back(own.name);
  for (const std::string_view name : {"best", "everything"}) names.push_back(name);
  const auto check_target = [&](const DeliveryChoice& target, const std::string& heading) {
    for (const std::string& feed : target.feeds)
      if (std::none_of(names.begin(), names.end(), [&](std::string_view name) { return slug(name) == slug(feed); }))
        errors.push_back({Kind::misuse,
                          {source, 0, 0},
                          heading + " feeds: there is no feed " + quoted(feed),
                          did_you_mean(nearest(feed, names),
                                       "write \"best\", \"everything\", or the name of a topic, a "
                                       "followed author or a [[feed]]")});
  };
  if (!settings.mail.to.empty()) check_target(settings.mail, "[mail]");
  for (const WebhookSettings& webhook : settings.webhooks) check_target(webhook, "[[webhook]] " + quoted(webhook.name));
}

Interests read_interests(std::string_view toml, const std::string& source, Errors& errors) {
  return read_file(toml, source, errors, Part::interests).interests;
}

}  // namespace daybook
