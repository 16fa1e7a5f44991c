// How fast an endpoint may be asked: the owner's limits, and what the endpoint says of its own.
#pragma once

#include <deque>

#include "core/http.h"
#include "settings/settings.h"

namespace daybook {

// Times are seconds of one steady clock; tokens are estimates.
class Pace {
 public:
  explicit Pace(const LlmSettings& llm) : requests_(llm.requests_per_minute), tokens_(llm.tokens_per_minute) {}

  // When a request of so many tokens may start; `now` or before it: at once.
  double ready_at(double tokens, double now) const;
  void started(double tokens, double now);

  // Reads x-ratelimit-{remaining,reset}-{requests,tokens} of a reply, as OpenAI, DeepSeek, GitHub Models and others
  // send them (https://platform.openai.com/docs/guides/rate-limits), with the reset as "120ms", "1.5s", "6m0s" or
  // seconds.
  void heard(const Headers& headers, double now);
  void pause_until(double time) { paused_until_ = paused_until_ < time ? time : paused_until_; }

 private:
  struct Start {
    double time;
    double tokens;
  };
  // What the endpoint says is left, until it is filled up again.
  struct Left {
    double amount = 0;
    double until = 0;
  };
  static Left left_of(const Headers& headers, const char* what, double now);

  int requests_;  // a minute; 0: no limit
  int tokens_;
  std::deque<Start> last_minute_;
  Left requests_left_;
  Left tokens_left_;
  double paused_until_ = 0;
};

// "120ms" is 0.12, "6m0s" 360, "1h2m3s" 3723, "12" 12; negative where it is none.
double duration_seconds(std::string_view text);

}  // namespace daybook
