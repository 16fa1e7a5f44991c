#include "cascade_owner.h"

#include <cstdlib>
#include <memory>

#include "day/record.h"
#include "support/catch.h"
#include "support/feed_text.h"
#include "support/llm_reply.h"
#include "support/program.h"

namespace daybook {

namespace bees {

namespace {

const std::vector<std::string> of_bees = {"hive",     "honey",  "pollen", "nectar", "swarm", "comb",
                                          "waggle",   "drone",  "forage", "brood",  "queen", "clover",
                                          "propolis", "apiary", "wax",    "sting"};
const std::vector<std::string> of_music = {"violin", "cello", "chord", "fugue", "organ", "flute", "choir", "tempo"};
const std::vector<std::string> on_anything = {
    "stone",  "gravel", "river",  "bridge", "tower",  "harbour", "lantern", "window", "ladder", "wheel",
    "rope",   "anvil",  "kettle", "barrel", "canvas", "button",  "pepper",  "saddle", "timber", "copper",
    "marble", "ribbon", "candle", "basket", "hammer", "needle",  "plaster", "quarry", "shovel", "thimble"};

// Numbers that look random and are the same everywhere.
class Dice {
 public:
  explicit Dice(const std::string& seed) : state_(llm::hash(seed) | 1U) {}
  std::size_t below(std::size_t count) {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return static_cast<std::size_t>((state_ * 0x2545F4914F6CDD1DU) >> 33U) % count;
  }

 private:
  std::uint64_t state_;
};

// Of a hundred words `share` are of their own field.
std::string words(Dice& dice, int count, const std::vector<std::string>& field, std::size_t share) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const auto& from = dice.below(100) < share ? field : on_anything;
    text += (i == 0 ? "" : " ") + from[dice.below(from.size())];
  }
  return text;
}

std::string id_of(int day, int number) {
  const std::string digits = std::to_string(day * 100 + number);
  return "9901." + std::string(5 - digits.size(), '0') + digits;
}

int number_of(const std::string& id) { return std::atoi(id.substr(id.find('.') + 1).c_str()); }

// 7 to 10 for what is wanted, 1 to 4 for the rest.
int relevance_of(const std::string& id) {
  const int quarter = static_cast<int>(llm::hash("how much " + id) % 4);
  return are_in(id) ? 7 + quarter : 1 + quarter;
}

Paper paper(int day, int number) {
  Paper paper;
  paper.id = id_of(day, number);
  paper.version = 1;
  Dice dice(paper.id);
  // Some that are wanted say little of bees, some others say a word or two.
  const bool is_on_music = on_music(paper.id);
  const std::size_t share = are_in(paper.id) ? 8 + dice.below(40) : is_on_music ? 30 : dice.below(8);
  const auto& field = is_on_music ? of_music : of_bees;
  paper.title = words(dice, 8, field, share);
  paper.abstract = words(dice, 40, field, share) + '.';
  paper.authors = {"Ada Imagined"};
  paper.categories = {"cs.LG"};
  paper.announce_type = AnnounceType::new_;
  return paper;
}

}  // namespace

Date day(int number) { return *Date::from_parts(2099, 1, 5) + number / 5 * 7 + number % 5; }

std::vector<Paper> papers(int number) {
  std::vector<Paper> all;
  for (int i = 0; i < papers_a_day; ++i) all.push_back(paper(number, i));
  return all;
}

bool are_in(const std::string& id) {
  const int day = number_of(id) / 100;
  const int number = number_of(id) % 100;
  return (number * 7 + day * 3) % papers_a_day < wanted_a_day;
}

bool on_music(const std::string& id) { return number_of(id) % 10 == 3 && !are_in(id); }

std::string labelled(int days) {
  std::string lines;
  for (int number = 0; number < days; ++number) {
    for (const Paper& paper : papers(number)) {
      const bool selected = are_in(paper.id);
      lines += R"({"date": ")" + day(number).iso() + R"(", "id": ")" + paper.id + R"(", "title": ")" + paper.title +
               R"(", "abstract": ")" + paper.abstract + R"(", "authors": ["Ada Imagined"], "categories": ["cs.LG"], )" +
               R"("model": "model-1", "selected": )" + (selected ? "true" : "false") +
               (selected ? ", \"relevance\": " + std::to_string(relevance_of(paper.id)) : "") + "}\n";
    }
  }
  return lines;
}

LlmBehaviour judge() {
  LlmBehaviour behaviour;
  behaviour.obeys = [](const std::vector<llm::AskedPaper>& asked, const std::string& honest) {
    std::vector<llm::Row> rows;
    for (const llm::AskedPaper& paper : asked)
      rows.push_back({.id = paper.id,
                      .comment = "It was read.",
                      .relevance = relevance_of(paper.id),
                      .novelty = 6,
                      .topic = "none",
                      .keep = {}});
    return honest.substr(0, 10) == "{\"papers\":" ? llm::as_object(rows) : llm::as_lines(rows);
  };
  return behaviour;
}

}  // namespace bees

std::multiset<std::string> asked_ids(const LlmServer& server, std::size_t from) {
  std::multiset<std::string> ids;
  const auto log = server.log();
  for (std::size_t i = from; i < log.size(); ++i) ids.insert(log[i].ids.begin(), log[i].ids.end());
  return ids;
}

CascadeOwner::CascadeOwner() {
  settle({});
  put(folder_ / "config/prices.toml",
      "[\"model-1\"]\nprompt = 1.0\ncached = 0.5\ncompletion = 4.0\n"
      "[\"model-2\"]\nprompt = 1.0\ncached = 0.5\ncompletion = 4.0\n");
}

void CascadeOwner::settle(const Interests& interests) {
  put(folder_ / "config/daybook.toml",
      "[site]\ntitle = \"Test\"\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n"
      "api_url = \"http://127.0.0.1:9/api/query\"\nseconds_between = 0\nretries = 0\n[llm]\nmodel = \"" +
          interests.model + "\"\nconcurrency = 1\n[scoring]\nexplore = 0.06\n[select]\nrelevance = " +
          std::to_string(interests.relevance) + "\nat_most = 1000\n[[topic]]\nname = \"Bees\"\nkeep = \"" +
          interests.keep + "\"\nkeywords = [\"hive\", \"honey\", \"pollen\"]\n");
}

int CascadeOwner::run(int number, const std::string& base_url, const std::vector<std::string>& options) {
  const std::string feed = folder_ / ("feeds/" + bees::day(number).iso() + ".xml");
  put(feed, feed_text::rss_feed("cs.LG", bees::day(number), bees::papers(number)));
  std::vector<std::string> arguments = {"run", "--feed", feed, "--out", folder_ / "public"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return command(arguments, base_url);
}

int CascadeOwner::run_days(int from, int to, const std::string& base_url) {
  int code = 0;
  for (int number = from; number < to && code == 0; ++number) code = run(number, base_url);
  return code;
}

int CascadeOwner::command(const std::vector<std::string>& arguments, const std::string& base_url) {
  std::vector<std::string> all = arguments;
  const std::pair<const char*, const char*> places[] = {
      {"--config", "config/daybook.toml"}, {"--archive", "archive"}, {"--state", "state"}};
  for (const auto& [option, name] : places) {
    all.emplace_back(option);
    all.push_back(folder_ / name);
  }
  Variables variables;
  if (!base_url.empty())
    variables = {{"OPENAI_API_KEY", "sk-invented-Cascade0123456789"}, {"OPENAI_BASE_URL", base_url}};
  return Program(all, variables, folder_ / "output").wait();
}

std::string CascadeOwner::output() const {
  std::string text = bytes_of(folder_ / "output");
  const std::string name = folder_.path() + '/';
  for (auto at = text.find(name); at != std::string::npos; at = text.find(name)) text.erase(at, name.size());
  return text;
}

Day CascadeOwner::record(int number) const {
  INFO(output());
  const std::string path = folder_ / ("archive/2099/" + bees::day(number).iso() + ".json");
  auto record = read_record(bytes_of(path), path);
  REQUIRE(record);
  return std::move(*record);
}

std::map<std::string, Score> CascadeOwner::scores(int number) const {
  std::map<std::string, Score> all;
  const Day day = record(number);
  for (const Entry& entry : day.papers) all[entry.paper.id] = entry.score;
  const std::string path = folder_ / ("archive/2099/" + day.date.iso() + ".others.jsonl");
  const auto others = read_others(bytes_of(path), path);
  REQUIRE(others);
  for (const Other& other : *others) all[other.id] = other.score;
  return all;
}

void CascadeOwner::become(const CascadeOwner& other) {
  for (const char* name : {"archive", "state"}) {
    std::filesystem::remove_all(folder_ / name);
    std::filesystem::copy(other.folder_ / name, folder_ / name, std::filesystem::copy_options::recursive);
  }
}

// Recorded once in a process.
LearnedOwner::LearnedOwner() {
  static const auto recorded = [] {
    auto owner = std::make_unique<CascadeOwner>();
    const LlmServer server(bees::judge());
    REQUIRE(owner->run_days(0, bees::first_of_cascade, server.base_url()) == 0);
    return owner;
  }();
  become(*recorded);
}

}  // namespace daybook
