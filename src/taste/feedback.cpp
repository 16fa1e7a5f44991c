#include "taste/feedback.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include "core/text.h"
#include "library/bibtex.h"
#include "library/opinions.h"
#include "library/ris.h"
#include "paper/announcement.h"
#include "paper/feed.h"
#include "paper/white_space.h"
#include "platform/disk.h"
#include "site/summary.h"
#include "store/archive.h"
#include "store/library_cache.h"
#include "store/state.h"
#include "taste/zotero.h"

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

void add_opinion(OwnersPapers& papers, const Opinion& opinion, const std::string& source) {
  if (opinion.stance == Stance::forget) return;
  Reference reference;
  reference.id = opinion.id;
  reference.line = opinion.line;
  papers.add(std::move(reference), opinion.stance == Stance::like, source);
}

std::vector<FeedbackLine> said_in_issues(const CommandContext& context, Errors& errors) {
  Errors damaged;
  const auto log = FeedbackLog::open(context.options.archive, damaged);
  for (const Error& fault : damaged) context.console.warning(fault);
  if (log) return log->newest();
  errors.push_back(log.error());
  return {};
}

std::string source_of(const CommandContext& context, const FeedbackLine& line) {
  return line.issue > 0 ? "issue #" + std::to_string(line.issue) : context.options.archive + "/feedback.jsonl";
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
                           "export your library as BibTeX or RIS, and move other files elsewhere"});
}

bool is_library(std::string_view path) { return ends_with(path, ".bib") || ends_with(path, ".ris"); }

void read_library(const CommandContext& context, const std::string& folder, OwnersPapers& papers, Errors& errors) {
  if (!exists(folder)) return;
  const auto paths = files_below(folder);
  if (!paths) return errors.push_back(paths.error());
  std::vector<std::string> others;
  for (const std::string& path : *paths) {
    if (is_nobodys(path)) continue;
    if (is_library(path)) {
      read_library_file(folder + '/' + path, papers, errors);
    } else {
      others.push_back(path);
    }
  }
  warn_of_others(context, folder, others);
}

void read_zotero_copy(const CommandContext& context, const ZoteroSettings& zotero, OwnersPapers& papers) {
  auto library = kept_zotero(context.options.state, zotero);
  if (!library) return context.console.warning(library.error());
  if (!*library) return;
  for (Reference& reference : (*library)->papers) papers.add(std::move(reference), true, "Zotero");
}

constexpr std::size_t days_at_once = 64;
constexpr std::size_t library_ids_per_run = 500;
constexpr std::size_t ids_alone_per_run = 20;
constexpr int days_until_asked_again = 30;
constexpr std::size_t few = 3;

// What a scorer learns from.
Paper text_of(Paper paper) {
  Paper text;
  text.id = std::move(paper.id);
  text.title = std::move(paper.title);
  text.authors = std::move(paper.authors);
  text.abstract = std::move(paper.abstract);
  text.categories = std::move(paper.categories);
  return text;
}

Paper text_of(const Reference& reference) {
  Paper text;
  text.id = reference.id;
  text.title = reference.title;
  text.authors = reference.authors;
  text.abstract = reference.abstract;
  return text;
}

// Ids whose texts are looked for, and what was found.
class Search {
 public:
  explicit Search(const Feedback& feedback) {
    for (const OwnersPaper& one : feedback.papers)
      if (!one.reference.id.empty() && one.reference.abstract.empty()) missing_.insert(one.reference.id);
  }

  bool is_over() const { return missing_.empty(); }
  bool misses(const std::string& id) const { return missing_.count(id) != 0; }

  // What has no abstract may be had elsewhere with one.
  void take(const Paper& paper) {
    if (!misses(paper.id)) return;
    texts_.insert_or_assign(paper.id, text_of(paper));
    if (!paper.abstract.empty()) missing_.erase(paper.id);
  }
  void take(const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) take(entry.paper);
  }

  const Paper* found(const std::string& id) const {
    const auto found = texts_.find(id);
    return found == texts_.end() ? nullptr : &found->second;
  }

 private:
  std::set<std::string> missing_;
  std::map<std::string, Paper> texts_;
};

// Newest first, and no further than needed. What can't be read is named by others.
void look_in_archive(const CommandContext& context, Search& search) {
  const Archive archive(context.options.archive);
  const auto dates = archive.dates();
  if (!dates) return;
  for (std::size_t from = 0; from < dates->size() && !search.is_over(); from += days_at_once) {
    const std::size_t to = std::min(from + days_at_once, dates->size());
    const std::vector<Date> some(dates->begin() + static_cast<std::ptrdiff_t>(from),
                                 dates->begin() + static_cast<std::ptrdiff_t>(to));
    const DaysRead read = archive.read_all(some, context.jobs());
    for (auto day = read.days.rbegin(); day != read.days.rend(); ++day) {
      search.take(day->second.papers);
      search.take(day->second.near_misses);
    }
  }
}

void look_in_candidates(const CommandContext& context, Search& search) {
  const State state(context.options.state);
  for (const Date date : state.candidate_dates()) {
    if (search.is_over()) return;
    if (const auto day = state.candidates(date)) search.take(day->papers);
  }
}

// A clock that was wrong once must not keep an id from being asked about for ever.
bool is_to_be_asked(const LibraryCache& cache, const std::string& id, Date on) {
  if (cache.papers.count(id) != 0) return false;
  const auto unknown = cache.unknown.find(id);
  return unknown == cache.unknown.end() || std::abs(on.days() - unknown->second.days()) >= days_until_asked_again;
}

// In the owner's order.
std::vector<std::string> ids_to_ask(const Feedback& feedback, const Search& search, const LibraryCache& cache,
                                    Date on) {
  std::vector<std::string> ids;
  for (const OwnersPaper& one : feedback.papers)
    if (search.misses(one.reference.id) && is_to_be_asked(cache, one.reference.id, on)) ids.push_back(one.reference.id);
  return ids;
}

struct Replies {
  std::vector<Paper> papers;
  std::optional<Error> fault;  // why no further request was sent
};

// An id that arXiv does not know can spoil the reply for those beside it: an entry without an id, an error in place of
// all. So a reply that says nothing of use is no fault here; that there is none is.
Replies ask(const std::vector<Request>& requests, RateLimitedClient& client) {
  Replies replies;
  for (const Request& request : requests) {
    const auto reply = client.fetch(request);
    if (!reply && (reply.error().kind == Kind::later || requests.size() == 1)) {
      replies.fault = reply.error();
      break;
    }
    if (!reply) continue;
    Errors odd_entries;
    auto page = read_found(reply->body, request.url, odd_entries);
    if (page)
      for (Paper& paper : page->papers) replies.papers.push_back(text_of(std::move(paper)));
    if (page && page->cut_off) replies.fault = page->cut_off;
    if (!page && page.error().kind == Kind::later) replies.fault = page.error();
    if (replies.fault) break;
  }
  return replies;
}

void warn_of_arxiv(const CommandContext& context, Error why) {
  why.kind = Kind::failed;
  why.hint = "no action needed: later runs ask again for the missing papers of your library";
  context.console.warning(why);
}

// Puts what came into the cache. Those that did not come are asked about once more, one by one: only then a reply says
// that there is no such paper, and the API is known to come short at times.
void ask_arxiv(const CommandContext& context, const ArxivSettings& arxiv, RateLimitedClient& client,
               std::vector<std::string> ids, Date on, LibraryCache& cache) {
  const std::size_t waiting = ids.size() > library_ids_per_run ? ids.size() - library_ids_per_run : 0;
  ids.resize(ids.size() - waiting);
  const Group group(context.console, "Fetching " + counted(ids.size(), "paper", "papers") + " of your library");
  if (waiting > 0) context.console.say("the next runs fetch the other " + std::to_string(waiting));
  std::size_t came = 0;
  const auto keep = [&](Replies& replies) {
    for (Paper& paper : replies.papers) {
      if (std::find(ids.begin(), ids.end(), paper.id) == ids.end()) continue;  // nobody asked for it
      cache.unknown.erase(paper.id);
      came += cache.papers.insert_or_assign(paper.id, paper).second ? 1 : 0;
    }
  };
  Replies replies = ask(paper_requests(arxiv, ids), client);
  keep(replies);
  if (replies.fault && replies.fault->kind == Kind::later) return warn_of_arxiv(context, *replies.fault);
  std::vector<std::string> unknown;
  std::size_t alone = 0;
  for (const std::string& id : ids) {
    if (cache.papers.count(id) != 0) continue;
    if (++alone > ids_alone_per_run) break;
    Replies reply = ask(paper_requests(arxiv, {id}), client);
    keep(reply);
    if (reply.fault) return warn_of_arxiv(context, *reply.fault);
    if (cache.papers.count(id) == 0) unknown.push_back(id);
  }
  if (came == 0 && unknown.size() > few)
    return warn_of_arxiv(context,
                         {Kind::failed,
                          {arxiv.api_url, 0, 0},
                          "arXiv's API knows none of " + std::to_string(ids.size()) + " papers of your library",
                          ""});
  for (const std::string& id : unknown) cache.unknown.insert_or_assign(id, on);
}

void warn_of_unknown(const CommandContext& context, const Feedback& feedback, const Search& search,
                     const LibraryCache& cache) {
  for (const OwnersPaper& one : feedback.papers) {
    const std::string& id = one.reference.id;
    const auto unknown = cache.unknown.find(id);
    if (!search.misses(id) || unknown == cache.unknown.end()) continue;
    const std::string remedy = one.place.line > 0 ? "correct or remove the id" : "to take it back, say forget " + id;
    context.console.warning(
        {Kind::failed, one.place, "arXiv knows no paper " + id,
         remedy + "; arXiv is asked again after " + (unknown->second + days_until_asked_again).iso()});
  }
}

void take_all(Search& search, const LibraryCache& cache) {
  for (const auto& [id, paper] : cache.papers) search.take(paper);
}

bool may_ask(const CommandContext& context, const RateLimitedClient* client) {
  return client != nullptr && context.options.feeds.empty() && !context.options.dry_run;
}

void look_at_arxiv(const CommandContext& context, const ArxivSettings& arxiv, const Feedback& feedback, Date on,
                   RateLimitedClient& client, LibraryCache& cache, Search& search) {
  if (const auto ids = ids_to_ask(feedback, search, cache, on); !ids.empty()) {
    const LibraryCache before = cache;
    ask_arxiv(context, arxiv, client, ids, on, cache);
    if (cache != before)
      if (const auto kept = keep_library_cache(context.options.state, cache); !kept)
        context.console.warning(kept.error());
    take_all(search, cache);
  }
  warn_of_unknown(context, feedback, search, cache);
}

}  // namespace

std::string feedback_file(const Options& options) { return folder_of_settings(options) + "feedback.txt"; }

std::vector<Opinion> read_feedback_file(const CommandContext& context, Errors& errors) {
  const std::string path = feedback_file(context.options);
  if (!exists(path)) return {};
  const auto text = read_file(path);
  if (text) return read_opinions(*text, path, errors);
  errors.push_back(text.error());
  return {};
}

Feedback read_feedback(const CommandContext& context, const ZoteroSettings& zotero,
                       const std::vector<FeedbackLine>& said, Errors& errors) {
  OwnersPapers papers;
  for (const Opinion& opinion : read_feedback_file(context, errors))
    add_opinion(papers, opinion, feedback_file(context.options));
  for (const FeedbackLine& line : said) add_opinion(papers, {line.id, line.stance, 0}, source_of(context, line));
  read_library(context, folder_of_settings(context.options) + "library", papers, errors);
  read_zotero_copy(context, zotero, papers);
  return {papers.take()};
}

Feedback read_feedback(const CommandContext& context, const ZoteroSettings& zotero, Errors& errors) {
  return read_feedback(context, zotero, said_in_issues(context, errors), errors);
}

Errors warnings_of_libraries(const CommandContext& context) {
  const std::string folder = folder_of_settings(context.options) + "library";
  Errors warnings;
  const auto paths = exists(folder) ? files_below(folder) : std::vector<std::string>();
  if (!paths) return warnings;  // which read_feedback() says
  for (const std::string& path : *paths) {
    const auto text = is_library(path) && !is_nobodys(path) ? read_file(folder + '/' + path) : std::string();
    if (!text) continue;
    const bool is_bibtex = ends_with(path, ".bib");
    const PrivateFields found = is_bibtex ? private_fields_of_bibtex(*text) : private_fields_of_ris(*text);
    if (found.count == 0) continue;
    warnings.push_back({Kind::failed,
                        {folder + '/' + path, found.first_line, 0},
                        counted(found.count, "field has", "fields have") + " notes or the paths of files" +
                            (is_bibtex ? " (note, annote, comment, file and the like)" : " (N1, RN, L1 to L4)") +
                            ", which a public repository publishes",
                        "export without \"Export Notes\" and \"Export Files\", and remove what is left of them"});
  }
  return warnings;
}

void warn_of_feedback(const CommandContext& context, const Errors& errors) {
  const std::size_t said = errors.size() > faults_said + 1 ? faults_said : errors.size();
  for (std::size_t i = 0; i < said; ++i) context.console.warning(errors[i]);
  if (said < errors.size())
    context.console.warning(
        {Kind::failed,
         {},
         "there are " + std::to_string(errors.size() - said) + " more errors in your likes and dislikes",
         "daybook check lists them all"});
}

std::string feedback_words(const Feedback& feedback) {
  if (feedback.papers.empty()) return {};
  const auto liked = static_cast<std::size_t>(
      std::count_if(feedback.papers.begin(), feedback.papers.end(), [](const OwnersPaper& one) { return one.liked; }));
  const std::size_t disliked = feedback.papers.size() - liked;
  return "your taste is learned from " + counted(liked, "paper", "papers") + " that you like and " +
         std::to_string(disliked) + " that you don't";
}

std::vector<Taste> tastes(const CommandContext& context, const ArxivSettings& arxiv, const Feedback& feedback, Date on,
                          RateLimitedClient* client) {
  Search search(feedback);
  auto kept = search.is_over() ? LibraryCache() : read_library_cache(context.options.state);
  if (!kept) context.console.warning(kept.error());
  LibraryCache cache = kept ? std::move(*kept) : LibraryCache();
  take_all(search, cache);
  if (!search.is_over()) look_in_archive(context, search);
  if (!search.is_over()) look_in_candidates(context, search);
  if (!search.is_over() && may_ask(context, client))
    look_at_arxiv(context, arxiv, feedback, on, *client, cache, search);
  std::vector<Taste> all;
  for (const OwnersPaper& one : feedback.papers) {
    const Paper* found = one.reference.abstract.empty() ? search.found(one.reference.id) : nullptr;
    Taste taste{found != nullptr ? *found : text_of(one.reference), one.liked};
    if (!taste.paper.title.empty() || !taste.paper.abstract.empty()) all.push_back(std::move(taste));
  }
  return all;
}

std::vector<Tasted> read_tastes(const std::vector<Taste>& tastes) {
  std::vector<Tasted> read;
  for (const Taste& taste : tastes) read.push_back({features_of(taste.paper), taste.liked});
  return read;
}

}  // namespace daybook
