/** Takes away everything that this site keeps in the browser. */

const WIPE_URL = "/escaner/equipo/borrado";
const SCOPE = "/escaner/";

/**
 * Empty the device: database, saved app, its worker, and by the browser's own hand the rest.
 * @param {import("./store.js").Store} store
 */
export async function sweep(store) {
  await store.destroy(indexedDB);
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  const registration = await navigator.serviceWorker?.getRegistration(SCOPE);
  await registration?.unregister();
  // Clear-Site-Data takes the files off the disk; without a network the rest is gone all the same.
  await fetch(WIPE_URL, { method: "POST", credentials: "same-origin" }).catch(() => {});
}
