// Keeps the index in the browser, for offline.js to serve.
export async function offer({ root, manifest, addressOf }) {
  if (!globalThis.caches || !navigator.serviceWorker || !manifest.years.length) return;
  const place = document.querySelector(".offline");
  const name = "daybook " + new URL(root, location).pathname;
  const own = [location.pathname, ...["style.css", "daybook.js", "search.js", "search/keep.js", "icon.svg", "search/index.json"].map(file => root + file)];
  const filesOf = year => ["table", ...year.shards.split(" ").map((_, i) => "words-" + i),
    ...Array.from({ length: Math.ceil(year.papers / manifest.block) }, (_, i) => "papers-" + i)].map(file => addressOf(year, file));

  async function keep(years, button) {
    const cache = await caches.open(name);
    const files = [...own, ...years.flatMap(filesOf)];
    for (let done = 0; done < files.length; done += 20) {
      button.textContent = `Keeping ${Math.round(100 * done / files.length)} %`;
      await cache.addAll(files.slice(done, done + 20));
    }
    const current = new Set([...own, ...manifest.years.flatMap(filesOf)].map(file => new URL(file, location).href));
    for (const request of await cache.keys()) if (!current.has(request.url)) await cache.delete(request);
    await navigator.serviceWorker.register("offline.js");
  }

  async function remove() {
    await caches.delete(name);
    await (await navigator.serviceWorker.getRegistration())?.unregister();
  }

  async function show() {
    const years = [];  // not kept yet, or not as they are now
    for (const year of manifest.years) if (!await caches.match(filesOf(year).at(-1))) years.push(year);
    const bytes = years.reduce((sum, year) => sum + year.bytes, 0);
    const button = document.createElement("button");
    button.textContent = bytes ? `Keep offline (${(bytes / 1e6).toFixed(1)} MB)` : "Kept offline: remove";
    button.addEventListener("click", async () => {
      try {
        button.disabled = true;
        await (bytes ? keep(years, button) : remove());
        await show();
      } catch {
        button.textContent = "That failed: try again";
        button.disabled = false;
      }
    });
    place.replaceChildren(button);
    place.hidden = false;
  }
  await show();
}
