// Reads of the search index (docs/formats.md) what a query needs.
"use strict";
{
const pageSize = 20;  // each of these papers may lie in a block of its own
const root = document.body.dataset.root;
const [form, found, results] = ["form.search", ".found", ".results"].map(it => document.querySelector(it));

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
}
const unseen = text => make("span", { class: "unseen" }, text);
const counted = count => `${count.toLocaleString("en")} paper${count === 1 ? "" : "s"}`;

// == words, as src/site/search_index.cpp makes them ==

const pattern = /[\u3040-\u9FFF\u{1F000}-\u{3FFFF}]|[0-9A-Za-z²³¹À-ÖØ-öø-\u1FFF\u2070-\u209F\u2100-\u214F\uA000-\uD7FF\uFB00-\uFDFF\u{10000}-\u{1EFFF}]+/gu;
const letters = {};
for (const [from, to] of "Æa Ðd Øo Þt ßs æa ðd øo þt Đd đd Ħh ħh ıi Ĳi ĳi ĸk Ŀl ŀl Łl łl ŉn Ŋn ŋn Œo œo Ŧt ŧt ſs ¹1 ²2 ³3 ℓl".split(" "))
  letters[from] = to;
const fold = word => word
  .replace(/[\u0300-\u036F]/g, "")
  .replace(/[⁰-⁹₀-₉]/g, digit => digit.charCodeAt() & 15)
  .replace(/[A-Z¹²³ℓÀ-ſΑ-ΩƠơƯưǍ-ǔǖǘǚǜǦǧȘ-țẠ-ỹ]/g, letter => letters[letter] ?? letter.normalize("NFD")[0].toLowerCase());
const stem = word => word
  .replace(/([a-z\d]{2})ies$/, "$1y")
  .replace(/sses$/, "ss")
  .replace(/([a-z\d]{2}[a-rt-z\d])s$/, "$1");
const wordsOf = text => (text.match(pattern) ?? []).map(fold).filter(Boolean);

// == the index ==

let manifest;
const loaded = new Map();  // by address

const addressOf = (year, name) => `${root}search/${year.year}/${name}.bin?v=${year.version}`;

async function fetched(address) {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(reply.status);
  return reply;
}

async function unpacked(address) {
  const stream = (await fetched(address)).body.pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function load(year, name, read = bytes => bytes) {
  const address = addressOf(year, name);
  if (!loaded.has(address)) loaded.set(address, unpacked(address).then(read));
  return loaded.get(address);
}

const utf8 = new TextDecoder();

// Reads numbers of 7 bits a byte, the lowest first.
function numbers(bytes, at) {
  const next = () => {
    let number = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[next.at++];
      number += byte % 128 * factor;
      if (byte < 128) return number;
    }
  };
  next.at = at;
  return next;
}

const papersOf = year => load(year, "table", bytes => {
  const end = bytes.indexOf(10);
  const topics = utf8.decode(bytes.subarray(0, end)).split(" ");
  const next = numbers(bytes, end + 1);
  const papers = [];
  let day = 1;
  for (let days = next(); days--;) {
    day += next();
    const date = new Date(Date.UTC(year.year, 0, day)).toISOString().slice(0, 10);
    for (let count = next(); count--;) papers.push({ year, number: papers.length, date });
  }
  for (const paper of papers) {
    const score = bytes[next.at++];
    paper.relevance = score >> 4;
    paper.novelty = score & 15;
  }
  for (const paper of papers) paper.topic = topics[next()];
  return papers;
});

// The shards in which the term may be.
function shardsOf(year, { word, stem, isPrefix }) {
  const names = year.shards.split(" ");
  const shardOf = wanted => names.findLastIndex(name => name <= wanted);
  const shards = new Set([shardOf(stem)]);
  if (isPrefix) {
    let shard = shardOf(word);
    do shards.add(shard); while (names[++shard]?.startsWith(word));
  }
  return [...shards];
}

// Calls visit(field, paper) for each place of the term; fields: 1 title, 2 authors, 4 abstract.
function scan(bytes, term, visit) {
  const next = numbers(bytes, 0);
  const word = new Uint8Array(bytes.length);
  while (next.at < bytes.length) {
    const shared = next();
    const head = next();
    const length = head >> 3;
    word.set(bytes.subarray(next.at, next.at += length), shared);
    const wanted = matches(term, utf8.decode(word.subarray(0, shared + length)));
    for (const field of [1, 2, 4]) {
      if (!(head & field)) continue;
      let paper = -1;
      for (let count = next(); count--;) {
        paper += next() + 1;
        if (wanted && term.fields & field) visit(field, paper);
      }
    }
  }
}

// For each paper of a year the fields that have the term.
async function fieldsOf(year, term) {
  const fields = new Uint8Array(year.papers);
  await Promise.all(shardsOf(year, term).map(async shard =>
    scan(await load(year, "words-" + shard), term, (field, paper) => {
      fields[paper] |= field;
      term.isFound = true;
    })));
  return fields;
}

// == queries ==

const matches = (term, word) => word === term.stem || term.isPrefix && word.startsWith(term.word);

function topicTest(wanted) {
  if (manifest.topics[wanted]) return ({ topic }) => topic === wanted;
  const plain = text => wordsOf(text).map(stem).join(" ");
  return ({ topic }) => plain(manifest.topics[topic] + " " + topic).includes(plain(wanted));
}

function parsed(text) {
  const query = { terms: [], tests: [], date: "" };
  for (const [all, key, quoted] of text.matchAll(/(?:(topic|author):)?("[^"]*"?|\S+)/gi)) {
    const value = quoted.replaceAll('"', "");
    const [, what, sign, number] = /^(score|novelty)([<>]?)=(\d+)$/i.exec(all) ?? [];
    if (/^topic$/i.test(key)) {
      query.tests.push(topicTest(value));
    } else if (what) {
      const score = /^n/i.test(what) ? "novelty" : "relevance";
      query.tests.push(({ [score]: has }) => sign === ">" ? has >= number : sign ? has <= number : has == number);
    } else if (/^\d{4}(-\d\d){0,2}$/.test(all) && manifest.years.some(({ year }) => all.startsWith(year))) {
      query.tests.push(({ date }) => date.startsWith(all));
      query.date = all;
    } else {
      for (const word of wordsOf(value)) query.terms.push({ word, stem: stem(word), fields: key ? 2 : 7 });
    }
  }
  // Not finished yet; two letters would load half of the index.
  const last = query.terms.at(-1);
  if (last?.word.length > 2 && fold(text).endsWith(last.word)) last.isPrefix = true;
  return query;
}

// A year's papers that have all of it; `best` where title and authors have all words.
async function foundIn(year, { terms, tests, date }) {
  if (date && !date.startsWith(year.year)) return [];
  const papers = await papersOf(year);
  const fields = await Promise.all(terms.map(term => fieldsOf(year, term)));
  return papers.filter(paper => fields.every(has => has[paper.number]) && tests.every(test => test(paper)))
    .map(paper => ({ ...paper, best: fields.every(has => has[paper.number] & 3) }));
}

const newest = (a, b) => a.date < b.date ? 1 : a.date > b.date ? -1 : a.number - b.number;
const best = (a, b) => b.best - a.best || b.relevance + b.novelty - a.relevance - a.novelty || newest(a, b);

// == results ==

// Text nodes and marks: no string becomes markup.
function marked(text, terms) {
  const parts = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(pattern)) {
    if (!terms.some(term => matches(term, stem(fold(word))))) continue;
    parts.push(text.slice(end, index), make("mark", {}, word));
    end = index + word.length;
  }
  return [...parts, text.slice(end)];
}

function scoreOf({ relevance, novelty }) {
  if (!relevance && !novelty) return [];
  const words = [relevance && "relevance " + relevance, novelty && "novelty " + novelty].filter(Boolean).join(", ");
  const digits = novelty ? `${relevance || "?"}·${novelty}` : relevance;
  return [make("span", { class: "sc" }, unseen(words), make("span", { "aria-hidden": "true" }, digits)), " "];
}

// As templates/line.html, with authors and date.
async function lineOf(paper, { terms }) {
  const { year, number, date, topic } = paper;
  const block = await load(year, "papers-" + Math.floor(number / manifest.block), bytes => utf8.decode(bytes).split("\n"));
  const [id, title, authors, why] = block.slice(number % manifest.block * 4);
  const day = root + date.replaceAll("-", "/") + "/";
  const general = terms.filter(term => term.fields > 2);
  const link = kind => [make("a", { href: `https://arxiv.org/${kind.toLowerCase()}/${id}` }, kind, unseen(" of " + id)), " "];
  return make("article", { class: "p", "data-id": id, "data-t": topic },
    make("h3", {}, make("a", { href: `${day}#p${id.replace("/", "_")}` }, ...marked(title, general))),
    make("p", { class: "au" }, ...marked(authors, terms)),
    why ? make("p", { class: "why" }, ...marked(why, general)) : "",
    make("p", { class: "meta" }, ...scoreOf(paper), make("a", { class: "day", href: day }, date), " ",
      topic ? make("a", { class: "t", href: `${root}topics/${topic}/` }, manifest.topics[topic] ?? topic) : "", " ",
      ...link("PDF"), ...link("HTML")));
}

let latest = 0;  // search begun; an earlier one shows nothing any more

async function show(papers, query, from) {
  const mine = latest;
  const lines = await Promise.all(papers.slice(from, from + pageSize).map(paper => lineOf(paper, query)));
  if (mine !== latest) return;
  if (!from) results.replaceChildren();
  results.append(...lines);
  const rest = papers.length - from - pageSize;
  if (rest <= 0) return;
  const more = make("button", { type: "button", class: "more-results" }, `${Math.min(rest, pageSize)} more of ${rest}`);
  more.addEventListener("click", async () => {
    try {
      more.disabled = true;
      await show(papers, query, from + pageSize);
      more.remove();
      results.children[from + pageSize]?.querySelector("a").focus({ preventScroll: true });
    } catch (error) {
      more.disabled = false;
      fail(error);
    }
  });
  results.append(more);
}

function fail({ message }) {
  loaded.clear();
  found.textContent = location.protocol === "file:" ? "Search needs a web server; these pages are read from a folder."
    : navigator.onLine ? `The index could not be loaded (${message}): try again.`
    : "You are offline, and this part of the index is not kept here.";
}

const byDate = () => form.sort.value === "date";

async function search() {
  const mine = ++latest;
  const text = form.q.value.trimStart();
  const address = new URL(location);
  address.search = text && new URLSearchParams({ q: text.trim(), ...byDate() && { sort: "date" } });
  try { history.replaceState(null, "", address); } catch { /* a file, in some browsers */ }
  try {
    await start();
    if (!text) {
      results.replaceChildren();
      found.textContent = counted(manifest.years.reduce((sum, year) => sum + year.papers, 0)) + " to search.";
      return;
    }
    const query = parsed(text);
    const papers = (await Promise.all(manifest.years.map(year => foundIn(year, query)))).flat();
    papers.sort(byDate() ? newest : best);
    if (mine !== latest) return;
    await show(papers, query, 0);
    if (mine !== latest) return;
    const unknown = query.terms.find(term => !term.isFound);
    found.textContent = papers.length ? counted(papers.length)
      : unknown ? `No paper has “${unknown.word}”.` : "No paper has all of this: fewer words find more.";
  } catch (error) {
    if (mine === latest) fail(error);
  }
}

let starting;
function start() {
  starting ??= fetched(root + "search/index.json").then(async reply => {
    manifest = await reply.json();
    const { offer } = await import("./search/keep.js");
    offer({ root, manifest, addressOf });
  });
  starting.catch(() => { starting = null; });
  return starting;
}

// == the page ==

const asked = new URLSearchParams(location.search);
form.q.value = asked.get("q");
form.sort.selectedIndex = asked.get("sort") === "date" ? 1 : 0;
if (globalThis.DecompressionStream && [].findLastIndex) {
  form.hidden = document.querySelector(".hints").hidden = false;
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
  search();
} else {
  found.textContent = "Search needs a browser of 2023 or later.";
}
}
