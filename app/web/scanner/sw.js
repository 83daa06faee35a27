/** The scanner's service worker: the whole shell is kept, all of it or nothing, and served first. */

/* global SHELL — {version, pages, assets}: put in by build.mjs */

import { Shell } from "./shell.js";

const HOME = "/escaner/";
const shell = new Shell("scanner", HOME, SHELL.version);

/** The shell page of the language that was asked for, or shown last, or Spanish. */
async function shellPage(url) {
  return (await shell.keptPage(HOME, await shell.languageOf(url))) ?? fetch(url);
}

self.addEventListener("install", (event) => event.waitUntil(shell.keep([...SHELL.pages, ...SHELL.assets])));

self.addEventListener("activate", (event) => {
  event.waitUntil(shell.dropOld().then(() => self.clients.claim()));
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
    event.respondWith(shell.keptAsset(request));
  }
});
