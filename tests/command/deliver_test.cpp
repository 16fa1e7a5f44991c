// daybook deliver to a mail server on loopback.
#include <string>
#include <vector>

#include "store/archive.h"
#include "store/context.h"
#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"
#include "support/smtp_server.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

struct Owner {
  explicit Owner(const std::string& to) {
    put(folder / "daybook.toml",
        "[site]\nurl = \"https://daybook.example/papers/\"\n[arxiv]\ncategories = [\"cs.LG\"]\nrss_url = "
        "\"http://127.0.0.1:9/\"\nretries = 0\n[mail]\nto = [" +
            to +
            "]\nfrom = \"papers@example.org\"\nfeeds = [\"everything\"]\n"
            "[[webhook]]\nname = \"Lab\"\nkind = \"json\"\nurl_env = \"LAB_URL\"\n");
    Day day;
    day.date = monday;
    Entry entry;
    entry.paper.id = "9901.00001";
    entry.paper.title = "Of one day";
    entry.paper.authors = {"Ada Imagined"};
    entry.paper.categories = {"cs.LG"};
    entry.first_seen = monday;
    day.papers = {entry};
    REQUIRE(Archive(archive()).write(day, ""));
  }

  int run(std::vector<std::string> arguments, const std::string& smtp_url) {
    arguments.insert(arguments.end(),
                     {"--config", folder / "daybook.toml", "--archive", archive(), "--state", folder / "state"});
    Program program(arguments,
                    {{"SMTP_URL", smtp_url}, {"no_proxy", "127.0.0.1"}, {"DAYBOOK_NOW", "2099-01-05T12:00:00Z"}},
                    folder / "output");
    const int code = program.wait();
    output = program.output();
    return code;
  }
  std::string archive() const { return folder / "archive"; }
  std::string ledger() const { return bytes_of(folder / "archive/deliveries.jsonl"); }

  TemporaryFolder folder;
  std::string output;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

bool can_receive() {
  if (python_with_aiosmtpd() == nullptr) WARN("skipped: there is no aiosmtpd (Debian: python3-aiosmtpd)");
  return python_with_aiosmtpd() != nullptr;
}

}  // namespace

TEST_CASE("deliver: recipients who are refused for now are tried again, and nobody else", "[deliver]") {
  if (!can_receive()) return;
  const AioSmtpServer server(SmtpTls::none);
  Owner owner("\"ada@example.org\", \"450@example.org\", \"550@example.org\"");
  const int code = owner.run({"deliver"}, server.url());
  INFO(owner.output);
  CHECK(code == exit_failed);  // LAB_URL is missing
  CHECK(has(owner.output, "2099-01-05 to mail: sent, 1 paper"));
  CHECK(has(owner.ledger(), R"("state": "partly")"));
  CHECK(has(owner.ledger(), R"("left": ["450@example.org"])"));
  CHECK_FALSE(server.mail(1).empty());
  CHECK(owner.run({"deliver"}, server.url()) == exit_failed);
  CHECK(has(owner.output, "450@example.org is refused with 450"));
  CHECK_FALSE(has(owner.output, "550@example.org"));
  CHECK(server.mail(2).empty());
}

TEST_CASE("check --online: a mail server is greeted, and a webhook's variable looked for", "[deliver]") {
  if (!can_receive()) return;
  const AioSmtpServer server(SmtpTls::none);
  Owner owner("\"ada@example.org\"");
  CHECK(owner.run({"check", "--online"}, server.url()) != exit_done);  // arXiv is not there for a test
  CHECK(has(owner.output, "mail: 127.0.0.1:" + server.url().substr(server.url().rfind(':') + 1) + " answers\n"));
  CHECK(has(owner.output, "the environment has no LAB_URL"));
  CHECK(server.mail(1).empty());
}
