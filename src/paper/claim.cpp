#include "paper/claim.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/text.h"
#include "tex/letters.h"
#include "tex/spans.h"
#include "tex/tex.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t clause_bytes_min = 40;  // "In this paper," says nothing

// How much a sentence claims; the first of those that claim most is taken.
enum class Strength { none, passive, weak, strong };

// What a word says where it stands; one can have several of these.
enum Meaning : unsigned {
  strong_verb = 1U << 0U,
  weak_verb = 1U << 1U,
  passed_over = 1U << 2U,      // between subject and verb
  no_claim_before = 1U << 3U,  // "as we show", "can we prove"
  elsewhere = 1U << 4U,        // in another paper
  irregular = 1U << 5U,        // a participle without "ed"
  never_last = 1U << 6U,       // an abbreviation that goes on
  short_form = 1U << 7U,       // one that a sentence can end with
  // What it does to its sentence.
  authors = 1U << 8U,
  our = 1U << 9U,
  the = 1U << 10U,
  pointing = 1U << 11U,
  work = 1U << 12U,
  here = 1U << 13U,
  being = 1U << 14U,
  besides = 1U << 15U,  // the claim itself was made before
};

struct WordList {
  unsigned meaning;
  std::string_view words;
};
constexpr WordList word_lists[] = {
    {strong_verb,
     "address advance advocate analyse analyze assess benchmark bridge build built calculate carry challenge "
     "characterise characterize clarify classify combine compare compute construct contribute correct create "
     "demonstrate derive describe design detect determine develop devise discover discuss elucidate establish "
     "estimate examine explain explore extend formalise formalize formulate generalise generalize give given identify "
     "illustrate improve infer introduce investigate map measure model offer outline overcome pioneer posit predict "
     "present probe propose prove proven provide quantify reformulate replace report resolve rethink reveal review "
     "revisit search show showcase shown simulate solve study suggest summarise summarize survey synthesise "
     "synthesize tackle theorise theorize trace uncover unify unveil"},
    {weak_verb,
     "achieve adopt apply argue ask believe conclude conduct confirm consider conjecture deal employ enable evaluate "
     "find focus found highlight hypothesise hypothesize identify implement incorporate integrate leverage observe "
     "obtain optimise optimize perform put refine release run test train use utilise utilize validate verify"},
    {passed_over,
     "aim also and article attempt can conclude could do first for further have has hence here hereby in instead "
     "letter next now paper present re rather seek shall study the then thereby therefore this thus time to will work "
     "would"},
    {no_claim_before, "as can do how if once should until what when"},
    {elsewhere, "recently previously"},
    {irregular, "shown given"},
    {never_last, "cf dr e.g eq eqs fig figs i.e prof ref refs resp sec st thm vs w.r.t"},
    {short_form, "al approx ca no"},
    {authors, "we i authors"},
    {our, "our"},
    {the, "the"},
    {pointing, "this present current"},
    {work,
     "article chapter dissertation letter manuscript note paper report research review study survey thesis tutorial "
     "work"},
    {here, "here herein"},
    {being, "is are was were been be"},
    {besides, "also additionally finally further furthermore lastly moreover"},
};

// The words above by a hash of a few of their letters, made when this is compiled: every word of an abstract is looked
// up, and most end at an empty slot.
class Lexicon {
 public:
  constexpr Lexicon() {
    for (const WordList& list : word_lists) {
      for (std::size_t at = 0; at < list.words.size();) {
        const std::size_t end = std::min(list.words.find(' ', at), list.words.size());
        add(list.words.substr(at, end - at), list.meaning);
        at = end + 1;
      }
    }
  }

  // Of a word in letters of either case; 0 where it says nothing.
  constexpr unsigned meaning(std::string_view word) const {
    if (word.empty()) return 0;
    for (std::size_t slot = slot_of(word); slots_[slot] != 0; slot = next(slot)) {
      const Known& known = known_[slots_[slot]];
      if (is_same(word, known.word)) return known.meaning;
    }
    return 0;
  }

 private:
  struct Known {
    std::string_view word;
    unsigned meaning = 0;
  };
  static constexpr std::size_t slot_count = 2048;

  static constexpr unsigned letter(char c) { return static_cast<unsigned char>(c) | 0x20U; }
  static constexpr std::size_t slot_of(std::string_view word) {
    const unsigned middle = letter(word[word.size() / 2]), last = letter(word.back());
    return (letter(word.front()) * 67U + middle * 13U + last * 3U + word.size() * 128U) % slot_count;
  }
  static constexpr std::size_t next(std::size_t slot) { return (slot + 1) % slot_count; }
  static constexpr bool is_same(std::string_view word, std::string_view known) {
    if (word.size() != known.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
      if (letter(word[i]) != letter(known[i])) return false;
    return true;
  }

  constexpr void add(std::string_view word, unsigned meaning) {
    std::size_t slot = slot_of(word);
    while (slots_[slot] != 0 && known_[slots_[slot]].word != word) slot = next(slot);
    if (slots_[slot] == 0) slots_[slot] = static_cast<unsigned char>(count_++);
    known_[slots_[slot]].word = word;
    known_[slots_[slot]].meaning |= meaning;
  }

  std::array<unsigned char, slot_count> slots_{};  // which of `known_`, the first of which is none
  std::array<Known, 256> known_{};
  std::size_t count_ = 1;
};

constexpr Lexicon lexicon;

bool ends_with(std::string_view word, std::string_view ending) {
  return word.size() > ending.size() && equal_ignoring_case(word.substr(word.size() - ending.size()), ending);
}

// Of a verb in any of its forms: strong_verb, weak_verb.
unsigned verb_meaning(std::string_view word) {
  unsigned meaning = lexicon.meaning(word);
  const auto add_stem = [&](std::string_view ending) {
    if (ends_with(word, ending)) meaning |= lexicon.meaning(word.substr(0, word.size() - ending.size()));
  };
  if (const char last = word.empty() ? '\0' : lower(word.back()); last == 's' || last == 'd') {
    add_stem(std::string_view(&last, 1));
    add_stem(last == 's' ? "es" : "ed");
    if (ends_with(word, last == 's' ? "ies" : "ied")) {
      meaning |= lexicon.meaning(std::string(word.substr(0, word.size() - 3)) += 'y');
    }
  }
  return meaning & (strong_verb | weak_verb);
}

// The words of a sentence, one after the other.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}
  // Empty at the end.
  std::string_view next() {
    const char* const end = text_.data() + text_.size();
    const char* from = text_.data() + at_;
    while (from != end && !letters.has(*from)) ++from;
    const char* to = from;
    while (to != end && letters.has(*to)) ++to;
    at_ = static_cast<std::size_t>(to - text_.data());
    return {from, static_cast<std::size_t>(to - from)};
  }
  // Passes over what commas enclose: "we, for the first time, show".
  void skip_aside() {
    constexpr std::size_t aside_max = 80;
    if (byte_at(text_, at_) != ',') return;
    const std::size_t end = text_.substr(0, at_ + aside_max).find(',', at_ + 1);
    if (end != npos) at_ = end;
  }

 private:
  static constexpr ByteSet letters{"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"};
  std::string_view text_;
  std::size_t at_ = 0;
};

// What the words behind a subject say. `words` is a copy: the sentence is read on behind the subject.
Strength verb_phrase(Words words) {
  words.skip_aside();
  Strength best = Strength::strong;
  for (int i = 0; i < 7; ++i) {
    const std::string_view word = words.next();
    const unsigned meaning = lexicon.meaning(word);
    if ((meaning & elsewhere) != 0) return Strength::none;
    if ((meaning & besides) != 0) best = Strength::weak;
    const unsigned verb = verb_meaning(word);
    if ((verb & strong_verb) != 0) return best;
    if (verb != 0) return Strength::weak;
    const bool adverb = word.size() > 3 && ends_with(word, "ly");
    if (!adverb && (meaning & passed_over) == 0) break;
  }
  return Strength::none;
}

// "is (newly) proposed"
Strength passive(Words words, bool in_here) {
  for (int i = 0; i < 3; ++i) {
    const std::string_view word = words.next();
    const bool participle = ends_with(word, "ed") || (lexicon.meaning(word) & irregular) != 0;
    if (participle && (verb_meaning(word) & strong_verb) != 0) return in_here ? Strength::strong : Strength::passive;
  }
  return Strength::none;
}

Strength strength_of(std::string_view sentence) {
  constexpr unsigned roles = authors | our | the | pointing | work | here | being | besides;
  if (sentence.back() == '?') return Strength::none;
  Words words(sentence);
  Strength found = Strength::none;
  bool in_here = false;         // "in this paper"
  bool second_thought = false;  // it begins with one
  int pointed = 0;              // how many words may still come between "this" and "paper"
  std::string_view before;
  for (std::string_view word = words.next(); !word.empty(); before = word, word = words.next()) {
    Strength now = Strength::none;
    unsigned role = lexicon.meaning(word) & roles;
    if (pointed-- <= 0) role &= ~work;
    switch (role) {
      case 0:
        continue;
      case authors:
        if (lower(word.front()) != 'w' || (lexicon.meaning(before) & no_claim_before) == 0) now = verb_phrase(words);
        break;
      case work:
        in_here = true;
        now = verb_phrase(words);
        break;
      case our: {
        Words behind = words;  // our method, our theoretical analysis
        for (int i = 0; i < 3 && now == Strength::none; ++i, behind.next()) now = verb_phrase(behind);
        now = std::min(now, Strength::weak);
        pointed = 3;
        break;
      }
      case the:
        pointed = 2;
        break;
      case pointing:
        pointed = 3;
        break;
      case here:
        in_here = true;
        break;
      case being:
        now = passive(words, in_here);
        break;
      case besides:
        second_thought = true;
        break;
      default:
        break;
    }
    if (in_here && now == Strength::weak) now = Strength::strong;  // "in this paper, we use"
    if (second_thought) now = std::min(now, Strength::weak);
    found = std::max(found, now);
    if (found == Strength::strong) break;
  }
  return found;
}

class Abstract {
 public:
  explicit Abstract(std::string_view text)
      : text_(text), braces_(text), math_(text, braces_), environments_(text), stops_(text, ".?!${\\") {}

  std::optional<Claim> claim() {
    Claim best;
    Strength strongest = Strength::none;
    int left = 3;  // how often it is tried: each time the whole abstract is read
    for (std::size_t at = skip_blanks(text_, 0); at < text_.size() && strongest != Strength::strong && left > 0;) {
      const std::size_t end = sentence_end(at);
      const Strength strength = strength_of(text_.substr(at, end - at));
      if (strength > strongest) {
        --left;
        const Claim claim = {at, end - at > claim_bytes_max ? clause_end(at) : end};
        if (claim.end > at && leaves_the_same(claim)) {
          best = claim;
          strongest = strength;
        }
      }
      at = skip_blanks(text_, end);
    }
    if (strongest == Strength::none) return std::nullopt;
    return best;
  }

 private:
  // Behind what begins at `at`: a formula, an environment, a group, an escaped character, or a byte.
  std::size_t behind(std::size_t at) {
    const char c = text_[at];
    const char next = byte_at(text_, at + 1);
    std::size_t end = at + 1;
    if (c == '$' || (c == '\\' && (next == '(' || next == '['))) {
      end = std::max(math_.at(at).end, at + (next == '$' ? 2 : 1));
    } else if (c == '{') {
      end = braces_.close_of(at);
      end = end == npos ? at + 1 : end + 1;
    } else if (c == '\\') {
      end = letters_at(text_, at + 1) == "begin" ? environments_.end_of(at) : at + 2;
      if (end == npos) end = at + 1;
    }
    return std::min(end, text_.size());
  }

  std::size_t sentence_end(std::size_t from) {
    for (std::size_t at = stops_.from(from); at < text_.size(); at = stops_.from(behind(at))) {
      if (text_[at] != '.' && text_[at] != '?' && text_[at] != '!') continue;
      std::size_t end = at + 1;
      while (end < text_.size() && closes(end)) end += is_ascii(text_[end]) ? 1 : 3;
      if (end >= text_.size()) return text_.size();
      if (is_space(text_[end]) && (text_[at] != '.' || is_full_stop(at, skip_blanks(text_, end)))) return end;
    }
    const std::size_t last = text_.find_last_not_of(" \n\t\r\v\f");
    return std::max(from, last) + 1;
  }

  // Brackets and quotation marks.
  bool closes(std::size_t at) const {
    const std::string_view three = text_.substr(at, 3);
    return std::string_view(")]}\"'").find(text_[at]) != npos || three == "’" || three == "”";
  }

  // True of a dot at the end of a sentence, not of an abbreviation; `next` is where the next word begins.
  bool is_full_stop(std::size_t dot, std::size_t next) const {
    if (is_lower(byte_at(text_, next))) return false;
    std::size_t start = dot;
    while (start > 0 && (is_letter(text_[start - 1]) || text_[start - 1] == '.')) --start;
    const std::string_view word = text_.substr(start, dot - start);
    const unsigned meaning = lexicon.meaning(word);
    if ((meaning & never_last) != 0) return false;
    // "J. Doe" and "et al. (2020)" go on; "by J. Doe et al. We" does not.
    const bool initial = word.size() == 1 && !is_digit(byte_before(text_, start));
    const bool is_short = initial || (meaning & short_form) != 0 || word.find('.') != npos;
    return !is_short || is_one_of(letters_at(text_, next), "We This In Our Here The These To However It");
  }

  // Before the last semicolon, else the last comma, at which a claim of `from` can end; `from` where there is none.
  std::size_t clause_end(std::size_t from) {
    std::size_t semicolon = from, comma = from;
    for (std::size_t at = from; at < from + claim_bytes_max; at = behind(at)) {
      // A formula is not parted from the comma behind it.
      if (at < from + clause_bytes_min || !is_space(byte_at(text_, at + 1)) || !is_letter(text_[at - 1])) continue;
      if (text_[at] == ';' || text_[at] == ':') semicolon = at;
      if (text_[at] == ',') comma = at;
    }
    const std::size_t end = semicolon > from ? semicolon : comma;
    return end > from && strength_of(text_.substr(from, end - from)) != Strength::none ? end : from;
  }

  // False where the claim's ends part what only together is TeX: a quotation, a link, what "\\it" declares.
  bool leaves_the_same(const Claim& claim) const {
    // Only these reach over the end of a sentence outside of math and braces, or look at the blanks around it.
    const auto has = [&](auto what) { return text_.find(what) != npos; };
    const bool escaped = has('\\') && (has('[') || has('"') || has("\\\\$") || has("\\begin"));
    const bool blanks_behind = claim.end < text_.size() && skip_blanks(text_, claim.end) == text_.size();
    if (!escaped && !blanks_behind && !has('`') && text_[claim.begin] != '-') return true;
    std::vector<Run> together;
    for (const std::string_view part :
         {text_.substr(0, claim.begin), text_.substr(claim.begin, claim.end - claim.begin), text_.substr(claim.end)}) {
      for (Run& run : runs(part)) {
        if (!together.empty() && run.kind == Run::Kind::text && together.back().kind == Run::Kind::text) {
          together.back().text += run.text;
        } else {
          together.push_back(std::move(run));
        }
      }
    }
    return together == runs(text_);
  }

  std::string_view text_;
  Braces braces_;
  MathSpans math_;
  Environments environments_;
  NextOf<6> stops_;  // what ends a sentence, and what behind() passes over
};

}  // namespace

std::optional<Claim> find_claim(std::string_view abstract) { return Abstract(abstract).claim(); }

}  // namespace daybook
