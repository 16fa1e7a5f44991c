// Sends mail with libcurl: RFC 5321, with STARTTLS (RFC 3207) or TLS from the start (RFC 8314), and AUTH (RFC 4954).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"

namespace daybook {

struct SmtpServer {
  std::string url;  // "smtps://mail.example.org" or, for STARTTLS, "smtp://mail.example.org:587"; without a login
  std::string user = {};
  std::string password = {};
  std::string ca_file = {};   // certificates to trust, PEM; empty: the system's
  int timeout_seconds = 120;  // for all of it
};

struct OutgoingMail {
  std::string from;             // bare addresses: settings/mailbox.h
  std::vector<std::string> to;  // at least one
  std::string message;          // RFC 5322 with CRLF
};

struct RefusedRecipient {
  std::string address;
  Error fault;  // Kind::later: for now
};

// A mail that a server has taken.
struct TakenMail {
  std::vector<RefusedRecipient> refused;
  std::optional<Error> doubt = {};  // it fell silent after the whole message: who sends that again may send it twice
};

// A recipient who is refused keeps the mail from nobody else. Certificates are verified. Over smtp:// a server that
// offers STARTTLS must keep its word, and one that does not offer it gets no password.
//
// Errors, whose place is the server: Kind::later if the network failed or the server says so (4xx), Kind::failed if it
// refuses for good (5xx, a wrong password), Kind::misuse if the server's address or one of the mail's is none. Their
// texts never contain user, password or what a server says when they are wrong.
Result<TakenMail> send_mail(const SmtpServer& server, const OutgoingMail& mail);

// Connects and logs in, and sends nothing. The errors of send_mail().
Result<Done> greet(const SmtpServer& server);

}  // namespace daybook
