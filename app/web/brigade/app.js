/** The tablet's entry: keep the shell, open the store, and run the page that is shown. */

import { Questions } from "./questions.js";
import { openStore } from "./store.js";
import { Tablet } from "./tablet.js";

const SCOPE = "/brigada/";

/** The one script that may become a worker here (Trusted Types); no text from elsewhere does. */
const WORKER_URL = "/brigada/sw.js";
const workerUrl = () =>
  globalThis.trustedTypes
    ?.createPolicy("vereda-service-worker", { createScriptURL: () => WORKER_URL })
    .createScriptURL("") ?? WORKER_URL;

const word = (name) => document.querySelector(`#words [data-word="${name}"]`)?.textContent ?? name;

async function keepShell() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  await workers.register(workerUrl(), { scope: SCOPE }).catch(() => null);
  const registration = await workers.ready;
  document.documentElement.dataset.saved = "yes";
  registration.active?.postMessage("refresh");
}

const store = await openStore(indexedDB);
const questions = document.getElementById("questions") && new Questions(store, word);
// Another language: what was typed is on disk before the page is left.
for (const link of document.querySelectorAll("a[data-language]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    await questions?.keep("draft");
    location.assign(`${location.pathname}?idioma=${link.dataset.language}${location.hash}`);
  });
}
navigator.storage?.persist?.();
await (questions ?? new Tablet(store, word)).start();
await keepShell();
