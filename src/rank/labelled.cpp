#include "rank/labelled.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/json.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr std::size_t faults_shown = 20;
const std::string hint_line = "correct or remove that line";

class LabelledText {
 public:
  LabelledText(const std::string& source, Errors& errors) : source_(source), errors_(errors) {}

  void read_line(std::string_view line) {
    ++number_;
    if (trim(line).empty()) return;
    document_.text.assign(line);
    if (const auto error = parse_json(document_, source_)) return add_fault(error->place.column, error->what);
    if (!document_.root.IsObject()) return add_fault(1, "this is not an object");
    const std::size_t faults = faults_;
    std::optional<Date> date = Date::parse(string_of(required("date")));
    if (!date) add_fault_at("date", "is not a date (expected YYYY-MM-DD)");
    LabelledPaper paper = read_paper();
    if (faults == faults_ && is_new(*date, paper.paper.id)) days_[*date].push_back(std::move(paper));
  }

  std::vector<LabelledDay> finish() {
    if (faults_ > faults_shown)
      errors_.push_back({Kind::failed, {source_}, "and " + std::to_string(faults_ - faults_shown) + " more", ""});
    std::vector<LabelledDay> days;
    for (auto& [date, papers] : days_) days.push_back({date, std::move(papers)});
    if (days.empty() && faults_ == 0)
      errors_.push_back({Kind::failed, {source_}, "there is no paper in it", "name a file of labelled papers"});
    return days;
  }

 private:
  LabelledPaper read_paper() {
    LabelledPaper labelled;
    Paper& paper = labelled.paper;
    if (const auto id = ArxivId::parse(string_of(required("id")))) {
      paper.id = id->text;
      paper.version = id->version;
    } else {
      add_fault_at("id", "is not an arXiv id");
    }
    paper.title = read_text("title", required("title"));
    paper.abstract = read_text("abstract", required("abstract"));
    paper.authors = read_texts("authors");
    paper.categories = read_texts("categories");
    const Json* selected = required("selected");
    labelled.selected = selected->IsTrue();
    if (!selected->IsBool()) add_fault_at("selected", "is neither true nor false");
    labelled.relevance = read_score("relevance");
    labelled.novelty = read_score("novelty");
    if (const Json* model = found("model")) labelled.model = read_text("model", model);
    return labelled;
  }

  // What is null is as good as not there.
  const Json* found(std::string_view name) const {
    const Json* value = member(document_.root, name);
    return value == nullptr || value->IsNull() ? nullptr : value;
  }
  // Null the JSON value where there is none: whoever reads it finds the fault.
  const Json* required(std::string_view name) const {
    static const Json none;
    const Json* value = found(name);
    return value == nullptr ? &none : value;
  }

  // Half a surrogate pair, which JSON can escape, is no character.
  std::string read_text(std::string_view name, const Json* value) {
    if (!value->IsString()) add_fault_at(name, "is not a string");
    return repaired_utf8(trim(string_of(value)));
  }

  std::vector<std::string> read_texts(std::string_view name) {
    std::vector<std::string> texts;
    const Json* list = found(name);
    if (list == nullptr) return texts;
    const auto is_text = [](const Json& element) { return element.IsString(); };
    if (!list->IsArray() || !std::all_of(list->Begin(), list->End(), is_text)) {
      add_fault_at(name, "is not a list of strings");
      return texts;
    }
    for (const Json& element : list->GetArray()) texts.push_back(repaired_utf8(trim(string_of(&element))));
    return texts;
  }

  std::optional<int> read_score(std::string_view name) {
    const Json* value = found(name);
    if (value == nullptr) return std::nullopt;
    const auto number = integer_of(value);
    if (number && *number >= 1 && *number <= 10) return static_cast<int>(*number);
    add_fault_at(name, "is not a whole number from 1 to 10");
    return std::nullopt;
  }

  bool is_new(Date date, const std::string& id) {
    const auto [known, inserted] = lines_.emplace(date.iso() + ' ' + id, number_);
    if (!inserted) add_fault(0, id + " is also in line " + std::to_string(known->second) + ", for the same day");
    return inserted;
  }

  void add_fault_at(std::string_view name, std::string_view what) {
    const bool is_there = found(name) != nullptr;
    add_fault(0, '"' + std::string(name) + "\" " + (is_there ? std::string(what) : "is missing"));
  }
  // Column 0: the member is named.
  void add_fault(int column, std::string what) {
    if (++faults_ <= faults_shown)
      errors_.push_back({Kind::failed, {source_, number_, column}, std::move(what), hint_line});
  }

  const std::string& source_;
  Errors& errors_;
  JsonDocument document_;
  int number_ = 0;
  std::size_t faults_ = 0;
  std::map<Date, std::vector<LabelledPaper>> days_;
  std::unordered_map<std::string, int> lines_;  // by day and id
};

}  // namespace

std::vector<LabelledDay> read_labelled(std::string_view text, const std::string& source, Errors& errors) {
  LabelledText labelled(source, errors);
  constexpr std::string_view mark = "\xEF\xBB\xBF";  // that some editors write before UTF-8
  if (text.substr(0, mark.size()) == mark) text.remove_prefix(mark.size());
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    labelled.read_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return labelled.finish();
}

}  // namespace daybook
