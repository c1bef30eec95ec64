// Keeps one page without anybody in it, and its looks, for when there is no network. Nothing else
// that the clinic sends is ever kept. SHELL is written before this by the clinic: its version is a
// digest of all that is kept, so a new release replaces what an older one kept.
"use strict";
const CACHE = `shell-${SHELL.version}`;
const PATIENCE_MS = 8000;

const kept = (url) => caches.match(url, { ignoreSearch: true, cacheName: CACHE });

/** Ask the clinic; for the diary and what it loads, not for ever. */
const ask = (request, isPatient = true) =>
  !isPatient ? fetch(request) : Promise.race([
    fetch(request),
    new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), PATIENCE_MS)),
  ]);

self.addEventListener("install", (event) => {
  const files = SHELL.files.map((url) =>
    new Request(url, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(files)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith((async () => {
      try {
        const answer = await ask(request, /^\/(diary\/.*)?$/.test(url.pathname));
        if (![502, 503, 504].includes(answer.status)) return answer;
        return (await kept(SHELL.page)) || answer;
      } catch (away) {
        return (await kept(SHELL.page)) || Response.error();
      }
    })());
  } else if (SHELL.files.includes(url.pathname)) {
    event.respondWith(ask(request).catch(async () => (await kept(request)) || Response.error()));
  }
});
