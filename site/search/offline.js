// What "Keep offline" put into the cache: first what has a version, of the rest the network.
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("fetch", event => {
  const { request } = event;
  if (request.method !== "GET") return;
  const kept = () => caches.match(request, { ignoreSearch: !request.url.includes("?v=") });
  event.respondWith(request.url.includes("?v=")
    ? kept().then(reply => reply || fetch(request))
    : fetch(request).catch(async () => await kept() || Response.error()));
});
