#include "rehearsal/expression.h"

#include <strings.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "core/text.h"

namespace daybook::rehearsal {

namespace {

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.'; }

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
      Value other = both();
      if (!value.truth) value = std::move(other);
    }
    return value;
  }

  Value both() {
    Value value = equality();
    while (take("&&")) {
      Value other = equality();
      if (value.truth) value = std::move(other);
    }
    return value;
  }

  // GitHub's == ignores the case of letters.
  Value equality() {
    Value value = single();
    for (;;) {
      const bool same = take("==");
      if (!same && !take("!=")) return value;
      value = (::strcasecmp(value.text.c_str(), single().text.c_str()) == 0) == same;
    }
  }

  Value single() {
    blanks();
    if (text_.compare(at_, 2, "!=") != 0 && take("!")) return !single().truth;
    if (take("(")) {
      Value value = either();
      must_take(")");
      return value;
    }
    if (take("'")) return quoted();
    const std::size_t start = at_;
    while (at_ < text_.size() && in_name(text_[at_])) ++at_;
    if (start == at_) fail(at_ == text_.size() ? "it breaks off" : "\"" + text_.substr(at_) + "\" is not understood");
    const std::string name = text_.substr(start, at_ - start);
    return take("(") ? called(name) : named(name);
  }

  Value quoted() {
    std::string text;
    for (; at_ < text_.size(); text += text_[at_++]) {
      if (text_[at_] != '\'') continue;
      if (text_.compare(at_++, 2, "''") != 0) return text;
    }
    fail("a quotation does not end");
  }

  Value named(const std::string& name) const {
    if (const auto found = scope_.values.find(name); found != scope_.values.end()) return found->second;
    const bool is_null = std::any_of(scope_.open.begin(), scope_.open.end(), [&](const std::string& start) {
      return name.compare(0, start.size(), start) == 0;
    });
    if (!is_null) fail("there is no " + name + " here");
    return {};
  }

  Value called(const std::string& function) {
    if (function == "fromJSON") {  // whose list is handed on as the text that it is
      Value value = either();
      must_take(")");
      return value;
    }
    if (function == "startsWith") return starts_with();
    must_take(")");
    names_status_ = true;
    if (!scope_.standing) fail(function + "() is not allowed here");
    if (function == "always") return true;
    if (function == "success") return scope_.standing->success;
    if (function == "failure") return scope_.standing->failure;
    if (function == "cancelled") return scope_.standing->cancelled;
    fail(function + "() is no function that the rehearsal knows");
  }

  // Like ==, it ignores the case of letters.
  Value starts_with() {
    const std::string text = either().text;
    must_take(",");
    const std::string start = either().text;
    must_take(")");
    return ::strncasecmp(text.c_str(), start.c_str(), start.size()) == 0;
  }

  const std::string& text_;
  const Scope& scope_;
  std::size_t at_ = 0;
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
    parts.push_back({true, std::string(trim(std::string_view(text).substr(start + 3, end - start - 3)))});
    at = end + 2;
  }
  return parts;
}

}  // namespace

void Scope::add(const std::string& context, const Texts& texts) {
  for (const auto& [name, text] : texts) values[context + '.' + name] = text;
}

std::string evaluate(const std::string& expression, const Scope& scope) {
  return Evaluation(expression, scope).whole().text;
}

bool holds(const std::string& condition, const Scope& scope) {
  const std::string text(trim(condition));
  if (text.empty()) return scope.standing->success;
  const auto parts = parts_of(text);
  // GitHub takes such a text for true, whatever its expressions say.
  if (parts.size() > 1) throw std::runtime_error("if: " + text + ": text beside ${{ }} is always true");
  Evaluation evaluation(parts.front().text, scope);
  const bool value = evaluation.whole().truth;
  return value && (evaluation.names_status() || scope.standing->success);
}

std::string expand(const std::string& text, const Scope& scope) {
  std::string expanded;
  for (const Part& part : parts_of(text)) expanded += part.is_expression ? evaluate(part.text, scope) : part.text;
  return expanded;
}

}  // namespace daybook::rehearsal
