/** Every shared case gives the same verdict here as in permits/scans.py. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { COLOURS, judge } from "../../app/web/scanner/scans.js";
import { openLists, readerOf, readVectors } from "./vectors.mjs";

const vectors = readVectors("verdicts");
const lists = await openLists(vectors);

for (const one of vectors.cases) {
  test(`verdict: ${one.name}`, async () => {
    const verdict = await judge(one.text, await readerOf(vectors, lists, one));
    assert.deepEqual(
      {
        verdict: verdict.colour,
        reason: verdict.reason,
        signature: verdict.signature,
        time: verdict.time,
        status: verdict.status,
        list_age: verdict.listAge,
        number: verdict.permit?.number ?? verdict.number,
      },
      one.expected,
    );
  });
}

test("the cases reach every reason, each with its colour", () => {
  const reached = new Map(vectors.cases.map(({ expected }) => [expected.reason, expected.verdict]));
  const { "wrong-face": ofSecondScan, ...ofTexts } = COLOURS;
  assert.equal(ofSecondScan, "amber");
  assert.deepEqual(Object.fromEntries([...reached].sort()), sorted(ofTexts));
});

test("one changed bit is refused, or nothing that was signed has changed", async () => {
  const good = vectors.cases.find(({ expected }) => expected.reason === "ok");
  const reader = await readerOf(vectors, lists, good);
  const { permit } = await judge(good.text, reader);
  for (let at = 0; at < good.text.length; at += 7) {
    const other = good.text[at] === "7" ? "8" : "7";
    const verdict = await judge(good.text.slice(0, at) + other + good.text.slice(at + 1), reader);
    if (verdict.colour === "green") assert.deepEqual(verdict.permit, permit);
    else assert.deepEqual([verdict.permit, verdict.number], [null, null]);
  }
});

test("what to compare is told on green and never on red", async () => {
  for (const one of vectors.cases) {
    const verdict = await judge(one.text, await readerOf(vectors, lists, one));
    const expected = verdict.permit && verdict.colour !== "red";
    assert.equal(verdict.compare.length, expected ? 4 : 0, one.name);
  }
});

function sorted(table) {
  return Object.fromEntries(Object.entries(table).sort());
}
