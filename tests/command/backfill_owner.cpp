#include "backfill_owner.h"

#include "day/record.h"
#include "support/catch.h"
#include "support/feed_text.h"

namespace daybook {

Date day_named(std::string_view iso) { return Date::parse(iso).value(); }

void submit_daily(ArxivServer& arxiv, Date from, Date to) {
  int number = 0;
  for (Date day = from - 5; day <= to; day = day + 1) {
    const Instant instants[] = {new_york_time(day, 9), new_york_time(day, 13, 59), new_york_time(day, 14)};
    for (const Instant when : instants) {
      Paper paper = feed_text::invented_paper(++number);
      if (number % 2 == 0) paper.categories = {"cs.AI", "cs.LG"};
      arxiv.submit(std::move(paper), when);
    }
  }
}

BackfillOwner::BackfillOwner(const ArxivServer& arxiv, const std::string& llm, const std::string& arxiv_lines,
                             const std::string& pause, const std::string& categories) {
  put(folder_ / "config/daybook.toml",
      "[site]\ntitle = \"Test\"\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [" + categories +
          "]\nrss_url = \"" + arxiv.rss_url() + "\"\nlist_url = \"" + arxiv.list_url() + "\"\napi_url = \"" +
          arxiv.api_url() + "\"\nseconds_between = " + pause + "\nretries = 0\n" + arxiv_lines +
          "[llm]\nmodel = \"model-1\"\n" + llm +
          "\n[select]\nrelevance = 6\nat_most = 1000\n[[topic]]\nname = \"Inventions\"\nkeep = \"inventions\"\n");
  put(folder_ / "config/prices.toml", "[\"model-1\"]\nprompt = 1.0\ncached = 0.5\ncompletion = 4.0\n");
}

Program BackfillOwner::start(Date day, const std::vector<std::string>& arguments) const {
  std::vector<std::string> all = arguments;
  const std::pair<const char*, const char*> places[] = {
      {"--config", "config/daybook.toml"}, {"--archive", "archive"}, {"--state", "state"}, {"--out", "public"}};
  for (const auto& [option, name] : places) {
    all.emplace_back(option);
    all.push_back(folder_ / name);
  }
  Variables variables = {{"DAYBOOK_NOW", new_york_time(day, hour_).rfc3339()}};
  if (!base_url_.empty()) {
    variables.emplace_back("OPENAI_API_KEY", "sk-invented-Backfill0123456789");
    variables.emplace_back("OPENAI_BASE_URL", base_url_);
  }
  return {all, variables, folder_ / "output"};
}

int BackfillOwner::command(Date day, const std::vector<std::string>& arguments) {
  Program program = start(day, arguments);
  const int code = program.wait();
  output_ = program.output();
  return code;
}

int BackfillOwner::run(Date day, const std::vector<std::string>& options) {
  std::vector<std::string> arguments = {"run"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return command(day, arguments);
}

int BackfillOwner::backfill(Date day, Date from, Date to, const std::vector<std::string>& options) {
  std::vector<std::string> arguments = {"backfill", "--from", from.iso(), "--to", to.iso()};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return command(day, arguments);
}

std::string BackfillOwner::path(Date day, const std::string& ending) const {
  return folder_ / ("archive/" + day.iso().substr(0, 4) + '/' + day.iso() + ending);
}

bool BackfillOwner::has(Date day) const { return std::filesystem::exists(path(day, ".json")); }

Day BackfillOwner::record(Date day) const {
  INFO(output_);
  auto record = read_record(bytes_of(path(day, ".json")), path(day, ".json"));
  REQUIRE(record);
  return std::move(*record);
}

std::set<std::string> BackfillOwner::ids(Date day) const {
  std::set<std::string> ids;
  const Day known = record(day);
  for (const Entry& entry : known.papers) ids.insert(entry.paper.id);
  const auto others = read_others(bytes_of(path(day, ".others.jsonl")), path(day, ".others.jsonl"));
  REQUIRE(others);
  for (const Other& other : *others) CHECK(ids.insert(other.id).second);
  return ids;
}

}  // namespace daybook
