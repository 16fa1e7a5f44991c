// What the site has learned from its owner, for the about page: opinions of papers by id, and the words that they speak
// for and against. A library's papers are a number alone: whoever exports one does not mean to publish its titles.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "day/day.h"
#include "rank/telling_words.h"
#include "settings/template_fields.h"

namespace daybook {

struct GivenOpinion {
  std::string id;  // ArxivId::text
  bool liked = true;
  bool by_issue = false;   // otherwise a line of config/feedback.txt
  std::string title = {};  // as arXiv wrote it; empty: the archive does not have it
  Date day = {};           // whose page has it, where there is a title
  bool operator==(const GivenOpinion&) const = default;
};

struct Learned {
  std::vector<GivenOpinion> opinions;  // newest first, each paper once
  std::size_t library = 0;             // papers liked for being in a library
  std::vector<std::string> words_for = {};
  std::vector<std::string> words_against = {};
  bool operator==(const Learned&) const = default;
};

// What a day has to say of opinions: its papers' words, if one of them is judged. The others are what could have been
// liked as well.
struct DayWords {
  Date date;
  std::map<std::string, Paper> judged = {};       // by id
  std::map<std::string, PaperTerms> papers = {};  // all of them, by id
};
DayWords words_of(const Day& day, const Learned& learned);

// `learned` with titles and words, from the archive's records alone. `days`: newest first; of a paper of several days
// the oldest counts.
Learned with_words(Learned learned, const std::vector<DayWords>& days);

// has_learned; like_count, dislike_count and library_count (empty: none); words_for, words_against; has_opinions,
// opinions_title and opinions, the newest hundred. `form`: SiteParts::feedback_form.
void set_learned(Fields& fields, const Learned& learned, const std::string& form);

}  // namespace daybook
