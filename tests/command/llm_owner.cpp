#include "llm_owner.h"

#include "day/record.h"
#include "support/catch.h"
#include "support/feed_text.h"

namespace daybook {

LlmOwner::LlmOwner(std::string llm, std::string more) { settings(llm, more); }

void LlmOwner::settings(const std::string& llm, const std::string& more) {
  put(folder_ / "config/daybook.toml",
      "[site]\ntitle = \"Test\"\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n" + arxiv_ +
          "[llm]\n"
          "model = \"model-1\"\n" +
          llm + "\n[select]\nrelevance = 6\nat_most = 1000\n" + more +
          "\n[[topic]]\nname = \"Inventions\"\nkeep = \"inventions\"\n");
  put(folder_ / "config/prices.toml", "[\"model-1\"]\nprompt = 1.0\ncached = 0.5\ncompletion = 4.0\n");
}

void LlmOwner::want_replacements() {
  arxiv_ += "announce = [\"new\", \"cross\", \"replace\"]\n";
  settings("");
}

void LlmOwner::use_api(const std::string& url) {
  arxiv_ = "api_url = \"" + url + "\"\nseconds_between = 0\nretries = 0\n";
}

void LlmOwner::announce(Date day, const std::vector<Paper>& papers) {
  put(folder_ / (day.iso() + ".xml"), feed_text::rss_feed("cs.LG", day, papers));
}

Program LlmOwner::start(Date day, const std::string& base_url, const std::vector<std::string>& options) const {
  std::vector<std::string> arguments = {"run"};
  const std::pair<const char*, std::string> places[] = {{"--config", "config/daybook.toml"},
                                                        {"--archive", "archive"},
                                                        {"--state", "state"},
                                                        {"--out", "public"},
                                                        {"--feed", day.iso() + ".xml"}};
  for (const auto& [option, name] : places) {
    arguments.emplace_back(option);
    arguments.push_back(folder_ / name);
  }
  arguments.insert(arguments.end(), options.begin(), options.end());
  Variables variables;
  if (!base_url.empty()) variables = {{"OPENAI_API_KEY", invented_key}, {"OPENAI_BASE_URL", base_url}};
  return {arguments, variables, folder_ / "output"};
}

int LlmOwner::run(Date day, const std::string& base_url, const std::vector<std::string>& options) {
  Program program = start(day, base_url, options);
  const int code = program.wait();
  output_ = program.output();
  return code;
}

Day LlmOwner::record(Date day) const {
  const std::string path = folder_ / ("archive/" + day.iso().substr(0, 4) + '/' + day.iso() + ".json");
  auto record = read_record(bytes_of(path), path);
  REQUIRE(record);
  return std::move(*record);
}

}  // namespace daybook
