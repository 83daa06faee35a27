/** The enrolment code carries the roots' fingerprints; nothing that a server sends later counts more. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHex, thumbprint, toHex } from "../../app/web/scanner/cose.js";
import { ENROL_URL, enrol, readFragment } from "../../app/web/scanner/entry/enrolment.js";
import { toBase64 } from "../../app/web/scanner/entry/keys.js";
import { CONFIG_URL, Refresher } from "../../app/web/scanner/refresh.js";
import { fingerprints, PINS, pinnedRoots } from "../../app/web/scanner/roots.js";
import { freshStore, reply, Server } from "./stand_ins.mjs";
import { readVectors } from "./vectors.mjs";

const { roots, fragment } = readVectors("lists");
const [OURS, STANDBY] = roots;
const printOf = async ({ x, y }) => toBase64(await thumbprint(fromHex(x), fromHex(y)));

async function foreign() {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
  const point = toHex(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  return { x: point.slice(2, 66), y: point.slice(66), kid: OURS.kid };
}

async function enrolledBy(prints, offered) {
  const store = await freshStore();
  await store.put("roots", [await foreign()]); // taken on trust before it was enrolled
  const server = new Server({
    [ENROL_URL]: reply({ device: "d-1", name: "V", post: "HN-GT-1", post_name: "El Florido" }),
    [CONFIG_URL]: reply({ roots: offered, server_time: "2026-11-23T12:00:00Z" }),
  });
  await enrol(store, server.fetch, "ABCD", "es", prints);
  const ending = await new Refresher(store, server.fetch, () => 0).refresh();
  return { ending, kept: (await store.get("roots"))?.map(({ kid }) => kid), pins: await store.get(PINS) };
}

test("the fragment that the law writes is read here, fingerprints and all", async () => {
  const { code, prints } = readFragment(fragment);
  assert.equal(code, "ABCDEFGH2345");
  assert.deepEqual(prints, [await printOf(OURS), await printOf(STANDBY)]);
  assert.deepEqual(readFragment("ABCD-EFGH"), { code: "ABCD-EFGH", prints: [] });
  assert.deepEqual(readFragment("ABCD.short.<script>").prints, []);
});

test("of what a server offers a device takes the roots of its code, and only those", async () => {
  const { kept, pins } = await enrolledBy([await printOf(OURS)], [await foreign(), STANDBY, OURS]);
  assert.deepEqual([kept, pins.length], [[OURS.kid], 1]);
});

test("a server with other roots gives the device nothing, and the agent is told", async () => {
  const { ending, kept } = await enrolledBy([await printOf(OURS)], [await foreign()]);
  assert.deepEqual([ending, kept], ["roots", undefined]);
});

test("a code that was typed carries none: the first roots are taken, as the supervisor knows", async () => {
  const other = await foreign();
  const [taken] = await pinnedRoots([other]);
  const { kept, pins } = await enrolledBy([], [other]);
  assert.deepEqual([kept, pins], [[taken.kid], undefined]);
});

test("who typed the code compares whole fingerprints, as the supervisor's page shows them", async () => {
  const [print] = await fingerprints([OURS]);
  assert.equal(print.replaceAll(" ", ""), toHex(await thumbprint(fromHex(OURS.x), fromHex(OURS.y))));
  assert.match(print, /^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  assert.deepEqual(await fingerprints(undefined), []);
});
