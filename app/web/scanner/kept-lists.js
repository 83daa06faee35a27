/** The signed lists that a refresh kept, opened and verified again each time they are read. */

import { rootKeys } from "./roots.js";
import { openStatusList } from "./status-list.js";
import { openTrustList } from "./trust-list.js";

/**
 * What a verdict needs of what is kept; a list that does not verify counts as missing.
 * @param {import("./sealed-rooms.js").SealedRooms} rooms as refresh.js fills them.
 * @returns {Promise<{trust: object | null, statusLists: Map<string, object>}>}
 */
export async function openLists(rooms) {
  const [roots, kept] = [await rooms.get("roots"), await rooms.get("trust")];
  const trust = kept ? await openTrustList(kept.bytes, await rootKeys(roots)).catch(() => null) : null;
  const statusLists = new Map();
  for (const [, { bytes }] of trust ? await rooms.list("status:") : []) {
    const list = await openStatusList(bytes, trust).catch(() => null);
    if (list) statusLists.set(list.uri, list);
  }
  return { trust, statusLists };
}
