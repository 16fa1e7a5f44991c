#include "core/json_writer.h"

#include "support/catch.h"

using namespace daybook;

TEST_CASE("JSON writer: every kind of value, in the order they are put", "[json]") {
  JsonWriter json;
  const std::vector<std::string> names = {"a", "\"b\"\n"};
  json.object([&] {
    json.put("text", "é");
    json.put("number", -7);
    json.put("size", names.size());
    json.put("half", 0.5);
    json.put("flag", true);
    json.put("names", names);
    json.put("absent", std::optional<int>());
    json.put("present", std::optional<int>(3));
    json.objects("list", names, [&](const std::string& name) { json.put("name", name); });
    json.object("empty", [] {});
    json.array("pair", [&] {
      json.value(1);
      json.raw("{\"raw\":[]}");
    });
  });
  CHECK(json.line() == R"({"text":"é","number":-7,"size":2,"half":0.5,"flag":true,"names":["a","\"b\"\n"],"present":3,)"
                       R"("list":[{"name":"a"},{"name":"\"b\"\n"}],"empty":{},"pair":[1,{"raw":[]}]})"
                       "\n");
}

TEST_CASE("JSON writer: a text that is not UTF-8 can be read all the same", "[json]") {
  JsonWriter json;
  json.value(std::string("a\xFFz"));
  CHECK(json.text() == "\"a\uFFFDz\"");
}
