// A day's way to a chat: once, whatever happens to the machine that sends it.
#include <algorithm>
#include <string>
#include <vector>

#include "rehearsal/commands.h"
#include "rehearsal/owner.h"
#include "support/catch.h"
#include "support/loopback_server.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

const Date monday = *Date::parse("2099-01-05");
constexpr const char* secret_path = "/hook/T0-7hQ2mZx0419vTbN";

// An owner with a chat, whose address is a secret.
struct Chatting {
  Owner owner{with_chat()};
  LoopbackServer chat;

  Chatting() {
    chat.answer(secret_path, {204});
    owner.runner.secrets.emplace_back("WEBHOOK_URL", chat.url(secret_path));
    owner.submit(monday - 4, monday + 5, 6);
  }
  static Files with_chat() {
    Files files = copied_files();
    *files["config/daybook.toml"] += "\n[[webhook]]\nname = \"Lab chat\"\nkind = \"json\"\nurl_env = \"WEBHOOK_URL\"\n";
    return files;
  }
  long received(Date day) const {
    const auto requests = chat.requests();
    return std::count_if(requests.begin(), requests.end(), [&](const Received& request) {
      return request.body.find('"' + day.iso() + '"') != std::string::npos;
    });
  }
  std::string ledger() const { return owner.origin.git({"show", "archive:deliveries.jsonl"}); }
  std::vector<std::string> problems() {
    std::vector<std::string> all = owner.problems();
    if (owner.runner.leaked("T0-7hQ2mZx0419vTbN")) all.push_back("the chat's address leaked");
    return all;
  }
};

}  // namespace

TEST_CASE("delivery: a webhook gets the day once it is online, and a second run sends nothing", "[rehearsal]") {
  Chatting chatting;
  const Played first = chatting.owner.daily(monday, 0);
  INFO(first.log());
  CHECK(first.result == "success");
  CHECK(first.job("deliver").result == "success");
  CHECK(chatting.received(monday) == 1);
  CHECK(chatting.ledger().find("\"state\": \"sent\"") != std::string::npos);

  const Played second = chatting.owner.daily(monday, 12);
  CHECK(second.result == "success");
  CHECK(second.job("deliver").result == "skipped");
  CHECK(chatting.received(monday) == 1);
  CHECK(chatting.problems() == std::vector<std::string>{});
}

TEST_CASE("delivery: a day is not sent again after the machine is lost, and the next run says so", "[rehearsal]") {
  Chatting chatting;
  REQUIRE(chatting.owner.daily(monday, 0).result == "success");
  const Date tuesday = monday + 1;
  chatting.owner.runner.during_step = [&](const std::string&, const Step&, const std::string&) {
    return chatting.received(tuesday) > 0 ? Stop::lost : Stop::none;
  };
  chatting.owner.daily(tuesday, 0);
  chatting.owner.runner.during_step = {};
  REQUIRE(chatting.received(tuesday) == 1);
  const Played next = chatting.owner.daily(tuesday, 12);
  INFO(next.log());
  CHECK(says(next.annotations(), tuesday.iso() + " may not have arrived"));
  CHECK(chatting.owner.daily(monday + 2, 0).result == "success");
  CHECK(chatting.received(tuesday) == 1);
  CHECK(chatting.received(monday + 2) == 1);
  CHECK(chatting.problems() == std::vector<std::string>{});
}

TEST_CASE("delivery: a chat that is down gets the day from a later run, and the site and the day are well",
          "[rehearsal]") {
  Chatting chatting;
  chatting.chat.answer_in_turn(secret_path, {{503}, {204}});
  const Played down = chatting.owner.daily(monday, 0);
  INFO(down.log());
  CHECK(down.result == "success");
  CHECK(chatting.ledger().find("\"state\": \"failed\"") != std::string::npos);
  const Played up = chatting.owner.daily(monday, 4);
  INFO(up.log());
  CHECK(up.job("deliver").result == "success");
  CHECK(chatting.received(monday) == 2);
  CHECK(chatting.ledger().find("\"state\": \"sent\"") != std::string::npos);
  CHECK(chatting.problems() == std::vector<std::string>{});
}
