#include "browser/invented_site.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <filesystem>

#include "day/record.h"
#include "support/catch.h"
#include "support/program.h"

namespace daybook::browser {

namespace {

const std::vector<TopicName> topics = {{"model-compression", "Model Compression"},
                                       {"large-language-models", "Large Language Models"},
                                       {"ai-for-science", "AI for Science"}};

Date date(const char* iso) { return *Date::parse(iso); }

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// As long as arXiv's are: a title of two or three lines on a telephone, an abstract of 1,300 letters.
Entry entry(const char* day, int number) {
  Entry made;
  Paper& paper = made.paper;
  paper.id = std::string("9901.") + (day + 8) + "0" + two_digits(number);
  paper.version = 1;
  paper.title = "The Clockmaker's Guide to Pruning Zeppelins: Structured Sparsity for Aerial Models, Part " +
                std::to_string(number);
  for (int i = 0; i <= number % 9; ++i) paper.authors.push_back(std::string("Ada Q. ") + "Invent" + char('a' + i));
  paper.abstract =
      "Zeppelins are large, and most of what they carry is air. Earlier work takes the air out and finds that they "
      "fall, "
      "while the clockmakers of the old school, who never took anything out, are still waiting for the evening train. "
      "In this work we propose number " +
      std::to_string(number) +
      ", which prunes a zeppelin while it flies: an $\\ell_1$ penalty on the envelope, $\\sum_i |w_i| \\le 10^{-3}$, "
      "and "
      "a schedule that an assistant can read from a pocket watch. On four invented benchmarks, of which the largest "
      "has "
      "10{,}000 knots, 60\\% of the hull is left and arrives two hours earlier, and a user study with nineteen mice "
      "finds no difference in comfort. We prove that no schedule without a watch does better than chance, and that "
      "every schedule with two watches is never sure. An ablation removes the pilot, the compass and the anchor, one "
      "after the other, and names what each was good for; the anchor turns out to be the part that generalises best. "
      "Limits are weather, and weather again: above nine Beaufort all of our curves cross, and the order of the "
      "methods "
      "is that of the alphabet. Code, watches and weather are at https://github.com/example/zeppelin" +
      std::to_string(number) + ".";
  paper.categories = {"cs.LG", "cs.AI"};
  paper.listed_in = {"cs.LG"};
  paper.announce_type = AnnounceType::new_;
  made.score.relevance = 10 - number / 12;
  made.score.novelty = 9 - number % 12 / 4;
  made.score.comment =
      "Prunes the hull of zeppelins while they fly and keeps 60 % of it; new is the schedule, which is "
      "read from a pocket watch (" +
      std::to_string(number) + ").";
  made.score.topic = topics[static_cast<std::size_t>(number % 3)].slug;
  made.score.scorer = Scorer::llm;
  made.first_seen = date(day);
  return made;
}

Day day_of(const char* iso, int papers) {
  Day day;
  day.date = date(iso);
  day.counts = {1006, 654, 12, papers};
  day.usage = Usage{"model-1", 41, 57367, 0, 7731, 0.14, 0.08, 0.22};
  day.topics = topics;
  day.categories = {{"cs.LG", 486, 212, 200, CategoryState::complete, "", "0123456789abcdef", {}}};
  for (int i = 1; i <= papers; ++i) day.papers.push_back(entry(iso, i));
  return day;
}

std::vector<Day> invented_days() {
  std::vector<Day> days = {day_of("2098-12-30", 3), day_of("2099-01-08", 45), day_of("2099-01-09", 0),
                           day_of("2099-01-12", 3), day_of("2099-01-13", 8)};
  days[0].papers[0].paper.title = "Umbrellas for Teapots: A Survey of Dry Tea";
  days[1].near_misses = {entry("2099-01-08", 46)};
  days[1].near_misses[0].missed = "relevance 6, needs 7";
  days[1].again = {{"9901.00001", 2, "Shown before", AnnounceType::replace, date("2099-01-05")}};
  days[2] = Day();
  days[2].date = date("2099-01-09");
  days[2].status = Status::lost;
  days[3].status = Status::partial;
  days[3].why = "The day's budget of $0.20 ended after 40 of 41 requests.";
  days[4].papers[1].score.suspected_injection = "asks for a score";
  days[4].papers[2].paper.title = "Bicycles that Read Knots";
  return days;
}

void replace_line(std::string& settings, const std::string& start, const std::string& value) {
  const auto at = settings.find('\n' + start) + 1 + start.size();
  settings.replace(at, settings.find('\n', at) - at, value);
}

void run(const std::vector<std::string>& arguments, const std::string& log) {
  Program program(arguments, {}, log);
  const int code = program.wait();
  INFO(program.output());
  REQUIRE(code == 0);
}

}  // namespace

Served::Served(const std::string& folder)
    : server_(*StaticServer::listen(folder, 0)),
      stop_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this] { server_.run(stop_.get(), {}); }) {}

Served::~Served() {
  ::eventfd_write(stop_.get(), 1);
  thread_.join();
}

InventedSite::InventedSite() : out_(folder_ / "public"), served_(out_) {
  // The sample's days are small: with a relevance of 5 they show something. Only 404.html names the site's address.
  std::string settings = bytes_of(DAYBOOK_SOURCE_DIR "/config/daybook.toml");
  replace_line(settings, "relevance = ", "5");
  replace_line(settings, "url = ", as_json(served_.address()));
  replace_line(settings, "repository = ", "\"ada/papers\"");
  put(folder_ / "daybook.toml", settings);
  const std::string archive = folder_ / "archive";
  const std::vector<std::string> places = {"--config", folder_ / "daybook.toml", "--archive", archive,
                                           "--state",  folder_ / "state",        "--out",     out_};
  for (const auto& feeds : std::vector<std::vector<std::string>>{
           {"2099-01-05.rss.xml"}, {"2099-01-06.atom.xml"}, {"2099-01-07.cs.CL.rss.xml", "2099-01-07.cs.LG.rss.xml"}}) {
    std::vector<std::string> arguments = {"run"};
    for (const auto& feed : feeds) {
      arguments.push_back("--feed");
      arguments.push_back(DAYBOOK_SOURCE_DIR "/tests/sample/" + feed);
    }
    arguments.insert(arguments.end(), places.begin(), places.end());
    run(arguments, folder_ / "log");
  }
  for (const Day& day : invented_days()) {
    const std::string iso = day.date.iso();
    put(archive + '/' + iso.substr(0, 4) + '/' + iso + ".json", write_record(day));
  }
  std::vector<std::string> arguments = {"build"};
  arguments.insert(arguments.end(), places.begin(), places.end());
  run(arguments, folder_ / "log");
}

std::vector<std::string> InventedSite::pages() const {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(out_))
    if (entry.path().extension() == ".html") found.push_back(entry.path().string().substr(out_.size() + 1));
  std::sort(found.begin(), found.end());
  return found;
}

Browser* the_browser() {
  static const std::string program = Browser::program();
  if (program.empty()) {
    WARN("skipped: there is no Chromium here (DAYBOOK_CHROMIUM names one)");
    return nullptr;
  }
  static Browser browser(program);
  return &browser;
}

const InventedSite& the_site() {
  static const InventedSite site;
  return site;
}

}  // namespace daybook::browser
