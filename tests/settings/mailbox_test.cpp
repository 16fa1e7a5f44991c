#include "settings/mailbox.h"

#include <string>

#include "settings/rules.h"
#include "support/catch.h"

using namespace daybook;

TEST_CASE("mailbox: addresses that every server takes are told from others", "[mail]") {
  for (const char* good : {"ada@example.org", "ada+papers@mail.example.co.uk", "o'neil_x@xn--bcher-kva.example",
                           "a.b.c@1.example", "root@localhost", "%&!@example.org"}) {
    INFO(good);
    std::string text = ' ' + std::string(good) + ' ';
    CHECK_FALSE(mail_address(text));
    CHECK(text == good);
  }
  const std::string long_local = std::string(65, 'a') + "@example.org";
  for (const std::string& bad :
       {std::string(), std::string("ada"), std::string("@example.org"), std::string("ada@"), std::string("ada@example"),
        std::string("ada.@example.org"), std::string("a..b@example.org"), std::string("ada@-example.org"),
        std::string("ada@example..org"), std::string("ada@[127.0.0.1]"), std::string("\"ada l\"@example.org"),
        std::string("ada l@example.org"), std::string("ada@example.org\r\nBcc: bo@example.org"),
        std::string("ada@example.org,bo@example.org"), std::string("ada@bo@example.org"), long_local}) {
    INFO(bad);
    std::string text = bad;
    CHECK(mail_address(text));
  }
}

TEST_CASE("mailbox: each fault of an address has its own hint", "[mail]") {
  const auto said = [](std::string text) {
    const auto fault = mail_address(text);
    REQUIRE(fault);
    return fault->what + " / " + fault->hint;
  };
  CHECK(said("ada at example.org") ==
        "\"ada at example.org\" is not a mail address / write it as in \"ada@example.org\"");
  CHECK(said("Ada <ada@example.org>") ==
        "\"Ada <ada@example.org>\" has more than an address / write \"ada@example.org\"");
  CHECK(
      said("jürgen@example.org") ==
      "\"jürgen@example.org\" has letters beyond ASCII, which many mail servers refuse / write an address in ASCII; a "
      "domain's form in ASCII starts with xn--");
}

TEST_CASE("mailbox: a sender has a name or none, and up to twenty get its mail", "[mail]") {
  CHECK(mailbox_of("Daybook <papers@example.org>") == Mailbox{"Daybook", "papers@example.org"});
  CHECK(mailbox_of("\"Ada, Bo & Co.\" <papers@example.org>") == Mailbox{"Ada, Bo & Co.", "papers@example.org"});
  CHECK(mailbox_of(" papers@example.org ") == Mailbox{"", "papers@example.org"});
  CHECK(mailbox_of("<papers@example.org>") == Mailbox{"", "papers@example.org"});
  std::string sender = "Tägliches <papers@example.org>";
  CHECK_FALSE(mail_sender(sender));
  sender = "Daybook papers@example";
  const auto fault = mail_sender(sender);
  REQUIRE(fault);
  CHECK(fault->hint == "write it as in \"papers@example.org\" or \"Daybook <papers@example.org>\"");
  CHECK_FALSE(too_many_recipients(20));
  const auto many = too_many_recipients(21);
  REQUIRE(many);
  CHECK(many->what == "has 21 addresses, and providers block accounts that send mail to so many");
  CHECK(many->hint.find("RSS-to-mail service") != std::string::npos);
}
