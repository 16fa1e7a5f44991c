// Serves the search page from what "Keep offline" put into the cache. An address with a version never changes; of the
// rest what the network has comes first.
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("fetch", event => {
  const { request } = event;
  if (request.method !== "GET") return;
  const kept = () => caches.match(request, { ignoreSearch: !request.url.includes("?v=") });
  event.respondWith(request.url.includes("?v=")
    ? kept().then(reply => reply || fetch(request))
    : fetch(request).catch(async () => await kept() || Response.error()));
});
