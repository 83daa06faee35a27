/** The scanner takes and refuses signed lists exactly as permits/ does. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHex } from "../../app/web/scanner/cose.js";
import { inflate } from "../../app/web/scanner/inflate.js";
import { rootKeys } from "../../app/web/scanner/roots.js";
import { openStatusList, statusAt } from "../../app/web/scanner/status-list.js";
import { isBehind, NotTrusted, openTrustList } from "../../app/web/scanner/trust-list.js";
import { readVectors } from "./vectors.mjs";

const vectors = readVectors("lists");
const roots = await rootKeys(vectors.roots);
const trust = await openTrustList(fromHex(vectors.trust), roots);

async function outcome(open) {
  try {
    await open();
    return "accepted";
  } catch (error) {
    if (error instanceof NotTrusted) return error.code;
    throw error;
  }
}

for (const { name, token, stored, expected } of vectors.trust_cases) {
  test(`trust list: ${name}`, async () => {
    const held = stored && (await openTrustList(fromHex(stored), roots));
    assert.equal(await outcome(() => openTrustList(fromHex(token), roots, held)), expected);
  });
}

for (const { name, token, held, expected } of vectors.status_cases) {
  test(`status list: ${name}`, async () => {
    const old = held && (await openStatusList(fromHex(held), trust));
    assert.equal(await outcome(() => openStatusList(fromHex(token), trust, old)), expected);
  });
}

for (const { bits, packed, statuses } of vectors.status_bits) {
  test(`status bits: ${bits}`, () => {
    const list = { bits, packed: fromHex(packed) };
    const said = statuses.map((_, index) => statusAt(list, index));
    // A value that nobody has defined counts as revoked.
    const words = statuses.map((value) => ["valid", "revoked", "suspended"][value] ?? "revoked");
    assert.deepEqual(said, words);
    assert.equal(statusAt(list, statuses.length), null);
    assert.equal(statusAt(list, -1), null);
  });
}

for (const { bits, size, statuses, lst } of readVectors("status_list/draft").cases) {
  test(`the draft's vector of ${bits} bits`, () => {
    const list = { bits, packed: inflate(Buffer.from(lst, "base64url"), 1024 * 1024) };
    const named = new Map(statuses);
    for (let index = 0; index < size; index++) {
      const value = named.get(index) ?? 0;
      if (statusAt(list, index) !== (["valid", "revoked", "suspended"][value] ?? "revoked")) {
        assert.fail(`index ${index}`);
      }
    }
    assert.equal(statusAt(list, size), null);
  });
}

test("a list is behind another by version first, then by issue", () => {
  const stored = { version: 3, iat: 100 };
  assert.equal(isBehind({ version: 2, iat: 999 }, stored), true);
  assert.equal(isBehind({ version: 3, iat: 99 }, stored), true);
  assert.equal(isBehind({ version: 3, iat: 100 }, stored), false);
  assert.equal(isBehind({ version: 4, iat: 1 }, stored), false);
});
