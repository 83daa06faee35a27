/** A typed number is asked about where there is a network, and never more than amber. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { lookUp, VERIFY_URL } from "../../app/web/scanner/lookup.js";
import { judge } from "../../app/web/scanner/scans.js";
import { readVectors } from "./vectors.mjs";
import { reply, Server } from "./stand_ins.mjs";

const NUMBER = readVectors("permit_numbers").find(({ number }) => number).number;
const TYPED = await judge(NUMBER, { trust: null, statusLists: new Map(), now: 0, latest: 0, post: null });
const HOLDER = {
  initials: "M. L.",
  document_ending: "0101",
  kind: "coffee-hn-gt",
  valid_from: "2026-11-20T06:00:00Z",
  expires: "2027-02-16T06:00:00Z",
};

async function asked(answer, { online = true } = {}) {
  const server = new Server({ [VERIFY_URL]: answer });
  return { server, verdict: await lookUp(TYPED, online, server.fetch, 20) };
}

const told = (reason, holder = null) => reply({ reason, holder });

test("a number that stands is amber, with what to compare", async () => {
  const { server, verdict } = await asked(told("typed-number", HOLDER));
  assert.deepEqual(JSON.parse(server.asked[0].body), { text: NUMBER });
  assert.deepEqual([verdict.colour, verdict.reason, verdict.asked], ["amber", "typed-number", "answered"]);
  assert.equal(verdict.holder.documentEnding, "0101");
  assert.equal(verdict.holder.exp, Date.UTC(2027, 1, 16, 6) / 1000);
});

test("what ended is red, names nobody, and keeps its number", async () => {
  for (const reason of ["revoked", "suspended", "expired", "not-yet-valid"]) {
    const { verdict } = await asked(told(reason, HOLDER));
    assert.deepEqual([verdict.colour, verdict.reason, verdict.holder, verdict.number], ["red", reason, null, NUMBER]);
  }
});

test("a number of no permit records no crossing", async () => {
  const { verdict } = await asked(told("not-ours"));
  assert.deepEqual([verdict.colour, verdict.number], ["red", null]);
});

test("no answer makes it green", async () => {
  for (const reason of ["ok", "toString", "", undefined]) {
    const { verdict } = await asked(told(reason));
    assert.deepEqual([verdict.colour, verdict.reason], ["amber", "typed-number"]);
  }
});

test("without an answer it stays amber and says why", async () => {
  const never = () => new Promise(() => {});
  const slow = ({ signal }) => new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason)));
  for (const [answer, why] of [
    [reply({}, 401), "sign-in"],
    [reply({}, 403), "sign-in"],
    [reply({}, 429), "too-many"],
    [reply({}, 422), "refused"],
    [reply({}, 503), "no-network"],
    [slow, "no-network"],
    [reply(new Uint8Array([1])), "no-network"],
  ]) {
    const { verdict } = await asked(answer);
    assert.deepEqual([verdict.asked, verdict.colour, verdict.holder], [why, "amber", null]);
  }
  const { server, verdict } = await asked(never, { online: false });
  assert.deepEqual([verdict.asked, server.asked.length], ["no-network", 0]);
});
