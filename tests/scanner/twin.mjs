/**
 * The scanner's reader behind a pipe, for tests in Python that ask both readers the same: a line of
 * JSON in, a line out. `{"text": …}` is judged with the lists of verdicts.json, `{"deflate": hex}`
 * is inflated, `{"signature", "message", "point"}` is verified.
 */

import { createInterface } from "node:readline";

import { decodeBase45 } from "../../app/web/scanner/base45.js";
import { fromHex, importPoint, toHex, verifyEs256 } from "../../app/web/scanner/cose.js";
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

async function tellSignature({ signature, message, point }) {
  const key = await importPoint(fromHex(point.slice(0, 64)), fromHex(point.slice(64)));
  return { holds: await verifyEs256(key, fromHex(message), fromHex(signature)) };
}

async function answer(question) {
  if ("text" in question) return tellVerdict(question.text);
  if ("deflate" in question) return tellInflated(question.deflate);
  return tellSignature(question);
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
