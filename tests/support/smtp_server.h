// A real SMTP server on 127.0.0.1 (smtp_server.py, which uses Debian's python3-aiosmtpd) and what it received.
#pragma once

#include <sys/types.h>

#include <string>

#include "support/folder.h"

namespace daybook {

enum class SmtpTls { none, starttls, refused, smtps };  // refused: it offers STARTTLS and does not do it

// Null where there is no Python with aiosmtpd, or no openssl: tests that want a server are skipped.
const std::string* python_with_aiosmtpd();

class AioSmtpServer {
 public:
  // With a user it wants to know who sends; the password is "pass word%1".
  explicit AioSmtpServer(SmtpTls tls, const std::string& user = "");
  ~AioSmtpServer();
  AioSmtpServer(const AioSmtpServer&) = delete;
  AioSmtpServer& operator=(const AioSmtpServer&) = delete;

  static constexpr const char* password = "pass word%1";
  std::string url() const;                                          // "smtp://127.0.0.1:2525"
  std::string certificate() const { return folder_ / "cert.pem"; }  // its own, for whoever trusts it

  // The mail's JSON as smtp_server.py writes it, counted from 1; empty where it has not come.
  std::string mail(int number) const { return bytes_of(folder_ / (std::to_string(number) + ".json")); }
  std::string logins() const { return bytes_of(folder_ / "logins"); }  // a line for each password sent

 private:
  TemporaryFolder folder_;
  SmtpTls tls_;
  pid_t process_ = -1;
};

}  // namespace daybook
