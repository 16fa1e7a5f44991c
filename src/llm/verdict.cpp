#include "llm/verdict.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/json_writer.h"
#include "core/text.h"
#include "llm/loose_json.h"
#include "paper/paper.h"

namespace daybook {

namespace {

constexpr std::size_t comment_bytes_max = 1200;
constexpr std::size_t id_bytes_max = 40;
constexpr std::size_t refusals_told = 10;  // of one reply: it may have thousands
constexpr std::string_view id_key = "arxivid";

// 8, 8.0, "8", "8/10". Nothing where it is none of these or out of range.
std::optional<int> score_value(const Json* value) {
  if (value == nullptr) return std::nullopt;
  double number = 0;
  if (value->IsNumber()) {
    number = value->GetDouble();
  } else {
    const std::string_view text = trim(string_of(value));
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view rest = trim(text.substr(static_cast<std::size_t>(end - text.data())));
    if (fault != std::errc() || !(rest.empty() || rest == "/10" || rest == "/ 10")) return std::nullopt;
  }
  if (!(number >= 1 && number <= 10)) return std::nullopt;
  return static_cast<int>(std::lround(number));
}

std::optional<bool> flag_value(const Json* value) {
  if (value == nullptr) return std::nullopt;
  if (value->IsBool()) return value->GetBool();
  const std::string text = ascii_lower(trim(string_of(value)));
  if (text == "true" || text == "yes") return true;
  if (text == "false" || text == "no") return false;
  return std::nullopt;
}

// Cut between characters.
std::string shortened(std::string line, std::size_t bytes_max) {
  return line.size() <= bytes_max ? line : std::string(utf8_prefix(line, bytes_max)) + "…";
}

// One line without control characters, no longer than a comment should be.
std::string comment_text(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return shortened(std::move(line), comment_bytes_max);
}

std::string counted_entries(int count) { return std::to_string(count) + (count == 1 ? " entry" : " entries"); }

// An invented id goes into messages and onto pages.
std::string shown_id(const std::string& id) { return shortened(comment_text(id), id_bytes_max); }

// By slug or name; an invented topic is none.
std::string topic_slug(std::string_view said, const std::vector<Topic>& topics) {
  const std::string wanted = slug(said);
  for (const Topic& topic : topics)
    if (topic.slug == wanted || topic.name == said) return topic.slug;
  return {};
}

class VerdictReader {
 public:
  VerdictReader(Pass pass, const std::vector<std::string>& asked, const std::vector<Topic>& topics)
      : pass_(pass), asked_(asked), topics_(topics), found_(asked.size()), barred_(asked.size()) {}

  void read(const Json& object) {
    const Json* named = loose_member(object, id_key);
    const auto id = ArxivId::parse(trim(string_of(named)));
    const auto place = id ? std::find(asked_.begin(), asked_.end(), id->text) : asked_.end();
    if (place == asked_.end()) return refuse(id ? id->text : std::string(string_of(named)), "was not asked about");
    Verdict verdict;
    verdict.id = *place;
    const char* fault = pass_ == Pass::scores ? read_scores(object, verdict) : read_keep(object, verdict);
    if (fault != nullptr) return refuse(verdict.id, fault);
    place_verdict(static_cast<std::size_t>(place - asked_.begin()), std::move(verdict));
  }

  Verdicts result(int unreadable) {
    if (unreadable > 0)
      refused_.push_back(counted_entries(unreadable) + " of a reply that " + (unreadable == 1 ? "is" : "are") +
                         " no JSON");
    if (refusals_ > refusals_told)
      refused_.push_back("and " + std::to_string(refusals_ - refusals_told) + " further entries were refused");
    Verdicts verdicts;
    for (std::size_t i = 0; i < found_.size(); ++i)
      if (found_[i] && !barred_[i]) verdicts.accepted.push_back(std::move(*found_[i]));
    verdicts.refused = std::move(refused_);
    return verdicts;
  }

 private:
  const char* read_scores(const Json& object, Verdict& verdict) const {
    const auto relevance = score_value(loose_member(object, "relevance"));
    if (!relevance) return "has no relevance from 1 to 10";
    const auto novelty = score_value(loose_member(object, "novelty"));
    if (!novelty) return "has no novelty from 1 to 10";
    verdict.relevance = *relevance;
    verdict.novelty = *novelty;
    verdict.comment = comment_text(string_of(loose_member(object, "comment")));
    verdict.topic = topic_slug(trim(string_of(loose_member(object, "topic"))), topics_);
    return nullptr;
  }

  const char* read_keep(const Json& object, Verdict& verdict) const {
    const auto keep = flag_value(loose_member(object, "keep"));
    if (!keep) return "has no KEEP of true or false";
    verdict.keep = *keep;
    return nullptr;
  }

  void place_verdict(std::size_t at, Verdict verdict) {
    auto& known = found_[at];
    if (!known) {
      known = std::move(verdict);
    } else if (known->relevance != verdict.relevance || known->novelty != verdict.novelty ||
               known->keep != verdict.keep) {
      if (!barred_[at]) refuse(verdict.id, "came twice, with different scores");
      barred_[at] = true;
    }
  }

  void refuse(const std::string& id, std::string_view why) {
    if (++refusals_ <= refusals_told)
      refused_.push_back((id.empty() ? "an entry without an id" : shown_id(id)) + ' ' + std::string(why));
  }

  Pass pass_;
  const std::vector<std::string>& asked_;
  const std::vector<Topic>& topics_;
  std::vector<std::optional<Verdict>> found_;  // parallel to asked_
  std::vector<bool> barred_;
  std::vector<std::string> refused_;
  std::size_t refusals_ = 0;
};

// An object with all its properties "required" and no others: what strict schemas ask for.
template <typename Properties>
void put_object(JsonWriter& json, const std::vector<std::string>& required, Properties properties) {
  json.put("type", "object");
  json.object("properties", properties);
  json.put("required", required);
  json.put("additionalProperties", false);
}

template <typename Value>
void put_enum(JsonWriter& json, const char* name, const char* type, const std::vector<Value>& values) {
  json.object(name, [&] {
    json.put("type", type);
    if (!values.empty()) json.put("enum", values);
  });
}

void put_type(JsonWriter& json, const char* name, const char* type) {
  put_enum(json, name, type, std::vector<std::string>());
}

void put_paper(JsonWriter& json, Pass pass, const std::vector<Topic>& topics) {
  if (pass == Pass::titles)
    return put_object(json, {"ARXIVID", "KEEP"}, [&] {
      put_type(json, "ARXIVID", "string");
      put_type(json, "KEEP", "boolean");
    });
  put_object(json, {"ARXIVID", "COMMENT", "RELEVANCE", "NOVELTY", "TOPIC"}, [&] {
    put_type(json, "ARXIVID", "string");
    put_type(json, "COMMENT", "string");
    const std::vector<int> scale = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};  // not every endpoint knows "minimum"
    put_enum(json, "RELEVANCE", "integer", scale);
    put_enum(json, "NOVELTY", "integer", scale);
    std::vector<std::string> slugs;
    for (const Topic& topic : topics) slugs.push_back(topic.slug);
    slugs.emplace_back("none");
    put_enum(json, "TOPIC", "string", slugs);
  });
}

}  // namespace

Verdicts read_verdicts(std::string_view content, Pass pass, const std::vector<std::string>& asked,
                       const std::vector<Topic>& topics) {
  VerdictReader reader(pass, asked, topics);
  const int unreadable = for_each_object(content, id_key, [&](const Json& object) { reader.read(object); });
  return reader.result(unreadable);
}

std::string verdict_schema(Pass pass, const std::vector<Topic>& topics) {
  JsonWriter json;
  json.object([&] {
    put_object(json, {"papers"}, [&] {
      json.object("papers", [&] {
        json.put("type", "array");
        json.object("items", [&] { put_paper(json, pass, topics); });
      });
    });
  });
  return json.text();
}

}  // namespace daybook
