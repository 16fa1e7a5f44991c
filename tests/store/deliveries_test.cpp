#include "store/deliveries.h"

#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

namespace {

const Instant noon = *Instant::parse_rfc3339("2099-01-05T12:00:00Z");

DeliveryLine line(const std::string& key, DeliveryState state, int seconds = 0) {
  return {key, "mail", {noon.seconds + seconds}, state};
}

DeliveryLedger opened(const TemporaryFolder& folder, std::size_t damaged_lines = 0) {
  Errors damaged;
  auto ledger = DeliveryLedger::open(folder.path(), damaged);
  REQUIRE(ledger);
  CHECK(damaged.size() == damaged_lines);
  return std::move(*ledger);
}

}  // namespace

TEST_CASE("deliveries: what is written is read back, target by target", "[deliveries]") {
  const TemporaryFolder folder;
  {
    DeliveryLedger ledger = opened(folder);
    CHECK(ledger.of("mail").empty());
    REQUIRE(ledger.append({"2099-01-05", "mail", noon, DeliveryState::sending, "", "9f86d081884c7d65"}));
    REQUIRE(ledger.append({"2099-01-05", "lab-chat", noon, DeliveryState::failed, "it is \"down\""}));
    REQUIRE(ledger.append({"2099-01-06", "mail", noon, DeliveryState::claimed, "", "", "9001-1"}));
  }
  const std::string first =
      R"({"key": "2099-01-05", "target": "mail", "at": "2099-01-05T12:00:00Z", "state": "sending", )"
      R"("scores": "9f86d081884c7d65"})";
  CHECK(bytes_of(folder / "deliveries.jsonl").starts_with(first + '\n'));
  const DeliveryLedger ledger = opened(folder);
  CHECK(ledger.of("mail").size() == 2);
  CHECK(ledger.of("mail").at("2099-01-06").last.run == "9001-1");
  CHECK(ledger.of("lab-chat").at("2099-01-05").last.why == "it is \"down\"");
}

TEST_CASE("deliveries: damaged lines are named and passed over, and half a line does not spoil the next",
          "[deliveries]") {
  const TemporaryFolder folder;
  REQUIRE(opened(folder).append(line("2099-01-05", DeliveryState::sent)));
  put(folder / "deliveries.jsonl", bytes_of(folder / "deliveries.jsonl") +
                                       "nonsense\n\n{\"key\": \"2099-01-06\", \"target\": \"mail\", \"at\": "
                                       "\"2099-01-06T12:00:00Z\", \"state\": \"lost\"}\n{\"key\": \"2099-01");
  REQUIRE(opened(folder, 3).append(line("2099-01-07", DeliveryState::sending)));
  const Standings mail = opened(folder, 3).of("mail");
  CHECK(mail.size() == 2);
  CHECK(mail.at("2099-01-07").last.state == DeliveryState::sending);
}

TEST_CASE("deliveries: failures in a row count from the first", "[deliveries]") {
  const TemporaryFolder folder;
  DeliveryLedger ledger = opened(folder);
  for (int i = 0; i < 3; ++i) {
    REQUIRE(ledger.append(line("2099-01-05", DeliveryState::sending, 100 * i)));
    REQUIRE(ledger.append(line("2099-01-05", DeliveryState::failed, 100 * i + 1)));
  }
  CHECK(ledger.of("mail").at("2099-01-05").failing_since->seconds == noon.seconds + 1);
  REQUIRE(ledger.append(line("2099-01-05", DeliveryState::sent, 500)));
  CHECK_FALSE(ledger.of("mail").at("2099-01-05").failing_since);
}

TEST_CASE("deliveries: recipients who are left stay so until they have it", "[deliveries]") {
  const TemporaryFolder folder;
  DeliveryLedger ledger = opened(folder);
  DeliveryLine partly = line("2099-01-05", DeliveryState::partly);
  partly.left = {"bo@example.org"};
  REQUIRE(ledger.append(partly));
  REQUIRE(ledger.append(line("2099-01-05", DeliveryState::claimed)));
  REQUIRE(ledger.append(line("2099-01-05", DeliveryState::failed, 100)));
  const Standing standing = opened(folder).of("mail").at("2099-01-05");
  CHECK(standing.left == std::vector<std::string>{"bo@example.org"});
  CHECK(standing.failing_since->seconds == noon.seconds);
  REQUIRE(ledger.append(line("2099-01-05", DeliveryState::sent, 200)));
  CHECK(ledger.of("mail").at("2099-01-05").left.empty());
}

TEST_CASE("deliveries: of two runs that claim at once, the first has it", "[deliveries]") {
  const TemporaryFolder folder;
  DeliveryLedger ledger = opened(folder);
  for (const char* run : {"9001-1", "9002-1"}) {
    DeliveryLine claim = line("2099-01-05", DeliveryState::claimed);
    claim.run = run;
    REQUIRE(ledger.append(claim));
  }
  CHECK(ledger.of("mail").at("2099-01-05").last.run == "9001-1");
}

TEST_CASE("deliveries: a ledger that is a link is neither read nor written", "[deliveries]") {
  const TemporaryFolder folder;
  put(folder / "elsewhere", "secret");
  std::filesystem::create_directory(folder / "archive");
  std::filesystem::create_symlink(folder / "elsewhere", folder / "archive/deliveries.jsonl");
  Errors damaged;
  CHECK_FALSE(DeliveryLedger::open(folder / "archive", damaged));
  CHECK(bytes_of(folder / "elsewhere") == "secret");
}
