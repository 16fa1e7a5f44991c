#include "advice/repository.h"

#include "core/http.h"
#include "core/text.h"
#include "platform/disk.h"
#include "platform/environment.h"
#include "settings/site_address.h"

namespace daybook {

namespace {

// With '/' behind it. An Enterprise server is another.
std::string github() { return variable("GITHUB_SERVER_URL").value_or("https://github.com") + '/'; }

bool is_address(const std::string& pages) { return pages.find("://") != std::string::npos; }

std::string address_of(const Repository& repository) {
  return is_address(repository.pages) ? repository.pages : default_pages(repository.name);
}

std::string hint_of_url(const Repository& repository, const CommandContext& context) {
  return "write  url = \"" + address_of(repository) + "\"  in [site]: " + repository.page + "/edit/" + repository.ref +
         '/' + context.options.config;
}

// Without scheme, and its host in small letters.
std::string comparable(const std::string& url) {
  const auto scheme = url.find("://");
  const std::string rest = scheme == std::string::npos ? url : url.substr(scheme + 3);
  const auto path = rest.find('/');
  return ascii_lower(rest.substr(0, path)) + (path == std::string::npos ? "/" : rest.substr(path));
}

Error pages_fault(const Repository& repository, const std::string& what) {
  return {Kind::misuse,
          {},
          "the site can't be published: " + what,
          "open " + repository.page +
              "/settings/pages and choose \"GitHub Actions\" under \"Build and deployment\", \"Source\""};
}

}  // namespace

Repository surrounding_repository() {
  const auto name = variable("GITHUB_REPOSITORY");
  if (!in_github_actions() || !name) return {};
  return {github() + *name, *name, variable("GITHUB_REF_NAME").value_or("main"),
          variable("DAYBOOK_PAGES").value_or("")};
}

std::string feedback_form(const Repository& repository, const FeedbackSettings& feedback) {
  // A copy that was made before there was a form has none.
  const std::string here = exists(".github/ISSUE_TEMPLATE/feedback.yml") ? repository.page : "";
  const std::string page = feedback.repository.empty() ? here : github() + feedback.repository;
  return page.empty() || !feedback.links ? "" : page + "/issues/new?template=feedback.yml";
}

std::optional<Error> take_pages_address(const Repository& repository, const CommandContext& context,
                                        Settings& settings) {
  std::string& url = settings.site.url;
  const auto fault = fault_of_address(url);
  if (!is_address(repository.pages) || (!fault && !url.empty())) return std::nullopt;
  url = repository.pages;
  return Error{Kind::misuse,
               {context.options.config, 0, 0},
               (fault ? fault->what : "[site] has no url") + "; the site's address at GitHub is used, " + url,
               hint_of_url(repository, context)};
}

Errors faults_of_repository(const Repository& repository, const CommandContext& context, const Settings& settings) {
  const auto fault = fault_of_address(settings.site.url);
  if (repository.page.empty() || !fault) return {};
  return {{Kind::misuse, {context.options.config, 0, 0}, fault->what, hint_of_url(repository, context)}};
}

Errors warnings_of_repository(const Repository& repository, const CommandContext& context, const Settings& settings) {
  Errors warnings;
  if (repository.page.empty()) return warnings;
  if (repository.pages == "off") warnings.push_back(pages_fault(repository, "GitHub Pages are off"));
  if (repository.pages == "branch")
    warnings.push_back(pages_fault(repository, "GitHub Pages publish a branch of this repository"));
  if (is_address(repository.pages) && comparable(repository.pages) != comparable(settings.site.url))
    warnings.push_back(
        {Kind::misuse,
         {context.options.config, 0, 0},
         "[site] url is " + settings.site.url + ", but GitHub publishes the site at " + repository.pages,
         hint_of_url(repository, context) + ", before anybody subscribes: feed ids are derived from it"});
  return warnings;
}

std::string how_to_get_an_llm(const Repository& repository) {
  if (repository.page.empty()) return {};
  return "; for one, add the secret OPENAI_API_KEY: " + repository.page + "/settings/secrets/actions/new";
}

}  // namespace daybook
