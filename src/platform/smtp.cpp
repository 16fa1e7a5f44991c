#include "platform/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "core/complaint.h"
#include "core/http.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr long connect_seconds = 15;

// A server's answer to a command (RFC 5321 4.2); code 0: none has come.
struct SmtpReply {
  int code = 0;
  std::string words;
  bool is_refusal() const { return code >= 400; }
  Kind kind() const { return code < 500 ? Kind::later : Kind::failed; }
};

std::optional<Error> check(const SmtpServer& server) {
  const std::string scheme = ascii_lower(server.url.substr(0, server.url.find("://")));
  if ((scheme != "smtp" && scheme != "smtps") || host_of(server.url).empty())
    return Error{Kind::misuse, Place{"SMTP_URL"}, "this is not the address of a mail server",
                 "write it as in smtps://mail.example.org or smtp://mail.example.org:587"};
  if (server.url.find('@') != std::string::npos)
    return Error{Kind::misuse, Place{"SMTP_URL"}, "has a user or a password in it",
                 "remove everything up to the @, and set SMTP_USER and SMTP_PASSWORD"};
  return std::nullopt;
}

std::optional<Error> check(const SmtpServer& server, const OutgoingMail& mail) {
  if (auto error = check(server)) return error;
  // Whatever comes here, no address may become a command.
  const auto is_plain = [](std::string_view address) {
    return !address.empty() && all(address, [](char c) { return c > ' ' && c < 0x7F && c != '<' && c != '>'; });
  };
  if (is_plain(mail.from) && !mail.to.empty() && std::all_of(mail.to.begin(), mail.to.end(), is_plain))
    return std::nullopt;
  return Error{Kind::misuse, Place{std::string(host_of(server.url))}, "the mail has no sender or no recipient",
               "check \"from\" and \"to\" in [mail]"};
}

// A mail's way through libcurl, which has the address of this. curl says of the last reply only its code: which
// recipient was refused, and in which words, can be heard from what it would log.
class MailTransfer {
 public:
  MailTransfer(const SmtpServer& server, const OutgoingMail& mail);
  MailTransfer(MailTransfer&&) = delete;

  Result<TakenMail> send();
  Result<Done> greet();

 private:
  static std::size_t read(char* to, std::size_t, std::size_t room, void* transfer);
  static int overhear(CURL*, curl_infotype type, char* data, std::size_t size, void* transfer);
  void hear(std::string_view line);
  template <typename Value>
  void set(CURLoption option, Value value) const {
    curl_easy_setopt(easy_.get(), option, value);
  }
  bool has_login() const { return !server_.user.empty(); }
  Error error(Kind kind, std::string what, std::string hint) const {
    return {kind, Place{std::string(host_of(server_.url))}, std::move(what), std::move(hint)};
  }
  Error no_curl() const { return error(Kind::failed, "cannot start libcurl", "free some memory"); }
  std::string said(const SmtpReply& reply) const {
    return std::to_string(reply.code) + quoted(reply.words, server_.password);
  }
  Error refused(const std::string& recipient, const SmtpReply& reply) const;
  Error all_refused() const;
  Error mail_refused() const;
  Error fault(CURLcode code) const;

  const SmtpServer& server_;
  const OutgoingMail& mail_;
  const std::unique_ptr<CURL, void (*)(CURL*)> easy_{curl_easy_init(), curl_easy_cleanup};
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> recipients_{nullptr, curl_slist_free_all};
  std::array<char, CURL_ERROR_SIZE> words_{};
  std::size_t read_ = 0;                   // bytes of the message that curl has
  std::string command_;                    // the last one
  SmtpReply reply_;                        // to it
  std::vector<SmtpReply> to_recipients_;   // in the order of mail_.to
  std::optional<SmtpReply> broken_offer_;  // where it offers STARTTLS and refuses it
};

MailTransfer::MailTransfer(const SmtpServer& server, const OutgoingMail& mail) : server_(server), mail_(mail) {
  if (!easy_) return;
  for (const std::string& address : mail.to)
    recipients_.reset(curl_slist_append(recipients_.release(), ('<' + address + '>').c_str()));
  set(CURLOPT_ERRORBUFFER, words_.data());
  set(CURLOPT_URL, server.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_USE_SSL, static_cast<long>(has_login() ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!server.ca_file.empty()) set(CURLOPT_CAINFO, server.ca_file.c_str());
  if (has_login()) {
    set(CURLOPT_USERNAME, server.user.c_str());
    set(CURLOPT_PASSWORD, server.password.c_str());
  }
  set(CURLOPT_MAIL_FROM, mail.from.c_str());
  set(CURLOPT_MAIL_RCPT, recipients_.get());
  set(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
  set(CURLOPT_TIMEOUT, std::max(1L, static_cast<long>(server.timeout_seconds)));  // 0 would be for ever
  set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.message.size()));
  set(CURLOPT_READFUNCTION, read);
  set(CURLOPT_READDATA, this);
  set(CURLOPT_VERBOSE, 1L);
  set(CURLOPT_DEBUGFUNCTION, overhear);
  set(CURLOPT_DEBUGDATA, this);
}

std::size_t MailTransfer::read(char* to, std::size_t, std::size_t room, void* transfer) {
  auto& self = *static_cast<MailTransfer*>(transfer);
  if (self.broken_offer_) return CURL_READFUNC_ABORT;
  const std::size_t size = self.mail_.message.copy(to, room, self.read_);
  self.read_ += size;
  return size;
}

int MailTransfer::overhear(CURL*, curl_infotype type, char* data, std::size_t size, void* transfer) {
  auto& self = *static_cast<MailTransfer*>(transfer);
  const std::string_view text(data, size);
  if (self.command_.starts_with("QUIT\r")) return 0;  // which says nothing of the mail, nor does its answer
  if (type == CURLINFO_HEADER_OUT) {
    if (!text.starts_with("QUIT\r")) self.reply_ = {};
    self.command_ = text.substr(0, 8);  // enough to know it by; the rest may be a password
  }
  if (type == CURLINFO_HEADER_IN)
    for (const std::string_view line : split(text, '\n')) self.hear(trim(line));
  return 0;
}

// "250-first" goes on, "250 last" or "250" is a reply's end.
void MailTransfer::hear(std::string_view line) {
  if (line.size() < 3 || !all(line.substr(0, 3), is_digit)) return;
  if (reply_.code != 0) reply_ = {};  // DATA gets two
  if (!line.substr(3).starts_with('-')) reply_.code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
  reply_.words.append(reply_.words.empty() ? "" : " ").append(trim(line.substr(std::min<std::size_t>(4, line.size()))));
  if (reply_.code == 0) return;
  if (command_.starts_with("RCPT TO:")) to_recipients_.push_back(reply_);
  if (command_.starts_with("STARTTLS") && reply_.is_refusal()) broken_offer_ = reply_;
}

Result<TakenMail> MailTransfer::send() {
  if (!easy_) return no_curl();
  set(CURLOPT_UPLOAD, 1L);
  const CURLcode code = curl_easy_perform(easy_.get());
  const bool is_silent = code != CURLE_OK && reply_.code == 354 && read_ == mail_.message.size();
  if (code != CURLE_OK && !is_silent) return fault(code);
  TakenMail taken;
  if (is_silent)
    taken.doubt = error(Kind::failed, "took the whole mail and did not say whether it accepts it",
                        "look into the mailbox: the mail may be there");
  for (std::size_t i = 0; i < to_recipients_.size() && i < mail_.to.size(); ++i)
    if (to_recipients_[i].is_refusal()) taken.refused.push_back({mail_.to[i], refused(mail_.to[i], to_recipients_[i])});
  return taken;
}

Result<Done> MailTransfer::greet() {
  if (!easy_) return no_curl();
  set(CURLOPT_CUSTOMREQUEST, "NOOP");
  set(CURLOPT_NOBODY, 1L);
  if (const CURLcode code = curl_easy_perform(easy_.get()); code != CURLE_OK) return fault(code);
  return Done{};
}

Error MailTransfer::refused(const std::string& recipient, const SmtpReply& reply) const {
  return error(reply.kind(), recipient + " is refused with " + said(reply),
               reply.kind() == Kind::later ? "it is tried again later" : "check the address in [mail] to");
}

Error MailTransfer::all_refused() const {
  Error first = refused(mail_.to.front(), to_recipients_.front());
  if (mail_.to.size() > 1)
    first.what = "all " + std::to_string(mail_.to.size()) + " recipients are refused; " + first.what;
  for (const SmtpReply& reply : to_recipients_)
    if (reply.kind() == Kind::later) first.kind = Kind::later;
  return first;
}

Error MailTransfer::mail_refused() const {
  std::string hint = "it is tried again later";
  if (reply_.kind() == Kind::failed)
    hint = has_login() ? "check \"from\" in [mail], and what the account may send"
                       : "check \"from\" in [mail]; if the server wants a login, set SMTP_USER and SMTP_PASSWORD";
  return error(reply_.kind(), "the mail is refused with " + said(reply_), hint);
}

Error MailTransfer::fault(CURLcode code) const {
  const std::string other_way = "use its smtps:// address, or port 587";
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) return *check({""});
  if (broken_offer_) return error(broken_offer_->kind(), "refuses the encryption (STARTTLS) that it offers", other_way);
  if (code == CURLE_USE_SSL_FAILED)
    return error(Kind::failed, "offers no encryption (STARTTLS), so that the password is not sent", other_way);
  if (code == CURLE_LOGIN_DENIED)
    return error(reply_.is_refusal() ? reply_.kind() : Kind::failed,
                 "refuses the user or the password" +
                     (reply_.is_refusal() ? " with " + std::to_string(reply_.code) : std::string()),
                 "check SMTP_USER and SMTP_PASSWORD; many providers want an app password made for this");
  if (!mail_.to.empty() && to_recipients_.size() == mail_.to.size() &&
      std::all_of(to_recipients_.begin(), to_recipients_.end(), [](const SmtpReply& r) { return r.is_refusal(); }))
    return all_refused();
  if (reply_.is_refusal()) return mail_refused();
  const std::string words(trim(words_[0] != '\0' ? words_.data() : curl_easy_strerror(code)));
  return error(Kind::later, "the mail could not be sent" + quoted(words, server_.password),
               code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE
                   ? "check the server's name in SMTP_URL, and the system's certificates (ca-certificates)"
                   : "check SMTP_URL and the connection");
}

}  // namespace

Result<TakenMail> send_mail(const SmtpServer& server, const OutgoingMail& mail) {
  if (auto error = check(server, mail)) return *std::move(error);
  return MailTransfer(server, mail).send();
}

Result<Done> greet(const SmtpServer& server) {
  if (auto error = check(server)) return *std::move(error);
  const OutgoingMail none;
  return MailTransfer(server, none).greet();
}

}  // namespace daybook
