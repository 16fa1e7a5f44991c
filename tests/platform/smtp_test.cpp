#include "platform/smtp.h"

#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "support/catch.h"
#include "support/loopback_server.h"
#include "support/smtp_server.h"
#include "variable.h"

using namespace daybook;

namespace {

OutgoingMail mail_to(std::vector<std::string> recipients) {
  return {"papers@example.org", std::move(recipients),
          "From: papers@example.org\r\nTo: ada@example.org\r\nSubject: Hello\r\n\r\n.\r\n..two\r\nend\r\n"};
}

SmtpServer as_ada(const AioSmtpServer& server, std::string password = AioSmtpServer::password) {
  return {server.url(), "ada@example.org", std::move(password), server.certificate()};
}

bool can_receive() {
  if (python_with_aiosmtpd() == nullptr) WARN("skipped: there is no aiosmtpd (Debian: python3-aiosmtpd)");
  return python_with_aiosmtpd() != nullptr;
}

struct ReceivedMail {
  explicit ReceivedMail(const std::string& json) {
    document.text = json;
    INFO(json);
    REQUIRE_FALSE(parse_json(document, ""));
  }
  bool flag(const char* name) const { return document.root[name].GetBool(); }
  std::string body() const { return document.root["mail"]["parts"][0]["text"].GetString(); }
  JsonDocument document;
};

}  // namespace

TEST_CASE("smtp: a mail goes over TLS with a login, from the start or by STARTTLS", "[smtp]") {
  if (!can_receive()) return;
  const NoProxy no_proxy;
  for (const SmtpTls tls : {SmtpTls::starttls, SmtpTls::smtps}) {
    const AioSmtpServer server(tls, "ada@example.org");
    const auto taken = send_mail(as_ada(server), mail_to({"ada@example.org", "bo+x@example.org"}));
    if (!taken) FAIL(describe(taken.error()));
    CHECK(taken->refused.empty());
    const ReceivedMail received(server.mail(1));
    CHECK(received.flag("tls"));
    CHECK(received.flag("login"));
    CHECK(received.document.root["recipients"].Size() == 2);
    CHECK(received.body() == ".\n..two\nend\n");  // lines with full stops arrive as they are
    CHECK(server.mail(2).empty());
  }
}

TEST_CASE("smtp: a refused recipient keeps the mail from nobody else, and is told", "[smtp]") {
  if (!can_receive()) return;
  const NoProxy no_proxy;
  const AioSmtpServer server(SmtpTls::none);
  const auto taken =
      send_mail({server.url()}, mail_to({"ada@example.org", "550@example.org", "450@example.org", "bo@example.org"}));
  if (!taken) FAIL(describe(taken.error()));
  REQUIRE(taken->refused.size() == 2);
  CHECK(taken->refused[0].fault == Error{Kind::failed, Place{server.url().substr(7)},
                                         "550@example.org is refused with 550: \"5.1.1 nobody of that name\"",
                                         "check the address in [mail] to"});
  CHECK(taken->refused[1].fault.kind == Kind::later);
  CHECK(taken->refused[1].address == "450@example.org");
  const ReceivedMail received(server.mail(1));
  const auto& recipients = received.document.root["recipients"];
  REQUIRE(recipients.Size() == 2);
  CHECK(recipients[1].GetString() == std::string("bo@example.org"));

  const auto none = send_mail({server.url()}, mail_to({"550@example.org", "551@example.org"}));
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == Kind::failed);
  CHECK(none.error().what ==
        "all 2 recipients are refused; 550@example.org is refused with 550: \"5.1.1 nobody of that name\"");
  const auto some_later = send_mail({server.url()}, mail_to({"550@example.org", "450@example.org"}));
  REQUIRE_FALSE(some_later);
  CHECK(some_later.error().kind == Kind::later);
  CHECK(server.mail(2).empty());
}

TEST_CASE("smtp: a greeting logs in and sends nothing", "[smtp]") {
  if (!can_receive()) return;
  const NoProxy no_proxy;
  for (const SmtpTls tls : {SmtpTls::starttls, SmtpTls::smtps}) {
    const AioSmtpServer server(tls, "ada@example.org");
    CHECK(greet(as_ada(server)));
    const auto refused = greet(as_ada(server, "wrong"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what == "refuses the user or the password with 535");
    CHECK(server.mail(1).empty());
  }
}

TEST_CASE("smtp: a password is never sent in the clear, and stands in no message", "[smtp]") {
  if (!can_receive()) return;
  const NoProxy no_proxy;
  for (const SmtpTls tls : {SmtpTls::none, SmtpTls::refused}) {
    const AioSmtpServer server(tls, "ada@example.org");
    const auto taken = send_mail(as_ada(server), mail_to({"ada@example.org"}));
    REQUIRE_FALSE(taken);
    CHECK(taken.error().kind == (tls == SmtpTls::none ? Kind::failed : Kind::later));
    CHECK(taken.error().what == (tls == SmtpTls::none
                                     ? "offers no encryption (STARTTLS), so that the password is not sent"
                                     : "refuses the encryption (STARTTLS) that it offers"));
    CHECK(server.logins().empty());
  }
  const AioSmtpServer server(SmtpTls::starttls, "ada@example.org");
  const auto taken = send_mail(as_ada(server, "open sesame 123"), mail_to({"ada@example.org"}));
  REQUIRE_FALSE(taken);
  CHECK_FALSE(server.logins().empty());
  CHECK(taken.error() == Error{Kind::failed, Place{server.url().substr(7)}, "refuses the user or the password with 535",
                               "check SMTP_USER and SMTP_PASSWORD; many providers want an app password made for this"});
}

TEST_CASE("smtp: a certificate that nobody vouches for gets no password and no mail", "[smtp]") {
  if (!can_receive()) return;
  const NoProxy no_proxy;
  for (const SmtpTls tls : {SmtpTls::starttls, SmtpTls::smtps}) {
    const AioSmtpServer server(tls, "ada@example.org");
    SmtpServer trusting_the_system = as_ada(server);
    trusting_the_system.ca_file.clear();
    const auto taken = send_mail(trusting_the_system, mail_to({"ada@example.org"}));
    REQUIRE_FALSE(taken);
    CHECK(taken.error().kind == Kind::later);
    CHECK(taken.error().hint == "check the server's name in SMTP_URL, and the system's certificates (ca-certificates)");
    // Not even without a password: what is offered is wanted.
    CHECK_FALSE(send_mail({server.url()}, mail_to({"ada@example.org"})));
    CHECK(server.logins().empty());
    CHECK(server.mail(1).empty());
  }
  const AioSmtpServer refused(SmtpTls::refused);
  const auto taken = send_mail({refused.url()}, mail_to({"ada@example.org"}));
  REQUIRE_FALSE(taken);
  CHECK(taken.error().what == "refuses the encryption (STARTTLS) that it offers");
  CHECK(refused.mail(1).empty());
}

TEST_CASE("smtp: what a server says of the mail tells whether to try again", "[smtp]") {
  if (!can_receive()) return;
  const NoProxy no_proxy;
  const AioSmtpServer server(SmtpTls::none);
  const auto said = [&](const std::string& sender) {
    OutgoingMail mail = mail_to({"ada@example.org"});
    mail.from = sender;
    const auto taken = send_mail({server.url()}, mail);
    if (taken) return taken->doubt ? "in doubt: " + taken->doubt->what : "taken";
    return (taken.error().kind == Kind::later ? "later: " : "failed: ") + taken.error().what;
  };
  CHECK(said("452@example.org") == "later: the mail is refused with 452: \"no room for it\"");
  CHECK(said("552@example.org") == "failed: the mail is refused with 552: \"no room for it\"");
  const AioSmtpServer wants_login(SmtpTls::none, "ada");
  const auto without = send_mail({wants_login.url()}, mail_to({"ada@example.org"}));
  REQUIRE_FALSE(without);
  CHECK(without.error().kind == Kind::failed);
  CHECK(without.error().what.find("530") != std::string::npos);
  CHECK(without.error().hint ==
        "check \"from\" in [mail]; if the server wants a login, set SMTP_USER and SMTP_PASSWORD");
  // Whoever sends this again may send it twice.
  CHECK(said("drop@example.org") == "in doubt: took the whole mail and did not say whether it accepts it");
}

TEST_CASE("smtp: servers that are away or silent are tried later", "[smtp]") {
  const NoProxy no_proxy;
  const LoopbackServer silent;  // waits for us to speak first
  SmtpServer server{"smtp://127.0.0.1:" + std::to_string(silent.port())};
  server.timeout_seconds = 1;
  const auto slow = send_mail(server, mail_to({"ada@example.org"}));
  REQUIRE_FALSE(slow);
  CHECK(slow.error().kind == Kind::later);
  CHECK(slow.error().hint == "check SMTP_URL and the connection");
  const auto away = send_mail({"smtp://127.0.0.1:1"}, mail_to({"ada@example.org"}));
  REQUIRE_FALSE(away);
  CHECK(away.error().kind == Kind::later);
  CHECK(away.error().place.source == "127.0.0.1:1");
}

TEST_CASE("smtp: addresses that are none are refused before anything is sent", "[smtp]") {
  for (const char* url : {"", "mail.example.org", "https://mail.example.org", "smtp://", "smtp:/mail.example.org"}) {
    INFO(url);
    const auto taken = send_mail({url}, mail_to({"ada@example.org"}));
    REQUIRE_FALSE(taken);
    CHECK(taken.error() == Error{Kind::misuse, Place{"SMTP_URL"}, "this is not the address of a mail server",
                                 "write it as in smtps://mail.example.org or smtp://mail.example.org:587"});
  }
  const auto with_login = send_mail({"smtp://ada:sesame@mail.example.org"}, mail_to({"ada@example.org"}));
  REQUIRE_FALSE(with_login);
  CHECK(with_login.error() == Error{Kind::misuse, Place{"SMTP_URL"}, "has a user or a password in it",
                                    "remove everything up to the @, and set SMTP_USER and SMTP_PASSWORD"});
  for (const char* address :
       {"", "ada@example.org>\r\nRCPT TO:<bo@example.org", "a b@example.org", "<ada@example.org>"}) {
    INFO(address);
    const auto taken = send_mail({"smtp://127.0.0.1:1"}, mail_to({address}));
    REQUIRE_FALSE(taken);
    CHECK(taken.error().kind == Kind::misuse);
  }
}
