// daybook deliver killed at any moment, and run again.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "core/json.h"
#include "store/archive.h"
#include "store/deliveries.h"
#include "support/catch.h"
#include "support/folder.h"
#include "support/loopback_server.h"
#include "support/program.h"

using namespace daybook;

namespace {

const Date first_day = *Date::from_parts(2099, 1, 5);
// DAYBOOK_KILLS=500 takes some minutes.
int kills() {
  const char* number = std::getenv("DAYBOOK_KILLS");
  return number == nullptr ? 60 : std::atoi(number);
}
constexpr int runs_a_day = 3;
constexpr int bytes_a_day = 1200;  // of the ledger: ten lines

/// A chat, which may be down now and then: it refuses a message, or takes it and says nothing.
class Chat {
 public:
  explicit Chat(double failing) : failing_(failing) {
    server_.answer_all([this](const Received& request) { return answer(request); });
  }
  std::string url(const std::string& secret) const { return server_.url("/" + secret); }
  // How often it got each day.
  std::map<std::string, int> received() const {
    const std::lock_guard lock(mutex_);
    return received_;
  }
  bool is_reliable() const { return failing_ == 0; }

 private:
  Answer answer(const Received& request) {
    JsonDocument document;
    document.text = request.body;
    const bool readable = !parse_json(document, "");
    const std::lock_guard lock(mutex_);
    const double drawn = std::uniform_real_distribution<double>(0, 1)(random_);
    if (!readable) return {400};  // cut off with the program
    if (drawn < failing_ / 2) return {503};
    ++received_[std::string(string_of(member(document.root, "key")))];
    Answer taken{204};
    taken.close_at_once = drawn < failing_;
    return taken;
  }

  const double failing_;
  mutable std::mutex mutex_;  // guards what follows
  std::mt19937 random_{7};
  std::map<std::string, int> received_;
  LoopbackServer server_;  // the last: its threads end before the rest goes
};

class Owner {
 public:
  Owner() {
    std::string settings = "[site]\nurl = \"https://daybook.example/papers/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n";
    for (std::size_t i = 0; i < chats.size(); ++i) {
      const std::string number = std::to_string(i);
      settings += "[[webhook]]\nname = \"Chat " + number + "\"\nkind = \"json\"\nurl_env = \"CHAT_" + number +
                  "\"\nfeeds = [\"everything\"]\n";
      variables_.emplace_back("CHAT_" + number, chats[i]->url("secret-7hQ2mZx0419vTbN"));
    }
    put(folder_ / "daybook.toml", settings);
  }

  void record(Date date) const {
    Day day;
    day.date = date;
    Entry entry;
    entry.paper.id = "9901." + std::to_string(10000 + date.days() % 10000);
    entry.paper.title = "Of one day";
    entry.paper.authors = {"Ada Imagined"};
    entry.paper.abstract = "Nothing.";
    entry.paper.categories = {"cs.LG"};
    entry.first_seen = date;
    day.papers = {entry};
    REQUIRE(Archive(archive()).write(day, ""));
  }

  Program start(Date day, int hour) const {
    Variables variables = variables_;
    variables.emplace_back("DAYBOOK_NOW", day.iso() + "T" + std::to_string(hour) + ":00:00Z");
    return Program(
        {"deliver", "--config", folder_ / "daybook.toml", "--archive", archive(), "--state", folder_ / "state"},
        variables, folder_ / "output");
  }

  std::string archive() const { return folder_ / "archive"; }
  std::uintmax_t ledger_bytes() const { return std::filesystem::file_size(archive() + "/deliveries.jsonl"); }
  std::string output() const { return bytes_of(folder_ / "output"); }

  const std::array<std::unique_ptr<Chat>, 5> chats = {std::make_unique<Chat>(0), std::make_unique<Chat>(0.3),
                                                      std::make_unique<Chat>(0), std::make_unique<Chat>(0.3),
                                                      std::make_unique<Chat>(0)};

 private:
  TemporaryFolder folder_;
  Variables variables_;
};

}  // namespace

TEST_CASE("killed deliveries: at any of sixty moments, no target gets a day twice, and the ledger says all",
          "[killed]") {
  Owner owner;
  owner.record(first_day);
  owner.start(first_day, 12).wait();
  std::mt19937 random(18);
  const auto drawn = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  int killed = 0;
  Date day = first_day;
  for (int i = 0; killed < kills(); ++i) {
    if (i % runs_a_day == 0) owner.record(day = day + 1);
    Program program = owner.start(day, 12 + i % runs_a_day);
    // At a moment of its work, told by how much the ledger has grown, and a little later.
    const std::uintmax_t until = owner.ledger_bytes() + static_cast<std::uintmax_t>(drawn(bytes_a_day));
    bool ended = program.wait_for(0.001);
    while (!ended && owner.ledger_bytes() < until) ended = program.wait_for(0.001);
    if (!ended && !program.wait_for(drawn(10) * 0.0005)) {
      program.kill();
      ++killed;
    }
    program.wait();
    REQUIRE(owner.output().find("7hQ2mZx") == std::string::npos);
  }
  for (int i = 14; i < 24; ++i) owner.start(day, i).wait();
  CHECK(bytes_of(owner.archive() + "/deliveries.jsonl").find("7hQ2mZx") == std::string::npos);

  Errors damaged;
  const auto ledger = DeliveryLedger::open(owner.archive(), damaged);
  REQUIRE(ledger);
  std::map<DeliveryState, int> count;
  for (std::size_t i = 0; i < owner.chats.size(); ++i) {
    const Standings standings = ledger->of("chat-" + std::to_string(i));
    auto received = owner.chats[i]->received();
    for (Date date = first_day; date <= day; date = date + 1) {
      INFO("chat " << i << ", " << date.iso());
      REQUIRE(standings.count(date.iso()) == 1);
      const DeliveryState state = standings.at(date.iso()).last.state;
      ++count[state];
      const int times = received[date.iso()];
      if (state == DeliveryState::sent) CHECK(times == 1);
      if (state == DeliveryState::failed) CHECK(times == 0);
      CHECK(times <= 1);
      CHECK((state == DeliveryState::sent || state == DeliveryState::unknown ||
             (state == DeliveryState::failed && !owner.chats[i]->is_reliable())));
    }
  }
  // A kill finds one sending under way, and a chat that is silent leaves as little known.
  INFO(count[DeliveryState::sent] << " sent, " << count[DeliveryState::unknown] << " unknown");
  CHECK(count[DeliveryState::sent] > count[DeliveryState::unknown]);
  CHECK(count[DeliveryState::unknown] > 0);
}
