// Which of a day's papers the LLM is asked about, where the local scorer can tell that it would turn down the rest.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/date.h"
#include "score/precedents.h"

namespace daybook {

// What there must be before any paper is kept from the LLM.
inline constexpr int label_days_needed = 5;
inline constexpr int wanted_needed = 100;
// The threshold is taken from the scores of so many label days.
inline constexpr std::size_t days_measured = 20;
// After an edit of interests, prompt, cut-offs or model everything is sent for so long.
inline constexpr int days_sent_in_full = 7;

struct CascadeRule {
  double target_recall = 0.97;  // of the papers that the LLM would select, at least so many are sent
  double explore = 0.04;        // of the papers below the threshold, so many are sent all the same, drawn at random
};

// A threshold, or why everything is sent, as a clause: "the LLM has read 3 days of the 5 that are needed".
struct Sieve {
  std::optional<double> threshold;  // papers with a lower local score are discarded
  std::string full;
};

// For `date`, from the label days before it (ascending, at most 60 days old). `since`: from when on the present
// interests, prompt, cut-offs and model are in force.
Sieve sieve_for(Date date, Date since, std::span<const LabelDay> days, const CascadeRule& rule);

// Whether a paper below the threshold is sent all the same. It depends on nothing but the day and the id, so that a
// repeated run draws the same.
bool is_drawn(Date date, const std::string& id, double explore);

enum class Fate { sent, explored, discarded };
Fate fate_of(const Sieve& sieve, Date date, const std::string& id, double local_score, double explore);

}  // namespace daybook
