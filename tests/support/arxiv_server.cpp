#include "support/arxiv_server.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <tuple>

#include "support/feed_text.h"

namespace daybook {

namespace {

constexpr std::size_t results_at_most = 2000;
constexpr std::size_t feed_entries_at_most = 2000;

bool is_in(const std::string& category, const std::string& asked) {
  return category == asked || category.compare(0, asked.size() + 1, asked + '.') == 0;
}

bool is_in_any(const Paper& paper, const std::vector<std::string>& asked) {
  return std::any_of(paper.categories.begin(), paper.categories.end(), [&](const std::string& category) {
    return std::any_of(asked.begin(), asked.end(), [&](const std::string& one) { return is_in(category, one); });
  });
}

std::vector<std::string> parts_of(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (auto next = text.find(separator); next != std::string::npos; next = text.find(separator, at)) {
    parts.push_back(text.substr(at, next - at));
    at = next + separator.size();
  }
  parts.push_back(text.substr(at));
  return parts;
}

std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(std::strtol(text.substr(i + 1, 2).c_str(), nullptr, 16));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

// When the submissions that a weekday's feed announces ended.
Instant deadline_of(Date day) {
  const int days_back = day.weekday() == Weekday::monday ? 3 : 1;
  return new_york_time(day - days_back, 14);
}

// "209901041900" in UTC, the minute of a submission as the API's index has it.
std::string index_minute(Instant when) {
  std::string digits;
  for (const char c : when.rfc3339())
    if (c >= '0' && c <= '9') digits += c;
  return digits.substr(0, 12);
}

bool is_minute(const std::string& text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string::npos;
}

Answer atom(std::string body) {
  return {200, {{"Content-Type", "application/atom+xml; charset=UTF-8"}}, std::move(body)};
}

// What is sent in place of the honest answer; of the API's short pages it is that already.
Answer failed(Answer honest, ArxivFault fault) {
  if (fault == ArxivFault::unavailable) return {.status = 503, .headers = {{"Retry-After", "0"}}, .body = "busy\n"};
  if (fault == ArxivFault::half_text) honest.body.resize(honest.body.size() / 2);
  return honest;
}

}  // namespace

Instant new_york_time(Date date, int hour, int minute) {
  const Instant standard{std::int64_t{86400} * date.days() + hour * 3600 + minute * 60 + 5 * 3600};
  return {standard.seconds - (new_york_offset(standard) + 5 * 3600)};
}

// What a query asks for; nothing where it can't be read.
struct ArxivServer::Query {
  std::vector<std::string> ids;
  std::vector<std::string> categories;
  std::string from, to;
  std::size_t start = 0;
  std::size_t max_results = 10;

  static std::optional<Query> read(const std::string& text) {
    Query query;
    for (const std::string& pair : parts_of(text, "&")) {
      const auto equals = pair.find('=');
      const std::string name = pair.substr(0, equals);
      const std::string value = equals == std::string::npos ? std::string() : decoded(pair.substr(equals + 1));
      if (name == "id_list") query.ids = parts_of(value, ",");
      if (name == "start") query.start = std::strtoull(value.c_str(), nullptr, 10);
      if (name == "max_results") query.max_results = std::strtoull(value.c_str(), nullptr, 10);
      if (name == "search_query" && !query.read_search(value)) return std::nullopt;
    }
    if (query.ids.empty() && query.categories.empty()) return std::nullopt;
    query.max_results = std::min(query.max_results, results_at_most);
    return query;
  }

  // "(cat:cs.LG OR cat:cs.CL) AND submittedDate:[209901021900 TO 209901051859]", brackets of one category left out.
  bool read_search(const std::string& text) {
    const auto halves = parts_of(text, " AND submittedDate:[");
    if (halves.size() != 2 || halves[1].empty() || halves[1].back() != ']') return false;
    std::string any = halves[0];
    if (any.size() > 1 && any.front() == '(' && any.back() == ')') any = any.substr(1, any.size() - 2);
    for (std::string one : parts_of(any, " OR ")) {
      if (one.compare(0, 4, "cat:") != 0) return false;
      one.erase(0, 4);
      if (one.size() > 2 && one.compare(one.size() - 2, 2, ".*") == 0) one.resize(one.size() - 2);
      categories.push_back(one);
    }
    const auto ends = parts_of(halves[1].substr(0, halves[1].size() - 1), " TO ");
    if (ends.size() != 2 || !is_minute(ends[0]) || !is_minute(ends[1])) return false;
    from = ends[0];
    to = ends[1];
    return true;
  }

  bool finds(const Paper& paper) const {
    if (!ids.empty()) return std::find(ids.begin(), ids.end(), paper.id) != ids.end();
    if (!paper.published || !is_in_any(paper, categories)) return false;
    const std::string minute = index_minute(*paper.published);
    return from <= minute && minute <= to;
  }
};

ArxivServer::ArxivServer() {
  server_.answer_all([this](const Received& request) { return respond(request); });
}

void ArxivServer::submit(Paper paper, Instant when) {
  const std::lock_guard lock(mutex_);
  paper.published = when;
  submissions_.push_back({std::move(paper), when});
}

void ArxivServer::announce_again(Date day, Paper paper) {
  const std::lock_guard lock(mutex_);
  again_[day].push_back(std::move(paper));
}

void ArxivServer::add_holiday(Date day) {
  const std::lock_guard lock(mutex_);
  holidays_.insert(day);
}

void ArxivServer::set_today(Date day) {
  const std::lock_guard lock(mutex_);
  today_ = day;
}

void ArxivServer::set_late(bool late) {
  const std::lock_guard lock(mutex_);
  late_ = late;
}

void ArxivServer::set_stale(const std::string& category, bool stale) {
  const std::lock_guard lock(mutex_);
  if (stale) {
    stale_.insert(category);
  } else {
    stale_.erase(category);
  }
}

void ArxivServer::show(const std::string& category, ShownFeed shown) {
  const std::lock_guard lock(mutex_);
  shown_[category] = std::move(shown);
}

void ArxivServer::set_api_lag(int days) {
  const std::lock_guard lock(mutex_);
  api_lag_ = days;
}

void ArxivServer::set_listing(std::optional<std::string> html) {
  const std::lock_guard lock(mutex_);
  listing_ = std::move(html);
}

void ArxivServer::fail_next(ArxivPart part, ArxivFault fault, int times) {
  const std::lock_guard lock(mutex_);
  auto& queue = next_faults_[part];
  queue.insert(queue.end(), static_cast<std::size_t>(times), fault);
}

void ArxivServer::fail_always(ArxivPart part, std::optional<ArxivFault> fault) {
  const std::lock_guard lock(mutex_);
  always_.erase(part);
  if (fault) always_.emplace(part, *fault);
}

bool ArxivServer::announces(Date day) const { return !day.is_weekend() && holidays_.count(day) == 0; }

Date ArxivServer::announcement_of(Instant submitted) const {
  Date day = new_york_date(submitted) + 1;  // the earliest that there can be
  while (!announces(day) || submitted >= deadline_of(day)) day = day + 1;
  return day;
}

Date ArxivServer::announced_on(Instant submitted) const {
  const std::lock_guard lock(mutex_);
  return announcement_of(submitted);
}

std::vector<Paper> ArxivServer::feed_papers(const std::string& category, Date day) const {
  std::vector<Paper> papers;
  if (!announces(day)) return papers;
  const std::vector<std::string> asked = parts_of(category, "+");
  for (const auto& [submitted_paper, when] : submissions_) {
    if (announcement_of(when) != day || !is_in_any(submitted_paper, asked)) continue;
    Paper paper = submitted_paper;
    const bool primary =
        std::any_of(asked.begin(), asked.end(), [&](const auto& one) { return is_in(paper.categories.front(), one); });
    paper.announce_type = primary ? AnnounceType::new_ : AnnounceType::cross;
    papers.push_back(std::move(paper));
  }
  if (const auto again = again_.find(day); again != again_.end())
    for (const Paper& paper : again->second)
      if (is_in_any(paper, asked)) papers.push_back(paper);
  return papers;
}

std::set<std::string> ArxivServer::ids_of(Date day, const std::vector<std::string>& categories) const {
  const std::lock_guard lock(mutex_);
  std::set<std::string> ids;
  for (const std::string& category : categories)
    for (const Paper& paper : feed_papers(category, day)) ids.insert(paper.id);
  return ids;
}

// All that was announced up to today, as it was last announced; by submission, then id.
std::vector<Paper> ArxivServer::known_papers() const {
  std::map<std::string, Paper> by_id;
  for (const auto& [paper, when] : submissions_)
    if (announcement_of(when) <= today_ - api_lag_) by_id[paper.id] = paper;
  for (const auto& [day, papers] : again_) {
    if (day > today_ - api_lag_) break;
    for (const Paper& paper : papers) {
      const auto known = by_id.find(paper.id);
      const auto submitted = known == by_id.end() ? paper.published : known->second.published;
      by_id[paper.id] = paper;
      by_id[paper.id].published = submitted;
    }
  }
  std::vector<Paper> papers;
  for (auto& [id, paper] : by_id) papers.push_back(std::move(paper));
  std::sort(papers.begin(), papers.end(),
            [](const Paper& a, const Paper& b) { return std::tie(a.published, a.id) < std::tie(b.published, b.id); });
  return papers;
}

std::vector<Received> ArxivServer::requests(ArxivPart part) const {
  std::vector<Received> of_part;
  const std::string prefix = part == ArxivPart::api ? "/api/" : part == ArxivPart::feeds ? "/rss/" : "/list/";
  for (Received& request : server_.requests())
    if (request.path.compare(0, prefix.size(), prefix) == 0) of_part.push_back(std::move(request));
  return of_part;
}

Answer ArxivServer::respond(const Received& request) {
  const std::lock_guard lock(mutex_);
  const auto question = request.path.find('?');
  const std::string path = request.path.substr(0, question);
  if (path.compare(0, 5, "/rss/") == 0) {
    const auto fault = next_fault(ArxivPart::feeds);
    Answer honest = feed_answer(request, decoded(path.substr(5)));
    return fault ? failed(std::move(honest), *fault) : honest;
  }
  if (path.compare(0, 6, "/list/") == 0 && path.size() > 10 && path.compare(path.size() - 4, 4, "/new") == 0) {
    const auto fault = next_fault(ArxivPart::listings);
    Answer honest = listing_answer(path.substr(6, path.size() - 10));
    return fault ? failed(std::move(honest), *fault) : honest;
  }
  if (path == "/api/query" && question != std::string::npos) {
    const auto fault = next_fault(ArxivPart::api);
    Answer answer = api_answer(request.path.substr(question + 1), fault);
    return fault ? failed(std::move(answer), *fault) : answer;
  }
  return {.status = 404, .body = "no such page\n"};
}

std::optional<ArxivFault> ArxivServer::next_fault(ArxivPart part) {
  auto& queue = next_faults_[part];
  if (!queue.empty()) {
    const ArxivFault fault = queue.front();
    queue.pop_front();
    return fault;
  }
  const auto always = always_.find(part);
  return always == always_.end() ? std::nullopt : std::optional(always->second);
}

Answer ArxivServer::feed_answer(const Received& request, const std::string& category) const {
  const auto known = shown_.find(category);
  const ShownFeed shown = known == shown_.end() ? ShownFeed() : known->second;
  const Date day = shown.dated.value_or(late_ || stale_.count(category) != 0 ? today_ - 1 : today_);
  auto papers = shown.empty ? std::vector<Paper>() : feed_papers(category, shown.batch.value_or(day));
  // New ones go first where there are too many.
  const std::size_t too_many = papers.size() - std::min(papers.size(), feed_entries_at_most);
  const std::size_t gone = std::min(papers.size(), std::max(too_many, static_cast<std::size_t>(shown.left_out)));
  papers.erase(papers.begin(), papers.begin() + static_cast<std::ptrdiff_t>(gone));
  std::string body = feed_text::rss_feed(category, day, papers);
  if (shown.broken) body.resize(body.size() / 2);
  const std::string tag = '"' + category + day.iso() + '-' + std::to_string(std::hash<std::string>()(body)) + '"';
  if (request.header("If-None-Match") == tag) return {.status = 304, .headers = {{"ETag", tag}}};
  return {200, {{"Content-Type", "application/rss+xml"}, {"ETag", tag}}, std::move(body)};
}

// https://arxiv.org/list/cs.LG/new: of the last announcement, where there is none today.
Answer ArxivServer::listing_answer(const std::string& category) const {
  if (listing_) return {200, {{"Content-Type", "text/html"}}, *listing_};
  Date day = late_ ? today_ - 1 : today_;
  while (!announces(day)) day = day - 1;
  int counts[3] = {};
  for (const Paper& paper : feed_papers(category, day)) {
    const AnnounceType type = paper.announce_type.value_or(AnnounceType::new_);
    ++counts[type == AnnounceType::new_ ? 0 : type == AnnounceType::cross ? 1 : 2];
  }
  const std::string iso = day.iso();
  std::string html = "<h1>A category</h1>\n<ul><li><a href='#item1'>New submissions</a></li></ul>\n";
  if (counts[0] + counts[1] + counts[2] == 0) return {200, {}, html + "<p>No updates today.</p>"};
  html += "<h3>Showing new listings for " + std::string(weekday_name(day.weekday())) + ", " +
          std::to_string(day.day()) + ' ' + std::string(month_name(day.month())) + ' ' + iso.substr(0, 4) + "</h3>\n";
  const char* headings[3] = {"New submissions", "Cross submissions", "Replacement submissions"};
  for (int i = 0; i < 3; ++i) {
    const std::string number = std::to_string(counts[i]);
    if (counts[i] > 0)
      html += "<dl id='articles'>\n<h3>" + std::string(headings[i]) + " (showing " + number + " of " + number +
              " entries)</h3>\n</dl>\n";
  }
  return {200, {{"Content-Type", "text/html"}}, std::move(html)};
}

Answer ArxivServer::api_answer(const std::string& text, std::optional<ArxivFault> fault) const {
  const auto query = Query::read(text);
  if (!query) return {400, {}, feed_text::api_error("the query can't be read: " + decoded(text))};
  std::vector<Paper> found;
  for (Paper& paper : known_papers())
    if (query->finds(paper)) found.push_back(std::move(paper));
  const std::size_t begin = std::min(query->start, found.size());
  std::size_t count = std::min(query->max_results, found.size() - begin);
  if (fault == ArxivFault::empty_page) count = 0;
  if (fault == ArxivFault::short_page) count /= 2;
  const auto first = found.begin() + static_cast<std::ptrdiff_t>(begin);
  const std::vector<Paper> page(first, first + static_cast<std::ptrdiff_t>(count));
  return atom(feed_text::api_feed(page, static_cast<long long>(found.size())));
}

}  // namespace daybook
