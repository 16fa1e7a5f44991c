#include "settings/site_address.h"

#include "core/http.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr const char* any_address =
    "set it to your site's address, for example \"https://ada.github.io/papers/\"; feed ids are derived from it";

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

bool is_at_github(const std::string& url) {
  const std::string host = ascii_lower(host_of(url));
  return host == "github.com" || host == "www.github.com";
}

// "ada/papers" of "https://github.com/ada/papers.git" and of pages below it; "ada" of the owner's page.
std::string repository_at(const std::string& url) {
  const auto parts = split(url, '/');  // "https:", "", "github.com", "ada", "papers", ""
  std::string owner(parts.size() > 3 ? parts[3] : "");
  std::string_view name = parts.size() > 4 ? parts[4] : "";
  if (name.ends_with(".git")) name.remove_suffix(4);
  return name.empty() ? owner : owner + '/' + std::string(name);
}

}  // namespace

std::string default_pages(const std::string& repository) {
  const auto slash = repository.find('/');
  const std::string owner = ascii_lower(repository.substr(0, slash));
  const std::string project = slash == std::string::npos ? std::string() : repository.substr(slash + 1);
  const std::string host = owner + ".github.io";
  return "https://" + host + '/' + (project.empty() || ascii_lower(project) == host ? std::string() : project + '/');
}

std::optional<AddressFault> fault_of_address(const std::string& url) {
  if (has(url, "//example.")) return AddressFault{"[site] url is still the example's, " + url, any_address};
  if (has(url, "OWNER") || has(url, "REPOSITORY"))
    return AddressFault{"[site] url still has OWNER or REPOSITORY in it: " + url, any_address};
  if (!is_at_github(url)) return std::nullopt;
  const std::string repository = repository_at(url);
  return AddressFault{
      "[site] url is a page of github.com, " + url + ", where no site can be published",
      repository.empty() ? any_address : "write  url = \"" + default_pages(repository) + "\"  in [site]"};
}

}  // namespace daybook
