/** The scanner's service worker: the whole shell is kept, all of it or nothing, and served first. */

/* global SHELL — {version, pages, assets}: put in by build.mjs */

const PREFIX = "vereda-scanner-";
const CACHE = `${PREFIX}${SHELL.version}`;
const CHOICE_CACHE = "vereda-scanner-choice";
const CHOICE = "/escaner/choice";
const HOME = "/escaner/";

/**
 * A shell page must be itself: neither a redirect to a sign-in nor an error page. It is read to its
 * end at once: answers held back unread take every connection, and those behind never come.
 */
async function fetchWhole(url) {
  const reply = await fetch(url, { cache: "reload", credentials: "same-origin", redirect: "error" });
  if (!reply.ok) throw new Error(`${reply.status} for ${url}`);
  const headers = new Headers(reply.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name); // it is unpacked now
  return [url, new Response(await reply.arrayBuffer(), { headers })];
}

/** Fetch everything before anything is kept: a broken network leaves no half shell behind. */
async function keepShell() {
  const replies = await Promise.all([...SHELL.pages, ...SHELL.assets].map(fetchWhole));
  const cache = await caches.open(CACHE);
  await Promise.all(replies.map(([url, reply]) => cache.put(url, reply)));
}

async function dropOldShells() {
  const names = await caches.keys();
  const old = names.filter((n) => n.startsWith(PREFIX) && n !== CACHE && n !== CHOICE_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** The shell page of the language that was asked for, or shown last, or Spanish. */
async function shellPage(url) {
  const choice = await caches.match(CHOICE, { cacheName: CHOICE_CACHE });
  const lang = url.searchParams.get("idioma") ?? (await choice?.text());
  const kept = (page) => caches.match(page, { cacheName: CACHE, ignoreVary: true });
  return (await kept(`${HOME}?idioma=${lang}`)) ?? (await kept(SHELL.pages[0])) ?? fetch(url);
}

async function keptAsset(request) {
  const kept = await caches.match(request, { cacheName: CACHE, ignoreVary: true });
  return kept ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keepShell()));

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === HOME) {
    event.respondWith(shellPage(url));
  } else if (SHELL.assets.includes(url.pathname)) {
    event.respondWith(keptAsset(request));
  }
});
