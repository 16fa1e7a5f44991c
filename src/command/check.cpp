// daybook check: settings, templates, archive, and what the owner likes, everything wrong at once.
#include "command/budget.h"
#include "command/feedback.h"
#include "command/llm.h"
#include "command/repository.h"
#include "command/world.h"
#include "core/http.h"
#include "outside/parallel.h"
#include "site/summary.h"

namespace daybook {

namespace {

// Every record read; the faults in the order of the days.
Errors archive_faults(const World& world, const Archive& archive, const std::vector<Date>& dates) {
  std::vector<std::optional<Error>> faults(dates.size());
  Progress progress(world.console, "reading the archive", dates.size());
  for_each_parallel(dates.size(), world.jobs(), [&](std::size_t i, std::size_t) {
    const auto day = archive.read(dates[i]);
    if (!day) faults[i] = day.error();
    progress.advance();
  });
  Errors errors;
  for (const auto& fault : faults)
    if (fault) errors.push_back(*fault);
  return errors;
}

}  // namespace

Exit check_command(const World& world) {
  Errors errors;
  const Settings settings = read_all_settings(world, errors);
  const Repository repository = surrounding_repository();
  if (errors.empty()) {
    errors = faults_of_repository(repository, world, settings);
    if (errors.empty()) warn_of_settings(world, settings);
    for (const Error& warning : warnings_of_repository(repository, world, settings)) world.console.warning(warning);
  }
  if (errors.empty() && settings.arxiv.categories.empty()) errors.push_back(no_categories(world.options.config));
  const Publishing publishing = read_publishing(world, settings, errors);
  std::optional<Llm> llm;
  if (errors.empty()) {
    llm = read_llm(world, settings, publishing.templates, errors);
  } else {
    read_all_prices(world, errors);
  }
  const Feedback feedback = read_feedback(world, errors);
  const Archive archive(world.options.archive);
  const auto dates = archive.dates();
  if (!dates) errors.push_back(dates.error());
  if (dates)
    for (const Error& fault : archive_faults(world, archive, *dates)) errors.push_back(fault);
  if (!errors.empty()) return world.fail(errors);
  warn_of_llm(world, settings, *llm);
  if (const auto fault = budget_below_a_request(world, settings, *llm)) world.console.warning(*fault);
  world.console.print("settings, templates and the archive's " + counted(dates->size(), "day", "days") +
                      " are in order");
  if (!feedback.papers.empty()) world.console.print(feedback_words(feedback));
  world.console.print(llm->endpoint ? "papers are scored by " + settings.llm.model + " at " +
                                          std::string(host_of(llm->endpoint->base_url))
                                    : "papers are scored locally, without an LLM" + how_to_get_an_llm(repository));
  return exit_done;
}

}  // namespace daybook
