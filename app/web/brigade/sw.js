/** The tablet's service worker: shell and questions are kept together, all or nothing, served first. */

/* global SHELL — {version, pages, assets, script}: put in by build.mjs */

import { Shell } from "../scanner/shell.js";

const HOME = "/brigada/";
const LISTED = "/brigada/paginas.json";
const shell = new Shell("brigade", HOME, SHELL.version);

async function pages() {
  const [, reply] = await shell.fetchWhole(LISTED);
  return [...SHELL.pages, ...(await reply.json())];
}

async function keepAll() {
  await shell.keep([...(await pages()), ...SHELL.assets]);
  await self.skipWaiting();
}

/** A voice never changes under its address. @param {string} path */
const isSound = (path) => path.startsWith("/static/audio/");

/** Today's programmes and work; a page of a newer build waits for that build's own worker. */
async function refresh() {
  const cache = await caches.open(shell.cache);
  const listed = await pages();
  const fresh = await Promise.all(listed.map(async (url) => !isSound(url) || !(await cache.match(url))));
  for (const [url, reply] of await Promise.all(listed.filter((_, at) => fresh[at]).map(shell.fetchWhole))) {
    if (isSound(url) || (await reply.clone().text()).includes(SHELL.script)) await cache.put(url, reply);
  }
}

/** The kept page in the language that was asked for, or chosen last, or Spanish. */
async function keptPage(url) {
  const asked = url.searchParams.get("idioma");
  if (asked) await shell.choose(asked);
  return (await shell.keptPage(url.pathname, await shell.languageOf(url))) ?? fetch(url);
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

self.addEventListener("activate", (event) => {
  event.waitUntil(shell.dropOld().then(() => self.clients.claim()));
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
  else if (SHELL.assets.includes(url.pathname) || isSound(url.pathname)) event.respondWith(shell.keptAsset(request));
});
