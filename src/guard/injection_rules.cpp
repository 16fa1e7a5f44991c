#include "guard/injection_rules.h"

#include <algorithm>
#include <bitset>
#include <cstring>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/text.h"
#include "guard/visible_text.h"

namespace daybook {

namespace {

constexpr std::size_t sentence_least = 3;  // words
constexpr std::size_t spelt_least = 5;     // letters that stand alone in a row and may be a word
constexpr std::size_t glued_least = 18;    // letters of a word that may be several without blanks
constexpr std::size_t foreign_least = 2;   // letters of scripts other than Latin and Greek in a sentence
constexpr std::size_t encoded_least = 20;  // characters of base64 or hexadecimal digits that may be a text
constexpr std::size_t many = 60;
constexpr std::size_t any_number = std::string_view::npos;

struct Row {
  std::string_view name;
  std::string_view parts;
};

constexpr Row classes[] = {
    {"ignore", "ignore disregard forget override overrule bypass skip overlook discard"},
    {"order", "instruction instructions prompt prompts directive directives orders command commands"},
    {"rule", "rules guideline guidelines criteria criterion rubric policy guide rule"},
    {"prior", "previous prior above preceding foregoing earlier system your"},
    {"all", "all any every everything anything whatever"},
    {"told", "told instructed received requested asked directed required"},
    {"new", "new updated revised"},
    {"over", "void obsolete invalid superseded revoked overridden changed cleared untrusted"},
    {"give", "give assign award rate score grade mark rank grant put treat set"},
    {"given", "rated scored graded given awarded get gets receive receives deserve deserves"},
    {"reply", "answer respond reply output print return write say"},
    {"answer", "answer reply response output comment verdict"},
    {"paper", "paper papers submission submissions article manuscript entry entries candidates"},
    {"this", "this our my"},
    {"other", "other others rest remaining else competing next"},
    {"score", "score scores rating ratings mark marks grade grades review evaluation"},
    {"criterion", "relevance novelty"},
    {"reply-field", "relevance novelty comment topic"},
    {"ten", "10 ten tens"},
    {"low", "1 2 9"},
    {"most", "highest maximum maximal perfect full top lowest minimum best"},
    {"scorer",
     "assistant assistants chatbot chatgpt grader graders evaluator evaluators reviewer reviewers referee "
     "llm llms whoever"},
    {"machine", "ai gpt claude gemini model models system systems tools"},
    {"judging", "reviewing scoring rating grading judging ranking screening"},
    {"you", "you your yours yourself"},
    {"task", "task job role topics list relevant novel masterpiece groundbreaking brilliant"},
    {"must", "must should shall"},
    {"lead", "please kindly now then must should shall always just instead simply you"},
    {"act", "follow act obey apply mention tell select choose accept recommend highlight penalize"},
    {"list", "list batch text papers line abstract prompt"},
    {"raise", "increase raise boost lower decrease reduce downgrade swap"},
    {"role", "system assistant human user"},
    {"boss", "admin sudo developer mode"},
    {"foreign",
     "alle diesem diese diesen eine einen und bewerte obigen anweisungen donnez attribuez meilleure toutes les cet "
     "cette veuillez todas las "
     "este esta un todos tutte le vorige wszystkie poprzednie tum onceki tat cac"},
};

// What a text does, for people to read, and the patterns by which that shows, parted by "; ".
// A pattern is words, each of one of the classes named or the word itself, each behind the one before it, or with so
// many others between at most as a number says; '*': with many. '^': the word starts a clause, or stands behind
// "please" or "you must"; ':': one of these or '=' follows it; '.': its clause ends with it.
constexpr std::size_t certain_rules = 2;  // the first ones: no honest text breaks them
constexpr Row rules[] = {
    {"tells to disregard instructions", "^ignore 1 prior|all 3 order; ^ignore all 2 prior|told"},
    {"names the reply's fields", "arxivid; arxiv id:; reply-field: * reply-field:"},
    {"speaks of disregarding",
     "^ignore 4 order|rule|criterion|other|list; ^ignore 2 prior|all; ignore 3 prior 2 order; ignore foreign; "
     "pay no attention"},
    {"revokes instructions",
     "order|rule|list 4 over; you 2 told; longer apply; ^do not 2 act|give; previous|earlier|above order|guidelines"},
    {"gives new instructions", "^new 2 order|rule|message:; ^order:; ^order for; new judging rule|order"},
    {"asks for a score",
     "^give 8 ten|low.; ^give 6 most 2 score; ^give 2 other; give 1 paper 4 most; ^give us most|first; "
     "most score for; paper 2 given 3 most|ten; must give|reply 3 ten|low|most; scorer 5 to give 4 most|ten|high; "
     "most criterion; full marks; highest score here; ^raise 2 score|criterion|other; positive review; ^act 1 this "
     "paper; give|consider|evaluate|penalize this paper|work|submission; ^give 2 paper|work; scorer: act|give; "
     "scorer|machine * must give 1 it|this|paper|ten; scorer give ten"},
    {"states a score",
     "criterion 3 ten|low.; criterion ten|low; criterion of|is|to|below|above ten|low; equal to ten; ten 2 criterion; "
     "score: ten; answer: ten|criterion; ^reply ten; answer 5 is ten.; ten for 1 this; a ten.; ten out of ten"},
    {"speaks of other papers", "other paper; other 3 given 3 low"},
    {"speaks to somebody",
     "you * paper|score|criterion|answer|order|task|give|act|ten; "
     "paper|score|criterion|answer|order|task|give|act|ten * you; ^kindly"},
    {"casts a role",
     "^you are; if you are; from now on; from this point on; act as 3 scorer; pretend 1 you; ^role:; system message; "
     "boss boss|override|give"},
    {"calls the scorer",
     "dear|hey|hello 2 scorer|machine; ^note to|for; this message; ai scorer:; machine|scorer: this|please; "
     "to whoever; judging machine|scorer 3 told|must; ^role remember"},
    {"closes the list", "^end of list|paper; ends here; below this line; ^stop judging"},
    {"speaks of the prompt", "above list; list above; previous prompt; comment|relevance|novelty field"},
    {"is in another language", "foreign * foreign"},
};

using Classes = std::bitset<128>;

struct Step {
  Classes classes;
  std::size_t others = 0;  // words between it and the one before
  bool commands = false, colon = false, ends_clause = false;
};

struct Pattern {
  const Row* rule;
  std::vector<Step> steps;
};

/// Rules are the tables above, made ready. A word that a pattern names itself is a class of its own.
class Rules {
 public:
  Rules() {
    for (const Row& each : classes) add_class(each.name, each.parts);
    for (const Row& rule : rules)
      for (const std::string_view pattern : split(rule.parts, ';')) add_pattern(rule, trim(pattern));
    lead = named("lead");
  }
  Classes classes_of(const std::string& word) const {
    // A word with its letters mixed is read by everybody all the same.
    std::string_view order = word;
    for (const std::string_view each : {"ignore", "disregard", "previous", "instructions"})
      if (std::is_permutation(word.begin(), word.end(), each.begin(), each.end())) order = each;
    const auto found = words_.find(order);
    return found == words_.end() ? Classes() : found->second;
  }

  std::vector<Pattern> patterns;
  Classes lead;

 private:
  Classes named(std::string_view name) {
    if (numbers_.count(name) == 0) add_class(name, name);
    return Classes().set(numbers_.at(name));
  }
  void add_class(std::string_view name, std::string_view words) {
    const std::size_t number = numbers_.size();
    numbers_.emplace(name, number);
    for (const std::string_view word : split(words, ' ')) words_[word].set(number);
  }
  void add_pattern(const Row& rule, std::string_view pattern) {
    Pattern made{&rule, {}};
    std::size_t others = 0;
    for (std::string_view part : split(pattern, ' ')) {
      if (part == "*" || (part[0] >= '1' && part[0] <= '9')) {
        others = part == "*" ? many : static_cast<std::size_t>(part[0] - '0');
        continue;
      }
      Step step{{}, std::exchange(others, 0), part.front() == '^', part.back() == ':', part.back() == '.'};
      if (step.commands) part.remove_prefix(1);
      if (step.colon || step.ends_clause) part.remove_suffix(1);
      for (const std::string_view name : split(part, '|')) step.classes |= named(name);
      made.steps.push_back(step);
    }
    patterns.push_back(std::move(made));
  }
  std::map<std::string_view, std::size_t> numbers_;  // of classes
  std::unordered_map<std::string_view, Classes> words_;
};

const Rules& all_rules() {
  static const Rules made;
  return made;
}

struct Word {
  std::string plain;  // in plain letters, digits within it read as letters
  Classes classes;
  bool starts_clause = false;
  bool colon = false;  // ':' or '=' follows it
};

struct Sentence {
  std::size_t start = 0;  // bytes of the text; sentences follow one another without a gap
  std::size_t end = 0;
  std::vector<Word> words;
  Classes classes;  // of all words
  std::size_t foreign_letters = 0;
};

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_latin(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Letters of every script but for symbols, and digits.
bool is_word_character(char32_t c) {
  return is_latin(c) || is_digit(c) || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) ||
         (c >= 0x3040 && c < 0xFF00);
}

// "1gn0r3": digits as the letters that they look like.
std::string without_leet(std::string word) {
  constexpr std::string_view digits = "013457";
  if (std::none_of(word.begin(), word.end(), is_latin)) return word;
  for (char& c : word)
    if (const auto at = digits.find(c); at != std::string_view::npos) c = "oieast"[at];
  return word;
}

/// SentenceReader takes a text apart. Sentences of fewer than three words belong to the one behind: "Ignore. All. Of.
/// That." is one. Letters that stand alone in a row, "i g n o r e", are a word besides.
class SentenceReader {
 public:
  explicit SentenceReader(std::string_view text) : text_(text) {}

  std::vector<Sentence> read() {
    while (at_ < text_.size()) {
      // TeX that prints nothing, "ig{}nore", and commands, "\textbf{".
      const auto two = text_.substr(at_, 2);
      if (two == "{}" || two == "\\-" || two == "\\/") {
        at_ += 2;
      } else if (text_[at_] == '\\') {
        for (++at_; at_ < text_.size() && is_latin(static_cast<unsigned char>(text_[at_]));) ++at_;
        end_word('\\');
      } else if (const char32_t c = next_code_point(text_, at_); !take(c, plain_letter(c))) {
        end_word(c);
        divide(c);
      }
    }
    end_word(0);
    finish(text_.size());
    return std::move(sentences_);
  }

 private:
  bool take(char32_t c, char32_t letter) {
    if (letter == 0 || ((c == '\'' || c == 0x2019) && !word_.empty())) return true;  // "don't" is one word
    if (!is_word_character(letter)) return false;
    if (letter >= 0x400) ++sentence_.foreign_letters;
    append_utf8(word_, letter);
    return true;
  }

  // `behind`: what ends it.
  void end_word(char32_t behind) {
    if (word_.empty()) return;
    // "0.10", "10,300", "10%", "10-fold" and "$10$" are no scores.
    const bool is_part = number_goes_on_ || std::u32string_view(U"%-^$\\").find(behind) != std::u32string_view::npos ||
                         ((behind == '.' || behind == ':' || behind == ',') && at_ < text_.size() &&
                          is_digit(static_cast<unsigned char>(text_[at_])));
    if (is_part && std::all_of(word_.begin(), word_.end(), is_digit)) word_ = "0";
    spell(word_);
    add(without_leet(std::exchange(word_, {})), std::exchange(starts_clause_, false));
  }

  void add(const std::string& word, bool starts_clause) {
    sentence_.words.push_back({word, all_rules().classes_of(word), starts_clause, false});
    sentence_.classes |= sentence_.words.back().classes;
  }

  void spell(const std::string& word) {
    if (word.size() == 1) {
      spelt_ += word;
    } else if (const std::string spelt = std::exchange(spelt_, {}); spelt.size() >= spelt_least) {
      add(spelt, false);
    }
  }

  void divide(char32_t c) {
    number_goes_on_ = c == '.' || c == '-' || c == '^' || c == '$';
    if (c == ' ') return;
    if (c == ':' || c == '"' || c == ',' || c == '(') spell({});
    const bool is_hyphen = c == '-' && at_ > 1 && text_[at_ - 2] != ' ' && at_ < text_.size() && text_[at_] != ' ';
    starts_clause_ |= !is_hyphen && std::u32string_view(U"$%_~^&+").find(c) == std::u32string_view::npos;
    if ((c == ':' || c == '=') && !sentence_.words.empty()) sentence_.words.back().colon = true;
    const bool is_stop = c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
    if (is_stop && (c > 0x7F || at_ == text_.size() || std::strchr(" \"')}]\\", text_[at_]) != nullptr)) finish(at_);
  }

  void finish(std::size_t end) {
    const bool goes_on = sentence_.words.size() < sentence_least || spelt_.size() >= sentence_least;
    if (goes_on && end < text_.size()) return;
    spell({});
    sentence_.end = end;
    if (end > sentence_.start) sentences_.push_back(std::move(sentence_));
    sentence_ = {};
    sentence_.start = end;
    starts_clause_ = true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Sentence> sentences_;
  Sentence sentence_;
  std::string word_;
  bool starts_clause_ = true;
  bool number_goes_on_ = false;
  std::string spelt_;
};

bool fits(const Sentence& sentence, std::size_t at, const Step& step) {
  const auto& words = sentence.words;
  if ((words[at].classes & step.classes).none() || (step.colon && !words[at].colon)) return false;
  const bool is_led = at > 0 && (words[at - 1].classes & all_rules().lead).any();
  if (step.commands && !words[at].starts_clause && !is_led) return false;
  return !step.ends_clause || at + 1 == words.size() || words[at + 1].starts_clause;
}

// Whether the words from `at`, of which the first so many may be other ones, go on as the steps say.
bool goes_on(const Sentence& sentence, std::size_t at, std::span<const Step> steps, std::size_t others) {
  if (steps.empty()) return true;
  const std::size_t left = sentence.words.size() - at;
  for (const std::size_t stop = at + std::min(left, others < left ? others + 1 : left); at < stop; ++at)
    if (fits(sentence, at, steps[0]) &&
        goes_on(sentence, at + 1, steps.subspan(1), steps.size() > 1 ? steps[1].others : 0))
      return true;
  return false;
}

const Row* broken_rule(const Sentence& sentence) {
  for (const auto& [rule, steps] : all_rules().patterns) {
    const bool may_be = std::all_of(steps.begin(), steps.end(),
                                    [&](const Step& step) { return (sentence.classes & step.classes).any(); });
    if (may_be && goes_on(sentence, 0, steps, any_number)) return rule;
  }
  return nullptr;
}

// Marks by which chats and prompts are taken apart: https://huggingface.co/docs/transformers/chat_templating
bool has_role_marks(std::string_view text) {
  constexpr std::string_view marks[] = {
      "<|im_",          "<|system",   "<|user",     "<|assistant",  "<|end",          "<|start",      "<|begin",
      "<|eot",          "[inst]",     "[/inst]",    "<<sys",        "<start_of_turn", "<end_of_turn", "<system",
      "</system",       "<instruct",  "</instruct", "<assistant",   "</assistant",    "<user>",       "</user",
      "</paper",        "</abstract", "</title",    "</prompt",     "### instruct",   "### system",   "### response",
      "<function_call", "<tool_call", "{{system",   "begin_of_text"};
  const std::string lower = ascii_lower(text);
  return std::any_of(std::begin(marks), std::end(marks),
                     [&](std::string_view mark) { return lower.find(mark) != lower.npos; });
}

// The printable text that digits of so many bits each spell, RFC 4648; else nothing.
std::string decoded(std::string_view digits, std::string_view alphabet, unsigned bits_each) {
  std::string text;
  unsigned bits = 0;
  unsigned held = 0;
  for (const char c : digits) {
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos) return {};
    bits = (bits << bits_each) | static_cast<unsigned>(value);
    held += bits_each;
    if (held < 8) continue;
    held -= 8;
    text += static_cast<char>((bits >> held) & 0xFFU);
    if (text.back() < ' ' || text.back() > '~') return {};
  }
  return text;
}

bool says_to_disregard(std::string_view text) {
  const auto has = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  return (has("ignore") || has("disregard") || has("forget")) && (has("instruction") || has("prompt"));
}

// Base64, hexadecimal digits, escapes ("\u0069", "\x69", "%69", "&#x69;"), rot13, backwards, and no blanks.
bool hides_injection(std::string_view text, const Sentence& sentence) {
  constexpr std::string_view base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr ByteSet digits(base64);
  std::string turned = ascii_lower(text);
  if (says_to_disregard(std::string(turned.rbegin(), turned.rend()))) return true;
  for (char& c : turned)
    if (is_latin(static_cast<unsigned char>(c))) c = static_cast<char>('a' + (c - 'a' + 13) % 26);
  if (says_to_disregard(turned)) return true;
  for (const Word& word : sentence.words)
    if (word.plain.size() >= glued_least && says_to_disregard(word.plain)) return true;
  std::string plain;
  for (const char c : text) {
    plain += c;
    if (c != '0' && c != 'x' && c != '%' && c != ';') continue;
    for (const std::string_view escape : {"\\u00", "\\x", "%", "&#x", ";"})
      if (plain.ends_with(escape)) plain.resize(plain.size() - escape.size());
  }
  for (std::size_t at = 0, end = 0; at < plain.size(); at = end + 1) {
    for (end = at; end < plain.size() && digits.has(plain[end]);) ++end;
    if (end - at < encoded_least) continue;
    const std::string run = plain.substr(at, end - at);
    for (const std::string& hidden : {decoded(ascii_lower(run), "0123456789abcdef", 4), decoded(run, base64, 6)})
      for (const Sentence& each : SentenceReader(hidden).read())
        if (broken_rule(each) != nullptr) return true;
  }
  return false;
}

// Whether it is certain, and what the sentence does.
std::optional<std::pair<bool, std::string_view>> finding(std::string_view text, const Sentence& sentence) {
  const Row* rule = broken_rule(sentence);
  if (rule != nullptr && rule < rules + certain_rules) return {{true, rule->name}};
  if (has_role_marks(text)) return {{true, "plays another role"}};
  if (hides_injection(text, sentence)) return {{true, "hides an order in an encoding"}};
  if (rule != nullptr) return {{false, rule->name}};
  if (sentence.foreign_letters >= foreign_least) return {{false, "is in another script"}};
  for (const std::string_view mark : {"&#", "\\u00", "```"})
    if (text.find(mark) != text.npos) return {{false, "has marks of a program"}};
  return std::nullopt;
}

}  // namespace

std::vector<InjectionSpan> find_injections(std::string_view text) {
  std::vector<InjectionSpan> spans;
  for (const Sentence& sentence : SentenceReader(text).read())
    if (const auto found = finding(text.substr(sentence.start, sentence.end - sentence.start), sentence))
      spans.push_back({sentence.start, sentence.end, found->first, found->second});
  if (spans.empty() && has_disguised_id(text)) spans.push_back({0, text.size(), false, "has an id in disguise"});
  return spans;
}

}  // namespace daybook
