/** Judges one text with the scanner's own modules; everything comes by standard input. */

import { readFileSync } from "node:fs";

import { fromHex } from "../../app/web/scanner/cose.js";
import { pinnedRoots, rootKeys } from "../../app/web/scanner/roots.js";
import { judge } from "../../app/web/scanner/scans.js";
import { openStatusList } from "../../app/web/scanner/status-list.js";
import { openTrustList } from "../../app/web/scanner/trust-list.js";

const given = JSON.parse(readFileSync(0, "utf8"));
const trust = await openTrustList(
  fromHex(given.trust),
  await rootKeys(await pinnedRoots(given.roots)),
);
const statusLists = new Map();
for (const token of given.lists) {
  const list = await openStatusList(fromHex(token), trust);
  statusLists.set(list.uri, list);
}
const latest = Math.max(trust.iat, ...[...statusLists.values()].map((list) => list.iat));
const verdict = await judge(given.text, { trust, statusLists, latest, now: given.now, post: null });
const { colour, reason, permit } = verdict;
process.stdout.write(
  JSON.stringify({
    colour,
    reason,
    issuer: permit?.issuer ?? null,
    departments: permit?.departments ?? null,
  }),
);
