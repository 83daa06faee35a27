/** A number said aloud: all ten sounds are asked for in one order, whatever the number is. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { loadDigits, saying } from "../../app/web/static/src/js/spoken.js";

const ADDRESSES = Array.from({ length: 10 }, (_, digit) => `/consulta/voz/es/cifra-${digit}`);

test("every sound is asked for once, from 0 to 9, and the network is told nothing else", async () => {
  const asked = [];
  const sounds = await loadDigits(ADDRESSES, async (address, how) => {
    asked.push([address, how]);
    return { ok: true, blob: async () => address };
  });
  assert.deepEqual(asked.map(([address]) => address), ADDRESSES);
  assert.deepEqual(sounds, ADDRESSES);
  assert.ok(asked.every(([, how]) => how.credentials === "omit" && how.cache === "no-store"));
});

test("without one of them nothing is said", async () => {
  const ask = async (address) => ({ ok: !address.endsWith("7"), blob: async () => address });
  await assert.rejects(loadDigits(ADDRESSES, ask));
});

test("a number is said digit by digit, with a breath between groups of four", () => {
  assert.deepEqual(saying("9042 1111"), [9, 0, 4, 2, null, 1, 1, 1, 1]);
});
