/** The root keys of a device: taken once, at enrolment, and never replaced by what is sent later. */

import { fromHex, importPoint, thumbprintKid } from "./cose.js";

/** A pinned root: its point and its name, all in hexadecimal. @typedef {{x: string, y: string, kid: string}} Root */

/**
 * The roots that an enrolment offers, each named by its own thumbprint and not by what it claims.
 * @param {{x: string, y: string}[]} offered coordinates, 32 bytes in hexadecimal.
 * @returns {Promise<Root[]>} rejects where one is not a point of P-256.
 */
export async function pinnedRoots(offered) {
  return Promise.all(
    offered.map(async ({ x, y }) => {
      const point = [fromHex(x), fromHex(y)];
      await importPoint(...point);
      return { x, y, kid: await thumbprintKid(...point) };
    }),
  );
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
