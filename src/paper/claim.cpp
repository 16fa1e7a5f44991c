#include "paper/claim.h"

#include <algorithm>
#include <array>
#include <string>
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

constexpr std::string_view strong_verbs =
    "address advance advocate analyse analyze assess benchmark bridge build built calculate carry "
    "challenge characterise characterize clarify classify combine compare compute construct contribute correct create "
    "demonstrate derive describe design detect determine develop devise discover discuss elucidate establish estimate "
    "examine explain explore extend formalise formalize formulate generalise generalize give given "
    "identify illustrate improve infer introduce investigate map measure model offer outline overcome pioneer posit "
    "predict "
    "present probe propose prove proven provide quantify reformulate replace report resolve rethink reveal review "
    "revisit "
    "search show showcase shown simulate solve study suggest summarise summarize survey synthesise synthesize "
    "tackle theorise theorize trace uncover unify unveil";
constexpr std::string_view weak_verbs =
    "achieve adopt apply argue ask believe conclude conduct confirm consider conjecture deal employ enable evaluate "
    "find "
    "focus found highlight hypothesise hypothesize identify implement incorporate integrate leverage observe obtain "
    "optimise optimize perform "
    "put refine release run test train use utilise utilize validate verify";
// Between subject and verb.
constexpr std::string_view passed_over =
    "aim also and article attempt can conclude could do first for further have has hence here hereby in instead letter "
    "next now "
    "paper present re rather seek shall study the then thereby therefore this thus time to will work would";
// What is claimed besides: the claim itself was made before.
constexpr std::string_view second_thoughts = "also additionally finally further furthermore lastly moreover";
// "as we show", "can we prove"
constexpr std::string_view no_claim_before = "as can do how if once should until what when";
constexpr std::string_view works =
    "article chapter dissertation letter manuscript note paper report research review study "
    "survey thesis tutorial work";

bool is_verb(std::string_view word, std::string_view verbs) {
  const auto without = [&](std::string_view ending, std::string_view instead) {
    const bool ends = word.size() > ending.size() && word.substr(word.size() - ending.size()) == ending;
    return ends && is_one_of(std::string(word.substr(0, word.size() - ending.size())).append(instead), verbs);
  };
  return is_one_of(word, verbs) || without("s", "") || without("d", "") || without("es", "") || without("ed", "") ||
         without("ies", "y") || without("ied", "y");
}

// The words of a sentence in small letters, one after the other.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}
  // Empty at the end.
  std::string next() {
    while (at_ < text_.size() && !is_letter(text_[at_])) ++at_;
    const std::string_view word = letters_at(text_, at_);
    at_ += word.size();
    return ascii_lower(word);
  }
  // Passes over what commas enclose: "we, for the first time, show".
  void skip_aside() {
    constexpr std::size_t aside_max = 80;
    if (byte_at(text_, at_) != ',') return;
    const std::size_t end = text_.substr(0, at_ + aside_max).find(',', at_ + 1);
    if (end != npos) at_ = end;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// What the words behind a subject say. `words` is a copy: the sentence is read on behind the subject.
Strength verb_phrase(Words words) {
  words.skip_aside();
  Strength best = Strength::strong;
  for (int i = 0; i < 7; ++i) {
    const std::string word = words.next();
    if (is_one_of(word, "recently previously")) return Strength::none;  // another paper
    if (is_one_of(word, second_thoughts)) best = Strength::weak;
    if (is_verb(word, strong_verbs)) return best;
    if (is_verb(word, weak_verbs)) return Strength::weak;
    const bool adverb = word.size() > 3 && word.substr(word.size() - 2) == "ly";
    if (!adverb && !is_one_of(word, passed_over)) break;
  }
  return Strength::none;
}

// "is (newly) proposed"
Strength passive(Words words, bool here) {
  for (int i = 0; i < 3; ++i) {
    const std::string word = words.next();
    const bool participle = word.size() > 2 && (word.substr(word.size() - 2) == "ed" || is_one_of(word, "shown given"));
    if (participle && is_verb(word, strong_verbs)) return here ? Strength::strong : Strength::passive;
  }
  return Strength::none;
}

Strength strength_of(std::string_view sentence) {
  if (sentence.back() == '?') return Strength::none;
  Words words(sentence);
  Strength found = Strength::none;
  bool here = false;     // "in this paper"
  bool besides = false;  // it begins with a second thought
  int pointed = 0;       // how many words may still come between "this" and "paper"
  std::string before;
  for (std::string word = words.next(); !word.empty(); before = std::move(word), word = words.next()) {
    Strength now = Strength::none;
    const bool work = pointed-- > 0 && is_one_of(word, works);
    if (is_one_of(word, "this our the present current")) pointed = word == "the" ? 2 : 3;
    if (is_one_of(word, second_thoughts)) besides = true;
    here = here || word == "here" || word == "herein" || work;
    if (word == "we" && !is_one_of(before, no_claim_before)) now = verb_phrase(words);
    if (word == "i" || word == "authors") now = verb_phrase(words);
    if (work) now = verb_phrase(words);
    if (word == "our") {
      Words behind = words;  // our method, our theoretical analysis
      for (int i = 0; i < 3 && now == Strength::none; ++i, behind.next()) now = verb_phrase(behind);
      now = std::min(now, Strength::weak);
    }
    if (is_one_of(word, "is are was were been be")) now = passive(words, here);
    if (here && now == Strength::weak) now = Strength::strong;  // "in this paper, we use"
    if (besides) now = std::min(now, Strength::weak);
    found = std::max(found, now);
    if (found == Strength::strong) break;
  }
  return found;
}

class Abstract {
 public:
  explicit Abstract(std::string_view text) : text_(text), braces_(text), math_(text, braces_), environments_(text) {}

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
    for (std::size_t at = from; at < text_.size(); at = behind(at)) {
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
    if (is_one_of(ascii_lower(word), "cf dr e.g eq eqs fig figs i.e prof ref refs resp sec st thm vs w.r.t")) {
      return false;
    }
    // "J. Doe" and "et al. (2020)" go on; "by J. Doe et al. We" does not.
    const bool initial = word.size() == 1 && !is_digit(byte_before(text_, start));
    const bool short_form = initial || is_one_of(ascii_lower(word), "al approx ca no") || word.find('.') != npos;
    return !short_form || is_one_of(letters_at(text_, next), "We This In Our Here The These To However It");
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
    static constexpr ByteSet tex("\\$~{`");
    if (tex.find_in(text_) == npos && text_.find("--") == npos) return true;
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
};

}  // namespace

std::optional<Claim> find_claim(std::string_view abstract) { return Abstract(abstract).claim(); }

}  // namespace daybook
