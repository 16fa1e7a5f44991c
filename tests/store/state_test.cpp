#include "store/state.h"

#include "support/catch.h"
#include "support/folder.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

LlmCall asked_about(const std::string& id, Date on) {
  LlmCall call;
  call.on = on;
  call.model = "model-1";
  call.prompt = "sha256:abc";
  call.asked = {{id, 1}};
  call.verdicts = {{id, 8, 7, "", "It says so.", true}};
  return call;
}

BatchJob invented(Date date, int number) {
  BatchJob job;
  job.date = date;
  job.number = number;
  job.on = monday + 14;
  job.endpoint = "https://llm.example/v1";
  job.token = job.name() + " sha256:abc";
  job.requests = {asked_about("9901.00001", monday + 14)};
  job.requests[0].verdicts.clear();
  job.requests[0].batch = job.name() + "/1";
  return job;
}

void add(const State& state, Date date, const std::string& lines) {
  JournalFile file = state.journal_file(date);
  REQUIRE(file.append(lines));
}

bool has(const Answers& answers, const std::string& id) {
  return answers.kept.find({id, 1}, Pass::scores, "sha256:abc", "model-1") != nullptr;
}

}  // namespace

TEST_CASE("state: a batch is remembered as it was, in any of its states", "[state]") {
  BatchJob job = invented(monday, 1);
  CHECK(read_batch_job(write_batch_job(job)) == job);
  job.id = "batch_1";
  job.end = end_queue_full;
  job.without_schema = true;
  job.queue_tokens = 2'000'000;
  job.requests.clear();
  CHECK(read_batch_job(write_batch_job(job)) == job);
  CHECK_FALSE(read_batch_job("garbage"));
  CHECK_FALSE(read_batch_job("{\"date\":\"2099-01-05\"}\n"));
}

TEST_CASE("state: batches are remembered by day and number, for this run and the next", "[state]") {
  const TemporaryFolder folder;
  const State state(folder.path());
  CHECK(state.batch_jobs().empty());
  for (const auto& [days, number] : {std::pair{1, 1}, {0, 10}, {0, 2}})
    REQUIRE(state.keep(invented(monday + days, number)));
  BatchJob ended = invented(monday, 10);
  ended.end = "completed";
  REQUIRE(state.keep(ended));
  const std::vector<BatchJob> expected = {invented(monday, 2), ended, invented(monday + 1, 1)};
  CHECK(state.batch_jobs() == expected);
  CHECK(State(folder.path()).batch_jobs() == expected);
  REQUIRE(state.forget(state.batch_jobs().front()));
  CHECK(state.batch_jobs().size() == 2);
  CHECK(State(folder.path()).batch_jobs().size() == 2);
}

TEST_CASE("state: what journals know is found by paper, also in what was added since", "[state]") {
  const TemporaryFolder folder;
  const State state(folder.path());
  const auto answers = [&](Date except) { return state.answers({"9901.00001", "9901.00002"}, except, monday + 14); };
  add(state, monday, write_llm_call(asked_about("9901.00001", monday + 14)));
  CHECK(has(answers(monday + 1), "9901.00001"));
  CHECK_FALSE(has(answers(monday), "9901.00001"));  // the open end of its own journal
  CHECK(answers(monday).spent_on.size() == 1);
  add(state, monday, journal_end() + write_llm_call(asked_about("9901.00002", monday + 15)));
  CHECK(has(answers(monday), "9901.00001"));
  CHECK_FALSE(has(answers(monday), "9901.00002"));
  CHECK(has(answers(monday + 1), "9901.00002"));
  CHECK(answers(monday).spent_on.size() == 1);
}

TEST_CASE("state: old journals and batches go when they are old themselves, papers when recorded", "[state]") {
  const TemporaryFolder folder;
  const State state(folder.path());
  const Date today = monday + 100;
  add(state, monday, write_llm_call(asked_about("9901.00001", today - 61)));
  add(state, monday + 1, write_llm_call(asked_about("9901.00001", today - 60)));
  add(state, monday + 2, "no exchange\n");
  add(state, today - 60, write_llm_call(asked_about("9901.00001", today - 60)));
  BatchJob old = invented(monday, 1);
  BatchJob young = invented(monday, 2);
  young.on = today;
  REQUIRE(state.keep(old));
  REQUIRE(state.keep(young));
  put(folder / "library.json", "{}");  // no day's
  const Date unrecorded = monday + 1;
  for (const Date date : {monday, unrecorded}) {
    Day day;
    day.date = date;
    REQUIRE(state.keep_candidates(day));
  }
  state.prune(today, [&](Date date) { return date != unrecorded; });
  std::vector<std::string> names;
  for (const auto& [name, bytes] : contents(folder.path()))
    if (name.back() != '/') names.push_back(name);
  CHECK(names == std::vector<std::string>{"answers/" + (monday + 1).iso() + ".jsonl",
                                          "answers/" + (today - 60).iso() + ".jsonl", "batches/2099-01-05-2.jsonl",
                                          "candidates/" + unrecorded.iso() + ".json", "library.json"});
}
