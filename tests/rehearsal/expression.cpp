#include "rehearsal/expression.h"

#include <strings.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <stdexcept>

namespace daybook::rehearsal {

namespace {

bool starts_name(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool in_name(char c) { return starts_name(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-'; }

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string formatted(const std::vector<Value>& arguments) {
  const std::string form = arguments.at(0).text();
  std::string text;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if ((form[i] == '{' || form[i] == '}') && form.substr(i + 1, 1) == form.substr(i, 1)) {
      text += form[i++];
    } else if (form[i] == '{') {
      const auto end = form.find('}', i);
      text += arguments.at(1 + std::stoul(form.substr(i + 1, end - i - 1))).text();
      i = end;
    } else {
      text += form[i];
    }
  }
  return text;
}

bool contains(const Value& where, const Value& what) {
  if (const auto* list = std::get_if<List>(&where.is))
    return std::any_of(list->begin(), list->end(), [&](const Value& one) { return equal(one, what); });
  return lower(where.text()).find(lower(what.text())) != std::string::npos;
}

std::string joined(const Value& parts, const std::string& between) {
  const auto* list = std::get_if<List>(&parts.is);
  if (list == nullptr) return parts.text();
  std::string text;
  for (const Value& one : *list) text += (&one == list->data() ? "" : between) + one.text();
  return text;
}

// Evaluates while it reads. What an operator leaves out is read too, so that its names are looked at.
class Evaluation {
 public:
  Evaluation(const std::string& text, const Scope& scope) : text_(text), scope_(scope) {}

  Value whole() {
    Value value = either();
    blanks();
    if (at_ != text_.size()) fail("\"" + text_.substr(at_) + "\" is not understood");
    return value;
  }
  bool names_status() const { return names_status_; }

 private:
  [[noreturn]] void fail(const std::string& why) const { throw std::runtime_error("${{ " + text_ + " }}: " + why); }

  void blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  bool take(const std::string& sign) {
    blanks();
    if (text_.compare(at_, sign.size(), sign) != 0) return false;
    at_ += sign.size();
    return true;
  }
  void must_take(const std::string& sign) {
    if (!take(sign)) fail("\"" + sign + "\" is missing at \"" + text_.substr(at_) + '"');
  }

  Value either() {
    Value value = both();
    while (take("||")) {
      const bool decided = value.truth();
      skipping_ += decided;
      Value other = both();
      skipping_ -= decided;
      if (!decided) value = std::move(other);
    }
    return value;
  }

  Value both() {
    Value value = equality();
    while (take("&&")) {
      const bool decided = !value.truth();
      skipping_ += decided;
      Value other = equality();
      skipping_ -= decided;
      if (!decided) value = std::move(other);
    }
    return value;
  }

  Value equality() {
    Value value = comparison();
    for (;;) {
      if (take("==")) {
        value = equal(value, comparison());
      } else if (take("!=")) {
        value = !equal(value, comparison());
      } else {
        return value;
      }
    }
  }

  Value comparison() {
    Value value = negation();
    for (;;) {
      if (take("<=")) {
        value = value.number() <= negation().number();
      } else if (take(">=")) {
        value = value.number() >= negation().number();
      } else if (take("<")) {
        value = value.number() < negation().number();
      } else if (take(">")) {
        value = value.number() > negation().number();
      } else {
        return value;
      }
    }
  }

  Value negation() {
    blanks();
    if (text_.compare(at_, 2, "!=") != 0 && take("!")) return !negation().truth();
    return member_of();
  }

  Value member_of() {
    std::size_t start = at_;
    Value value = single(start);
    for (;;) {
      if (at_ < text_.size() && text_[at_] == '.') {
        ++at_;
        value = member(value, name(), start);
      } else if (at_ < text_.size() && text_[at_] == '[') {
        ++at_;
        const Value key = either();
        must_take("]");
        value = member(value, key.text(), start);
      } else {
        return value;
      }
    }
  }

  Value member(const Value& value, const std::string& key, std::size_t start) const {
    try {
      return value.at(key);
    } catch (const std::runtime_error& error) {
      fail(text_.substr(start, at_ - start) + ": " + error.what());
    }
  }

  std::string name() {
    const std::size_t start = at_;
    while (at_ < text_.size() && in_name(text_[at_])) ++at_;
    if (start == at_) fail("a name is missing at \"" + text_.substr(at_) + '"');
    return text_.substr(start, at_ - start);
  }

  Value single(std::size_t& start) {
    blanks();
    start = at_;
    if (take("(")) {
      Value value = either();
      must_take(")");
      return value;
    }
    if (at_ == text_.size()) fail("it breaks off");
    if (text_[at_] == '\'') return quoted();
    if (starts_name(text_[at_])) return named();
    char* end = nullptr;
    const double number = std::strtod(text_.c_str() + at_, &end);
    if (end == text_.c_str() + at_) fail("\"" + text_.substr(at_) + "\" is not understood");
    at_ = static_cast<std::size_t>(end - text_.c_str());
    return number;
  }

  Value quoted() {
    std::string text;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\'' && text_.compare(at_, 2, "''") != 0) {
        ++at_;
        return text;
      }
      if (text_[at_] == '\'') ++at_;
      text += text_[at_];
    }
    fail("a quotation does not end");
  }

  Value named() {
    const std::string word = name();
    if (word == "true" || word == "false") return word == "true";
    if (word == "null") return {};
    if (take("(")) return called(lower(word));
    for (const Member& one : scope_.contexts)
      if (::strcasecmp(one.name.c_str(), word.c_str()) == 0) return one.value;
    fail("\"" + word + "\" is not known here");
  }

  Value called(const std::string& function) {
    std::vector<Value> arguments;
    if (!take(")")) {
      do arguments.push_back(either());
      while (take(","));
      must_take(")");
    }
    if (function == "always" || function == "success" || function == "failure" || function == "cancelled")
      return standing(function);
    if (function == "contains" && arguments.size() == 2) return contains(arguments[0], arguments[1]);
    if (function == "startswith" && arguments.size() == 2)
      return lower(arguments[0].text()).compare(0, arguments[1].text().size(), lower(arguments[1].text())) == 0;
    if (function == "endswith" && arguments.size() == 2) {
      const std::string text = lower(arguments[0].text());
      const std::string end = lower(arguments[1].text());
      return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
    }
    if (function == "format" && arguments.size() > 1) return formatted(arguments);
    if (function == "join" && !arguments.empty() && arguments.size() < 3)
      return joined(arguments[0], arguments.size() == 2 ? arguments[1].text() : ",");
    if (function == "tojson" && arguments.size() == 1) return to_json(arguments[0]);
    if (function == "fromjson" && arguments.size() == 1)
      return skipping_ > 0 ? Value() : from_json(arguments[0].text());
    fail(function + "() is no function that the rehearsal knows");
  }

  Value standing(const std::string& function) {
    names_status_ = true;
    if (!scope_.standing) fail(function + "() is not allowed here");
    if (function == "success") return scope_.standing->success;
    if (function == "failure") return scope_.standing->failure;
    if (function == "cancelled") return scope_.standing->cancelled;
    return true;
  }

  const std::string& text_;
  const Scope& scope_;
  std::size_t at_ = 0;
  int skipping_ = 0;
  bool names_status_ = false;
};

struct Part {
  bool is_expression = false;
  std::string text;
};

// An expression ends at the first }} that is in no quotation.
std::vector<Part> parts_of(const std::string& text) {
  std::vector<Part> parts;
  for (std::size_t at = 0; at < text.size();) {
    const auto start = text.find("${{", at);
    if (start != at) parts.push_back({false, text.substr(at, start - at)});
    if (start == std::string::npos) break;
    std::size_t end = start + 3;
    for (bool in_quotes = false; end < text.size() && (in_quotes || text.compare(end, 2, "}}") != 0); ++end)
      if (text[end] == '\'') in_quotes = !in_quotes;
    if (end >= text.size()) throw std::runtime_error("an expression does not end: " + text);
    parts.push_back({true, trimmed(text.substr(start + 3, end - start - 3))});
    at = end + 2;
  }
  return parts;
}

}  // namespace

Value evaluate(const std::string& expression, const Scope& scope) { return Evaluation(expression, scope).whole(); }

bool holds(const std::string& condition, const Scope& scope) {
  const std::string text = trimmed(condition);
  if (text.empty()) return scope.standing->success;
  const auto parts = parts_of(text);
  // GitHub takes such a text for true, whatever its expressions say.
  if (parts.size() > 1) throw std::runtime_error("if: " + text + ": text beside ${{ }} is always true");
  Evaluation evaluation(parts.front().text, scope);
  const bool value = evaluation.whole().truth();
  return value && (evaluation.names_status() || scope.standing->success);
}

std::string expand(const std::string& text, const Scope& scope) {
  std::string expanded;
  for (const Part& part : parts_of(text))
    expanded += part.is_expression ? evaluate(part.text, scope).text() : part.text;
  return expanded;
}

Value expand_value(const std::string& text, const Scope& scope) {
  const auto parts = parts_of(text);
  if (parts.size() == 1 && parts.front().is_expression) return evaluate(parts.front().text, scope);
  return expand(text, scope);
}

}  // namespace daybook::rehearsal
