#include "rank/words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"

namespace daybook {

namespace {

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

bool has_vowel(std::string_view text) { return std::any_of(text.begin(), text.end(), is_vowel); }

bool ends_with(std::string_view word, std::string_view ending) {
  return word.back() == ending.back() && word.size() >= ending.size() &&
         word.substr(word.size() - ending.size()) == ending;
}

struct Ending {
  std::string_view from;
  std::string_view to;
  std::size_t least;  // letters that must be left before it
};

// The first that fits is taken. Only endings that keep a word's sense for our purpose: "generalization" and
// "generalize" are one, "generation" and "general" are not.
constexpr std::array<Ending, 23> endings = {{
    {"ifications", "", 4}, {"ification", "", 4},  {"ifying", "", 4},    {"ified", "", 4},      {"ifies", "", 4},
    {"ify", "", 4},        {"izations", "iz", 3}, {"ization", "iz", 3}, {"isations", "iz", 3}, {"isation", "iz", 3},
    {"izing", "iz", 3},    {"ising", "iz", 5},    {"izers", "iz", 3},   {"izer", "iz", 3},     {"ized", "iz", 3},
    {"ises", "iz", 6},     {"izes", "iz", 3},     {"ize", "iz", 3},     {"ations", "", 6},     {"ation", "", 6},
    {"ities", "", 4},      {"ity", "", 4},        {"ncy", "nt", 4},
}};

// One of a doubled consonant behind which an ending was: "running" -> "run", but "compressing" -> "compress".
void undouble(std::string& word) {
  const std::size_t n = word.size();
  if (n > 3 && word[n - 1] == word[n - 2] && !is_vowel(word[n - 1]) &&
      std::string_view("lsz").find(word[n - 1]) == std::string_view::npos)
    word.pop_back();
}

void cut_plural(std::string& word) {
  if (ends_with(word, "ies") && word.size() > 4) {
    word.replace(word.size() - 3, 3, "y");
  } else if (ends_with(word, "sses") || ends_with(word, "xes") || ends_with(word, "ches")) {
    word.resize(word.size() - 2);
  } else if (word.back() == 's' && !ends_with(word, "ss") && !ends_with(word, "us") && !ends_with(word, "is") &&
             !ends_with(word, "ias")) {
    word.pop_back();
  }
}

void cut_verb(std::string& word) {
  for (const std::string_view ending : {"ing", "ed", "ion", "ly"}) {
    const std::size_t rest = word.size() - std::min(word.size(), ending.size());
    if (rest < 3 || !ends_with(word, ending) || !has_vowel(std::string_view(word).substr(0, rest))) continue;
    if (ending == "ion" && (rest < 4 || (word[rest - 1] != 't' && word[rest - 1] != 's'))) continue;
    word.resize(rest);
    undouble(word);
    break;
  }
  if (word.size() > 4 && word.back() == 'e') word.pop_back();
}

constexpr std::array<std::string_view, 118> stop_words = {
    "a",       "about",   "across", "after", "all",     "also",    "although", "among",   "an",      "and",   "any",
    "are",     "as",      "at",     "be",    "because", "been",    "before",   "being",   "between", "both",  "but",
    "by",      "can",     "could",  "do",    "does",    "during",  "each",     "either",  "etc",     "for",   "from",
    "further", "had",     "has",    "have",  "here",    "how",     "however",  "if",      "in",      "into",  "is",
    "it",      "its",     "itself", "just",  "like",    "many",    "may",      "might",   "more",    "most",  "much",
    "must",    "no",      "nor",    "not",   "of",      "often",   "on",       "only",    "or",      "other", "our",
    "out",     "over",    "own",    "per",   "rather",  "s",       "same",     "should",  "since",   "so",    "some",
    "such",    "than",    "that",   "the",   "their",   "them",    "then",     "there",   "these",   "they",  "this",
    "those",   "through", "thus",   "to",    "too",     "under",   "until",    "upon",    "us",      "very",  "via",
    "was",     "we",      "well",   "were",  "what",    "when",    "where",    "whether", "which",   "while", "who",
    "whose",   "why",     "will",   "with",  "within",  "without", "would",    "yet"};

bool is_stop_word(std::string_view word) {
  return word.size() <= 9 && std::binary_search(stop_words.begin(), stop_words.end(), word);
}

bool is_word(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  return c >= 0x370 && (c < 0x2000 || c >= 0x2C00) && c != 0xFFFD && !(c >= 0x3000 && c <= 0x303F) &&
         !(c >= 0xFF00 && c <= 0xFF20);
}

// Prefixes that authors write with a hyphen, without, or apart.
bool joins_next(std::string_view word) {
  return word.size() <= 5 && (word == "pre" || word == "auto" || word == "hyper" || word == "fine");
}

}  // namespace

std::string stemmed(std::string_view form) {
  std::string word(form);
  if (word.size() < 4 || !std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
    return word;
  }
  cut_plural(word);
  // "moe" and "moes" are alike only if short words lose nothing more.
  if (word.size() < 4) return word;
  for (const Ending& ending : endings) {
    if (word.size() >= ending.from.size() + ending.least && ends_with(word, ending.from)) {
      word.replace(word.size() - ending.from.size(), ending.from.size(), ending.to);
      return word;
    }
  }
  cut_verb(word);
  return word;
}

Stem hashed(std::string_view stem) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : stem) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash == sentence_end ? 1 : hash;
}

namespace {

// The stem of a word, or sentence_end of a stop word. Most words of a text are among the some thousand that come all
// the time, and endings are slow to try: each thread keeps the last word of each slot.
Stem stem_of(std::string_view word) {
  struct Known {
    Stem word = 0;
    Stem stem = 0;
  };
  thread_local std::array<Known, 1U << 13U> known;
  const Stem hash = hashed(word);
  Known& slot = known[(hash ^ (hash >> 32U)) % known.size()];
  if (slot.word != hash) slot = {hash, is_stop_word(word) ? sentence_end : hashed(stemmed(word))};
  return slot.stem;
}

// Puts words together from letters; a prefix waits for the word that follows it.
class Collector {
 public:
  explicit Collector(std::size_t bytes) {
    out_.stems.reserve(bytes / 7);
    out_.spans.reserve(bytes / 7);
  }

  void letter(char32_t c, std::size_t begin, std::size_t end) {
    if (word_.empty() && waiting_.empty()) span_.begin = begin;
    if (c < 0x80) {
      word_ += static_cast<char>(c);
    } else {
      append_utf8(word_, c);
    }
    span_.end = end;
  }

  void finish_word() {
    if (word_.empty()) return;
    if (waiting_.empty() && joins_next(word_)) {
      waiting_.swap(word_);
      return;
    }
    word_.insert(0, waiting_);
    waiting_.clear();
    if (const Stem stem = stem_of(word_); stem != sentence_end) put(stem, span_);
    word_.clear();
  }

  void finish_sentence(std::size_t at) {
    if (!waiting_.empty()) put(hashed(stemmed(waiting_)), span_);
    waiting_.clear();
    if (!out_.stems.empty() && out_.stems.back() != sentence_end) put(sentence_end, {at, at});
  }

  Words take() {
    if (!waiting_.empty()) put(hashed(stemmed(waiting_)), span_);
    return std::move(out_);
  }

 private:
  void put(Stem stem, Span span) {
    out_.stems.push_back(stem);
    out_.spans.push_back(span);
  }

  Words out_;
  std::string word_;
  std::string waiting_;
  Span span_;
};

bool ends_sentence(char32_t c) { return c == '.' || c == '?' || c == '!' || c == ';'; }

}  // namespace

Words words(std::string_view plain) {
  Collector collector(plain.size());
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t begin = at;
    if (is_alnum(plain[at])) {  // most are, and need no folding
      ++at;
      collector.letter(static_cast<unsigned char>(lower(plain[begin])), begin, at);
      continue;
    }
    const char32_t c = fold(next_code_point(plain, at));
    if (c == 0 || c == '\'' || c == 0x2019) continue;
    if (is_word(c)) {
      collector.letter(c, begin, at);
      continue;
    }
    collector.finish_word();
    if (ends_sentence(c)) collector.finish_sentence(begin);
  }
  collector.finish_word();
  return collector.take();
}

}  // namespace daybook
