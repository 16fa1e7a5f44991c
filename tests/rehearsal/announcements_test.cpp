// Years of announcements, with all that goes wrong on arXiv's side at random, a category at a time: is every paper
// recorded, once, and no day called whole that is short?
//
// arXiv is played on loopback and the whole program is run, so that what is tested is what runs. DAYBOOK_REHEARSAL_DAYS
// says how many announcement days: 30 unless set; DAYBOOK_REHEARSAL_SEED, a number, makes others. DAYBOOK_REHEARSAL_LOG
// names a file for all that was said.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "day/record.h"
#include "rehearsal/invented.h"
#include "rehearsal/xorshift.h"
#include "support/arxiv_server.h"
#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

const Date first_day = *Date::parse("2097-01-07");  // a Monday

unsigned number_in(const char* variable, unsigned otherwise) {
  const char* said = std::getenv(variable);
  return said == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(said, nullptr, 10));
}

int days_to_play() { return static_cast<int>(std::max(number_in("DAYBOOK_REHEARSAL_DAYS", 30), 20U)); }

struct Followed {
  std::string name;
  double papers_a_day;
  std::string cross;
};
const std::vector<Followed> followed = {{"cs.LG", 24, "cs.CL"}, {"cs.CL", 12, "cs.LG"}, {"math.KT", 3, "math.AG"}};

class Years {
 public:
  explicit Years(int days) : days_(days) {
    if (const char* log = std::getenv("DAYBOOK_REHEARSAL_LOG")) log_.open(log);
    write_settings();
    Date end = first_day;
    for (int announced = 0; announced < days_ + calm_days; end = end + 1)
      if (!end.is_weekend()) ++announced;
    last_day_ = end - 1;
    submit_all();
  }

  void play() {
    for (Date day = first_day; day <= last_day_; day = day + 1) {
      arxiv_.set_today(day);
      if (day.is_weekend()) {
        run(day, 9);
      } else {
        ++played_;
        play_day(day, played_ > 12 && played_ <= days_);
      }
      look_at_archive(day);
      if (log_.is_open()) log_twins();
      check_settled(day);
    }
    check_papers();
    unsettled.erase(last_day_.iso());  // the next day's run would ask the API about it
  }

  void print() const {
    std::cout << "\n"
              << played_ << " announcement days, " << announced_.size() << " papers, " << runs_ << " runs, "
              << arxiv_.requests(ArxivPart::api).size() << " requests to the API, "
              << arxiv_.requests(ArxivPart::listings).size() << " listing pages\n";
    for (const auto& [what, times] : happened_) std::cout << "  " << what << ": " << times << '\n';
    const std::pair<const char*, std::size_t> rows[] = {{"papers lost", lost.size()},
                                                        {"papers counted twice", twice.size()},
                                                        {"days settled while short", short_days.size()},
                                                        {"days unsettled at the end", unsettled.size()},
                                                        {"false doubts of math.KT", false_doubts.size()}};
    for (const auto& [name, number] : rows) std::cout << name << ": " << number << '\n';
    std::cout << std::flush;
  }

  std::set<std::string> lost, twice;
  std::set<std::string> short_days, unsettled, false_doubts;

 private:
  static constexpr int calm_days = 6;  // at the end, for what is still to be completed

  void write_settings() const {
    put(folder_ / "config/daybook.toml",
        "[site]\ntitle = \"Test\"\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\"cs.LG\", \"cs.CL\", "
        "\"math.KT\"]\nrss_url = \"" +
            arxiv_.rss_url() + "\"\napi_url = \"" + arxiv_.api_url() + "\"\nlist_url = \"" + arxiv_.list_url() +
            "\"\nseconds_between = 0\nretries = 0\n[select]\nrelevance = 7\n[[topic]]\nname = \"Pruning\"\nkeep = "
            "\"pruning and sparse attention\"\n");
  }

  bool chance(double probability) { return random_.uniform() < probability; }

  int poisson(double mean) {
    int count = 0;
    for (double product = random_.uniform(); product > std::exp(-mean); product *= random_.uniform()) ++count;
    return count;
  }

  // All that will be announced, holidays and papers that arXiv holds back among it.
  void submit_all() {
    for (Date day = first_day; day <= last_day_ - calm_days; day = day + 1)
      if (!day.is_weekend() && day > first_day + 10 && chance(0.025)) {
        holidays_.insert(day);
        arxiv_.add_holiday(day);
      }
    for (Date day = first_day - 4; day < last_day_; day = day + 1)
      for (const Followed& category : followed)
        for (int left = poisson(category.papers_a_day * (day.is_weekend() ? 0.3 : 1)); left > 0; --left)
          submit(day, category);
  }

  void submit(Date day, const Followed& category) {
    const bool elsewhere = chance(0.1);  // a cross-list from a category that nobody follows
    Paper paper = rehearsal::invented_paper(++last_paper_, elsewhere ? "cs.CV" : category.name,
                                            elsewhere ? category.name : category.cross);
    if (elsewhere) paper.categories = {"cs.CV", category.name};
    const Instant when = new_york_time(day, static_cast<int>(random_.uniform() * 24), last_paper_ % 60);
    Date announced = arxiv_.announced_on(when);
    if (announced < first_day || announced > last_day_) return;
    if (chance(0.01) && announced + 2 <= last_day_) {  // held back
      do announced = announced + 2;
      while (announced.is_weekend() || holidays_.count(announced) != 0);
      if (announced > last_day_) return;
      paper.published = when;
      paper.announce_type = elsewhere ? AnnounceType::cross : AnnounceType::new_;
      arxiv_.announce_again(announced, paper);
    } else {
      arxiv_.submit(paper, when);
    }
    announced_[paper.id] = announced;
  }

  void happens(const std::string& what, const std::string& category = "") {
    ++happened_[what];
    if (log_.is_open()) log_ << "\n+++ " << what << ' ' << category << '\n';
  }

  // A category's feed of the day, and whether it comes right by noon.
  struct Fault {
    ShownFeed shown;
    bool by_noon = false;
  };

  std::optional<Fault> draw_fault(Date day, const std::string& category) {
    Date before = day - 1;
    while (before.is_weekend() || holidays_.count(before) != 0) before = before - 1;
    const bool by_noon = chance(0.4);
    const std::string until = by_noon ? " until noon" : " all day";
    const double drawn = random_.uniform();
    if (const auto known = frozen_.find(category); known != frozen_.end() && chance(0.4)) {
      happens("stale feed, the same batch once more", category);
      return Fault{{{}, known->second}, by_noon};
    }
    frozen_.erase(category);
    if (drawn < 0.05) {
      happens("stale feed under today's date" + until, category);
      if (!by_noon) frozen_[category] = before;
      return Fault{{{}, before}, by_noon};
    }
    if (drawn < 0.08) return happens("empty feed" + until, category), Fault{{{}, {}, true}, by_noon};
    if (drawn < 0.10) return happens("feed broken off" + until, category), Fault{{{}, {}, false, true}, by_noon};
    if (drawn < 0.12) return happens("late feed" + until, category), Fault{{before, before}, by_noon};
    if (drawn < 0.13 && category != "math.KT")
      return happens("feed without most of its entries" + until, category),
             Fault{{{}, {}, false, false, 1000}, by_noon};
    return std::nullopt;
  }

  // So many replacements that the new papers do not fit into the feed.
  void fill_feed(Date day) {
    happens("feed at arXiv's limit");
    for (int i = 0; i < 2000; ++i) {
      Paper paper = rehearsal::invented_paper(i, "cs.CL", "cs.LG");
      paper.id.replace(0, 4, "9801");
      paper.categories = {"cs.CL"};
      paper.version = 1 + ++last_version_;
      paper.announce_type = AnnounceType::replace;
      arxiv_.announce_again(day, paper);
    }
  }

  void play_day(Date day, bool troubled) {
    std::map<std::string, Fault> faults;
    if (troubled && holidays_.count(day) == 0)
      for (const Followed& category : followed)
        if (const auto fault = draw_fault(day, category.name)) faults[category.name] = *fault;
    for (const auto& [category, fault] : faults) arxiv_.show(category, fault.shown);
    if (holidays_.count(day) != 0) happens("holiday");
    if (troubled && chance(0.01)) fill_feed(day);
    const bool is_down = troubled && chance(0.03);
    if (is_down) happens("API down all day");
    arxiv_.fail_always(ArxivPart::api, is_down ? std::optional(ArxivFault::unavailable) : std::nullopt);
    draw_listing(troubled);
    if (troubled && chance(0.04)) {
      happens("no run all day");
    } else {
      if (troubled && chance(0.03)) run_with_clock(day, -1);
      is_honest_ = faults.count("math.KT") == 0;
      for (const int hour : {1, 13, 18}) {
        draw_lag(troubled);
        if (hour == 13)
          for (const auto& [category, fault] : faults)
            if (fault.by_noon) arxiv_.show(category, {});
        if (!troubled || chance(0.9)) run(day, hour);
      }
      if (troubled && chance(0.03)) run_with_clock(day, 1);
    }
    for (const Followed& category : followed) arxiv_.show(category.name, {});
  }

  void draw_lag(bool troubled) {
    const double drawn = random_.uniform();
    const int lag = !troubled || drawn < 0.6 ? 0 : drawn < 0.9 ? 1 : 2;
    if (lag > 0) happens("run while the API lags");
    arxiv_.set_api_lag(lag);
  }

  void draw_listing(bool troubled) {
    const bool is_other = troubled && chance(0.1);
    if (is_other) happens("listing page of another make");
    arxiv_.set_listing(is_other ? std::optional<std::string>("<html>What is new, and how much of it</html>")
                                : std::nullopt);
  }

  void run_with_clock(Date day, int days_off) {
    happens(days_off < 0 ? "clock a day behind" : "clock a day ahead");
    is_honest_ = false;
    run(day + days_off, 1);
  }

  void run(Date day, int hour) {
    std::vector<std::string> words = {"run"};
    const std::pair<const char*, const char*> places[] = {
        {"--config", "config/daybook.toml"}, {"--archive", "archive"}, {"--state", "state"}, {"--out", "public"}};
    for (const auto& [option, name] : places) {
      words.emplace_back(option);
      words.push_back(folder_ / name);
    }
    Program program(words, {{"DAYBOOK_NOW", new_york_time(day, hour, 30).rfc3339()}}, folder_ / "output");
    const int code = program.wait();
    ++runs_;
    const std::string said = program.output();
    const std::string when = day.iso() + ", " + std::to_string(hour) + " o'clock, exit " + std::to_string(code) + '\n';
    if (log_.is_open()) log_ << "\n--- " << when << said << std::flush;
    INFO(when << said);
    CHECK((code == 0 || code == 75));
    if (is_honest_ && said.find("math.KT: ") != std::string::npos) false_doubts.insert(day.iso() + ": " + said);
  }

  std::string path(Date day, const std::string& ending) const {
    return folder_ / ("archive/" + day.iso().substr(0, 4) + '/' + day.iso() + ending);
  }

  void look_at_archive(Date today) {
    for (Date day = today - 17; day <= today + 1; day = day + 1) {
      if (!std::filesystem::exists(path(day, ".json"))) continue;
      const auto record = read_record(bytes_of(path(day, ".json")), day.iso());
      const auto others = read_others(bytes_of(path(day, ".others.jsonl")), day.iso());
      REQUIRE(record);
      REQUIRE(others);
      std::set<std::string>& ids = recorded_[day];
      ids.clear();
      for (const Entry& entry : record->papers) ids.insert(entry.paper.id);
      for (const Other& other : *others) ids.insert(other.id);
      if (log_.is_open() && is_unsettled(*record))
        for (const CategoryCount& count : record->categories)
          log_ << day.iso() << ' ' << count.category << ' ' << category_state_name(count.state) << ' '
               << count.announced << ' ' << count.new_papers << ' ' << count.batch << ' ' << count.doubt << '\n';
      const auto& counts = record->counts;
      CHECK(counts.announced.value() >= counts.scanned.value() + counts.shown_before.value());
      if (is_unsettled(*record)) {
        unsettled.insert(day.iso());
      } else {
        unsettled.erase(day.iso());
        settled_.insert(day);
      }
    }
  }

  void log_twins() {
    std::map<std::string, Date> seen;
    for (const auto& [day, ids] : recorded_)
      for (const std::string& id : ids) {
        const auto [known, fresh] = seen.emplace(id, day);
        if (!fresh && logged_.insert(id).second)
          log_ << id << ", announced on " << announced_[id].iso() << ", is recorded on " << known->second.iso()
               << " and " << day.iso() << '\n';
      }
  }

  std::map<std::string, int> times_recorded() const {
    std::map<std::string, int> times;
    for (const auto& [day, ids] : recorded_)
      for (const std::string& id : ids) ++times[id];
    return times;
  }

  // A day that is called whole has, or another day has, all that was announced on it.
  void check_settled(Date today) {
    const auto times = times_recorded();
    for (const auto& [id, day] : announced_)
      if (day <= today && day > today - 17 && settled_.count(day) != 0 && unsettled.count(day.iso()) == 0 &&
          times.count(id) == 0)
        short_days.insert(day.iso());
  }

  void check_papers() {
    const auto times = times_recorded();
    for (const auto& [id, day] : announced_)
      if (times.count(id) == 0) lost.insert(id + " of " + day.iso());
    for (const auto& [id, number] : times)
      if (number > 1) twice.insert(id);
  }

  int days_;
  Date last_day_;
  ArxivServer arxiv_;
  TemporaryFolder folder_;
  Xorshift random_{number_in("DAYBOOK_REHEARSAL_SEED", 1)};
  std::set<Date> holidays_;
  std::map<std::string, Date> announced_;  // the truth
  std::map<std::string, Date> frozen_;     // feeds that still show this day's batch
  std::map<Date, std::set<std::string>> recorded_;
  std::set<Date> settled_;
  std::map<std::string, int> happened_;
  std::ofstream log_;  // what every run said
  std::set<std::string> logged_;
  int last_paper_ = 0;
  int last_version_ = 0;
  int played_ = 0;
  int runs_ = 0;
  bool is_honest_ = true;
};

}  // namespace

TEST_CASE("announcements: with feeds that are stale, empty, cut, full or late every paper is recorded once",
          "[rehearsal][feeds]") {
  Years years(days_to_play());
  years.play();
  years.print();
  CHECK(years.lost == std::set<std::string>());
  CHECK(years.twice == std::set<std::string>());
  CHECK(years.short_days == std::set<std::string>());
  CHECK(years.unsettled == std::set<std::string>());
  CHECK(years.false_doubts.size() <= 1);
}
