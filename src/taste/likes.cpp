#include "taste/likes.h"

#include <cstdint>
#include <vector>

#include "core/text.h"
#include "library/opinion_lines.h"
#include "library/reference.h"
#include "platform/disk.h"
#include "site/summary.h"
#include "store/feedback_log.h"
#include "taste/feedback.h"

namespace daybook {

// What was sent is kept in the browser, so that a like of a page that was closed at once is sent by the next. What was
// starred before pages could send it is not: the owner may have starred it elsewhere.
const std::string_view like_script = R"js(
{
const parse = (key, none) => JSON.parse(localStorage.getItem("daybook." + key) ?? none);
const marks = () => new Map([["+", "stars"], ["-", "hidden"]].flatMap(([sign, key]) =>
  parse(key, "[]").map(entry => [entry.id ?? entry, { sign, title: entry.title ?? "" }])));
const note = document.createElement("p");
note.className = "say";
note.setAttribute("role", "status");
document.body.append(note);

function tell(text) {
  note.textContent = text;
  note.classList.add("seen");
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => note.classList.remove("seen"), 5000);
}

function changes(before, now) {
  const said = [...now].filter(([id, { sign }]) => before[id] !== sign);
  return [...said.map(([id, { sign, title }]) => `${sign} ${id}  # ${title.slice(0, 100)}`),
    ...Object.keys(before).filter(id => !now.has(id)).map(id => "forget " + id)];
}

async function post(lines) {
  const headers = { "Content-Type": "application/vnd.daybook.feedback" };
  const reply = await fetch("/__post", { method: "POST", headers, body: lines.join("\n") });
  tell(await reply.text());
  return reply.ok;
}

let tried = "", sending = false;
async function sendMarks() {
  if (sending) return;
  const now = marks();
  const signs = JSON.stringify(Object.fromEntries([...now].map(([id, { sign }]) => [id, sign])));
  const before = parse("served", "null");
  if (before && signs === tried) return;
  tried = signs;
  const lines = changes(before ?? JSON.parse(signs), now);
  sending = true;
  try {
    for (let at = 0; at < lines.length; at += 100) if (!await post(lines.slice(at, at + 100))) return;
    localStorage.setItem("daybook.served", signs);
  } finally {
    sending = false;
  }
}
const sendQuietly = () => sendMarks().catch(() => {});  // no storage, or the server has ended
sendQuietly();
setInterval(sendQuietly, 300);
}
)js";

namespace {

constexpr int tries = 5;

// What the file has now, which somebody else may be writing; empty where there is none.
Result<std::string> read_opinions_file(const std::string& path) {
  if (!exists(path)) return std::string();
  // Renaming another over it would not ask whether it may be written.
  if (const auto writable = AppendedFile::open(path); !writable) return writable.error();
  auto text = read_file(path);
  Errors faults;
  if (text && !library_text(*text, path, faults)) return faults.front();
  return text;
}

// "; 9901.00001 is still liked by issue #2", of papers whose opinion is not the file's to take back.
std::string said_by_issues(const CommandContext& context, const std::vector<Opinion>& opinions) {
  Errors ignored;
  const auto log = FeedbackLog::open(context.options.archive, ignored);
  if (!log) return {};
  std::string text;
  for (const FeedbackLine& line : log->newest())
    for (const Opinion& opinion : opinions)
      if (opinion.id == line.id && opinion.stance == Stance::forget && line.stance != Stance::forget)
        text += "; " + line.id + " is still " + (line.stance == Stance::like ? "liked" : "disliked") + " by issue #" +
                std::to_string(line.issue);
  return text;
}

}  // namespace

Result<std::string> take_likes(const CommandContext& context, const std::string& said) {
  Errors faults;
  const auto opinions = read_opinions_of_issue(said, "this page", faults);
  if (!faults.empty()) {
    faults.front().kind = Kind::misuse;
    return faults.front();
  }
  const std::string path = feedback_file(context.options);
  for (int i = 0; i < tries; ++i) {
    const std::uint64_t stamp = exists(path) ? stamp_of(path) : 0;
    const auto file = read_opinions_file(path);
    if (!file) return file.error();
    const std::string then = with_opinions(*file, said, opinions);
    if ((exists(path) ? stamp_of(path) : 0) != stamp) continue;
    if (then != *file)
      if (const auto wrote = write_atomically(path, then); !wrote) return wrote.error();
    return path + ": " + counted(opinions.size(), "paper", "papers") + " noted" + said_by_issues(context, opinions);
  }
  return Error{Kind::later, {path, 0, 0}, "somebody else is writing this file", "try again"};
}

}  // namespace daybook
