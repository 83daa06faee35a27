/** Enrolling a device: a key is made, its possession proved, and what waits gets the new name. */

import { ask } from "./asking.js";
import { pin } from "../roots.js";
import { DEVICE, DEVICE_KEY, makeKey, publicPoint, sign } from "./keys.js";

export const ENROL_URL = "/escaner/equipo/inscribir.json";

/**
 * What the address of an enrolment code carries behind its #: the code, and behind dots the
 * fingerprints of the roots, which no server can put there later.
 * @param {string} fragment
 */
export function readFragment(fragment) {
  const [code, ...prints] = decodeURIComponent(fragment).split(".");
  return { code, prints: prints.filter((print) => /^[\w-]{43}$/.test(print)) };
}

/** The code as it is signed: letters and digits alone. @param {string} typed */
export function plainCode(typed) {
  return typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
}

/**
 * Enrol this device; the key is kept only where the server took it.
 * @param {import("../store.js").Store} store
 * @param {typeof fetch} fetcher
 * @param {string} typed the supervisor's code.
 * @param {string} language
 * @param {string[]} [prints] of the roots, where the code came as a symbol.
 */
export async function enrol(store, fetcher, typed, language, prints = []) {
  const code = plainCode(typed);
  const pair = await makeKey();
  const signature = await sign(pair.privateKey, "enrol", code);
  const body = { code, ...(await publicPoint(pair)), signature };
  const told = await ask(fetcher, ENROL_URL, body, language);
  const { device, name, post, post_name: postName } = told;
  await store.put(DEVICE_KEY, { device, name, post, postName, privateKey: pair.privateKey });
  await store.put(DEVICE, device);
  await store.put("unlock", undefined);
  await pin(store, prints);
  await store.renameCrossings(device);
  return { name, postName };
}
