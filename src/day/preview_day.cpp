#include "day/preview_day.h"

#include <algorithm>
#include <map>
#include <set>

#include "authors/authors.h"

namespace daybook {

namespace {

// Whether the two name the same wishes: a topic that was only renamed is the same.
bool is_same_topic(const Topic& a, const Topic& b) {
  return a.slug == b.slug || (a.keep == b.keep && a.skip == b.skip && a.keywords == b.keywords);
}

const Topic* topic_of(const std::vector<Topic>& topics, const std::string& slug) {
  const auto found = std::find_if(topics.begin(), topics.end(), [&](const Topic& topic) { return topic.slug == slug; });
  return found == topics.end() ? nullptr : &*found;
}

bool has_topic(const std::vector<Topic>& topics, const Topic& sought) {
  return std::any_of(topics.begin(), topics.end(), [&](const Topic& topic) { return is_same_topic(topic, sought); });
}

bool has_author(const std::vector<Author>& authors, const Author& sought) {
  return std::find(authors.begin(), authors.end(), sought) != authors.end();
}

// Numbers of an LLM; without them, or without an LLM, there is only the local scorer's estimate.
bool was_read(const Score& score) { return !scored_locally(score) && score.relevance.has_value(); }

// As record and log have it: "By Ada Imagined, an author followed. ..."
bool names_author(const std::string& comment, const Author& author) {
  const std::string start = "By " + author.name + ", an author followed.";
  return comment.compare(0, start.size(), start) == 0;
}

void take_estimate(Score& score, const Score& estimate) {
  const bool read = was_read(score);
  score.local_score = estimate.local_score;
  score.threshold.reset();  // it was a threshold for the old interests
  score.topic = estimate.topic;
  if (!read) score.novelty = estimate.novelty;
}

std::vector<Score> scores_by(const Interests& interests, const std::vector<RecordedDay>& days) {
  const LocalScorer scorer(interests);
  std::vector<PaperText> papers;
  for (const RecordedDay& day : days)
    for (const RecordedPaper& recorded : day.papers) papers.push_back(scorer.read(recorded.paper));
  return scorer.score(papers);
}

void read_by_llm(Score& score) {
  if (score.scorer == Scorer::author) {
    score.scored_by = Scorer::llm;
  } else {
    score.scorer = Scorer::llm;
  }
  score.threshold.reset();
  score.ranked_as.reset();
}

}  // namespace

RecordedDay recorded_day(Day day, const std::vector<Other>& others, std::vector<Paper> kept) {
  RecordedDay recorded{day.date, {}};
  std::map<std::string, Paper> texts;
  for (Paper& paper : kept) texts.emplace(paper.id, std::move(paper));
  const auto add = [&](Paper paper, Score score, bool was_shown, std::string missed) {
    if (const auto text = texts.find(paper.id); text != texts.end()) paper = text->second;
    const bool has_abstract = !paper.abstract.empty();
    recorded.papers.push_back({std::move(paper), std::move(score), was_shown, has_abstract, std::move(missed)});
  };
  std::set<std::string> known;
  for (Entry& entry : day.papers) {
    known.insert(entry.paper.id);
    add(std::move(entry.paper), std::move(entry.score), true, "");
  }
  std::map<std::string, Entry> near_misses;
  for (Entry& entry : day.near_misses) near_misses.emplace(entry.paper.id, std::move(entry));
  for (const Other& other : others) {
    if (other.reason == withdrawn_reason) continue;  // no interests bring it in
    if (!known.insert(other.id).second) continue;    // a killed run may have left lines of another selection
    auto near = near_misses.extract(other.id);
    if (!near.empty()) {
      add(std::move(near.mapped().paper), std::move(near.mapped().score), false, other.reason);
    } else {
      Paper paper;
      paper.id = other.id;
      paper.title = other.title;
      paper.categories = other.categories;
      add(std::move(paper), other.score, false, other.reason);
    }
  }
  for (auto& [id, entry] : near_misses)
    if (known.insert(id).second) add(std::move(entry.paper), std::move(entry.score), false, entry.missed);
  return recorded;
}

Expectation::Expectation(const std::optional<Interests>& before, const Interests& after)
    : before_(before), after_(after) {
  if (!before_) return;
  for (const Author& author : after_.authors)
    if (!has_author(before_->authors, author)) to_match_.push_back(author);
  words_edited_ = before_->topics != after_.topics || before_->skip_keywords != after_.skip_keywords;
}

bool Expectation::is_new(const std::string& slug) const {
  const Topic* topic = topic_of(after_.topics, slug);
  return topic != nullptr && !has_topic(before_->topics, *topic);
}

bool Expectation::is_gone(const std::string& slug) const {
  const Topic* topic = topic_of(before_->topics, slug);
  return topic != nullptr && !has_topic(after_.topics, *topic);
}

std::vector<std::vector<Expected>> Expectation::of(const std::vector<RecordedDay>& days) const {
  std::vector<Score> before, after;
  if (words_edited_) {
    before = scores_by(*before_, days);
    after = scores_by(after_, days);
  }
  std::vector<std::vector<Expected>> expected;
  std::size_t next = 0;
  for (const RecordedDay& day : days) {
    expected.emplace_back();
    for (const RecordedPaper& paper : day.papers) {
      const Edited edited = words_edited_ ? Edited{before[next], after[next]} : Edited();
      expected.back().push_back(of(paper, words_edited_ ? &edited : nullptr));
      ++next;
    }
  }
  return expected;
}

Expected Expectation::of(const RecordedPaper& recorded, const Edited* edited) const {
  Expected expected{recorded.score, ""};
  Score& score = expected.score;
  if (edited != nullptr) {
    const auto& [before, after] = *edited;
    if (before.topic != after.topic || before.comment != after.comment) {
      const int estimate = *after.relevance;
      if (!was_read(score)) {
        score.relevance = estimate;
      } else if (is_new(after.topic)) {
        score.relevance = std::max(*score.relevance, estimate);
      } else if (after.topic.empty() && is_gone(score.topic)) {
        score.relevance = std::min(*score.relevance, estimate);
      } else {
        score.relevance = std::clamp(*score.relevance + estimate - *before.relevance, 1, 10);
      }
      take_estimate(score, after);
      expected.why = after.comment;
    }
  }
  match_author(recorded, expected);
  return expected;
}

Expected Expectation::by_llm(const RecordedPaper& recorded, const Verdict& verdict) const {
  Expected expected{recorded.score, verdict.comment};
  Score& score = expected.score;
  score.reason.clear();
  score.relevance = verdict.relevance;
  score.novelty = verdict.novelty;
  score.topic = verdict.topic;
  read_by_llm(score);
  match_author(recorded, expected);
  return expected;
}

Expected Expectation::left_out_by_title(const RecordedPaper& recorded) const {
  Expected expected{recorded.score, "rejected by its title"};
  read_by_llm(expected.score);
  expected.score.relevance.reset();
  expected.score.novelty.reset();
  expected.score.reason = expected.why;
  match_author(recorded, expected);
  return expected;
}

void Expectation::match_author(const RecordedPaper& recorded, Expected& expected) const {
  Score& score = expected.score;
  const AuthorMatch match = match_authors(recorded.paper, to_match_, nullptr);
  if (recorded.score.scorer == Scorer::author) {
    const auto is_followed = [&](const Author& author) { return names_author(recorded.score.comment, author); };
    if (!before_ || std::any_of(after_.authors.begin(), after_.authors.end(), is_followed)) return;
    if (match.followed != nullptr || match.namesake != nullptr) return;  // the name was written in another way
    score.scorer = score.scored_by.value_or(Scorer::local);
    expected.why = "its author is no longer followed";
  } else if (match.followed != nullptr) {
    if (score.scorer == Scorer::llm) score.scored_by = Scorer::llm;
    score.scorer = Scorer::author;
    expected.why = "by " + match.followed->name + ", an author followed";
  }
}

DayPreview preview_of(const RecordedDay& day, const std::vector<Expected>& expected, const Ranking& ranking) {
  std::vector<Scored> scored;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < day.papers.size(); ++i) {
    scored.push_back({day.papers[i].paper, expected[i].score});
    places.emplace(day.papers[i].paper.id, i);
  }
  const Selection selection = select(std::move(scored), ranking, day.date);
  const auto turn_of = [&](std::size_t i, std::string missed) {
    const RecordedPaper& recorded = day.papers[i];
    return Turn{recorded.paper.id,           recorded.paper.title, recorded.score.relevance,
                expected[i].score.relevance, std::move(missed),    expected[i].why};
  };
  DayPreview preview;
  preview.date = day.date;
  preview.after = selection.papers.size();
  for (const Entry& entry : selection.papers) {
    const std::size_t i = places.at(entry.paper.id);
    if (!day.papers[i].was_shown) preview.added.push_back(turn_of(i, day.papers[i].missed));
  }
  std::map<std::string, std::string> reasons;
  for (const Other& other : selection.others) reasons.emplace(other.id, other.reason);
  for (std::size_t i = 0; i < day.papers.size(); ++i) {
    if (!day.papers[i].was_shown) continue;
    ++preview.before;
    const auto reason = reasons.find(day.papers[i].paper.id);
    if (reason != reasons.end()) preview.dropped.push_back(turn_of(i, reason->second));
  }
  return preview;
}

}  // namespace daybook
