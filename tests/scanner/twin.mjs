/**
 * The scanner's reader behind a pipe, for tests in Python that ask both readers the same: a line of
 * JSON in, a line out. `{"text": …}` is judged with the lists of verdicts.json; `{"deflate": hex}`
 * is inflated.
 */

import { createInterface } from "node:readline";

import { decodeBase45 } from "../../app/web/scanner/base45.js";
import { fromHex, toHex } from "../../app/web/scanner/cose.js";
import { CREDENTIAL_CAP, inflate, inflateRaw } from "../../app/web/scanner/inflate.js";
import { judge } from "../../app/web/scanner/scans.js";
import { openLists, readerOf, readVectors } from "./vectors.mjs";

const vectors = readVectors("verdicts");
const good = vectors.cases.find(({ name }) => name === "accepted");
const reader = await readerOf(vectors, await openLists(vectors), good);

function envelopeOf(text) {
  try {
    return toHex(inflate(decodeBase45(text), CREDENTIAL_CAP));
  } catch {
    return null;
  }
}

async function tellVerdict(text) {
  const verdict = await judge(text, reader);
  return {
    reason: verdict.reason,
    verdict: verdict.colour,
    signature: verdict.signature,
    time: verdict.time,
    status: verdict.status,
    list_age: verdict.listAge,
    number: verdict.permit?.number ?? verdict.number,
    name: verdict.permit?.fullName ?? null,
    envelope: envelopeOf(text),
  };
}

function tellInflated(hex) {
  try {
    return { inflated: toHex(inflateRaw(fromHex(hex), CREDENTIAL_CAP)) };
  } catch (error) {
    if (error instanceof RangeError) return { inflated: null };
    throw error;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text, deflate } = JSON.parse(line);
  const told = deflate === undefined ? await tellVerdict(text) : tellInflated(deflate);
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
