#include "pipeline/feedback.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/text.h"
#include "library/bibtex.h"
#include "library/feedback.h"
#include "library/ris.h"
#include "paper/white_space.h"
#include "platform/disk.h"
#include "site/summary.h"

namespace daybook {

namespace {

constexpr std::size_t faults_said = 5;
constexpr std::size_t names_said = 3;

// With its slash; empty for the folder that daybook was started in.
std::string folder_of_settings(const Options& options) {
  return options.config.substr(0, options.config.rfind('/') + 1);
}

bool ends_with(std::string_view path, std::string_view end) {
  return path.size() >= end.size() && equal_ignoring_case(path.substr(path.size() - end.size()), end);
}

// Of systems and editors: ".gitkeep", ".DS_Store", "mine.bib~".
bool is_nobodys(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.empty() || name.front() == '.' || name.back() == '~';
}

// A paper is known by its id, and without one by its title.
class OwnersPapers {
 public:
  void add(Reference reference, bool liked, const std::string& source) {
    const std::string title = ascii_lower(single_spaced(reference.title));
    const auto& known = reference.id.empty() ? by_title_ : by_id_;
    const auto found = known.find(reference.id.empty() ? title : reference.id);
    const std::size_t at = found != known.end() ? found->second : all_.size();
    if (!title.empty()) by_title_.emplace(title, at);
    if (found != known.end()) return complete(all_[at].reference, std::move(reference));
    if (!reference.id.empty()) by_id_.emplace(reference.id, at);
    const int line = reference.line;
    all_.push_back({std::move(reference), liked, {source, line, 0}});
  }

  std::vector<OwnersPaper> take() { return std::move(all_); }

 private:
  // The text that has an abstract is the better one.
  static void complete(Reference& known, Reference other) {
    if (known.abstract.empty() && !other.abstract.empty()) {
      known.title = std::move(other.title);
      known.abstract = std::move(other.abstract);
      known.authors = std::move(other.authors);
    } else if (known.title.empty()) {
      known.title = std::move(other.title);
    }
  }

  std::vector<OwnersPaper> all_;
  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, std::size_t> by_title_;
};

void read_opinions_of(const std::string& path, OwnersPapers& papers, Errors& errors) {
  if (!exists(path)) return;
  const auto text = read_file(path);
  if (!text) return errors.push_back(text.error());
  for (const Opinion& opinion : read_opinions(*text, path, errors)) {
    Reference reference;
    reference.id = opinion.id;
    reference.line = opinion.line;
    papers.add(std::move(reference), opinion.liked, path);
  }
}

void read_library_file(const std::string& path, OwnersPapers& papers, Errors& errors) {
  const auto text = read_file(path);
  if (!text) return errors.push_back(text.error());
  auto references = ends_with(path, ".bib") ? read_bibtex(*text, path, errors) : read_ris(*text, path, errors);
  for (Reference& reference : references) papers.add(std::move(reference), true, path);
}

void warn_of_others(const CommandContext& context, const std::string& folder, const std::vector<std::string>& others) {
  if (others.empty()) return;
  const std::vector<std::string> first(
      others.begin(), others.begin() + static_cast<std::ptrdiff_t>(std::min(others.size(), names_said)));
  const std::string more =
      others.size() > names_said ? " and " + std::to_string(others.size() - names_said) + " more" : "";
  context.console.warning({Kind::failed,
                           {folder, 0, 0},
                           "neither .bib nor .ris, so not read: " + joined(first, ", ") + more,
                           "export your library as BibTeX or RIS, and put the rest elsewhere"});
}

void read_library(const CommandContext& context, const std::string& folder, OwnersPapers& papers, Errors& errors) {
  if (!exists(folder)) return;
  const auto paths = files_below(folder);
  if (!paths) return errors.push_back(paths.error());
  std::vector<std::string> others;
  for (const std::string& path : *paths) {
    if (is_nobodys(path)) continue;
    if (ends_with(path, ".bib") || ends_with(path, ".ris")) {
      read_library_file(folder + '/' + path, papers, errors);
    } else {
      others.push_back(path);
    }
  }
  warn_of_others(context, folder, others);
}

}  // namespace

Feedback read_feedback(const CommandContext& context, Errors& errors) {
  const std::string folder = folder_of_settings(context.options);
  OwnersPapers papers;
  read_opinions_of(folder + "feedback.txt", papers, errors);
  read_library(context, folder + "library", papers, errors);
  return {papers.take()};
}

void warn_of_feedback(const CommandContext& context, const Errors& errors) {
  const std::size_t said = errors.size() > faults_said + 1 ? faults_said : errors.size();
  for (std::size_t i = 0; i < said; ++i) context.console.warning(errors[i]);
  if (said < errors.size())
    context.console.warning(
        {Kind::failed,
         {},
         "there are " + std::to_string(errors.size() - said) + " more faults in what you like and dislike",
         "daybook check names them all"});
}

std::string feedback_words(const Feedback& feedback) {
  if (feedback.papers.empty()) return {};
  const auto liked = static_cast<std::size_t>(
      std::count_if(feedback.papers.begin(), feedback.papers.end(), [](const OwnersPaper& one) { return one.liked; }));
  const std::size_t disliked = feedback.papers.size() - liked;
  return "your taste is learned from " + counted(liked, "paper", "papers") + " that you like and " +
         std::to_string(disliked) + " that you don't";
}

}  // namespace daybook
