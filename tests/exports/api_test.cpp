#include "exports/api.h"

#include <rapidjson/schema.h>

#include <string>

#include "core/json.h"
#include "site/topic_pages.h"
#include "site/traps.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

// A member that the schema does not name is an error here, so that none is written that it does not describe.
void close_objects(rapidjson::Value& schema, rapidjson::Document::AllocatorType& allocator) {
  if (schema.IsArray())
    for (auto& one : schema.GetArray()) close_objects(one, allocator);
  if (!schema.IsObject()) return;
  // clang 14 finds the iterators' != ambiguous.
  for (auto one = schema.MemberBegin(); one < schema.MemberEnd(); ++one) close_objects(one->value, allocator);
  const Json* type = member(schema, "type");
  if (string_of(type) == "object") schema.AddMember("additionalProperties", false, allocator);
}

std::string replaced(std::string text, const std::string& part, const std::string& instead) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + instead.size()))
    text.replace(at, part.size(), instead);
  return text;
}

// RapidJSON reads JSON Schema's draft 4, whose word for "$defs" is "definitions".
void check_against(const std::string& kind, const std::string& json) {
  rapidjson::Document schema;
  schema.Parse(replaced(*find_bytes(builtin_site_files(), "api/v1/schema.json"), "$defs", "definitions").c_str());
  REQUIRE_FALSE(schema.HasParseError());
  close_objects(schema, schema.GetAllocator());
  schema.RemoveMember("$schema");
  schema.RemoveMember("anyOf");
  schema.AddMember("allOf", rapidjson::Value(rapidjson::kArrayType), schema.GetAllocator());
  rapidjson::Value reference(rapidjson::kObjectType);
  reference.AddMember("$ref", rapidjson::Value(("#/definitions/" + kind).c_str(), schema.GetAllocator()),
                      schema.GetAllocator());
  schema["allOf"].PushBack(reference, schema.GetAllocator());
  const rapidjson::SchemaDocument compiled(schema);
  rapidjson::SchemaValidator validator(compiled);
  rapidjson::Document document;
  document.Parse(json.c_str());
  REQUIRE_FALSE(document.HasParseError());
  const bool valid = document.Accept(validator);
  rapidjson::StringBuffer at;
  validator.GetInvalidDocumentPointer().StringifyUriFragment(at);
  INFO(kind << " at " << at.GetString() << ": " << validator.GetInvalidSchemaKeyword());
  CHECK(valid);
}

}  // namespace

TEST_CASE("api: text is Unicode, and formulas are TeX that cannot be taken for money", "[api]") {
  CHECK(api_text("It costs $5 and $10, so $x<y$ in \\'Etudes~1") == "It costs $5 and $10, so \\(x<y\\) in Études 1");
  CHECK(api_text("$$a$$\n\n\\begin{align} a &= b \\end{align}") == "\\[a\\] \\begin{align} a &= b \\end{align}");
  CHECK(api_text("\xE2\x80\xAE\xD7\xA9 \x01\xFF") == "\xD7\xA9 \xEF\xBF\xBD");
}

TEST_CASE("api: a day with its counts, its papers and the names of its near misses", "[api]") {
  Day day = trap_day();
  day.papers.resize(1);
  day.papers[0].paper.authors.resize(2);
  CHECK(api_day(day, parts().site) ==
        "{\"$schema\":\"https://daybook.example/papers/api/v1/schema.json\",\"date\":\"2099-01-05\","
        "\"status\":\"partial\",\"why\":\"The LLM said \\\"no\\\" & left.\","
        "\"counts\":{\"announced\":30,\"scanned\":20,\"shown_before\":1,\"selected\":6,\"withdrawn\":1},"
        "\"usage\":{\"model\":\"model\",\"requests\":2,\"prompt_tokens\":300,\"completion_tokens\":40,\"cost\":0.2},"
        "\"url\":\"https://daybook.example/papers/2099/01/05/\","
        "\"json_url\":\"https://daybook.example/papers/api/v1/2099/01/05.json\","
        "\"topics\":[{\"slug\":\"maps\",\"name\":\"Maps & <things>\"}],"
        "\"papers\":[{\"id\":\"9901.00001\","
        "\"title\":\"LoRA & K-FAC, \\\"N:M\\\": 100% of \\\\(x^{2} < y_{i,j}\\\\) for 5$ in Études 1\","
        "\"authors\":[\"Ada Imagined\",\"Aart van der Molenveld\"],"
        "\"abstract\":\"We show that a < b > c, 50% of the time, for $5 and $10.\",\"categories\":[\"cs.LG\"],"
        "\"relevance\":9,\"comment\":\"Fits: <b>not bold</b>.\",\"topic\":\"maps\",\"scorer\":\"local\","
        "\"first_seen\":\"2099-01-05\"}],"
        "\"near_misses\":[{\"id\":\"9901.00006\",\"title\":\"Nearly \\\\(\\\\alpha\\\\) & étude\",\"relevance\":9,"
        "\"novelty\":5}]}\n");
}

TEST_CASE("api: the lists of days and topics lead to their pages, files and feeds", "[api]") {
  Day old = day_with(monday - 40, 1, "lost-art");
  Summaries days = {unreadable_day(monday + 1), summary_of(trap_day()), summary_of(old)};
  CHECK(api_days(days, parts().site) ==
        "{\"$schema\":\"https://daybook.example/papers/api/v1/schema.json\",\"title\":\"Test <Daybook>\","
        "\"url\":\"https://daybook.example/papers/\",\"days\":["
        "{\"date\":\"2099-01-06\",\"status\":\"unreadable\",\"url\":\"https://daybook.example/papers/2099/01/06/\"},"
        "{\"date\":\"2099-01-05\",\"status\":\"partial\",\"papers\":5,\"counts\":{\"announced\":30,\"scanned\":20,"
        "\"shown_before\":1,\"selected\":6,\"withdrawn\":1},\"cost\":0.2,"
        "\"url\":\"https://daybook.example/papers/2099/01/05/\","
        "\"json_url\":\"https://daybook.example/papers/api/v1/2099/01/05.json\"},"
        "{\"date\":\"2098-11-26\",\"status\":\"local\",\"papers\":1,\"counts\":{},"
        "\"url\":\"https://daybook.example/papers/2098/11/26/\","
        "\"json_url\":\"https://daybook.example/papers/api/v1/2098/11/26.json\"}]}\n");
  const std::string topics = api_topics(days, all_topics(days, parts().interests.topics), parts());
  CHECK(topics.find("{\"slug\":\"maps\",\"name\":\"Maps\",\"current\":true,\"papers\":4,\"newest\":\"2099-01-05\","
                    "\"url\":\"https://daybook.example/papers/topics/maps/\","
                    "\"feeds\":{\"atom\":\"https://daybook.example/papers/topics/maps/atom.xml\",") !=
        std::string::npos);
  CHECK(topics.find("{\"slug\":\"lost-art\",\"name\":\"lost-art\",\"current\":false,\"papers\":1,") !=
        std::string::npos);
  CHECK(api_topics({}, {{"maps", "Maps"}}, parts()).find("\"papers\":0,\"url\"") != std::string::npos);
}

TEST_CASE("api: what is published is as its schema says, and has no member that the schema does not name", "[api]") {
  Day quiet;
  quiet.date = monday + 1;
  quiet.status = Status::quiet;
  const Files files = built({quiet, trap_day(), day_with(monday - 40, 1, "lost-art")}, parts());
  check_against("days", files.at("api/v1/days.json"));
  check_against("topics", files.at("api/v1/topics.json"));
  check_against("day", files.at("api/v1/2099/01/06.json"));
  check_against("day", files.at("api/v1/2099/01/05.json"));
  check_against("day", files.at("api/v1/2098/11/26.json"));
  check_against("days", api_days({unreadable_day(monday)}, parts().site));
  CHECK(files.at("sitemap.xml").find("api/") == std::string::npos);
}
