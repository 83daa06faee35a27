/**
 * The gate's service worker: one page that names nobody, and its parts, for when there is no network.
 * No gate's address and no list is ever in its cache: those are sealed in the page's own rooms.
 */

/* global SHELL — {version, pages, assets}: put in by build.mjs */

const PREFIX = "vereda-gate-";
const CACHE = `${PREFIX}${SHELL.version}`;
const CHOICE_CACHE = `${PREFIX}choice`;
const CHOICE = "/porton/choice";
const GATE = /^\/porton\/[\w-]{20,}$/;

/** How long a gate's own page may take, in milliseconds, before the kept one is shown. */
const PATIENCE = 8000;

/**
 * A page must be itself, neither a redirect nor an error, and the same for everybody. It is read to
 * its end at once: answers held back unread take every connection, and those behind never come.
 */
async function fetchWhole(url) {
  const reply = await fetch(url, { cache: "reload", credentials: "omit", redirect: "error" });
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
  await self.skipWaiting();
}

async function dropOldShells() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE && name !== CHOICE_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function keptPage(url) {
  const choice = await caches.match(CHOICE, { cacheName: CHOICE_CACHE });
  const lang = url.searchParams.get("idioma") ?? (await choice?.text());
  const kept = (code) => caches.match(`/porton/sin-red?idioma=${code}`, { cacheName: CACHE, ignoreVary: true });
  return (await kept(lang)) ?? kept("es");
}

/** The gate's own page where there is a network that answers, else the kept one. */
async function gatePage(request) {
  const patience = new AbortController();
  const over = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const reply = await fetch(request, { signal: patience.signal });
    clearTimeout(over); // it has begun: however slow, it may come to its end
    return reply;
  } catch (error) {
    const kept = await keptPage(new URL(request.url));
    if (!kept) throw error;
    return kept;
  }
}

async function keptAsset(request) {
  return (await caches.match(request, { cacheName: CACHE, ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keepShell()));

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && GATE.test(url.pathname)) event.respondWith(gatePage(request));
  else if (SHELL.assets.includes(url.pathname)) event.respondWith(keptAsset(request));
});
