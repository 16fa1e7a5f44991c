#include "support/llm_reply.h"

#include <algorithm>
#include <array>

#include "core/json.h"
#include "core/text.h"

namespace daybook::llm {

namespace {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr std::string_view id_field = "ARXIVID: ";
constexpr std::string_view title_field = "TITLE: ";
constexpr std::string_view abstract_field = "ABSTRACT: ";

bool begins(std::string_view line, std::string_view field) { return line.substr(0, field.size()) == field; }

void put(JsonWriter& json, const char* name, std::string_view text) {
  json.Key(name);
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void put(JsonWriter& json, const char* name, long long number) {
  json.Key(name);
  json.Int64(number);
}

void put_score(JsonWriter& json, const char* name, int score, bool as_text) {
  if (as_text) return put(json, name, std::to_string(score));
  put(json, name, static_cast<long long>(score));
}

// A text, or a list of parts with texts.
std::string text_of(const Json* content) {
  if (content == nullptr || !content->IsArray()) return std::string(string_of(content));
  std::string text;
  for (const Json& part : content->GetArray()) text += string_of(member(part, "text"));
  return text;
}

void read_papers(std::string_view text, Asked& asked) {
  bool in_abstract = false;
  bool any_abstract = false;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view id = begins(line, id_field) ? line.substr(id_field.size()) : std::string_view();
    if (!id.empty() && id.find_first_of(" \t\r") == std::string_view::npos) {
      asked.papers.push_back({std::string(id), {}, {}});
      in_abstract = false;
    } else if (asked.papers.empty()) {
      continue;
    } else if (in_abstract) {
      asked.papers.back().abstract.append("\n").append(line);
    } else if (begins(line, title_field)) {
      asked.papers.back().title = line.substr(title_field.size());
    } else if (begins(line, abstract_field)) {
      asked.papers.back().abstract = line.substr(abstract_field.size());
      in_abstract = any_abstract = true;
    }
  }
  for (AskedPaper& paper : asked.papers) paper.abstract = std::string(trim(paper.abstract));
  asked.titles_only = !asked.papers.empty() && !any_abstract;
}

std::string object(const Row& row) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  put(json, "ARXIVID", row.id);
  if (row.keep) {
    json.Key("KEEP");
    json.Bool(*row.keep);
  } else {
    put(json, "COMMENT", row.comment);
    put_score(json, "RELEVANCE", row.relevance, row.text_scores);
    put_score(json, "NOVELTY", row.novelty, row.text_scores);
    put(json, "TOPIC", row.topic);
  }
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string joined(const std::vector<Row>& rows, const char* between) {
  std::string text;
  for (const Row& row : rows) text += (text.empty() ? "" : between) + object(row);
  return text;
}

std::vector<std::string> ids_of(const std::vector<Row>& rows) {
  std::vector<std::string> ids;
  for (const Row& row : rows) ids.push_back(row.id);
  return ids;
}

// Scores that nobody gives: a reader that takes them is seen.
Row contradicting(Row row) {
  if (row.keep) row.keep = !*row.keep;
  row.relevance = row.relevance % 10 + 1;
  row.novelty = row.novelty % 10 + 1;
  return row;
}

// As models break it: an inner quotation mark, a missing comma, an object that does not end.
std::string broken(std::string line, std::uint64_t chance) {
  const auto colon = line.find(':');
  const auto comma = line.find("\",\"");
  if (chance % 3 == 0) return line.insert(colon + 3, "\"so\" ");
  if (chance % 3 == 1 && comma != std::string::npos) return line.erase(comma + 1, 1);
  return line.substr(0, line.size() - 2);
}

Content with_broken_json(const std::vector<Row>& rows, bool with_schema, std::size_t struck, std::uint64_t chance) {
  Content content;
  if (with_schema) {
    content.text = as_object(rows);
    const std::string line = object(rows[struck]);
    content.text.replace(content.text.find(line), line.size(), broken(line, chance));
    return content;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string line = object(rows[i]);
    content.text += (i == struck ? broken(line, chance) : line) + '\n';
    if (i != struck) content.answered.push_back(rows[i].id);
  }
  return content;
}

Content with_cut(const std::vector<Row>& rows, bool with_schema, std::uint64_t chance) {
  Content content;
  const std::string whole = with_schema ? as_object(rows) : as_lines(rows);
  content.text = whole.substr(0, whole.size() * (chance % 10) / 10);
  content.cut_off = true;
  const auto lines = static_cast<std::size_t>(std::count(content.text.begin(), content.text.end(), '\n'));
  for (std::size_t i = 0; i < lines && !with_schema; ++i) content.answered.push_back(rows[i].id);
  return content;
}

std::vector<std::string> without(std::vector<std::string> ids, const std::string& id) {
  ids.erase(std::remove(ids.begin(), ids.end(), id), ids.end());
  return ids;
}

}  // namespace

std::optional<Asked> read_asked(const std::string& body) {
  JsonDocument document;
  document.text = body;
  if (parse_json(document, "")) return std::nullopt;
  const Json* messages = member(document.root, "messages");
  if (messages == nullptr || !messages->IsArray()) return std::nullopt;
  Asked asked;
  asked.model = string_of(member(document.root, "model"));
  if (const Json* format = member(document.root, "response_format"))
    asked.with_schema = string_of(member(*format, "type")) == "json_schema";
  std::string from_user;
  for (const Json& message : messages->GetArray()) {
    const std::string text = text_of(member(message, "content"));
    asked.bytes += text.size();
    if (string_of(member(message, "role")) == "user") from_user += text + '\n';
  }
  read_papers(from_user, asked);
  return asked;
}

std::string as_lines(const std::vector<Row>& rows) { return rows.empty() ? "" : joined(rows, "\n") + '\n'; }
std::string as_object(const std::vector<Row>& rows) { return "{\"papers\":[" + joined(rows, ",") + "]}"; }

Content content_of(std::vector<Row> rows, bool with_schema, std::optional<LlmFault> fault, std::uint64_t chance,
                   const std::string& stranger) {
  const std::size_t struck = rows.empty() ? 0 : chance % rows.size();
  const std::uint64_t how = chance / 1024;
  Content content;
  content.answered = ids_of(rows);
  const auto written = [&] { return with_schema ? as_object(rows) : as_lines(rows); };
  if (!fault || rows.empty()) {
    content.text = written();
    return content;
  }
  const std::string id = rows[struck].id;
  switch (*fault) {
    case LlmFault::broken_json:
      return with_broken_json(rows, with_schema, struck, how);
    case LlmFault::cut_off:
      return with_cut(rows, with_schema, how);
    case LlmFault::fenced:
      content.text =
          "Here is what I think of them:\n\n```json\n" + written() + "\n```\n\nShall I look at more papers?\n";
      return content;
    case LlmFault::array:
      content.text = "[\n" + joined(rows, ",\n") + ",\n]\n";
      return content;
    case LlmFault::text_scores:
      for (Row& row : rows) row.text_scores = true;
      break;
    case LlmFault::out_of_range:
      rows[struck].relevance = std::array{0, 11, -1, 100}[how % 4];
      if (!rows[struck].keep) content.answered = without(content.answered, id);
      break;
    case LlmFault::unknown_id:
    case LlmFault::others_id: {
      Row added = contradicting(rows[struck]);
      added.id = stranger;
      rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(struck), added);
      break;
    }
    case LlmFault::repeated_id:
      rows.push_back(contradicting(rows[struck]));
      content.answered = without(content.answered, id);
      break;
    case LlmFault::left_out_id:
      rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(struck));
      content.answered = without(content.answered, id);
      break;
    default:
      break;  // not of the content
  }
  content.text = written();
  return content;
}

Usage usage_of(const Asked& asked, const Content& content) {
  Usage usage;
  usage.prompt = static_cast<long long>(asked.bytes / 4);
  usage.cached = usage.prompt / 2 / 128 * 128;  // OpenAI counts them by 128
  usage.reasoning = 16 * static_cast<long long>(asked.papers.size());
  usage.completion = static_cast<long long>(content.text.size() / 4) + usage.reasoning;
  return usage;
}

namespace {

void put_usage(JsonWriter& json, const Usage& told, UsageShape shape) {
  const bool chat = shape != UsageShape::responses;
  const bool apart = shape == UsageShape::reasoning_apart;
  const Usage usage = shape == UsageShape::zeros ? Usage{} : told;
  json.Key("usage");
  json.StartObject();
  put(json, chat ? "prompt_tokens" : "input_tokens", usage.prompt);
  put(json, chat ? "completion_tokens" : "output_tokens", usage.completion - (apart ? usage.reasoning : 0));
  put(json, "total_tokens", usage.prompt + usage.completion);
  json.Key(chat ? "prompt_tokens_details" : "input_tokens_details");
  json.StartObject();
  put(json, "cached_tokens", usage.cached);
  json.EndObject();
  json.Key(chat ? "completion_tokens_details" : "output_tokens_details");
  json.StartObject();
  put(json, "reasoning_tokens", usage.reasoning);
  json.EndObject();
  json.EndObject();
}

}  // namespace

std::string completion(const Asked& asked, const Content& content, const Usage& usage, UsageShape shape) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  put(json, "id", "chatcmpl-loopback");
  put(json, "object", "chat.completion");
  put(json, "created", 4070908800LL);
  put(json, "model", asked.model);
  json.Key("choices");
  json.StartArray();
  json.StartObject();
  put(json, "index", 0LL);
  json.Key("message");
  json.StartObject();
  put(json, "role", "assistant");
  put(json, "content", content.text);
  json.EndObject();
  put(json, "finish_reason", content.cut_off ? "length" : "stop");
  json.EndObject();
  json.EndArray();
  if (shape != UsageShape::none) put_usage(json, usage, shape);
  json.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 14695981039346656037U;  // FNV-1a, then the end of splitmix64
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

}  // namespace daybook::llm
