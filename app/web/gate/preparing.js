/** Making a phone ready for a gate without a network, and emptying it again: only ever by a tap. */

const SCOPE = "/porton/";
const CACHES = "vereda-gate-";
const CHOICE_CACHE = `${CACHES}choice`;
const CHOICE = "/porton/choice";

/** The one script that may become a worker here (Trusted Types); no text from elsewhere does. */
const WORKER_URL = "/porton/sw.js";
let policy = null;

/** A policy is made once, and only where one is wanted: the employer's own page allows none. */
function workerUrl() {
  policy ??= globalThis.trustedTypes?.createPolicy("vereda-service-worker", { createScriptURL: () => WORKER_URL });
  return policy?.createScriptURL("") ?? WORKER_URL;
}

function activated(worker) {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("the shell was not kept"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

/** Keep the page and its parts; rejects where a part did not come. */
export async function keepShell() {
  const registration =
    (await navigator.serviceWorker.getRegistration(SCOPE)) ??
    (await navigator.serviceWorker.register(workerUrl(), { scope: SCOPE }));
  await activated(registration.installing ?? registration.waiting ?? registration.active);
}

/** The kept page opens in the language of this one. @param {string} lang */
export async function keepLanguage(lang) {
  await (await caches.open(CHOICE_CACHE)).put(CHOICE, new Response(lang));
}

/** Give the kept page and its parts back. */
export async function dropShell() {
  await (await navigator.serviceWorker.getRegistration(SCOPE))?.unregister();
  const names = (await caches.keys()).filter((name) => name.startsWith(CACHES));
  await Promise.all(names.map((name) => caches.delete(name)));
}
