// What went wrong with a call of an LLM, and what to do about it.
#pragma once

#include <string>
#include <string_view>

#include "core/complaint.h"

namespace daybook {

// What to do about a call that went wrong.
enum class Remedy {
  retry,           // busy, down, slow, or a reply that is none
  without_schema,  // the request is refused, maybe for its schema
  smaller,         // it is too long, or something in it is refused
  give_up,         // the key, the account or the model: no request will do better
};

enum class FaultKind {
  no_answer,      // of any kind
  down,           // 5xx, or an error that says no more
  busy,           // 429: it has too much to do, or we ask too fast
  key,            // refused
  access,         // 403: what the key may, the country, a firewall
  money,          // the account has none, or its quota is used up
  not_found,      // the model or the address
  moderation,     // of something in the papers: others are taken
  short_context,  // it reads a part of the question only (ContextLimit)
  too_long,       // the papers: fewer or shorter ones are taken
  request,        // refused for another reason, the settings' or the papers'
  no_completion,  // what came is none
};

struct ChatFault {
  Remedy remedy = Remedy::retry;
  std::string what;         // "llm.example answered 401 Unauthorized: \"Incorrect API key\""; masked, for the log alone
  double wait_seconds = 0;  // what the endpoint asks to wait at least
  std::string hint = {};    // what the owner can do about it
  bool busy = false;        // it has too much to do, or we ask too fast: it will pass
  int status = 0;           // of HTTP; 0: no reply came
  FaultKind kind = FaultKind::down;
  bool sure = false;  // is_sure() of a fault of papers
  bool operator==(const ChatFault&) const = default;
};

// With the remedy and the hint for its kind, of a request without a schema.
ChatFault fault_of(FaultKind kind, std::string what, int status = 0);

// For readers: what is published says this, and never the endpoint's words, which quote keys and name accounts.
// "the endpoint refused the key"
std::string_view fault_words(FaultKind kind);

// Whether the fault is of what was asked about, and not of the service: others may be asked about all the same.
bool is_of_papers(FaultKind kind);

// `status`: of HTTP, 0 where only the complaint tells. `asked_to_wait`: seconds; some call a limit by the minute a
// quota, and then say how long to wait.
FaultKind kind_of(int status, const Complaint& complaint, double asked_to_wait);

// Whether a code says that it is of this paper. Words alone may be meant of an account: they are believed of one paper
// while others are answered.
bool is_sure(FaultKind kind, int status, const Complaint& complaint);

}  // namespace daybook
