/**
 * The gate's service worker: one page that names nobody, and its parts, for when there is no network.
 * No gate's address and no list is ever in its cache: those are sealed in the page's own rooms.
 */

/* global SHELL — {version, pages, assets}: put in by build.mjs */

import { Shell } from "../scanner/shell.js";

const GATE = /^\/porton\/[\w-]{20,}$/;
const shell = new Shell("gate", "/porton/", SHELL.version, "omit");

/** How long a gate's own page may take, in milliseconds, before the kept one is shown. */
const PATIENCE = 8000;

/** A service that is down, or asks to come back later, shows no gate: the kept page notes meanwhile. */
const isAway = ({ status }) => status >= 500 || status === 429;

const keptPage = async (url) => shell.keptPage("/porton/sin-red", await shell.languageOf(url));

/** The gate's own page where there is a network that answers, else the kept one. */
async function gatePage(request) {
  const patience = new AbortController();
  const over = setTimeout(() => patience.abort(), PATIENCE);
  const url = new URL(request.url);
  try {
    const reply = await fetch(request, { signal: patience.signal }); // begun, it may come to its end
    return isAway(reply) ? ((await keptPage(url)) ?? reply) : reply;
  } catch (error) {
    const kept = await keptPage(url);
    if (!kept) throw error;
    return kept;
  } finally {
    clearTimeout(over);
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(shell.keep([...SHELL.pages, ...SHELL.assets]).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(shell.dropOld().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && GATE.test(url.pathname)) event.respondWith(gatePage(request));
  else if (SHELL.assets.includes(url.pathname)) event.respondWith(shell.keptAsset(request));
});
