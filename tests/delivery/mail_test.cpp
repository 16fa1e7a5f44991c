#include "delivery/mail.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/text.h"
#include "delivery/mime.h"
#include "delivery/plain_text.h"
#include "platform/smtp.h"
#include "site/builtin.h"
#include "support/catch.h"
#include "support/growth.h"
#include "support/smtp_server.h"

using namespace daybook;

namespace {

DeliveredPaper paper(int number, std::string title) {
  const std::string id = "9901." + std::to_string(10000 + number);
  return {id,
          std::move(title),
          "Ada Imagined, Bo Invented and 3 more",
          "9·8",
          "Maps & Plans",
          "We invent a map that is <larger> than its land.",
          "https://arxiv.org/abs/" + id,
          "https://arxiv.org/pdf/" + id,
          "https://daybook.example/papers/2099/01/05/#p" + id};
}

Delivery delivery(std::vector<DeliveredPaper> papers) {
  return {"2099-01-05",
          "5 January: Cognifold and 32 more",
          "33 of 654 new papers.",
          "",
          "https://daybook.example/papers/2099/01/05/",
          "https://daybook.example/papers/feeds/",
          std::move(papers),
          0};
}

SiteSettings site() {
  SiteSettings site;
  site.title = "Ada’s Daybook";
  site.url = "https://daybook.example/papers/";
  return site;
}

MailSettings mail() {
  MailSettings mail;
  mail.to = {"ada@example.org", "bo+papers@example.org"};
  mail.from = "papers@example.org";
  return mail;
}

const Templates& shipped() {
  static const Templates templates = [] {
    TemplateTexts texts;
    for (const File& file : builtin_templates()) texts[file.path] = {file.path, file.bytes};
    Errors errors;
    Templates made(texts, {}, errors);
    REQUIRE(errors.empty());
    return made;
  }();
  return templates;
}

std::string message(const Delivery& delivery, const MailSettings& settings = mail(), const SiteSettings& of = site()) {
  Renderer renderer(shipped());
  return mail_message(delivery, settings, of, renderer);
}

// As the server received and Python read it.
struct ReadBack {
  explicit ReadBack(const std::string& text) {
    const AioSmtpServer server(SmtpTls::starttls, "ada");
    const auto taken = send_mail({server.url(), "ada", AioSmtpServer::password, server.certificate()},
                                 {"papers@example.org", {"ada@example.org"}, text});
    if (!taken) FAIL(describe(taken.error()));
    document.text = server.mail(1);
    REQUIRE_FALSE(parse_json(document, ""));
    CHECK(document.root["tls"].GetBool());
    CHECK(mail()["defects"].Size() == 0);
    CHECK(mail()["ascii"].GetBool());
    CHECK_FALSE(mail()["bare"].GetBool());
    CHECK(mail()["longest_line"].GetInt() <= 78);
    CHECK(mail()["type"].GetString() == std::string("multipart/alternative"));
    REQUIRE(mail()["parts"].Size() == 2);
  }
  const Json& mail() const { return document.root["mail"]; }
  std::string header(const char* name) const { return std::string(string_of(member(mail()["headers"], name))); }
  const Json& part(unsigned number) const { return mail()["parts"][number]; }
  std::string text(unsigned number) const { return part(number)["text"].GetString(); }
  std::string shown() const { return part(1)["shown"].GetString(); }
  std::vector<std::string> list(unsigned number, const char* name) const {
    std::vector<std::string> all;
    for (const Json& one : part(number)[name].GetArray()) all.emplace_back(one.GetString());
    return all;
  }
  JsonDocument document;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

bool can_receive() {
  if (python_with_aiosmtpd() == nullptr) WARN("skipped: there is no aiosmtpd (Debian: python3-aiosmtpd)");
  return python_with_aiosmtpd() != nullptr;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (const std::string_view line : split(text, '\n')) widest = std::max(widest, columns_of(line));
  return widest;
}

}  // namespace

TEST_CASE("mail: the templates that ship name nothing that isn't there", "[mail]") {
  Errors errors;
  for (const auto& [name, fields] : offered_mail_fields(site())) shipped().check_names(name, fields, errors);
  for (const Error& error : errors) FAIL_CHECK(describe(error));
}

TEST_CASE("mail: a server receives every header, and both halves with each link", "[mail]") {
  if (!can_receive()) return;
  Delivery day = delivery({paper(1, "Cognifold"), paper(2, "On <b>bold</b> & \"quoted\" 'claims'")});
  day.papers[1].like_url = "https://github.com/ada/papers/issues/new?template=feedback.yml&papers=%2B+9901.10002";
  day.papers[1].dislike_url = "https://github.com/ada/papers/issues/new?template=feedback.yml&papers=-+9901.10002";
  day.more = 31;
  day.status = "Some papers were scored locally: the budget ended.";
  const ReadBack got(message(day));
  CHECK(got.header("Subject") == "5 January: Cognifold and 32 more");
  CHECK(got.header("Date") == "Mon, 05 Jan 2099 05:00:00 +0000");
  CHECK(got.header("Message-ID") == "<2099-01-05.mail.papers@daybook.example>");
  CHECK(has(got.header("List-Id"), "<papers.daybook.example>"));
  CHECK(got.header("List-Unsubscribe") == "<mailto:papers@example.org?subject=unsubscribe>");
  CHECK(got.header("Auto-Submitted") == "auto-generated");
  CHECK(got.header("MIME-Version") == "1.0");
  CHECK(got.mail()["from"][0].GetString() == std::string("Ada’s Daybook"));
  CHECK(got.mail()["from"][1].GetString() == std::string("papers@example.org"));
  REQUIRE(got.mail()["to"].Size() == 2);
  CHECK(got.mail()["to"][1].GetString() == std::string("bo+papers@example.org"));
  CHECK(got.mail()["names"].Size() == 10);

  CHECK(got.text(0) ==
        "5 January: Cognifold and 32 more\n\n"
        "33 of 654 new papers. Some papers were scored locally: the budget ended.\n"
        "https://daybook.example/papers/2099/01/05/\n\n"
        "1. Cognifold\n"
        "    Ada Imagined, Bo Invented and 3 more\n"
        "    9·8 · Maps & Plans\n"
        "    We invent a map that is <larger> than its land.\n"
        "    https://arxiv.org/abs/9901.10001\n\n"
        "2. On <b>bold</b> & \"quoted\" 'claims'\n"
        "    Ada Imagined, Bo Invented and 3 more\n"
        "    9·8 · Maps & Plans\n"
        "    We invent a map that is <larger> than its land.\n"
        "    https://arxiv.org/abs/9901.10002\n\n"
        "And 31 more: https://daybook.example/papers/2099/01/05/\n\n"
        "Ada’s Daybook: https://daybook.example/papers/\n"
        "Feeds: https://daybook.example/papers/feeds/\n"
        "To get no more of these mails, write to papers@example.org.\n");

  CHECK(got.part(1)["type"].GetString() == std::string("text/html"));
  CHECK(has(got.shown(), "On <b>bold</b> & \"quoted\" 'claims'"));
  CHECK(has(got.shown(), "33 of 654 new papers. All on one page Some papers were scored locally"));
  const auto links = got.list(1, "links");
  CHECK(has(got.shown(), "arXiv:9901.10001 · PDF On <b>bold</b>"));
  CHECK(has(got.shown(), "arXiv:9901.10002 · PDF · More like this · Not for me"));
  for (const std::string& link : std::vector<std::string>{
           day.papers[1].like_url, day.papers[1].dislike_url, "https://daybook.example/papers/",
           "https://daybook.example/papers/2099/01/05/", "https://daybook.example/papers/2099/01/05/#p9901.10001",
           "https://arxiv.org/abs/9901.10001", "https://arxiv.org/pdf/9901.10002",
           "https://daybook.example/papers/feeds/", "mailto:papers@example.org"}) {
    INFO(link);
    CHECK(std::count(links.begin(), links.end(), link) >= 1);
  }
  // Nothing that runs, and nothing that a mail program would have to fetch.
  for (const std::string& tag : got.list(1, "tags"))
    CHECK(std::string("a b body div h1 h2 head html meta p table td title tr ").find(tag + ' ') != std::string::npos);
  const auto attributes = got.list(1, "attributes");
  for (const char* name : {"src", "srcset", "background", "onload", "onclick"})
    CHECK(std::count(attributes.begin(), attributes.end(), name) == 0);
  CHECK_FALSE(has(got.text(1), "url("));
}

TEST_CASE("mail: any text arrives as it was, and none of it becomes a header", "[mail]") {
  if (!can_receive()) return;
  const std::string hostile = "Hi\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>\x01\x7F";
  const std::string arabic = "الخرائط والأرض: دراسة في اختراع الخرائط";
  const std::string emoji = "👩🏽‍🚀🧭 Maps for 🇫🇷 and 𝒪(𝑛²) ≤ ∑ᵢ xᵢ";
  std::string authors = "Ada Imagined";
  for (int i = 1; i < 300; ++i) authors += ", Bo Invented-" + std::to_string(i);
  std::vector<DeliveredPaper> papers;
  for (const std::string& title :
       {hostile, arabic, emoji,
        std::string("地図の発明について地図の発明について地図の発明について地図の発明について地図の発明について"),
        std::string("&amp; &lt; = =20 =?UTF-8?B?SGk=?= \xE2\x80\xAEsdrawkcab"), std::string(400, 'x'),
        std::string(".")}) {
    papers.push_back(paper(static_cast<int>(papers.size()), title));
    papers.back().authors = authors;
  }
  Delivery day = delivery(papers);
  MailSettings settings = mail();
  settings.from = "\"Ada, Bo & Cy (Ärzte) <x>\r\nX: y\" <papers@example.org>";
  settings.subject = "[" + emoji + "] {{title}}";
  day.title = arabic + " " + hostile + " " + emoji + emoji + emoji;
  SiteSettings titled = site();
  titled.title = emoji + "\r\nX-Evil: 1";
  const ReadBack got(message(day, settings, titled));
  CHECK(got.header("Subject") ==
        "[" + emoji + "] " + arabic + " Hi Bcc: eve@example.org <script>alert(1)</script> " + emoji + emoji + emoji);
  CHECK(got.mail()["from"][0].GetString() == std::string("Ada, Bo & Cy (Ärzte) <x> X: y"));
  CHECK(got.mail()["names"].Size() == 10);
  const std::string text = got.text(0);
  CHECK(has(text, "1. Hi Bcc: eve@example.org <script>alert(1)</script>\n"));
  CHECK(has(text, arabic));
  CHECK(has(text, emoji));
  CHECK(has(text, "&amp; &lt; = =20 =?UTF-8?B?SGk=?= sdrawkcab"));
  CHECK(has(text, "Bo\n    Invented-"));
  CHECK(has(text, "Invented-299\n"));
  std::string joined_lines = text;
  joined_lines.erase(std::remove(joined_lines.begin(), joined_lines.end(), '\n'), joined_lines.end());
  CHECK(has(joined_lines, "地図の発明について    地図") == false);
  const std::string without_long = text.substr(0, text.find("xxxx")) + text.substr(text.rfind("xxxx") + 4);
  CHECK(widest_line(without_long) <= 78);
  CHECK(has(got.shown(), "<script>alert(1)</script>"));  // as text
  CHECK(has(got.shown(), "&amp; &lt; = =20 =?UTF-8?B?SGk=?= sdrawkcab"));
  const auto tags = got.list(1, "tags");
  CHECK(std::count(tags.begin(), tags.end(), "script") == 0);
}

TEST_CASE("mail: the same day makes the same message, and no other day or site its id", "[mail]") {
  const auto line = [](const std::string& text, const std::string& name) {
    const auto at = text.find("\r\n" + name + ": ") + 2;
    return text.substr(at, text.find("\r\n", at) - at);
  };
  Delivery day = delivery({});
  CHECK(message(day) == message(day));
  day.key = "2099-w02";
  CHECK(line(message(day), "Message-ID") == "Message-ID: <2099-w02.mail.papers@daybook.example>");
  CHECK(line(message(day), "Date") == "Date: Sat, 10 Jan 2099 05:00:00 +0000");
  day.key = "2099-07-06\r\nX: y";
  CHECK(line(message(day), "Message-ID") == "Message-ID: <2099-07-06--X--y.mail.papers@daybook.example>");
  CHECK(line(message(day), "Date") == "Date: Mon, 06 Jul 2099 04:00:00 +0000");
  const std::pair<const char*, const char*> sites[] = {{"https://Ada.example/", "daybook@ada.example"},
                                                       {"https://ada.example/~ada/papers/", "ada-papers@ada.example"},
                                                       {"http://localhost:8080/papers/", "papers@localhost"},
                                                       {"http://[::1]:8080/papers/", "papers@daybook.invalid"}};
  for (const auto& [url, end] : sites) {
    SiteSettings moved = site();
    moved.id_base = url;
    INFO(url);
    CHECK(line(message(day, mail(), moved), "Message-ID") ==
          "Message-ID: <2099-07-06--X--y.mail." + std::string(end) + '>');
  }
}

TEST_CASE("mail: headers are folded, and encoded where ASCII words do not do", "[mail]") {
  CHECK(header_text("Plain words", 9) == "Plain words");
  CHECK(header_text("a =?UTF-8?B?SGk=?= b", 9) == "=?UTF-8?B?YSA9P1VURi04P0I/U0drPT89IGI=?=");
  CHECK(header_text("", 9).empty());
  CHECK(header_phrase("Ada Imagined", 6) == "Ada Imagined");
  CHECK(header_phrase("A. Imagined", 6) == "=?UTF-8?B?QS4gSW1hZ2luZWQ=?=");
  std::string words;
  for (int i = 0; i < 60; ++i) words += (i == 0 ? "word" : " word") + std::to_string(i);
  for (const std::string& text : {words, words + "é", std::string(300, 'x'), std::string(100, '\xFF')}) {
    for (const std::size_t column : {4U, 9U, 40U}) {
      const std::string folded = header_text(text, column);
      std::size_t length = column;
      for (const std::string_view line : split(folded, '\n')) {
        length += line.size();
        CHECK(length <= 77);  // with the CR
        length = 0;
      }
    }
  }
}

TEST_CASE("mail: quoted-printable keeps every byte in short lines", "[mail]") {
  CHECK(quoted_printable("a = b\n") == "a =3D b\r\n");
  CHECK(quoted_printable("end \n\tx") == "end=20\r\n=09x");
  CHECK(quoted_printable("é") == "=C3=A9");
  CHECK(quoted_printable(std::string(80, 'x')) == std::string(75, 'x') + "=\r\nxxxxx");
  CHECK(quoted_printable("=_daybook").find("=_") == std::string::npos);
}

TEST_CASE("mail: each pass over text takes time in proportion to its length", "[mail]") {
  for (const char* piece : {"x", "a ", "地", "é", "e\u0301", " ", "\n", "=", "12. "}) {
    INFO(piece);
    CHECK_FALSE(grows_faster_than_its_input([](const std::string& text) { wrapped(text, 78); }, piece));
    CHECK_FALSE(grows_faster_than_its_input([](const std::string& text) { quoted_printable(text); }, piece));
    CHECK_FALSE(grows_faster_than_its_input([](const std::string& text) { header_text(text, 9); }, piece));
  }
}

TEST_CASE("plain text: lines are broken at blanks, and between East Asian letters", "[mail]") {
  CHECK(wrapped("one two three", 7) == "one two\nthree");
  CHECK(wrapped("  one two three  ", 7) == "  one\n  two\n  three");
  CHECK(wrapped("12. one two three", 9) == "12. one\n    two\n    three");
  CHECK(wrapped("see https://daybook.example/papers/ now", 10) == "see\nhttps://daybook.example/papers/\nnow");
  CHECK(wrapped("地図の発明 ab", 6) == "地図の\n発明\nab");
  CHECK(wrapped("e\u0301e\u0301 e\u0301e\u0301", 5) == "e\u0301e\u0301 e\u0301e\u0301");
  CHECK(wrapped("か\u3099か\u3099", 2) == "か\u3099\nか\u3099");
  CHECK(wrapped("\n\n a \n", 4) == "\n\n a\n");
  CHECK(wrapped(std::string(90, ' '), 4).empty());
  CHECK(columns_of("abc") == 3);
  CHECK(columns_of("地🧭e\u0301") == 5);
}
