#include "library/opinions.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "core/text.h"
#include "library/reference.h"
#include "paper/paper.h"
#include "paper/reply.h"

namespace daybook {

namespace {

constexpr std::array<std::string_view, 3> stance_names = {"like", "dislike", "forget"};
constexpr std::array<std::string_view, 3> participles = {"liked", "disliked", "forgotten"};

struct Line {
  Stance stance;
  std::string_view id;
};

Line line_of(std::string_view text) {
  constexpr std::string_view forget = "forget";
  if (text.front() == '-') return {Stance::dislike, trim(text.substr(1))};
  if (text.front() == '+') return {Stance::like, trim(text.substr(1))};
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  if (equal_ignoring_case(word, forget)) return {Stance::forget, trim(text.substr(word.size()))};
  return {Stance::like, text};
}

Error no_id(const Place& place, std::string_view text) {
  const std::string_view first = text.substr(0, text.find_first_of(" \t,;"));
  if (first.size() < text.size() && ArxivId::parse(first))
    return {Kind::failed, place, "this line has more than an arXiv id: " + excerpt(text),
            "write one id per line; start a comment with #"};
  return {Kind::failed, place, excerpt(text) + " is not an arXiv id",
          "write 2401.12345 for a paper you like, - 2401.12345 for one you don't; its arxiv.org address works too"};
}

Error both(const Place& place, const Opinion& here, const Opinion& there) {
  const auto word = [](const Opinion& opinion) {
    return std::string(participles.at(static_cast<std::size_t>(opinion.stance)));
  };
  return {Kind::failed, place,
          here.id + " is " + word(here) + " here and " + word(there) + " in line " + std::to_string(there.line),
          "remove one of the two lines; until then neither counts"};
}

// In the text's order, each id once; those of which two things are said are faults and left out.
class Opinions {
 public:
  void add(Opinion opinion, const Place& place, Errors& errors) {
    const auto [at, is_new] = known_.emplace(opinion.id, all_.size());
    if (is_new) {
      all_.push_back(std::move(opinion));
    } else if (all_[at->second].stance != opinion.stance) {
      errors.push_back(both(place, opinion, all_[at->second]));
      contradicted_.insert(opinion.id);
    }
  }

  std::vector<Opinion> take() {
    std::erase_if(all_, [&](const Opinion& opinion) { return contradicted_.count(opinion.id) != 0; });
    return std::move(all_);
  }

 private:
  std::vector<Opinion> all_;
  std::map<std::string, std::size_t> known_;  // their places by id
  std::set<std::string> contradicted_;
};

}  // namespace

std::string_view stance_name(Stance stance) { return stance_names.at(static_cast<std::size_t>(stance)); }

std::optional<Stance> stance_of(std::string_view name) {
  for (std::size_t i = 0; i < stance_names.size(); ++i)
    if (stance_names[i] == name) return static_cast<Stance>(i);
  return std::nullopt;
}

std::vector<Opinion> read_opinions_of_issue(std::string_view bytes, const std::string& source, Errors& errors) {
  const auto text = library_text(bytes, source, errors);
  if (!text) return {};
  Opinions opinions;
  int number = 0;
  for (const std::string_view whole : split(*text, '\n')) {
    const Place place{source, ++number, 0};
    const std::string_view bare = trim(whole.substr(0, whole.find('#')));  // an address ends there too
    if (bare.empty()) continue;
    const Line line = line_of(bare);
    auto id = ArxivId::parse(line.id);
    if (!id) {
      errors.push_back(no_id(place, line.id));
      continue;
    }
    opinions.add({std::move(id->text), line.stance, number}, place, errors);
  }
  return opinions.take();
}

std::vector<Opinion> read_opinions(std::string_view bytes, const std::string& source, Errors& errors) {
  std::vector<Opinion> opinions = read_opinions_of_issue(bytes, source, errors);
  std::erase_if(opinions, [&](const Opinion& opinion) {
    if (opinion.stance != Stance::forget) return false;
    errors.push_back({Kind::failed,
                      {source, opinion.line, 0},
                      "\"forget " + opinion.id + "\" is for issues",
                      "delete this line, and the one that has the paper's opinion"});
    return true;
  });
  return opinions;
}

}  // namespace daybook
