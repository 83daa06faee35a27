/** Every shared case of a face gives the same here as in permits/face.py. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHex, toHex } from "../../app/web/scanner/cose.js";
import { judgeFace } from "../../app/web/scanner/face.js";
import { rootKeys } from "../../app/web/scanner/roots.js";
import { openTrustList } from "../../app/web/scanner/trust-list.js";
import { readVectors } from "./vectors.mjs";

const { permit, picture, cases, roots, trust_list } = readVectors("faces");
const trust = await openTrustList(fromHex(trust_list), await rootKeys(roots));

for (const one of cases) {
  test(`face: ${one.name}`, async () => {
    const told = await judgeFace(one.text, permit, { trust: one.trust ? trust : null, now: one.now });
    assert.equal(told.reason, one.expected);
    assert.equal(told.picture !== null, one.expected === "ok");
  });
}

test("the photo that is shown is the one that was signed", async () => {
  const { text, now } = cases.find(({ name }) => name === "accepted");
  const told = await judgeFace(text, permit, { trust, now });
  assert.equal(toHex(told.picture), picture);
});

test("one changed bit shows no photo, or the same", async () => {
  const { text, now } = cases.find(({ name }) => name === "accepted");
  for (let at = 0; at < text.length; at += 5) {
    const other = text[at] === "7" ? "8" : "7";
    const bent = text.slice(0, at) + other + text.slice(at + 1);
    const told = await judgeFace(bent, permit, { trust, now });
    if (told.picture) assert.equal(toHex(told.picture), picture);
  }
});
