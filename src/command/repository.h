// The repository that a workflow runs in, as far as it can keep a site from being published: GitHub's Pages and
// secrets. https://docs.github.com/en/actions/reference/workflows-and-actions/variables
#pragma once

#include <optional>
#include <string>

#include "settings/settings.h"
#include "store/context.h"

namespace daybook {

// From GITHUB_REPOSITORY, GITHUB_SERVER_URL, GITHUB_REF_NAME, and DAYBOOK_PAGES, which .github/scripts/daily.sh asks
// GitHub for.
struct Repository {
  std::string page;   // "https://github.com/ada/papers"; empty: this is no workflow
  std::string name;   // "ada/papers"
  std::string ref;    // "main"
  std::string pages;  // where they are published; "off", "branch" (they publish a branch of it); empty: unknown
};

Repository surrounding_repository();

// The form that a new issue with answers to papers is made of, with a query that goes on (SiteParts::feedback_form):
// that of the repository of [feedback], else of the workflow's own; empty: neither, or its owner wants no links.
std::string feedback_form(const Repository& repository, const FeedbackSettings& feedback);

// Where [site] url is missing or still the example's: the address that GitHub publishes at, if it is known, and a
// warning. So a copy whose owner has edited nothing yet shows papers on its first day.
std::optional<Error> take_pages_address(const Repository& repository, const CommandContext& context,
                                        Settings& settings);

// Settings that must not be published from there: an address that is none of its would go into the ids of all entries.
Errors faults_of_repository(const Repository& repository, const CommandContext& context, const Settings& settings);
// What will surprise the owner.
Errors warnings_of_repository(const Repository& repository, const CommandContext& context, const Settings& settings);
// What to do for an LLM, after "papers are scored locally"; empty where this is no workflow.
std::string how_to_get_an_llm(const Repository& repository);

}  // namespace daybook
