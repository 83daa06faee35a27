/** The root keys of a device: taken once, at enrolment, and never replaced by what is sent later. */

import { fromHex, importPoint, thumbprint, thumbprintKid, toHex } from "./cose.js";
import { toBase64 } from "./entry/keys.js";

/** Under which name the device keeps the roots' fingerprints that its enrolment code carried. */
export const PINS = "pins";

/**
 * Keep what the enrolment code said of the roots; what was taken on trust before it is forgotten.
 * @param {import("./store.js").Store} store
 * @param {string[]} prints thumbprints in base64url; none where the code was typed by hand.
 */
export async function pin(store, prints) {
  await store.put(PINS, prints.length ? prints : undefined);
  for (const name of ["roots", "trust"]) await store.put(name, undefined);
  for (const [name] of await store.list("status:")) await store.put(name, undefined);
}

/** A pinned root: its point and its name, all in hexadecimal. @typedef {{x: string, y: string, kid: string}} Root */

/**
 * The roots that a server offers, each named by its own thumbprint and not by what it claims.
 * @param {{x: string, y: string}[]} offered coordinates, 32 bytes in hexadecimal.
 * @param {string[]} [pins] where the enrolment code carried fingerprints, only those roots count.
 * @returns {Promise<Root[]>} rejects where one is not a point of P-256.
 */
export async function pinnedRoots(offered, pins) {
  const roots = await Promise.all(
    offered.map(async ({ x, y }) => {
      const point = [fromHex(x), fromHex(y)];
      await importPoint(...point);
      const print = toBase64(await thumbprint(...point));
      return { print, root: { x, y, kid: await thumbprintKid(...point) } };
    }),
  );
  return roots.filter(({ print }) => !pins || pins.includes(print)).map(({ root }) => root);
}

/**
 * The whole fingerprint of each root, in groups of four, for people to compare.
 * @param {Root[] | undefined} roots
 * @returns {Promise<string[]>}
 */
export async function fingerprints(roots = []) {
  const prints = await Promise.all(roots.map(({ x, y }) => thumbprint(fromHex(x), fromHex(y))));
  return prints.map((print) => toHex(print).match(/.{4}/g).join(" "));
}

/**
 * The keys of the pinned roots, by name.
 * @param {Root[] | undefined} roots
 * @returns {Promise<Map<string, CryptoKey>>} empty before enrolment.
 */
export async function rootKeys(roots = []) {
  const keys = new Map();
  for (const { x, y, kid } of roots) {
    keys.set(kid, await importPoint(fromHex(x), fromHex(y)));
  }
  return keys;
}
