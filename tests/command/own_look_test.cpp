// An owner's site/, accent, logo, menu and templates, as commands take them.
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "core/http.h"
#include "platform/clock.h"
#include "platform/http.h"
#include "platform/variable.h"
#include "site/builtin.h"
#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

const std::string settings = "[site]\nurl = \"https://ada.example/papers/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n";

class Owner {
 public:
  Owner() { write("config/daybook.toml", settings); }

  void write(const std::string& path, const std::string& text) const { put(folder_ / path, text); }
  std::string published(const std::string& path) const { return bytes_of(folder_ / ("public/" + path)); }
  std::vector<std::string> arguments(std::vector<std::string> words) const {
    for (const char* option : {"archive", "state", "out"}) {
      words.push_back("--" + std::string(option));
      words.push_back(folder_ / (std::string(option) == "out" ? "public" : option));
    }
    words.insert(words.end(), {"--config", folder_ / "config/daybook.toml"});
    return words;
  }
  // What `daybook build` says, without the folder's name; and its exit code.
  std::string build() const {
    Program program(arguments({"build", "-q"}), {}, folder_ / "output");
    const int code = program.wait();
    std::string said = program.output();
    const std::string name = folder_.path() + '/';
    for (auto at = said.find(name); at != std::string::npos; at = said.find(name)) said.erase(at, name.size());
    return said + std::to_string(code);
  }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

// Waits for what another process does.
template <typename Is>
bool comes_true(Is is) {
  for (const double start = steady_seconds(); steady_seconds() - start < 60;) {
    if (is()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

}  // namespace

TEST_CASE("own look: a file of site/ takes the place of ours, all others of ours stay", "[look]") {
  const Owner owner;
  std::filesystem::create_directory(owner.folder() / "archive");
  owner.write("site/style.css", "p { color: red }\n");
  owner.write("site/extra/our.svg", "<svg/>");
  owner.write("site/imprint.md", "# Imprint\n");
  CHECK(owner.build() == "0");
  CHECK(owner.published("style.css") == "p { color: red }\n");
  CHECK(owner.published("extra/our.svg") == "<svg/>");
  CHECK(owner.published("imprint/index.html").find("<h1>Imprint</h1>") != std::string::npos);
  for (const File& file : builtin_site_files())
    if (file.path != "style.css") CHECK(owner.published(file.path) == file.bytes);
}

TEST_CASE("own look: files of site/ that the settings name must be there", "[look]") {
  const Owner owner;
  std::filesystem::create_directory(owner.folder() / "archive");
  owner.write("config/daybook.toml", settings +
                                         "[[menu]]\nname = \"Imprint\"\nurl = \"imprint/\"\n[[menu]]\n"
                                         "name = \"Paper\"\nurl = \"paper.pdf\"\n[[menu]]\nname = \"Group\"\n"
                                         "url = \"https://group.example/\"\n");
  owner.write("site/imprint.txt", "");
  CHECK(owner.build() ==
        "site/imprint.md: error: [[menu]] \"Imprint\" names this file, which does not exist\n"
        "  hint: add it, or write the full address of the page, starting with https://\n"
        "site/paper.pdf: error: [[menu]] \"Paper\" names this file, which does not exist\n"
        "  hint: add it, or write the full address of the page, starting with https://\n2");
  owner.write("config/daybook.toml", "[site]\nlogo = \"our.svg\"\nurl = \"https://ada.example/\"\n");
  CHECK(owner.build() ==
        "site/our.svg: error: [site] logo names this file, which does not exist\n"
        "  hint: add it, or remove \"logo\" from [site]\n2");
  owner.write("site/our.svg", "<svg/>");
  CHECK(owner.build() == "0");
  CHECK(owner.published("index.html").find("<img src=\"./our.svg\" alt=\"Daybook\">") != std::string::npos);
}

TEST_CASE("own look: templates of an earlier version get all their faults at once, each with a place", "[look]") {
  const Owner owner;
  std::filesystem::create_directory(owner.folder() / "archive");
  owner.write("config/daybook.toml", "[site]\nurl = \"https://ada.example/\"\ntemplates = \"mine\"\n");
  owner.write("mine/day.html",
              "{{> head.html}}\n{{#has_cascade}}<p>{{discarded}}</p>{{/has_cascade}}\n"
              "<p class=\"status {{statuss}}\">{{oldest_of_all}}</p>\n");
  owner.write("mine/paper.html", "<article id=\"{{anchor}}\">\n{{> scores.html}}\n</article>\n");
  owner.write("mine/meta.html", "{{id}} {{remark_on_scores}}\n");
  owner.write("mine/mail.txt", "{{#papers}}{{titel}}{{/papers}}\n");
  const std::string said = owner.build();
  CHECK(said.find("mine/paper.html:2:1: error: there is no template \"scores.html\"\n"
                  "  hint: meta.html and notes.html show what it showed; name them instead\n") != std::string::npos);
  CHECK(said.find("mine/day.html:3:18: error: there is no \"statuss\" to show here\n"
                  "  hint: did you mean \"status\"?\n") != std::string::npos);
  CHECK(said.find("mine/day.html:3:31: error: there is no \"oldest_of_all\" to show here\n"
                  "  hint: the names are listed in templates/README.md of Daybook's repository\n") !=
        std::string::npos);
  CHECK(said.find("mine/mail.txt:1:12: error: there is no \"titel\" to show here\n  hint: did you mean \"title\"?\n") !=
        std::string::npos);
  CHECK(said.back() == '2');
}

TEST_CASE("own look: serve builds the site anew when its sources change, and goes on where they have faults",
          "[look]") {
  const Owner owner;
  std::filesystem::create_directory(owner.folder() / "archive");
  owner.write("site/imprint.md", "one\n");
  REQUIRE(owner.build() == "0");
  Program serve(owner.arguments({"serve", "--port", "0"}), {}, owner.folder() / "log");
  const auto said = [&](const std::string& what) {
    return comes_true([&] { return serve.output().find(what) != std::string::npos; });
  };
  REQUIRE(said(" (Ctrl-C ends it)\n"));
  const std::string line = serve.output();
  const auto at = line.find("http://");
  const std::string address = line.substr(at, line.find(' ', at) - at);
  const NoProxy no_proxy;
  HttpClient client;
  const auto page = [&](const std::string& path) {
    Request request;
    request.url = address + path;
    const auto response = client.send(request);
    return response ? response->body : std::string();
  };
  const auto shows = [&](const std::string& text) {
    return comes_true([&] { return page("imprint/").find("<p>" + text + "</p>") != std::string::npos; });
  };
  CHECK(shows("one"));
  CHECK(page("imprint/").ends_with("<script src=\"/__reload.js\"></script>\n"));
  CHECK(page("papers/style.css") == page("style.css"));
  const std::string version = page("__reload");

  owner.write("site/imprint.md", "two, and more\n");
  CHECK(shows("two, and more"));
  CHECK(page("__reload") != version);
  owner.write("templates/page.html", "{{{body_html}}}{{titel}}");
  CHECK(said("page.html:1:16: error: there is no \"titel\" to show here"));
  CHECK(shows("two, and more"));
  owner.write("templates/page.html", "{{{body_html}}}<p>{{site_title}}</p>");
  CHECK(shows("Daybook"));
  owner.write("config/daybook.toml", settings + "[select]\nrelevence = 7\n");
  CHECK(said("has no setting \"relevence\""));
  owner.write("config/daybook.toml", "[site]\ntitle = \"Mornings\"\nurl = \"https://ada.example/\"\n");
  CHECK(shows("Mornings"));
  CHECK(owner.published("imprint/index.html").find("__reload") == std::string::npos);
}
