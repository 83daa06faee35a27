/** The tablet's service worker: shell and questions are kept together, all or nothing, served first. */

/* global SHELL — {version, pages, assets, script}: put in by build.mjs */

const PREFIX = "vereda-brigade-";
const CACHE = `${PREFIX}${SHELL.version}`;
const CHOICE_CACHE = `${PREFIX}choice`;
const CHOICE = "/brigada/choice";
const HOME = "/brigada/";
const LISTED = "/brigada/paginas.json";

/**
 * A page must be itself: neither a redirect to a sign-in nor an error page. It is read to its end at
 * once: answers that are held back unread take every connection, and those behind them never come.
 */
async function fetchWhole(url) {
  const reply = await fetch(url, { cache: "reload", credentials: "same-origin", redirect: "error" });
  if (!reply.ok) throw new Error(`${reply.status} for ${url}`);
  const headers = new Headers(reply.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name); // it is unpacked now
  return [url, new Response(await reply.arrayBuffer(), { headers })];
}

async function pages() {
  const [, reply] = await fetchWhole(LISTED);
  return [...SHELL.pages, ...(await reply.json())];
}

/** Fetch everything before anything is kept: a broken network leaves no half shell behind. */
async function keepShell() {
  const replies = await Promise.all([...(await pages()), ...SHELL.assets].map(fetchWhole));
  const cache = await caches.open(CACHE);
  await Promise.all(replies.map(([url, reply]) => cache.put(url, reply)));
  await self.skipWaiting();
}

/** A voice never changes under its address. @param {string} path */
const isSound = (path) => path.startsWith("/static/audio/");

/** Today's programmes and work; a page of a newer build waits for that build's own worker. */
async function refresh() {
  const cache = await caches.open(CACHE);
  const listed = await pages();
  const fresh = await Promise.all(listed.map(async (url) => !isSound(url) || !(await cache.match(url))));
  for (const [url, reply] of await Promise.all(listed.filter((_, at) => fresh[at]).map(fetchWhole))) {
    if (isSound(url) || (await reply.clone().text()).includes(SHELL.script)) await cache.put(url, reply);
  }
}

async function dropOldShells() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE && name !== CHOICE_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** The kept page in the language that was asked for, or chosen last, or Spanish. */
async function keptPage(url) {
  const asked = url.searchParams.get("idioma");
  const choices = await caches.open(CHOICE_CACHE);
  if (asked) await choices.put(CHOICE, new Response(asked));
  const lang = asked ?? (await (await choices.match(CHOICE))?.text());
  const kept = (code) => caches.match(`${url.pathname}?idioma=${code}`, { cacheName: CACHE, ignoreVary: true });
  return (await kept(lang)) ?? (await kept("es")) ?? fetch(url);
}

async function keptAsset(request) {
  return (await caches.match(request, { cacheName: CACHE, ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keepShell()));

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "refresh") event.waitUntil(refresh().catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const isPage = url.pathname === HOME || url.pathname.startsWith(`${HOME}preguntas/`);
  if (request.mode === "navigate" && isPage) event.respondWith(keptPage(url));
  else if (SHELL.assets.includes(url.pathname) || isSound(url.pathname)) event.respondWith(keptAsset(request));
});
