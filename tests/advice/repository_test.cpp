// daybook check in a workflow: what of the repository keeps the site from being published, in whole messages.
#include <filesystem>

#include "advice/repository.h"

#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

struct Checked {
  int code = 0;
  std::string output;
};

Checked check_in_workflow(const std::string& url, const std::string& pages, Variables variables = {}) {
  const TemporaryFolder folder;
  put(folder / "daybook.toml", "[site]\n" + (url.empty() ? "" : "url = \"" + url + "\"\n") +
                                   "[arxiv]\ncategories = [\"cs.LG\"]\n"
                                   "[[topic]]\nname = \"A\"\nkeep = \"a\"\n");
  for (const auto& [name, value] : Variables{{"GITHUB_ACTIONS", "true"},
                                             {"GITHUB_REPOSITORY", "Ada/papers"},
                                             {"GITHUB_SERVER_URL", "https://github.com"},
                                             {"GITHUB_REF_NAME", "main"},
                                             {"DAYBOOK_PAGES", pages}})
    variables.emplace_back(name, value);  // the first of a name counts
  Program program({"check", "--config", folder / "daybook.toml", "--archive", folder / "archive"}, variables,
                  folder / "output");
  Checked checked;
  checked.code = program.wait();
  checked.output = program.output();
  // The folder's name is another each time.
  const std::string name = folder.path() + '/';
  for (auto at = checked.output.find(name); at != std::string::npos; at = checked.output.find(name))
    checked.output.erase(at, name.size());
  return checked;
}

constexpr const char* in_order =
    "settings, templates and the archive's 0 days are in order\n"
    "papers are scored locally, without an LLM; for one, add the secret OPENAI_API_KEY: "
    "https://github.com/Ada/papers/settings/secrets/actions/new\n";

}  // namespace

TEST_CASE("repository: in a workflow the example's address is an error with the line to write, and where", "[check]") {
  const Checked checked = check_in_workflow("https://example.github.io/daybook/", "");
  CHECK(checked.code == 2);
  CHECK(checked.output ==
        "::error file=daybook.toml::[site] url is still the example's, https://example.github.io/daybook/%0A"
        "hint: write  url = \"https://ada.github.io/papers/\"  in [site]: "
        "https://github.com/Ada/papers/edit/main/daybook.toml\n");
}

TEST_CASE("repository: for the example's address, the one that GitHub publishes at is used, with a warning",
          "[check]") {
  for (const std::string url : {"https://example.github.io/daybook/", ""}) {
    const Checked checked = check_in_workflow(url, "https://papers.example.org/");
    INFO(checked.output);
    CHECK(checked.code == 0);
    CHECK(checked.output.find("the site's address at GitHub is used, https://papers.example.org/%0Ahint: write  url = "
                              "\"https://papers.example.org/\"  in [site]: "
                              "https://github.com/Ada/papers/edit/main/daybook.toml") != std::string::npos);
  }
}

TEST_CASE("repository: in a workflow without a key, check says where the secret is made", "[check]") {
  const Checked checked = check_in_workflow("https://ada.github.io/papers/", "https://ada.github.io/papers/");
  CHECK(checked.code == 0);
  CHECK(checked.output == in_order);
}

TEST_CASE("repository: Pages that are off are a warning that leads to the switch", "[check]") {
  const Checked checked = check_in_workflow("https://ada.github.io/papers/", "off");
  CHECK(checked.code == 0);
  CHECK(checked.output ==
        "::warning::the site can't be published: GitHub Pages are off%0Ahint: open "
        "https://github.com/Ada/papers/settings/pages and choose \"GitHub Actions\" under \"Build and deployment\", "
        "\"Source\"\n" +
            std::string(in_order));
}

TEST_CASE("repository: Pages that publish a branch are a warning", "[check]") {
  const Checked checked = check_in_workflow("https://ada.github.io/papers/", "branch");
  CHECK(checked.output.find("GitHub Pages publish a branch of this repository") != std::string::npos);
}

TEST_CASE("repository: an address that GitHub does not publish at is a warning, before anybody subscribes", "[check]") {
  const Checked checked = check_in_workflow("https://ada.github.io/daybook/", "https://ada.github.io/papers/");
  CHECK(checked.code == 0);
  CHECK(checked.output ==
        "::warning file=daybook.toml::[site] url is https://ada.github.io/daybook/, but GitHub publishes the site at "
        "https://ada.github.io/papers/%0Ahint: write  url = \"https://ada.github.io/papers/\"  in [site]: "
        "https://github.com/Ada/papers/edit/main/daybook.toml, before anybody subscribes: feed ids are derived from "
        "it\n" +
            std::string(in_order));
}

TEST_CASE("repository: scheme, letters' case of the host, and a domain of one's own are no fault", "[check]") {
  CHECK(check_in_workflow("https://Papers.example.org/", "http://papers.example.org/").output == in_order);
}

TEST_CASE("repository: the site of a repository named for its owner is at the root", "[check]") {
  const Checked checked =
      check_in_workflow("https://example.github.io/daybook/", "", {{"GITHUB_REPOSITORY", "Ada/ada.github.io"}});
  CHECK(checked.output.find("url = \"https://ada.github.io/\"") != std::string::npos);
}

TEST_CASE("repository: an address that no site can have is an error in a workflow, with the line to write", "[check]") {
  const std::string hint =
      "%0Ahint: write  url = \"https://ada.github.io/papers/\"  in [site]: "
      "https://github.com/Ada/papers/edit/main/daybook.toml\n";
  const Checked page = check_in_workflow("https://github.com/Ada/papers", "");
  CHECK(page.code == 2);
  CHECK(page.output ==
        "::error file=daybook.toml::[site] url is a page of github.com, https://github.com/Ada/papers/, where no site "
        "can be published" +
            hint);
  const Checked placeholder = check_in_workflow("https://OWNER.github.io/REPOSITORY/", "");
  CHECK(placeholder.code == 2);
  CHECK(placeholder.output ==
        "::error file=daybook.toml::[site] url still has OWNER or REPOSITORY in it: "
        "https://OWNER.github.io/REPOSITORY/" +
            hint);
}

TEST_CASE("repository: papers are answered in the issues of the workflow's, or of that which the settings name",
          "[settings]") {
  const Repository ours{"https://github.com/Ada/papers", "Ada/papers", "main", ""};
  const TemporaryFolder folder;
  const auto elsewhere = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  CHECK(feedback_form(ours, {}).empty());  // a copy that was made before there was a form
  put(folder / ".github/ISSUE_TEMPLATE/feedback.yml", "");
  CHECK(feedback_form(ours, {}) == "https://github.com/Ada/papers/issues/new?template=feedback.yml");
  CHECK(feedback_form({}, {true, "bo/maps"}) == "https://github.com/bo/maps/issues/new?template=feedback.yml");
  CHECK(feedback_form(ours, {true, "bo/maps"}) == feedback_form({}, {true, "bo/maps"}));
  CHECK(feedback_form(ours, {false, ""}).empty());
  CHECK(feedback_form({}, {}).empty());
  std::filesystem::current_path(elsewhere);
}
