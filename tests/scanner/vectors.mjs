/** The vectors that hold the scanner and permits/ together, read from tests/vectors/. */

import { readFileSync } from "node:fs";

import { fromHex } from "../../app/web/scanner/cose.js";
import { rootKeys } from "../../app/web/scanner/roots.js";
import { openStatusList } from "../../app/web/scanner/status-list.js";
import { openTrustList } from "../../app/web/scanner/trust-list.js";

/** The vectors of this name. */
export function readVectors(name) {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
}

/** Every good list of verdicts.json, opened; status lists are read with the trust list `trustName`. */
export async function openLists(vectors) {
  const roots = await rootKeys(vectors.roots);
  const trust = new Map();
  for (const [name, token] of Object.entries(vectors.trust_lists)) {
    trust.set(name, await openTrustList(fromHex(token), roots));
  }
  return { roots, trust };
}

/** The reader of one case of verdicts.json. */
export async function readerOf(vectors, { trust }, one) {
  const any = [...trust.values()];
  const lists = await Promise.all(
    one.lists.map(async (name) => {
      const token = fromHex(vectors.status_lists[name]);
      for (const list of any) {
        const opened = await openStatusList(token, list).catch(() => null);
        if (opened) return opened;
      }
      throw new Error(`no trust list opens ${name}`);
    }),
  );
  const held = one.trust === null ? null : trust.get(one.trust);
  const { list_fresh: listFresh, list_usable: listUsable, trust_grace: trustGrace } = vectors.freshness;
  return {
    trust: held,
    statusLists: new Map(lists.map((list) => [list.uri, list])),
    latest: Math.max(held?.iat ?? 0, ...lists.map((list) => list.iat)),
    now: one.now,
    post: one.post,
    freshness: { listFresh, listUsable, trustGrace },
  };
}
