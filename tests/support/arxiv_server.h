// arXiv on 127.0.0.1: papers that are submitted, announced by arXiv's calendar, and shown by its feeds and its API.
//
// A paper received before 14:00 in New York on a weekday is announced that evening (Friday's on Sunday), and the feeds
// carry the next day's date: Monday to Friday. On a holiday the feeds are empty, and the next announcement has the
// papers of both windows. https://info.arxiv.org/help/availability.html
//
//   GET /rss/CAT     the feed of `today` (CAT: "cs.LG", "cs", or several joined by '+'), with an ETag
//   GET /list/CAT/new  the listing page of `today`, as people see it
//   GET /api/query   id_list=A,B or search_query=(cat:cs.LG OR cat:stat.*) AND submittedDate:[YYYYMMDDHHMM TO ...],
//                    start, max_results (10 unless said; 2000 at most); sorted by submission, then id
//
// Nobody sees a paper before the day that announces it, in feeds or API. Where nothing is set, the server is honest and
// prompt; how it fails is told in advance.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "paper/paper.h"
#include "support/loopback_server.h"

namespace daybook {

// What a request gets in place of the honest answer.
enum class ArxivFault {
  empty_page,   // of the API: no entries, though totalResults says that there are some
  short_page,   // of the API: half of the page's entries, totalResults as it is
  unavailable,  // 503, with Retry-After: 0
  half_text,    // half of the body as if it were all: XML that breaks off
};

enum class ArxivPart { feeds, api, listings };

// What one category's feed shows in place of today's batch under today's date.
struct ShownFeed {
  std::optional<Date> dated = {};  // none: today
  std::optional<Date> batch = {};  // whose papers; none: today's
  bool empty = false;
  bool broken = false;  // half of the text
  int left_out = 0;     // so many entries from the start
};

// An instant by New York's clock.
Instant new_york_time(Date date, int hour, int minute = 0);

class ArxivServer {
 public:
  ArxivServer();
  ArxivServer(const ArxivServer&) = delete;
  ArxivServer& operator=(const ArxivServer&) = delete;

  int port() const { return server_.port(); }
  std::string rss_url() const { return server_.url("/rss/"); }  // for rss_url and api_url in [arxiv]
  std::string list_url() const { return server_.url("/list/"); }
  std::string api_url() const { return server_.url("/api/query"); }

  // A new paper. Its feeds' announce type is new in its primary category, cross in its others.
  void submit(Paper paper, Instant when);
  // The feeds of `day` announce the paper too, as its announce_type says: a new version, a cross-list, or the same
  // again. From then on the API shows it so; the time of its submission stays, where there was one.
  void announce_again(Date day, Paper paper);
  void add_holiday(Date day);  // whose feeds are empty

  // The day in New York: its feeds are shown, and the API knows what was announced up to it.
  void set_today(Date day);
  // Feeds are still those of the day before `today`, all of them or one category's. Until set otherwise.
  void set_late(bool late);
  void set_stale(const std::string& category, bool stale = true);
  // Until set otherwise; {} is the honest one.
  void show(const std::string& category, ShownFeed shown);
  // The API knows what was announced so many days ago, and nothing newer.
  void set_api_lag(int days);
  // What listing pages say in place of the truth, until set to nothing: a page of another make.
  void set_listing(std::optional<std::string> html);

  // The next `times` requests of that part get the fault; several calls queue up. Then all is well.
  void fail_next(ArxivPart part, ArxivFault fault, int times = 1);
  // All requests of that part, until set to nothing.
  void fail_always(ArxivPart part, std::optional<ArxivFault> fault);

  // Whose feeds announce a paper that was submitted then: what is true, for tests to compare with.
  Date announced_on(Instant submitted) const;
  // The ids that the feeds of a day have in these categories: new and again, sorted.
  std::set<std::string> ids_of(Date day, const std::vector<std::string>& categories) const;

  std::vector<Received> requests() const { return server_.requests(); }
  std::vector<Received> requests(ArxivPart part) const;

 private:
  struct Submission {
    Paper paper;
    Instant submitted;
  };
  struct Query;

  bool announces(Date day) const;
  Date announcement_of(Instant submitted) const;
  std::vector<Paper> feed_papers(const std::string& category, Date day) const;
  std::vector<Paper> known_papers() const;
  Answer respond(const Received& request);
  std::optional<ArxivFault> next_fault(ArxivPart part);
  Answer feed_answer(const Received& request, const std::string& category) const;
  Answer listing_answer(const std::string& category) const;
  Answer api_answer(const std::string& query, std::optional<ArxivFault> fault) const;

  mutable std::mutex mutex_;  // guards what follows
  std::vector<Submission> submissions_;
  std::map<Date, std::vector<Paper>> again_;
  std::set<Date> holidays_;
  Date today_;
  bool late_ = false;
  std::set<std::string> stale_;
  std::map<std::string, ShownFeed> shown_;
  int api_lag_ = 0;
  std::optional<std::string> listing_;
  std::map<ArxivPart, std::deque<ArxivFault>> next_faults_;
  std::map<ArxivPart, ArxivFault> always_;
  LoopbackServer server_;  // the last: its threads end before the rest goes
};

}  // namespace daybook
