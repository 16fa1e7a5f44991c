#include "llm/verdict.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

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

void put_type(rapidjson::Writer<rapidjson::StringBuffer>& json, const char* name, const char* type) {
  json.Key(name);
  json.StartObject();
  json.Key("type");
  json.String(type);
}

void put_scale(rapidjson::Writer<rapidjson::StringBuffer>& json, const char* name) {
  put_type(json, name, "integer");
  json.Key("enum");  // not every endpoint knows "minimum"
  json.StartArray();
  for (int score = 1; score <= 10; ++score) json.Int(score);
  json.EndArray();
  json.EndObject();
}

void put_topic(rapidjson::Writer<rapidjson::StringBuffer>& json, const std::vector<Topic>& topics) {
  put_type(json, "TOPIC", "string");
  json.Key("enum");
  json.StartArray();
  for (const Topic& topic : topics) json.String(topic.slug.c_str());
  json.String("none");
  json.EndArray();
  json.EndObject();
}

void put_properties(rapidjson::Writer<rapidjson::StringBuffer>& json, Pass pass, const std::vector<Topic>& topics) {
  put_type(json, "ARXIVID", "string");
  json.EndObject();
  if (pass == Pass::titles) {
    put_type(json, "KEEP", "boolean");
    json.EndObject();
    return;
  }
  put_type(json, "COMMENT", "string");
  json.EndObject();
  put_scale(json, "RELEVANCE");
  put_scale(json, "NOVELTY");
  put_topic(json, topics);
}

// "required" and no other members: what strict schemas ask of every object.
void close_object(rapidjson::Writer<rapidjson::StringBuffer>& json, const std::vector<const char*>& required) {
  json.EndObject();  // of the properties
  json.Key("required");
  json.StartArray();
  for (const char* name : required) json.String(name);
  json.EndArray();
  json.Key("additionalProperties");
  json.Bool(false);
  json.EndObject();
}

}  // namespace

Verdicts read_verdicts(std::string_view content, Pass pass, const std::vector<std::string>& asked,
                       const std::vector<Topic>& topics) {
  VerdictReader reader(pass, asked, topics);
  const int unreadable = for_each_object(content, id_key, [&](const Json& object) { reader.read(object); });
  return reader.result(unreadable);
}

std::string verdict_schema(Pass pass, const std::vector<Topic>& topics) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartObject();
  json.Key("type");
  json.String("object");
  json.Key("properties");
  json.StartObject();
  put_type(json, "papers", "array");
  json.Key("items");
  json.StartObject();
  json.Key("type");
  json.String("object");
  json.Key("properties");
  json.StartObject();
  put_properties(json, pass, topics);
  close_object(json, pass == Pass::titles
                         ? std::vector<const char*>{"ARXIVID", "KEEP"}
                         : std::vector<const char*>{"ARXIVID", "COMMENT", "RELEVANCE", "NOVELTY", "TOPIC"});
  json.EndObject();  // of "papers"
  close_object(json, {"papers"});
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace daybook
