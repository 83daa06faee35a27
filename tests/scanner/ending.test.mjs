/** A device that was ended forgets at once what it knows, hands in what it owes, and is empty. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { Ending, HAND_IN_URL, STANDING_URL } from "../../app/web/scanner/ending.js";
import { CHALLENGE_URL } from "../../app/web/scanner/entry/entrance.js";
import { ENROL_URL, enrol } from "../../app/web/scanner/entry/enrolment.js";
import { recordCrossing } from "../../app/web/scanner/queue.js";
import { openStore } from "../../app/web/scanner/store.js";
import { freshStore, reply, Server, verifies } from "./stand_ins.mjs";

const TOLD = { device: "d-1", name: "Ventanilla 1", post: "HN-GT-1", post_name: "El Florido" };
const ENDED = reply({ code: "revoked-device", detail: "El equipo está dado de baja." }, 403);
const FACTS = { permit_number: "15NR9NK9R1C2", device_id: "d-1", device_time: "2026-11-23T12:00:00Z" };
const KNOWN = ["config", "roots", "trust", "unlock", "post", "status:https://x/st/1"];

async function scene(standing, crossings = 0, handIn = reply({ taken: 1 })) {
  const store = await freshStore();
  let made = 0;
  const server = new Server({
    [ENROL_URL]: reply(TOLD),
    [CHALLENGE_URL]: () => reply({ challenge: `c${++made}` }),
    [STANDING_URL]: standing,
    [HAND_IN_URL]: handIn,
  });
  await enrol(store, server.fetch, "ABCD", "es");
  for (const name of KNOWN) await store.put(name, { of: name });
  for (let n = 0; n < crossings; n += 1) await recordCrossing(store, FACTS, `c${n}`);
  const [{ body: point }] = server.asked.splice(0);
  const ending = new Ending(store, server.fetch, "es");
  return { store, server, ending, point: JSON.parse(point) };
}

async function kept(store) {
  return (await store.list("")).map(([key]) => key);
}

const handedIn = (server) => server.asked.filter(({ url }) => url === HAND_IN_URL).map(({ body }) => JSON.parse(body));

test("a device that stands keeps everything, and one that never enrolled asks nobody", async () => {
  const { store, ending } = await scene(reply({ standing: "in-use" }), 2);
  const before = await kept(store);
  assert.deepEqual([await ending.look(), await ending.isKnown()], [false, false]);
  assert.deepEqual([await kept(store), await store.countCrossings()], [before, 2]);
  const server = new Server({});
  assert.equal(await new Ending(await freshStore(), server.fetch, "es").look(), false);
  assert.deepEqual(server.asked, []);
});

for (const [name, standing] of [
  ["no network", () => Promise.reject(new TypeError("no network"))],
  ["an error of the server", reply({ code: "unknown-error" }, 500)],
  ["a refusal for another reason", reply({ code: "device-refused" }, 403)],
  ["a page of a hotel's network", new Response("<html>", { status: 403 })],
]) {
  test(`${name} ends no device`, async () => {
    const { store, ending } = await scene(standing, 1);
    const before = await kept(store);
    assert.deepEqual([await ending.look(), await kept(store)], [false, before]);
  });
}

test("an ended device forgets what it knows at once, and over a restart knows that it was ended", async () => {
  const { store, ending, server } = await scene(ENDED, 1);
  assert.equal(await ending.look(), true);
  assert.deepEqual(await kept(store), ["device", "device-key", "ended", "seal-key"]);
  assert.equal(await store.countCrossings(), 1);
  server.up = false;
  const again = new Ending(await openStore(indexedDB, store.database.name), server.fetch, "es");
  assert.deepEqual([await again.isKnown(), await again.look()], [true, true]);
});

test("what it owes is handed in whole, under a signature over it, in batches", async () => {
  const { store, ending, server, point } = await scene(ENDED, 201);
  await ending.look();
  assert.equal(await ending.settle(), 0);
  const sent = handedIn(server);
  assert.deepEqual(sent.map(({ crossings }) => JSON.parse(crossings).length), [200, 1]);
  assert.deepEqual(JSON.parse(sent[0].crossings)[0], { id: "c0", ...FACTS });
  assert.notEqual(sent[0].challenge, sent[1].challenge);
  for (const { crossings, challenge, signature } of sent) {
    const digest = createHash("sha256").update(crossings).digest("hex");
    assert.ok(await verifies(point, signature, "vereda hand-in", "d-1", challenge, digest));
  }
  assert.equal(await store.countCrossings(), 0);
});

test("without a network, or with the server in trouble, it goes on owing", async () => {
  let answers = reply({ code: "unknown-error" }, 500);
  const { store, ending, server } = await scene(ENDED, 3, () => answers);
  await ending.look();
  assert.equal(await ending.settle(), 3);
  server.up = false;
  assert.equal(await ending.settle(), 3);
  server.up = true;
  answers = reply({ taken: 3 });
  assert.deepEqual([await ending.settle(), await store.countCrossings()], [0, 0]);
});

test("a hand-in that is refused for good keeps nothing on the device", async () => {
  const { store, ending } = await scene(ENDED, 3, reply({ code: "device-refused" }, 403));
  await ending.look();
  assert.deepEqual([await ending.settle(), await store.countCrossings()], [0, 0]);
});

test("a database that is destroyed is gone, also where another tab had it open", async () => {
  const { store } = await scene(ENDED, 1);
  const name = store.database.name;
  await openStore(indexedDB, name);
  await store.destroy(indexedDB);
  assert.ok(!(await indexedDB.databases()).some((one) => one.name === name));
});
