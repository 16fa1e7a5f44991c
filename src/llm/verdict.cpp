#include "llm/verdict.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/json_writer.h"
#include "core/text.h"
#include "llm/reply_text.h"
#include "paper/paper.h"

namespace daybook {

namespace {

constexpr std::size_t comment_bytes_max = 1200;
constexpr std::size_t id_bytes_max = 40;
constexpr std::size_t refusals_told = 10;  // of one reply: it may have thousands

// 8, 8.0, "8", "8/10"; 0 where it is none of these or out of range.
int score_value(const Json* value) {
  double number = number_of(value).value_or(0);
  if (const std::string_view text = trim(string_of(value)); !text.empty()) {
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view rest = trim(text.substr(static_cast<std::size_t>(end - text.data())));
    if (fault != std::errc() || !(rest.empty() || rest == "/10" || rest == "/ 10")) return 0;
  }
  return number >= 1 && number <= 10 ? static_cast<int>(std::lround(number)) : 0;
}

// By slug or name; an invented topic is none.
std::string topic_slug(std::string_view said, const std::vector<Topic>& topics) {
  const std::string wanted = slug(said);
  for (const Topic& topic : topics)
    if (topic.slug == wanted || topic.name == said) return topic.slug;
  return {};
}

class VerdictReader {
 public:
  VerdictReader(Pass pass, const std::vector<std::string>& asked, const std::vector<Topic>& topics)
      : pass_(pass), asked_(asked), topics_(topics), found_(asked.size()), barred_(asked.size()) {}

  void read(const Json& object) {
    const std::string_view named = string_of(loose_member(object, id_key));
    const auto id = ArxivId::parse(trim(named));
    const auto place = id ? std::find(asked_.begin(), asked_.end(), id->text) : asked_.end();
    if (place == asked_.end()) return refuse(id ? id->text : named, "was not asked about");
    Verdict verdict;
    verdict.id = *place;
    const char* fault = pass_ == Pass::scores ? read_scores(object, verdict) : read_keep(object, verdict);
    if (fault != nullptr) return refuse(verdict.id, fault);
    place_verdict(static_cast<std::size_t>(place - asked_.begin()), std::move(verdict));
  }

  Verdicts result(std::ptrdiff_t unreadable) {
    if (unreadable > 0)
      refused_.push_back(std::to_string(unreadable) + (unreadable == 1 ? " entry" : " entries") + " of a reply that " +
                         (unreadable == 1 ? "is" : "are") + " not JSON");
    if (refusals_ > refusals_told)
      refused_.push_back("and " + std::to_string(refusals_ - refusals_told) + " further entries were refused");
    Verdicts verdicts{{}, std::move(refused_)};
    for (std::size_t i = 0; i < found_.size(); ++i)
      if (found_[i] && !barred_[i]) verdicts.accepted.push_back(std::move(*found_[i]));
    return verdicts;
  }

 private:
  const char* read_scores(const Json& object, Verdict& verdict) const {
    verdict.relevance = score_value(loose_member(object, "relevance"));
    verdict.novelty = score_value(loose_member(object, "novelty"));
    if (verdict.relevance == 0) return "has no relevance from 1 to 10";
    if (verdict.novelty == 0) return "has no novelty from 1 to 10";
    verdict.comment = abridged(one_line(string_of(loose_member(object, "comment"))), comment_bytes_max);
    verdict.topic = topic_slug(trim(string_of(loose_member(object, "topic"))), topics_);
    return nullptr;
  }

  static const char* read_keep(const Json& object, Verdict& verdict) {
    const Json* value = loose_member(object, "keep");
    const std::string text = ascii_lower(trim(string_of(value)));
    verdict.keep = is_true(value) || text == "true" || text == "yes";
    const bool is_flag = verdict.keep || text == "false" || text == "no" || (value != nullptr && value->IsFalse());
    return is_flag ? nullptr : "has no KEEP of true or false";
  }

  void place_verdict(std::size_t at, Verdict verdict) {
    auto& known = found_[at];
    if (!known) {
      known = std::move(verdict);
    } else if (known->relevance != verdict.relevance || known->novelty != verdict.novelty ||
               known->keep != verdict.keep) {
      if (!barred_[at]) refuse(verdict.id, "appears twice, with different scores");
      barred_[at] = true;
    }
  }

  // An invented id goes into messages and onto pages.
  void refuse(std::string_view id, std::string_view why) {
    if (++refusals_ > refusals_told) return;
    const std::string shown = id.empty() ? "an entry without an id" : abridged(one_line(id), id_bytes_max);
    refused_.push_back(shown + ' ' + std::string(why));
  }

  Pass pass_;
  const std::vector<std::string>& asked_;
  const std::vector<Topic>& topics_;
  std::vector<std::optional<Verdict>> found_;  // parallel to asked_
  std::vector<bool> barred_;
  std::vector<std::string> refused_;
  std::size_t refusals_ = 0;
};

}  // namespace

Verdicts read_verdicts(std::string_view content, Pass pass, const std::vector<std::string>& asked,
                       const std::vector<Topic>& topics) {
  VerdictReader reader(pass, asked, topics);
  const std::string text = is_utf8(content) ? std::string(content) : repaired_utf8(content);
  const auto entries = for_each_entry(text, [&](const Json& object) { reader.read(object); });
  return reader.result(
      std::count_if(entries.begin(), entries.end(), [](const AnswerSpan& entry) { return !entry.is_readable; }));
}

std::string verdict_schema(Pass pass, const std::vector<Topic>& topics) {
  std::vector<std::string> slugs;
  for (const Topic& topic : topics) slugs.push_back(topic.slug);
  slugs.emplace_back("none");
  JsonWriter topic;
  topic.value(slugs);
  const std::string scale = R"({"type":"integer","enum":[1,2,3,4,5,6,7,8,9,10]})";  // not every one knows "minimum"
  std::string members = R"("ARXIVID":{"type":"string"},"KEEP":{"type":"boolean"})";
  std::string names = R"("ARXIVID","KEEP")";
  if (pass == Pass::scores) {
    members = R"("ARXIVID":{"type":"string"},"COMMENT":{"type":"string"},"RELEVANCE":)" + scale + R"(,"NOVELTY":)" +
              scale + R"(,"TOPIC":{"type":"string","enum":)" + topic.text() + '}';
    names = R"("ARXIVID","COMMENT","RELEVANCE","NOVELTY","TOPIC")";
  }
  // Everything "required" and no other members: what strict schemas ask of every object.
  return R"({"type":"object","properties":{"papers":{"type":"array","items":{"type":"object","properties":{)" +
         members + R"(},"required":[)" + names + R"(],"additionalProperties":false}}},"required":["papers"],)" +
         R"("additionalProperties":false})";
}

}  // namespace daybook
