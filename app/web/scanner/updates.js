/** The service worker's page side: keep the app on the device, offer a new version, never force it. */

const SCOPE = "/escaner/";

/** The one script that may become a worker here (Trusted Types); no text from elsewhere does. */
const WORKER_URL = "/escaner/sw.js";
const workerUrl = () =>
  globalThis.trustedTypes
    ?.createPolicy("vereda-service-worker", { createScriptURL: () => WORKER_URL })
    .createScriptURL("") ?? WORKER_URL;

/** The name under which the worker keeps a version. */
const SHELL_CACHE = /^vereda-scanner-([0-9a-f]{16})$/;

/** Where the worker looks up the language that was shown last. */
const CHOICE_CACHE = "vereda-scanner-choice";
const CHOICE = "/escaner/choice";

/** Watches the service worker; a new version waits until a person asks for it. */
export class Updates {
  #registration = null;
  #asked = false;

  /**
   * @param {() => void} offer called where a new version waits.
   * @param {() => void} saved called where the app has come to be kept on the device.
   */
  constructor(offer, saved) {
    this.offer = offer;
    this.saved = saved;
  }

  /**
   * Register the worker and watch it; without service workers nothing happens.
   * @param {string} lang the page's language, so that it opens in it again with no network.
   */
  async start(lang) {
    const workers = navigator.serviceWorker;
    if (!workers) return;
    workers.addEventListener("controllerchange", () => {
      if (this.#asked) location.reload();
      else this.saved();
    });
    try {
      this.#registration = await workers.register(workerUrl(), { scope: SCOPE });
    } catch {
      this.#registration = (await workers.getRegistration(SCOPE)) ?? null;
    }
    if (!this.#registration) return;
    await (await caches.open(CHOICE_CACHE)).put(CHOICE, new Response(lang));
    this.#watch(this.#registration);
  }

  #watch(registration) {
    if (registration.waiting && navigator.serviceWorker.controller) this.offer();
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "activated") this.saved();
        if (worker.state === "installed" && navigator.serviceWorker.controller) this.offer();
      });
    });
  }

  /** Whether the app would open with the server shut down. */
  async isSaved() {
    const registration = await navigator.serviceWorker?.getRegistration(SCOPE);
    return Boolean(registration?.active);
  }

  /** The version that is kept on this device, or null. @returns {Promise<string | null>} */
  async version() {
    const names = await globalThis.caches?.keys();
    const shell = names?.map((name) => SHELL_CACHE.exec(name)?.[1]).find(Boolean);
    return shell ?? null;
  }

  /** Ask the server whether there is a new version. */
  async look() {
    await this.#registration?.update().catch(() => {});
  }

  /** Change to the version that waits; the page loads anew. Only ever called from a tap. */
  apply() {
    this.#asked = true;
    this.#registration?.waiting?.postMessage("take-over");
  }
}
