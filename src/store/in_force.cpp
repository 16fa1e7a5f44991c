#include "store/in_force.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"
#include "platform/disk.h"

namespace daybook {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& json, const char* name, std::string_view text) {
  json.Key(name);
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void put(Writer& json, const char* name, const std::vector<std::string>& texts) {
  json.Key(name);
  json.StartArray();
  for (const std::string& text : texts) json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  json.EndArray();
}

void put(Writer& json, const Cutoffs& cutoffs) {
  json.Key("cutoffs");
  json.StartObject();
  for (const auto& [name, number] :
       {std::pair{"relevance", cutoffs.relevance}, {"novelty", cutoffs.novelty}, {"at_most", cutoffs.at_most}}) {
    json.Key(name);
    json.Int(number);
  }
  json.EndObject();
}

void put(Writer& json, const std::vector<Topic>& topics) {
  json.Key("topics");
  json.StartArray();
  for (const Topic& topic : topics) {
    json.StartObject();
    put(json, "slug", topic.slug);
    put(json, "name", topic.name);
    put(json, "keep", topic.keep);
    put(json, "skip", topic.skip);
    put(json, "keywords", topic.keywords);
    json.EndObject();
  }
  json.EndArray();
}

void put(Writer& json, const std::vector<Author>& authors) {
  json.Key("authors");
  json.StartArray();
  for (const Author& author : authors) {
    json.StartObject();
    put(json, "slug", author.slug);
    put(json, "name", author.name);
    put(json, "s2", author.s2);
    put(json, "orcid", author.orcid);
    json.EndObject();
  }
  json.EndArray();
}

// Reads members as they were written; whatever is not so makes the whole damaged.
class Reading {
 public:
  void take(const Json& object, std::string_view name, std::string& text) {
    const Json* value = member(object, name);
    if (value == nullptr || !value->IsString() || !is_utf8(string_of(value))) return note(name);
    text = string_of(value);
  }
  void take(const Json& object, std::string_view name, int& number) {
    const auto value = integer_of(member(object, name));
    if (!value || *value < 0 || *value > 1'000'000) return note(name);
    number = static_cast<int>(*value);
  }
  void take(const Json& object, std::string_view name, Date& date) {
    const auto value = Date::parse(string_of(member(object, name)));
    if (!value) return note(name);
    date = *value;
  }
  void take(const Json& object, std::string_view name, std::vector<std::string>& texts) {
    for_each(object, name, [&](const Json& value) {
      if (!value.IsString() || !is_utf8(string_of(&value))) return note(name);
      texts.emplace_back(string_of(&value));
    });
  }
  template <typename Take>
  void for_each(const Json& object, std::string_view name, Take take_one) {
    const Json* list = member(object, name);
    if (list == nullptr || !list->IsArray()) return note(name);
    for (const Json& value : list->GetArray()) take_one(value);
  }
  const std::string& fault() const { return fault_; }

 private:
  void note(std::string_view name) {
    if (fault_.empty()) fault_ = '"' + std::string(name) + "\" is missing, or not what it should be";
  }
  std::string fault_;
};

Topic topic_of(const Json& object, Reading& reading) {
  Topic topic;
  reading.take(object, "slug", topic.slug);
  reading.take(object, "name", topic.name);
  reading.take(object, "keep", topic.keep);
  reading.take(object, "skip", topic.skip);
  reading.take(object, "keywords", topic.keywords);
  return topic;
}

Author author_of(const Json& object, Reading& reading) {
  Author author;
  reading.take(object, "slug", author.slug);
  reading.take(object, "name", author.name);
  reading.take(object, "s2", author.s2);
  reading.take(object, "orcid", author.orcid);
  return author;
}

std::string path_in(const std::string& state) { return state + "/interests.json"; }

}  // namespace

InForce in_force_after(const std::optional<InForce>& before, const Settings& settings, const std::string& prompt,
                       Date day) {
  InForce after{settings.interests, settings.llm.model, prompt, day};
  if (before && difference(*before, after).empty()) after.since = std::min(before->since, day);
  return after;
}

std::string difference(const InForce& before, const InForce& after) {
  std::vector<std::string> parts;
  const bool topics = before.interests.topics != after.interests.topics;
  const bool skipped = before.interests.skip_keywords != after.interests.skip_keywords;
  if (topics) parts.emplace_back("topics");
  if (skipped) parts.emplace_back("words to skip");
  if (before.interests.cutoffs != after.interests.cutoffs) parts.emplace_back("cut-offs");
  if (!topics && !skipped && before.prompt != after.prompt) parts.emplace_back("prompt");
  if (before.model != after.model) parts.emplace_back("model");
  if (parts.size() < 2) return joined(parts, "");
  const std::string last = " and " + parts.back();
  parts.pop_back();
  return joined(parts, ", ") + last;
}

std::string write_in_force(const InForce& in_force) {
  rapidjson::StringBuffer buffer;
  Writer json(buffer);
  json.StartObject();
  put(json, "since", in_force.since.iso());
  put(json, "model", in_force.model);
  put(json, "prompt", in_force.prompt);
  put(json, in_force.interests.cutoffs);
  put(json, "skip_keywords", in_force.interests.skip_keywords);
  put(json, in_force.interests.topics);
  put(json, in_force.interests.authors);
  json.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

Result<InForce> read_in_force(std::string text, const std::string& source) {
  JsonDocument document;
  document.text = std::move(text);
  if (const auto error = parse_json(document, source)) return *error;
  InForce in_force;
  Interests& interests = in_force.interests;
  Reading reading;
  reading.take(document.root, "since", in_force.since);
  reading.take(document.root, "model", in_force.model);
  reading.take(document.root, "prompt", in_force.prompt);
  const Json* found = member(document.root, "cutoffs");
  const Json& cutoffs = found == nullptr ? document.root : *found;
  reading.take(cutoffs, "relevance", interests.cutoffs.relevance);
  reading.take(cutoffs, "novelty", interests.cutoffs.novelty);
  reading.take(cutoffs, "at_most", interests.cutoffs.at_most);
  reading.take(document.root, "skip_keywords", interests.skip_keywords);
  reading.for_each(document.root, "topics",
                   [&](const Json& object) { interests.topics.push_back(topic_of(object, reading)); });
  reading.for_each(document.root, "authors",
                   [&](const Json& object) { interests.authors.push_back(author_of(object, reading)); });
  if (!reading.fault().empty()) return Error{Kind::failed, {source}, reading.fault(), ""};
  return in_force;
}

Result<std::optional<InForce>> kept_in_force(const std::string& state) {
  const std::string path = path_in(state);
  if (!exists(path)) return std::optional<InForce>();
  auto text = read_file_below(state, path);
  auto in_force = text ? read_in_force(std::move(*text), path) : Result<InForce>(text.error());
  if (in_force) return std::optional(std::move(*in_force));
  Error fault = in_force.error();
  fault.mend = "nothing: the next run writes it anew; until then it is as if the settings were new";
  return fault;
}

Result<Done> keep_in_force(const std::string& state, const InForce& in_force) {
  const auto wrote = write_atomically(path_in(state), write_in_force(in_force));
  if (!wrote) return wrote.error();
  return Done{};
}

}  // namespace daybook
