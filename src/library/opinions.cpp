#include "library/opinions.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/text.h"
#include "library/reference.h"
#include "paper/paper.h"
#include "paper/reply.h"

namespace daybook {

namespace {

Error no_id(const Place& place, std::string_view text) {
  const std::string_view first = text.substr(0, text.find_first_of(" \t,;"));
  if (first.size() < text.size() && ArxivId::parse(first))
    return {Kind::failed, place, "this line has more than an arXiv id: " + excerpt(text),
            "write one id per line; start a comment with #"};
  return {Kind::failed, place, excerpt(text) + " is not an arXiv id",
          "write 2401.12345 for a paper you like, - 2401.12345 for one you don't; its arxiv.org address works too"};
}

Error both(const Place& place, const Opinion& here, const Opinion& there) {
  const auto word = [](const Opinion& opinion) { return std::string(opinion.liked ? "liked" : "disliked"); };
  return {Kind::failed, place,
          here.id + " is " + word(here) + " here and " + word(there) + " in line " + std::to_string(there.line),
          "remove one of the two lines; until then neither counts"};
}

}  // namespace

std::vector<Opinion> read_opinions(std::string_view bytes, const std::string& source, Errors& errors) {
  const auto text = library_text(bytes, source, errors);
  if (!text) return {};
  std::vector<Opinion> opinions;
  std::map<std::string, std::size_t> known;  // their places by id
  std::set<std::string> contradicted;
  int number = 0;
  for (const std::string_view whole : split(*text, '\n')) {
    ++number;
    std::string_view line = trim(whole.substr(0, whole.find('#')));  // an address ends there too
    if (line.empty()) continue;
    const bool liked = line.front() != '-';
    if (line.front() == '-' || line.front() == '+') line = trim(line.substr(1));
    auto id = ArxivId::parse(line);
    if (!id) {
      errors.push_back(no_id({source, number, 0}, line));
      continue;
    }
    Opinion opinion{std::move(id->text), liked, number};
    const auto [at, is_new] = known.emplace(opinion.id, opinions.size());
    if (is_new) {
      opinions.push_back(std::move(opinion));
    } else if (opinions[at->second].liked != liked) {
      errors.push_back(both({source, number, 0}, opinion, opinions[at->second]));
      contradicted.insert(opinion.id);
    }
  }
  std::erase_if(opinions, [&](const Opinion& opinion) { return contradicted.count(opinion.id) != 0; });
  return opinions;
}

}  // namespace daybook
