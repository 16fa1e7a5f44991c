#include "guard/addressed_tokens.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/text.h"
#include "guard/addressed_text.h"

namespace daybook {

namespace {

constexpr std::size_t least_words = 3;      // of a sentence
constexpr std::size_t glued_letters = 18;   // from which on a word may be several without blanks
constexpr std::size_t spelt_letters = 5;    // from which on single letters in a row may be words
constexpr std::size_t longest_word = 4096;  // bytes looked into

constexpr char32_t unspaced = 0x590;  // scripts from which on words may stand without blanks

// Senses that no honest word has by way of digits for letters or letters of two alphabets.
constexpr Sense key = sense::disregard | sense::previous | sense::instruction | sense::criterion | sense::id_field |
                      sense::paper | sense::score;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char32_t c) { return c < 0x80 && ((c | 0x20U) >= 'a') && ((c | 0x20U) <= 'z'); }

// Letters of every script, and digits; symbols and punctuation above ASCII divide words.
bool is_word_character(char32_t c) {
  if (c < 0x80) return is_ascii_letter(c) || (c >= '0' && c <= '9');
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c == 0xD7 || c == 0xF7) return false;
  if (c >= 0x2000 && c < 0x2070) return false;
  if (c >= 0x2070 && c < 0x2C00) return plain_letter(c) < 0x80;  // styled letters
  if (c >= 0x3000 && c < 0x3005) return false;
  if (c >= 0x3008 && c < 0x3040) return false;
  if (c >= 0xFF01 && c <= 0xFF5E) return is_word_character(c - 0xFEE0);
  return c != 0xFF61 && c != 0xFFFD && c != 0x30FB && c != 0x60C && c != 0x61F;
}

char unleet(char c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
    case '!':
      return 'i';
    case '3':
      return 'e';
    case '4':
    case '@':
      return 'a';
    case '5':
    case '$':
      return 's';
    case '7':
      return 't';
    case '8':
      return 'b';
    case '9':
      return 'g';
    default:
      return c;
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<AddressedSentence> read() {
    while (at_ < text_.size()) {
      const std::size_t start = at_;
      const char32_t c = code_point(at_);
      if (is_word_character(c)) {
        at_ = start;
        read_word();
      } else {
        read_divider(c, start);
      }
    }
    finish_sentence(text_.size());
    if (sentences_.size() > 1 && sentences_.back().words.size() < least_words) join_last();
    for (AddressedSentence& sentence : sentences_)
      for (const AddressedWord& word : sentence.words) sentence.senses |= word.senses;
    return std::move(sentences_);
  }

 private:
  char32_t code_point(std::size_t& at) const {
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte >= 0x80) return next_code_point(text_, at);
    ++at;
    return byte;
  }

  void read_divider(char32_t c, std::size_t start) {
    quoted_ = c == '"' || c == '\'' || c == '`' || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0xAB;
    if (c == ' ') return;
    const bool hyphen = c == '-' && start > 0 && text_[start - 1] != ' ' && text_[start - 1] != '-' &&
                        at_ < text_.size() && text_[at_] != ' ' && text_[at_] != '-';
    fresh_ |= !hyphen;
    if (!spelling_ends_) spelling_ends_ = c != '.' && c != '-' && c != '_' && c != '*' && c != '/' && c != '|';
    mark_colon(c, start);
    const bool wide_stop = c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x964;
    const bool stop = (c == '.' || c == '!' || c == '?') && (at_ == text_.size() || ends_sentence(text_[at_]));
    if (wide_stop || stop) finish_sentence(at_);
  }

  static bool ends_sentence(char next) {
    return next == ' ' || next == '"' || next == '\'' || next == ')' || next == '}' || next == ']' || next == '\\';
  }

  void mark_colon(char32_t c, std::size_t start) {
    if ((c != ':' && c != '=' && c != 0xFF1A) || sentence_.words.empty()) return;
    AddressedWord& last = sentence_.words.back();
    const auto between = text_.substr(last.end, start - last.end);
    last.colon |= between.find_first_not_of(" \"'`*_\\") == between.npos || between == "\u201D" || between == "\u2019";
  }

  void read_word() {
    const std::size_t start = at_;
    word_.clear();
    plain_ = true;
    digits_ = 0;
    // Plain letters first: most words are nothing else.
    while (at_ < text_.size() && is_ascii_letter(static_cast<unsigned char>(text_[at_])) && at_ - start < longest_word)
      word_ += static_cast<char>(static_cast<unsigned char>(text_[at_++]) | 0x20U);
    std::size_t letters = word_.size();
    char32_t last = 0;
    while (at_ < text_.size() && at_ - start < longest_word) {
      std::size_t next = at_;
      if (letters > 0 && skips_markup()) continue;
      const char32_t c = code_point(next);
      if (!is_word_character(c) && !joins(c, next, letters)) break;
      const std::size_t before = std::exchange(at_, next);
      if (c == '\'' || c == 0x2019) continue;
      const char32_t letter = plain_letter(c);
      if (letter == 0) continue;
      if (letters > 0 && (letter < unspaced) != (last < unspaced)) {
        at_ = before;
        break;
      }
      last = letter;
      plain_ &= letter < 0x80;
      if (letter >= '0' && letter <= '9') ++digits_;
      append_utf8(word_, letter);
      ++letters;
    }
    if (letters == 0) return;
    if (digits_ == letters) {
      add_number(start);
    } else {
      add_word(start, letters);
    }
    fresh_ = quoted_ = spelling_ends_ = false;
  }

  // "ig{}nore", "ig\\-nore": TeX that prints nothing.
  bool skips_markup() {
    const auto two = text_.substr(at_, 2);
    if (two != "{}" && two != "\\-" && two != "\\/") return false;
    if (at_ + 2 >= text_.size() || !is_ascii_letter(static_cast<unsigned char>(text_[at_ + 2]))) return false;
    at_ += 2;
    return true;
  }

  // don't, in$tructions, p@per
  bool joins(char32_t c, std::size_t next, std::size_t letters) const {
    if (c != '\'' && c != 0x2019 && c != '$' && c != '@') return false;
    if (letters == 0 || next >= text_.size() || !is_ascii_letter(static_cast<unsigned char>(text_[next]))) return false;
    return at_ > 0 && is_ascii_letter(static_cast<unsigned char>(text_[at_ - 1]));
  }

  void push(Sense senses, std::size_t start) {
    const bool fresh = fresh_ || sentence_.words.empty() || begins_behind_number(start);
    sentence_.words.push_back({senses, start, at_, fresh, false, quoted_});
  }

  // "RELEVANCE 10 We end with a proof": a sentence without a full stop ends all the same.
  bool begins_behind_number(std::size_t start) const {
    return (sentence_.words.back().senses & sense::number) != 0 && text_[start] >= 'A' && text_[start] <= 'Z';
  }

  // "10", "10.0", "(10)" and "10/10" are scores, "0.9", "5.0", "(3)", "10%", "10-fold" and "2024" are none.
  void add_number(std::size_t start) {
    spell(0);
    const bool ten = word_ == "10";
    bool score = ten || word_.size() == 1 || word_ == "01";
    if (at_ + 1 < text_.size() && (text_[at_] == '.' || text_[at_] == ',') && is_digit(text_[at_ + 1])) {
      const std::size_t fraction = at_ + 1;
      while (at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) ++at_;
      ++at_;
      score = ten && text_.substr(fraction, at_ - fraction).find_first_not_of('0') == std::string_view::npos;
    }
    const char before = start > 0 ? text_[start - 1] : ' ';
    const char behind = at_ < text_.size() ? text_[at_] : ' ';
    if (std::string_view("-%^$\\").find(behind) != std::string_view::npos) score = false;
    if (behind == ':' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) score = false;
    if (before == '.' || before == '^' || before == '-') score = false;
    if (before == '/' || (before == '(' && behind == ')')) score = score && ten;
    push(!score ? 0 : ten ? sense::number | sense::ten : sense::number, start);
  }

  void add_word(std::size_t start, std::size_t letters) {
    if (letters == 1) {
      push(sense_of(word_), start);
      spell(word_.size() == 1 ? word_[0] : '\0');
      return;
    }
    spell(0);
    if (static_cast<unsigned char>(word_[0]) >= 0xD6 && sense_of(word_) == 0) {
      add_within(start, 0);
      return;
    }
    Sense senses = sense_of(word_);
    if (senses == 0 && !plain_) senses = undisguised_lookalike();
    if (senses == 0 && plain_ && digits_ + signs() > 0) senses = undisguised_leet();
    if (senses == 0 && letters >= glued_letters && add_within(start, letters < 2 * glued_letters ? 3 : 2)) return;
    push(senses, start);
  }

  std::size_t signs() const {
    return static_cast<std::size_t>(
        std::count_if(word_.begin(), word_.end(), [](char c) { return c == '$' || c == '@'; }));
  }

  Sense undisguised_lookalike() {
    std::string latin;
    for (std::size_t at = 0; at < word_.size();) append_utf8(latin, latin_lookalike(next_code_point(word_, at)));
    return disguised(latin);
  }

  Sense undisguised_leet() {
    std::string letters = word_;
    std::transform(letters.begin(), letters.end(), letters.begin(), unleet);
    if (const Sense senses = disguised(letters); senses != 0) return senses;
    std::string other = word_;  // a one may be an l as well
    std::replace(other.begin(), other.end(), '1', 'l');
    std::transform(other.begin(), other.end(), other.begin(), unleet);
    if (other.size() >= glued_letters) word_ = letters;
    return disguised(other);
  }

  static Sense disguised(const std::string& word) {
    const Sense senses = sense_of(word);
    return (senses & key) != 0 && word.size() > 4 ? senses | sense::disguised : senses;
  }

  // Adds what is within a word without blanks, where it says at least so many things.
  bool add_within(std::size_t start, std::size_t least) {
    const std::vector<Sense> found = senses_within(word_);
    const auto told = std::count_if(found.begin(), found.end(), [](Sense s) { return (s & key) != 0; });
    if (static_cast<std::size_t>(told) + 1 < least) return false;
    for (const Sense senses : found) push(senses, start);
    if (found.empty()) push(0, start);
    return true;
  }

  // Collects letters that stand alone, "i g n o r e"; any other word ends them.
  void spell(char letter) {
    if (letter != 0 && !spelling_ends_) {
      spelt_ += letter;
      return;
    }
    const std::string spelt = std::exchange(spelt_, letter != 0 ? std::string(1, letter) : std::string());
    if (spelt.size() < spelt_letters || spelt.size() > longest_word) return;
    for (const Sense senses : senses_within(spelt)) {
      const Sense told = (senses & key) != 0 ? senses | sense::disguised : senses;
      sentence_.words.push_back({told, sentence_.start, at_, false, false, false});
    }
  }

  void finish_sentence(std::size_t end) {
    if (end == text_.size()) spell(0);
    if (end < text_.size() && (sentence_.words.size() < least_words || spelt_.size() >= least_words)) return;
    sentence_.end = end;
    if (end > sentence_.start) sentences_.push_back(std::move(sentence_));
    sentence_ = {};
    sentence_.start = end;
    fresh_ = true;
  }

  void join_last() {
    AddressedSentence last = std::move(sentences_.back());
    sentences_.pop_back();
    AddressedSentence& kept = sentences_.back();
    kept.end = last.end;
    kept.words.insert(kept.words.end(), last.words.begin(), last.words.end());
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<AddressedSentence> sentences_;
  AddressedSentence sentence_;
  std::string word_;  // the one at hand, in plain letters
  bool plain_ = true;
  std::size_t digits_ = 0;
  bool fresh_ = true;
  bool quoted_ = false;
  std::string spelt_;
  bool spelling_ends_ = false;
};

}  // namespace

std::vector<AddressedSentence> addressed_sentences(std::string_view text) { return Reader(text).read(); }

}  // namespace daybook
