#include "taste/likes.h"

#include "core/text.h"
#include "library/opinion_lines.h"
#include "library/reference.h"
#include "platform/disk.h"
#include "site/summary.h"
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

let tried = "";
async function sendMarks() {
  const now = marks();
  const signs = JSON.stringify(Object.fromEntries([...now].map(([id, { sign }]) => [id, sign])));
  const before = parse("served", "null");
  if (before && signs === tried) return;
  tried = signs;
  const lines = changes(before ?? JSON.parse(signs), now);
  for (let at = 0; at < lines.length; at += 100) if (!await post(lines.slice(at, at + 100))) return;
  localStorage.setItem("daybook.served", signs);
}
const sendQuietly = () => sendMarks().catch(() => {});  // no storage, or the server has ended
sendQuietly();
setInterval(sendQuietly, 300);
}
)js";

Result<std::string> take_likes(const CommandContext& context, const std::string& said) {
  Errors faults;
  const auto opinions = read_opinions_of_issue(said, "this page", faults);
  if (!faults.empty()) {
    faults.front().kind = Kind::misuse;
    return faults.front();
  }
  const std::string path = feedback_file(context.options);
  std::string file;
  if (exists(path)) {
    // Renaming another over it would not ask whether it may be written.
    if (const auto writable = AppendedFile::open(path); !writable) return writable.error();
    auto text = read_file(path);
    if (!text) return text.error();
    file = std::move(*text);
    if (!library_text(file, path, faults)) return faults.front();
  }
  if (const auto wrote = write_atomically(path, with_opinions(file, said, opinions)); !wrote) return wrote.error();
  return path + ": " + counted(opinions.size(), "paper", "papers") + " noted";
}

}  // namespace daybook
