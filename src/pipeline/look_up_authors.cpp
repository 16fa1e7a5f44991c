#include "pipeline/look_up_authors.h"

#include <algorithm>

#include "platform/environment.h"
#include "platform/polite.h"

namespace daybook {

namespace {

constexpr int timeout_seconds = 15;

// It is asked for a hint, not for the day: no long waits.
Manners hasty() {
  Manners manners;
  manners.seconds_between = 1;
  manners.retries = 1;
  manners.backoff_seconds = 1;
  manners.longest_wait = 30;
  return manners;
}

}  // namespace

bool asks_semantic_scholar(const Settings& settings) {
  const auto& authors = settings.interests.authors;
  return settings.scoring.h_index > 0 || std::any_of(authors.begin(), authors.end(), [](const Author& author) {
           return !author.s2.empty() || !author.orcid.empty();
         });
}

KnownAuthors look_up_authors(RunContext& run, const std::vector<Paper>& papers) {
  const Settings& settings = run.settings;
  KnownAuthors known;
  if (!asks_semantic_scholar(settings) || papers.empty() || run.outages.semantic_scholar) return known;
  std::vector<std::string> ids;
  for (const Paper& paper : papers) ids.push_back(paper.id);
  PoliteClient client(hasty());
  auto requests = s2_requests(settings.scoring.s2_url, secret("S2_API_KEY").value_or(""), ids);
  std::size_t first = 0;
  for (Request& request : requests) {
    request.timeout_seconds = timeout_seconds;
    const std::size_t last = std::min(first + s2_ids_max, ids.size());
    const std::vector<std::string> asked(ids.begin() + static_cast<std::ptrdiff_t>(first),
                                         ids.begin() + static_cast<std::ptrdiff_t>(last));
    first = last;
    const auto reply = client.fetch(request);
    const auto& refused = client.refused();
    if (!reply && refused && s2_knows_none(*refused)) continue;
    const auto authors = reply ? read_s2_reply(reply->body, asked, request.url) : Result<KnownAuthors>(reply.error());
    if (authors) {
      KnownAuthors some = *authors;
      known.merge(some);
      continue;
    }
    Error warning = authors.error();
    warning.kind = Kind::failed;
    warning.hint = "nothing: authors are matched by name meanwhile";
    run.console.warning(warning);
    // A refusal of some papers, or an odd reply about them, says nothing of the next.
    const bool of_papers = reply || (refused && (refused->status == 400 || refused->status == 404));
    run.outages.semantic_scholar = !of_papers;
    if (!of_papers) break;
  }
  return known;
}

}  // namespace daybook
