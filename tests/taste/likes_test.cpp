// daybook serve takes likes into config/feedback.txt, and the site shows what was learned from them.
#include <chrono>
#include <random>
#include <thread>

#include "core/http.h"
#include "day/record.h"
#include "library/opinions.h"
#include "platform/clock.h"
#include "platform/http.h"
#include "platform/variable.h"
#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

const std::string own = "# mine\n2401.00001  # a note\n";

template <typename Is>
bool comes_true(Is is) {
  for (const double start = steady_seconds(); steady_seconds() - start < 60;) {
    if (is()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

// An owner's folder with a day of one paper, and its built site.
class Owner {
 public:
  Owner() {
    put(folder_ / "config/daybook.toml",
        "[site]\nurl = \"https://ada.example/papers/\"\n[arxiv]\ncategories = [\"cs.LG\"]\n");
    put(file(), own);
    Day day;
    day.date = *Date::from_parts(2099, 1, 5);
    day.papers.resize(1);
    day.papers[0].paper.id = "9901.00001";
    day.papers[0].paper.version = 1;
    day.papers[0].paper.title = "Bees and Their Dances";
    day.papers[0].first_seen = day.date;
    put(folder_ / "archive/2099/2099-01-05.json", write_record(day));
    REQUIRE(Program(arguments({"build", "-q"}), {}, folder_ / "output").wait() == 0);
  }
  std::string file() const { return folder_ / "config/feedback.txt"; }
  std::string operator/(const std::string& path) const { return folder_ / path; }
  std::string about() const { return bytes_of(folder_ / "public/about/index.html"); }
  std::vector<std::string> arguments(std::vector<std::string> words) const {
    words.insert(words.end(), {"--config", folder_ / "config/daybook.toml", "--archive", folder_ / "archive", "--state",
                               folder_ / "state", "--out", folder_ / "public"});
    return words;
  }

 private:
  TemporaryFolder folder_;
};

// `daybook serve` and a page of it.
class Serve {
 public:
  explicit Serve(const Owner& owner) : program_(owner.arguments({"serve", "--port", "0"}), {}, owner / "log") {
    REQUIRE(comes_true([&] { return program_.output().find("(Ctrl-C ends it)\n") != std::string::npos; }));
    const std::string said = program_.output();
    const auto at = said.find("http://");
    address_ = said.substr(at, said.find("/ (", at) - at);
  }
  // "200 what it says"; "0 " where it is gone.
  std::string send(const std::string& lines) {
    Request request;
    request.method = "POST";
    request.url = address_ + "/__post";
    request.headers = {{"Origin", address_}, {"Content-Type", "application/vnd.daybook.feedback"}};
    request.body = lines;
    const auto response = client_.send(request);
    return response ? std::to_string(response->status) + ' ' + response->body : "0 ";
  }
  Program& program() { return program_; }

 private:
  NoProxy no_proxy_;
  HttpClient client_;
  Program program_;
  std::string address_;
};

bool starts(const std::string& text, const std::string& start) { return text.compare(0, start.size(), start) == 0; }

}  // namespace

TEST_CASE("likes: serve takes them into feedback.txt, and the about page shows them until they are taken back",
          "[likes]") {
  const Owner owner;
  put(owner / "config/library/mine.bib", "@misc{a, title = {A Private Paper}, eprint = {9901.00077}}\n");
  Serve serve(owner);
  CHECK(serve.send("+ 9901.00001  # Bees\n- 9901.00002") == "200 " + owner.file() + ": 2 papers noted\n");
  CHECK(bytes_of(owner.file()) == own + "+ 9901.00001  # Bees\n- 9901.00002\n");
  CHECK(comes_true([&] { return owner.about().find(">Bees and Their Dances</a>") != std::string::npos; }));
  CHECK(
      owner.about().find("likes <b>2 papers</b> and dislikes <b>1 paper</b>, and likes <b>1 paper</b> of a library") !=
      std::string::npos);
  CHECK(owner.about().find("A Private Paper") == std::string::npos);
  CHECK(owner.about().find("9901.00077") == std::string::npos);

  CHECK(starts(serve.send("forget 9901.00001\nforget 9901.00002"), "200 "));
  CHECK(bytes_of(owner.file()) == own);
  CHECK(comes_true([&] { return owner.about().find(">Bees and Their Dances</a>") == std::string::npos; }));

  CHECK(serve.send("+ 9901.00001\n../../x") ==
        "422 this page:2: error: \"../../x\" is not an arXiv id\n"
        "  hint: write 2401.12345 for a paper you like, - 2401.12345 for one you don't; its arxiv.org address works "
        "too\n");
  CHECK(bytes_of(owner.file()) == own);
  std::filesystem::remove(owner.file());
  std::filesystem::create_directory(owner.file());
  CHECK(starts(serve.send("+ 9901.00001"), "500 " + owner.file() + ": error: cannot "));
}

TEST_CASE("likes: killed at any moment, serve leaves feedback.txt whole", "[likes]") {
  const Owner owner;
  std::mt19937 random(3);
  int number = 1000;
  for (int kills = 0; kills < 12; ++kills) {
    Serve serve(owner);
    std::thread killer([&, wait = std::uniform_int_distribution<int>(0, 40)(random)] {
      std::this_thread::sleep_for(std::chrono::milliseconds(wait));
      serve.program().kill();
    });
    int noted = 0;
    while (starts(serve.send("+ 9901.0" + std::to_string(number)), "200 ")) ++number, ++noted;
    ++number;  // it may have been noted, and nobody was told
    killer.join();
    serve.program().wait();
    Errors errors;
    const std::string file = bytes_of(owner.file());
    const auto opinions = read_opinions(file, "feedback.txt", errors);
    CHECK(errors.empty());
    CHECK(starts(file, own));
    CHECK(opinions.size() >= static_cast<std::size_t>(noted + 1));
    CHECK(file.back() == '\n');
  }
}
