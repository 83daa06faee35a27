/** The device's key signs and never leaves; the lock opens by the PIN and wears out. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import {
  AGENTS_URL,
  CHALLENGE_URL,
  ENTER_BY_PASSKEY_URL,
  ENTER_URL,
  Entrance,
  PASSKEY_URL,
} from "../../app/web/scanner/entry/entrance.js";
import { ENROL_URL, enrol } from "../../app/web/scanner/entry/enrolment.js";
import { enrolled, sign } from "../../app/web/scanner/entry/keys.js";
import { IDLE, Lock, remember, TRIES, UNLOCK } from "../../app/web/scanner/lock.js";
import { CROSSINGS_URL, CrossingQueue, recordCrossing } from "../../app/web/scanner/queue.js";
import { freshStore, reopen, reply, Server, verifies } from "./stand_ins.mjs";

const TOLD = { device: "d-1", name: "Ventanilla 1", post: "HN-GT-1", post_name: "El Florido" };
const ROUNDS = 10;

async function enrolledDevice(answers = {}) {
  const store = await freshStore();
  const server = new Server({ [ENROL_URL]: reply(TOLD), ...answers });
  await store.put("device", "a name of its own");
  await enrol(store, server.fetch, "abcd-efgh 2345", "es");
  return { store, server, sent: JSON.parse(server.asked[0].body) };
}

test("enrolling proves the key, and the key survives a restart without being readable", async () => {
  const { store, sent } = await enrolledDevice();
  assert.deepEqual(Object.keys(sent).sort(), ["code", "signature", "x", "y"]);
  assert.equal(sent.code, "ABCDEFGH2345");
  assert.ok(await verifies(sent, sent.signature, "vereda enrol", "ABCDEFGH2345"));
  const device = await enrolled(await reopen(store));
  assert.equal(device.id, "d-1");
  assert.equal(device.privateKey.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("jwk", device.privateKey));
});

test("a refused code leaves the device as it was", async () => {
  const store = await freshStore();
  const refusal = reply({ code: "enrolment-refused", detail: "El código no sirve." }, 403);
  const server = new Server({ [ENROL_URL]: refusal });
  await assert.rejects(enrol(store, server.fetch, "X", "es"), { message: "El código no sirve." });
  assert.equal(await enrolled(store), undefined);
});

test("crossings that wait go out under the enrolled name, signed with their key", async () => {
  const store = await freshStore();
  await recordCrossing(store, { device_id: "old", device_time: "2026-11-23T12:00:00Z" }, "c1");
  const server = new Server({
    [ENROL_URL]: reply(TOLD),
    [CROSSINGS_URL]: reply({ items: [{ id: "c1", outcome: "recorded" }] }),
  });
  await enrol(store, server.fetch, "X", "es");
  const { privateKey, id } = await enrolled(store);
  const signed = (purpose, key, body) => sign(privateKey, purpose, id, key, body);
  await new CrossingQueue(store, server.fetch, () => {}, signed).flush();
  const [enrolment, upload] = server.asked;
  assert.equal(JSON.parse(upload.body).crossings[0].device_id, "d-1");
  const { "Idempotency-Key": key, "Device-Signature": signature } = upload.headers;
  const point = JSON.parse(enrolment.body);
  assert.ok(await verifies(point, signature, "vereda crossings", "d-1", key, upload.body));
  assert.ok(!(await verifies(point, signature, "vereda crossings", "d-1", key, `${upload.body} `)));
});

test("coming in answers a fresh challenge each time, bound to who comes in", async () => {
  let made = 0;
  const { store, server, sent } = await enrolledDevice({
    [CHALLENGE_URL]: () => reply({ challenge: `c${++made}` }),
    [AGENTS_URL]: reply({ agents: [{ id: "a-1", name: "Delia" }] }),
    [ENTER_URL]: reply({ name: "Delia" }),
  });
  const entrance = new Entrance(store, server.fetch, await enrolled(store), "es");
  assert.deepEqual(await entrance.agents(), [{ id: "a-1", name: "Delia" }]);
  assert.equal(await entrance.enter("a-1", "482915", ""), "Delia");
  const asked = server.asked.find(({ url }) => url === AGENTS_URL);
  const { signature, challenge } = JSON.parse(asked.body);
  assert.ok(await verifies(sent, signature, "vereda agents", "d-1", challenge));
  const entered = JSON.parse(server.asked.find(({ url }) => url === ENTER_URL).body);
  assert.equal(entered.challenge, "c2");
  assert.ok(await verifies(sent, entered.signature, "vereda enter", "d-1", "c2", "a-1"));
  assert.ok(!(await verifies(sent, entered.signature, "vereda enter", "d-1", "c2", "a-2")));
});

async function lockedAfter(idle) {
  const store = await freshStore();
  await remember(store, { agent: "a-1", name: "Delia" }, "482915", 1_000, ROUNDS);
  const clock = { now: 1_000 + idle };
  return { store, clock, lock: new Lock(store, () => clock.now) };
}

test("a device where nobody came in by PIN is never locked", async () => {
  const lock = new Lock(await freshStore(), () => 10 * IDLE);
  assert.equal(await lock.isLocked(), false);
  assert.deepEqual(await lock.holder(), { name: "", wornOut: true, byDoor: false });
});

test("five idle minutes lock, a touch before that does not", async () => {
  const { clock, lock } = await lockedAfter(IDLE - 1);
  assert.equal(await lock.isLocked(), false);
  await lock.touch();
  clock.now += IDLE - 1;
  assert.equal(await lock.isLocked(), false);
  clock.now += 1;
  assert.equal(await lock.isLocked(), true);
});

test("a locked device stays locked over a restart, a touch and a clock set back", async () => {
  const { store, clock, lock } = await lockedAfter(IDLE);
  assert.equal(await lock.isLocked(), true);
  await lock.touch();
  clock.now = 1_000;
  const again = new Lock(await reopen(store), () => clock.now);
  assert.equal(await again.isLocked(), true);
  const back = await lockedAfter(-60_000);
  assert.equal(await back.lock.isLocked(), true);
});

test("the PIN opens, a wrong one does not, and after five only the server lets in", async () => {
  const { store, lock } = await lockedAfter(IDLE);
  assert.equal(await lock.unlock("482916"), "wrong");
  assert.equal(await lock.unlock("482915"), "opened");
  assert.equal(await lock.isLocked(), false);
  await lock.lock();
  const endings = [];
  for (let at = 0; at < TRIES; at += 1) endings.push(await lock.unlock("000000"));
  assert.deepEqual(endings, ["wrong", "wrong", "wrong", "wrong", "worn-out"]);
  assert.equal(await lock.unlock("482915"), "worn-out");
  assert.equal((await new Lock(store, () => 0).holder()).wornOut, true);
  await remember(store, { agent: "a-1", name: "Delia" }, "482915", 9 * IDLE, ROUNDS);
  assert.equal(await new Lock(store, () => 9 * IDLE).isLocked(), false);
});

test("a passkey's answer is signed by the device, and the lock then opens at the door alone", async () => {
  const { store, server, sent } = await enrolledDevice({
    [CHALLENGE_URL]: reply({ challenge: "c1" }),
    [PASSKEY_URL]: reply({ challenge: "p1" }),
    [ENTER_BY_PASSKEY_URL]: reply({ agent: "a-1", name: "Delia" }),
  });
  const entrance = new Entrance(store, server.fetch, await enrolled(store), "es");
  assert.equal(await entrance.enterByPasskey(async ({ challenge }) => `answer to ${challenge}`), "Delia");
  const entered = JSON.parse(server.asked.find(({ url }) => url === ENTER_BY_PASSKEY_URL).body);
  assert.equal(entered.credential, "answer to p1");
  const digest = createHash("sha256").update("answer to p1").digest("hex");
  assert.ok(await verifies(sent, entered.signature, "vereda enter-passkey", "d-1", "c1", digest));
  const { touched } = await store.get(UNLOCK);
  const lock = new Lock(store, () => touched + IDLE);
  assert.equal(await lock.isLocked(), true);
  assert.deepEqual(await lock.holder(), { name: "Delia", wornOut: true, byDoor: true });
  assert.equal(await lock.unlock("482915"), "worn-out");
  assert.equal(JSON.stringify(await store.get(UNLOCK)).includes("Delia"), false);
});

test("neither the PIN nor anything that shows it is kept", async () => {
  const { store } = await lockedAfter(0);
  const held = await store.get(UNLOCK);
  assert.equal(held.key.extractable, false);
  assert.ok(!JSON.stringify(Object.values(held)).includes("482915"));
});
