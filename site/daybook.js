// Pages work without this script, and it asks no other site; docs/formats.md has what it stores.
// A paper is an article.p[data-id]: on its day's page with an id, elsewhere a line whose h3 links there.
"use strict";
{
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

// Text stays text: no string becomes markup.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
}

function button(text, act, attributes) {
  const element = make("button", { type: "button", ...attributes }, text);
  element.onclick = () => act(element);
  return element;
}

const html = document.documentElement;
const page = location.href.replace(/(index\.html)?([?#].*)?$/, "");
const root = new URL(document.body.dataset.root || "./", page).href;

// To screen readers; what a key did is also seen.
const sayings = make("p", { class: "say", role: "status" });
document.body.append(sayings);
function say(text, seen) {
  sayings.textContent = text;
  sayings.classList.toggle("seen", Boolean(seen));
  clearTimeout(say.timer);
  if (text) say.timer = setTimeout(say, 2000, "");
}

// == storage ==

function stored(key) {
  try { return localStorage.getItem("daybook." + key); } catch { return null; }
}

function store(key, text) {
  try { localStorage.setItem("daybook." + key, text); } catch { /* private mode, or full */ }
}

const marks = { stars: new Map(), hidden: new Map(), read: new Map(), sent: new Map() };  // by id

function loadMarks() {
  for (const key in marks)
    try {
      const entries = JSON.parse(localStorage.getItem("daybook." + key)) ?? [];
      marks[key] = new Map(entries.map(entry => [entry.id ?? entry, entry]));
    } catch { /* no storage, or not ours */ }
}

function storeMarks() {
  for (const key in marks) store(key, JSON.stringify([...marks[key].values()].slice(-5000)));
}

function changed() {
  storeMarks();
  refresh();
}

function follow() {
  loadMarks();
  setTheme(stored("theme"));
  refresh();
}
addEventListener("storage", follow);
addEventListener("pageshow", event => event.persisted && follow());

// == papers ==

const titles = new WeakMap();  // of papers with a star
const rows = new Set();  // ids of hidden papers that have a row

const papers = () => $$("article.p[data-id]");
const addressOf = paper => paper.id ? page + "#" + paper.id : $("h3 a", paper)?.href ?? page;

function addStar(paper) {
  const title = ($("h3", paper)?.textContent ?? paper.dataset.id).replace(/\s+/g, " ").trim();
  titles.set(paper, title);
  $(".meta", paper)?.append(button("", () => star(paper), { class: "star", "aria-label": "Star " + title }));
}

// On first opening: 100 papers would have 300 buttons.
function addButtons(paper) {
  const more = $(".more", paper);
  if (more && !$("button", more)) more.append(
    button("Copy BibTeX", self => copy(bibtex(paper), self)),
    button("Copy link", self => copy(addressOf(paper), self)),
    button("Hide", () => hide(paper)));
}

// Adds it, or takes it off; a feedback file with a paper on both lists counts neither.
function toggle(paper, key, other) {
  const { id } = paper.dataset;
  loadMarks();
  const added = !marks[key].delete(id);
  if (added) {
    marks[key].set(id, { id, title: titles.get(paper), at: addressOf(paper).replace(root, "") });
    marks[other].delete(id);
  }
  changed();
  return added;
}

const star = paper => toggle(paper, "stars", "hidden");

function hide(paper) {
  rows.add(paper.dataset.id);
  say((toggle(paper, "hidden", "stars") ? "Hidden: " : "Shown: ") + titles.get(paper));
  focusPaper(paper);
}

const hiddenRow = (text, mark, act) => make("p", { class: "hidden-row" }, make("span", {}, text), mark, act);

// By its marks and the topic; true if it is hidden and has not even a row.
function show(paper) {
  if (!titles.has(paper)) addStar(paper);
  const { id, t } = paper.dataset;
  const starred = marks.stars.has(id);
  const hidden = marks.hidden.has(id);
  const folded = hidden && rows.has(id);
  const otherTopic = topic !== "" && topic !== t && paper.closest(".tier") !== null;
  $(".star", paper)?.setAttribute("aria-pressed", starred);
  paper.classList.toggle("read", marks.read.has(id));
  paper.classList.toggle("folded", folded);
  if (folded) paper.append(hiddenRow(titles.get(paper), " ", button("Undo", () => hide(paper))));
  paper.hidden = otherTopic || hidden && !folded;
  return hidden && !folded && !otherTopic;
}

function unhide(its) {
  for (const paper of its) rows.add(paper.dataset.id);
  refresh();
  focusPaper(its[0]);
}

// A paper just hidden folds to a row; on later visits its list ends with "1 hidden · Show".
function refresh() {
  for (const row of $$(".hidden-row")) row.remove();
  const gone = papers().filter(show);
  for (const list of new Set(gone.map(paper => paper.parentElement))) {
    const its = gone.filter(paper => paper.parentElement === list);
    const row = hiddenRow(its.length + " hidden", " · ", button("Show", () => unhide(its)));
    $$(":scope > article", list).at(-1).after(row);
  }
  for (const tier of $$(".tier")) {
    const count = $(".c", tier);
    if (count) count.textContent = $$("article:not([hidden], .folded)", tier).length;
    tier.hidden = !$("article:not([hidden]), .hidden-row", tier);
  }
  for (const chip of chips) chip.setAttribute("aria-pressed", chip.dataset.t === topic);
  showMine();
}

document.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.matches("article.p[data-id] > details")) return;
  const paper = target.parentElement;
  addButtons(paper);
  loadMarks();
  marks.read.set(paper.dataset.id, paper.dataset.id);
  storeMarks();
  paper.classList.add("read");
}, true);

// == topics ==

const chips = $(".tier") ? $$(".chips a[data-t]") : [];
const askedTopic = () => {
  const asked = new URLSearchParams(location.search).get("topic");
  return chips.some(chip => chip.dataset.t === asked) ? asked : "";
};
let topic = askedTopic();

function setTopic(wanted) {
  topic = wanted;
  const address = new URL(location);
  if (topic) address.searchParams.set("topic", topic);
  else address.searchParams.delete("topic");
  try { history.replaceState(null, "", address); } catch { /* a file, in some browsers */ }
  refresh();
  const count = $$(".tier article:not([hidden], .folded)").length;
  const name = chips.find(chip => chip.dataset.t === topic)?.firstChild.textContent.trim();
  say(`${count} paper${count === 1 ? "" : "s"}${topic && " in " + name}`);
}

for (const chip of chips) {
  chip.setAttribute("role", "button");
  chip.removeAttribute("aria-current");
  chip.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;  // the topic's page, beside this one
    event.preventDefault();
    setTopic(chip.dataset.t === topic ? "" : chip.dataset.t);
  });
  chip.addEventListener("keydown", event => {
    if (event.key !== " ") return;
    event.preventDefault();
    chip.click();
  });
}

addEventListener("popstate", () => {
  topic = askedTopic();
  refresh();
});

// == copying ==

// Entries of day.bib stand apart by an empty line.
async function bibtex(paper) {
  const reply = await fetch(new URL("day.bib", addressOf(paper)));
  const entries = (await reply.text()).split(/\n\s*\n/);
  return entries.find(entry => entry.replace(/\s/g, "").includes(`eprint={${paper.dataset.id}}`)).trim() + "\n";
}

// Safari copies only within the click, so it gets a promise.
async function copy(text, self) {
  let said = "Copied";
  try {
    const blob = Promise.resolve(text).then(words => new Blob([words], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } catch {
    try { await navigator.clipboard.writeText(await text); } catch { said = "Could not copy"; }
  }
  say(said, !self);
  if (!self) return;
  const label = self.dataset.label ??= self.textContent;
  self.textContent = said;
  setTimeout(() => { self.textContent = label; }, 2000);
}

for (const it of $$(".address")) {
  const address = it.dataset.url ?? it.textContent;
  it.append(button("Copy", self => copy(address, self), { "aria-label": "Copy " + address }));
}

// == visits ==

function showVisit() {
  const { newest } = document.body.dataset;
  if (!newest) return;
  const days = $$("ol.days li[data-date]");
  const last = stored("visit");
  const later = days.filter(day => last && day.dataset.date > last);
  const count = later.reduce((sum, day) => sum + Number(day.dataset.n), 0);
  const age = Math.floor((Date.now() - Date.parse(newest)) / 864e5);
  const tell = (line, text) => { if (line) { line.textContent = text; line.hidden = false; } };
  if (count) tell($(".since"), `${later.length < days.length ? "" : "More than "}${count} new since your last visit`);
  if (age > 3) tell($(".stale"), `The newest day is ${age} days old.`);
  if (!last || newest > last) store("visit", newest);
}

// == feedback ==

const signOf = id => marks.stars.has(id) ? "+" : marks.hidden.has(id) ? "-" : "forget";

// With what changed since it was last sent, else all again; an issue names 200 papers at most.
function fill(link) {
  const { stars, hidden, sent } = marks;
  const all = [...new Map([...stars, ...hidden, ...sent]).keys()];
  const unsent = all.filter(id => signOf(id) !== (sent.get(id)?.sign ?? "forget"));
  const ids = unsent.length ? unsent : all;
  const now = ids.slice(0, 200).map(id => ({ id, sign: signOf(id) }));
  const lines = now.map(it => it.sign + " " + it.id).join("\n");
  link.href = (link.dataset.form ??= link.href) + "&papers=" + encodeURIComponent(lines);
  link.textContent = (ids === all ? "Send again" : "Send my stars") +
    (ids.length > 200 ? ` (1 of ${Math.ceil(ids.length / 200)})` : "");
  link.onclick = () => setTimeout(() => {  // after it is followed
    if (ids === all) marks.sent.clear();
    for (const it of now) marks.sent.set(it.id, it);
    changed();
  });
  return unsent.length;
}

function showMine() {
  const line = $(".mine");
  const list = $(".starred ul");
  if (!list) return;
  const { stars, hidden } = marks;
  const lines = [...stars.values(), ...hidden.values()].map(({ id, title = "" }) => `${signOf(id)} ${id}  # ${title}\n`);
  const [file, form] = $$("a", line);
  file.href = "data:text/plain," + encodeURIComponent(lines.join(""));
  $("button", line).onclick = () => {
    if (!confirm("Forget all stars and hidden papers?")) return;
    for (const key of ["stars", "hidden", "sent"]) marks[key].clear();
    changed();
  };
  line.hidden = !(form && fill(form)) && !lines.length;
  $("span", line).textContent =
    [stars.size && stars.size + " starred", hidden.size && hidden.size + " hidden"].filter(Boolean).join(", ");
  list.parentElement.hidden = !stars.size;
  list.replaceChildren(...[...stars.values()].map(({ id, title, at }) => make("li", {},
    make("a", { href: /^\d{4}\/\d\d\/\d\d\/#/.test(at) ? root + at : "https://arxiv.org/abs/" + id }, title || id))));
}

// == theme ==

const themes = ["auto", "light", "dark"];
const themeButton = button("", () => {
  const next = themes[(themes.indexOf(html.dataset.theme || "auto") + 1) % 3];
  store("theme", next);
  setTheme(next);
}, { class: "theme" });

function setTheme(theme) {
  html.dataset.theme = theme === "light" || theme === "dark" ? theme : "";
  themeButton.textContent = "Theme: " + (html.dataset.theme || "auto");
}

// == keys ==

const currentPaper = () => document.activeElement.closest("article.p[data-id]");

function focusPaper(paper) {
  $(paper.matches(".folded") ? ".hidden-row button" : "summary, h3 a, .meta a", paper)?.focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  paper.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
}

// Else to the first in the window, or the one above it.
function step(by) {
  const list = papers().filter(paper => paper.checkVisibility?.() ?? !paper.hidden);
  const above = list.filter(paper => paper.getBoundingClientRect().top < 0).length;
  const at = list.indexOf(currentPaper());
  const next = list[at < 0 ? above + Math.min(by, 0) : at + by];
  if (next) focusPaper(next);
}

function unfold(paper) {
  const details = $("details", paper);
  if (details) details.open = !details.open;
  else $("h3 a", paper)?.click();
}

const onPaper = act => () => currentPaper() && act(currentPaper());
const follows = (selector, within) => $(selector, within)?.click();
const keys = {
  j: ["Next paper", () => step(1)],
  k: ["Previous paper", () => step(-1)],
  o: ["Open, close", onPaper(unfold)],
  s: ["Star", onPaper(paper => {
    say(star(paper) ? "Starred" : "Star removed", true);
    focusPaper(paper);
  })],
  x: ["Hide, undo", onPaper(hide)],
  b: ["Copy BibTeX", onPaper(paper => copy(bibtex(paper)))],
  p: ["PDF", onPaper(paper => follows("a[href*='/pdf/']", paper))],
  "[": ["Earlier day", () => follows("a[rel=prev]")],
  "]": ["Later day", () => follows("a[rel=next]")],
  "/": ["Search", () => $("input[type=search]") ? $("input[type=search]").focus() : follows("a.find")],
  "?": ["These keys", showKeys],
};

// WCAG 2.1.4: one can turn them off.
const keysOff = () => stored("keys") === "off";
const switchText = () => keysOff() ? "Turn keys on" : "Turn keys off";

function showKeys() {
  const rows = Object.entries(keys).map(([key, [what]]) =>
    make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)));
  const dialog = make("dialog", { class: "keys-help", "aria-label": "Keys" }, make("dl", {}, ...rows),
    button("Close", () => dialog.close()), " ",
    button(switchText(), self => {
      store("keys", keysOff() ? "on" : "off");
      self.textContent = switchText();
    }));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// Many keyboards need AltGr for [ and ].
document.addEventListener("keydown", event => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) if (!event.getModifierState("AltGraph")) return;
  if (target.closest("input, textarea, select, [contenteditable], dialog") || $("dialog[open]") || keysOff()) return;
  if (!Object.hasOwn(keys, key) || event.repeat && !"jk".includes(key)) return;
  event.preventDefault();
  keys[key][1]();
});

// == address ==

function showNamed() {
  const paper = papers().find(({ id }) => id && id === location.hash.slice(1));
  if (!paper) return;
  rows.add(paper.dataset.id);
  if (topic && topic !== paper.dataset.t) setTopic("");
  else refresh();
  const details = $("details", paper);
  if (details) details.open = true;
  paper.scrollIntoView();
}
addEventListener("hashchange", showNamed);

// == the page ==

$("body > footer")?.append(
  make("p", { class: "tools" }, themeButton, " ", button("Keys", showKeys, { class: "keys" })));
follow();
showVisit();
showNamed();

// Search results come and go.
if ($("main input[type=search]"))
  new MutationObserver(() => papers().some(paper => !titles.has(paper)) && refresh())
    .observe($("main"), { childList: true, subtree: true });
}
