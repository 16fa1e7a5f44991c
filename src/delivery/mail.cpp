#include "delivery/mail.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "core/date.h"
#include "core/escape.h"
#include "core/http.h"
#include "core/text.h"
#include "delivery/mime.h"
#include "delivery/plain_text.h"
#include "settings/mailbox.h"
#include "site/page.h"

namespace daybook {

namespace {

constexpr std::size_t terminal_columns = 78;
constexpr std::string_view boundary = "=_daybook";

// Other people's words: on one line, whatever they are shown on.
std::string line_of(std::string_view text) { return one_line(printable(text)); }

Fields paper_fields(const DeliveredPaper& paper, int number) {
  Fields fields;
  fields.set("number", number).set("id", paper.id).set("title", line_of(paper.title));
  fields.set("authors", line_of(paper.authors)).set("scores", line_of(paper.scores));
  fields.set("topic", line_of(paper.topic)).set("why", line_of(paper.why));
  fields.set("abstract_url", paper.abstract_url).set("pdf_url", paper.pdf_url).set("page_url", paper.page_url);
  fields.set("like_url", paper.like_url).set("dislike_url", paper.dislike_url);
  return fields;
}

Delivery sample_delivery() {
  return {"2099-01-06",
          "6 January: On Invented Papers",
          "1 of 3 new papers.",
          "The budget ended.",
          "https://daybook.example/2099/01/06/",
          "https://daybook.example/feeds/",
          {{"9901.00001", "On Invented Papers", "Ada Example", "9·8", "Sample", "We invent a paper.",
            "https://arxiv.org/abs/9901.00001", "https://arxiv.org/pdf/9901.00001", "https://daybook.example/#p"}},
          1};
}

// "2099-01-05", or "2099-w02" for that week's Saturday, on which it is sent.
Date date_of(std::string_view key) {
  if (const auto date = Date::parse(key.substr(0, 10))) return *date;
  int year = 0;
  int week = 0;
  std::from_chars(key.data(), key.data() + std::min<std::size_t>(4, key.size()), year);
  if (const auto w = key.find("-w"); w != key.npos)
    std::from_chars(key.data() + w + 2, key.data() + std::min(w + 4, key.size()), week);
  const auto in_first_week = Date::from_parts(year, 1, 4);
  return in_first_week ? monday_of(*in_first_week) + (week - 1) * 7 + 5 : Date();
}

// What names the site in ids of mail: of https://owner.github.io/papers/ the host, and "papers".
struct MailOrigin {
  std::string host;
  std::string label;
};

MailOrigin origin_of(const SiteSettings& site) {
  const std::string_view base = site.id_base.empty() ? site.url : site.id_base;
  const std::string_view host = host_of(base);
  const auto path = base.find('/', base.find(host) + host.size());
  const std::string_view folder = path == base.npos ? "" : trim(base.substr(path));
  const bool has_folder = folder.find_first_not_of('/') != folder.npos;
  MailOrigin origin{ascii_lower(host.substr(0, host.find(':'))), has_folder ? slug(folder) : "daybook"};
  if (!is_mail_address("a@" + origin.host)) origin.host = "daybook.invalid";  // [::1]
  return origin;
}

std::string header_line(std::string_view name, const std::string& value) {
  return std::string(name) + ": " + value + "\r\n";
}

// A name and what stands between angle brackets behind it.
std::string named_line(std::string_view header, std::string_view name, const std::string& bracketed) {
  std::string value = header_phrase(name, header.size() + 2);
  if (!value.empty()) {
    const bool fits = header.size() + value.size() + bracketed.size() + 5 <= terminal_columns;
    value += fits ? " " : "\r\n ";
  }
  return header_line(header, value + '<' + bracketed + '>');
}

std::string subject_of(const Delivery& delivery, const MailSettings& mail) {
  constexpr std::string_view tag = "{{title}}";
  std::string subject = mail.subject.empty() ? std::string(tag) : mail.subject;
  if (const auto at = subject.find(tag); at != std::string::npos) subject.replace(at, tag.size(), delivery.title);
  return subject;
}

std::string headers_of(const Delivery& delivery, const MailSettings& mail, const SiteSettings& site) {
  const Mailbox from = mailbox_of(mail.from);
  const MailOrigin origin = origin_of(site);
  std::string key = delivery.revision.empty() ? delivery.key : delivery.key + '-' + delivery.revision;
  for (char& c : key)
    if (!is_alnum(c) && c != '-') c = '-';
  std::string recipients;
  for (const std::string& address : mail.to) recipients += (recipients.empty() ? "" : ",\r\n ") + line_of(address);
  std::string out = named_line("From", from.name.empty() ? site.title : from.name, line_of(from.address));
  out += header_line("To", recipients);
  out += header_line("Subject", header_text(subject_of(delivery, mail), 9));
  out += header_line("Date", new_york_midnight(date_of(delivery.key)).rfc822());
  out += header_line("Message-ID", '<' + key + ".mail." + origin.label + '@' + origin.host + '>');
  out += named_line("List-Id", site.title, origin.label + '.' + origin.host);
  out += header_line("List-Unsubscribe", "<mailto:" + percent_encoded(from.address, "@") + "?subject=unsubscribe>");
  out += header_line("Auto-Submitted", "auto-generated");
  out += header_line("MIME-Version", "1.0");
  out += header_line("Content-Type", "multipart/alternative; boundary=\"" + std::string(boundary) + '"');
  return out;
}

void append_part(std::string& out, std::string_view type, std::string_view text) {
  out.append("--").append(boundary).append("\r\nContent-Type: ").append(type);
  out.append("; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
  out.append(quoted_printable(text)).append("\r\n");
}

}  // namespace

Fields mail_fields(const Delivery& delivery, const MailSettings& mail, const SiteSettings& site) {
  Fields fields;
  fields.set("site_title", line_of(site.title)).set("site_url", site.url).set("language", site.language);
  fields.set("accent", site.accent.empty() ? "#0b57a4" : site.accent);
  fields.set("title", line_of(delivery.title)).set("sentence", line_of(delivery.sentence));
  fields.set("status", line_of(delivery.status)).set("url", delivery.url).set("feeds_url", delivery.feeds_url);
  fields.set("more", delivery.more == 0 ? "" : std::to_string(delivery.more));
  fields.set("from_address", mailbox_of(mail.from).address);
  fields.flag("has_papers", !delivery.papers.empty());
  int number = 0;
  fields.set("papers",
             list_of(delivery.papers, [&](const DeliveredPaper& paper) { return paper_fields(paper, ++number); }));
  return fields;
}

std::map<std::string, Fields> offered_mail_fields(const SiteSettings& site) {
  MailSettings mail;
  mail.from = "daybook@example.org";
  const Fields fields = mail_fields(sample_delivery(), mail, site);
  return {{"mail.html", fields}, {"mail.txt", fields}};
}

std::string mail_message(const Delivery& delivery, const MailSettings& mail, const SiteSettings& site,
                         Renderer& renderer) {
  const Fields fields = mail_fields(delivery, mail, site);
  std::string out = headers_of(delivery, mail, site) + "\r\n";
  append_part(out, "text/plain", wrapped(renderer.render("mail.txt", fields), terminal_columns));
  append_part(out, "text/html", renderer.render("mail.html", fields));
  return out.append("--").append(boundary).append("--\r\n");
}

}  // namespace daybook
