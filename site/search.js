// The search page: reads the index that Daybook builds (docs/formats.md) and lists what a query finds.
(async () => {
  "use strict";
  const page = 20;  // papers shown at once: each may lie in a block of its own
  const prefixLetters = 3;  // an unfinished word of fewer would load half of the index
  const root = document.body.dataset.root || "../";
  const form = document.querySelector("form.search");
  const found = document.querySelector(".found");
  const results = document.querySelector(".results");
  const hints = document.querySelector(".hints");
  const more = document.querySelector("button.more-results");
  const keep = document.querySelector("button.keep");

  // == Words, as src/site/search_index.cpp has them ==
  const words = /[\u2E80-\u2FFF\u3040-\u9FFF\uF900-\uFAFF\u{1F000}-\u{3FFFF}]|[0-9A-Za-z\xAA\xB2\xB3\xB5\xB9\xBA\xC0-\xD6\xD8-\xF6\xF8-\u1FFF\u2070-\u209F\u2100-\u214F\u2C00-\u2DFF\uA000-\uD7FF\uFB00-\uFDFF\uFE70-\uFEFE\uFF10-\uFF19\uFF21-\uFFDC\u{10000}-\u{1EFFF}]+/gu;
  const letters = {};
  "Æa Ðd Øo Þt ßs æa ðd øo þt Đd đd Ħh ħh ıi Ĳi ĳi ĸk Ŀl ŀl Łl łl ŉn Ŋn ŋn Œo œo Ŧt ŧt ſs ¹1 ²2 ³3 ℓl"
    .split(" ").forEach(([from, to]) => letters[from] = to);
  const fold = (word) => word.toLowerCase === undefined ? "" : word
    .replace(/[A-Z]+/g, (s) => s.toLowerCase())
    .replace(/[\u0300-\u036F]/g, "")
    .replace(/[⁰-⁹₀-₉]/g, (c) => c.charCodeAt(0) & 15)
    .replace(/[¹²³ℓÀ-žſΑ-ΩƠơƯưǍ-ǔǖǘǚǜǦǧȘ-țẠ-ỹ]/g, (c) => letters[c] || c.normalize("NFD")[0].toLowerCase());
  const stem = (word) => word.replace(/([a-z\d]{2})ies$/, "$1y").replace(/sses$/, "ss")
    .replace(/([a-z\d]{2}[a-hj-rtv-z\d])s$/, "$1");
  const wordsOf = (text) => (text.match(words) || []).map(fold).filter((word) => word);
