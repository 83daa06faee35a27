/** What waits on the device is sealed: no word of it is on the disk, and no box can be exchanged. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Lock, remember, UNLOCK } from "../../app/web/scanner/lock.js";
import { CrossingQueue, recordCrossing } from "../../app/web/scanner/queue.js";
import { makeSealKey, seal, unseal } from "../../app/web/scanner/seals.js";
import { openStore } from "../../app/web/scanner/store.js";
import { freshStore, reopen, reply, Server } from "./stand_ins.mjs";

const NUMBER = "15NR9NK9R1C2";
const FACTS = { permit_number: NUMBER, device_id: "d-1", device_time: "2026-11-23T12:00:00.000Z" };

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Everything in the database, as somebody with a tool reads it: bytes as text, keys by their kind. */
async function dump(store) {
  const rooms = [...store.database.objectStoreNames];
  const rows = await Promise.all(
    rooms.map((room) => settled(store.database.transaction(room).objectStore(room).getAll())),
  );
  const plain = (_, value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      return Buffer.from(value.buffer ?? value).toString("latin1");
    }
    return value instanceof CryptoKey ? `key ${value.type} ${value.extractable}` : value;
  };
  return JSON.stringify(rows, plain);
}

async function put(store, row) {
  const room = store.database.transaction("waiting", "readwrite").objectStore("waiting");
  await settled(room.put(row));
}

async function rows(store) {
  return settled(store.database.transaction("waiting").objectStore("waiting").getAll());
}

test("the database holds neither the permit's number nor the agent's name, and its key is shut in", async () => {
  const store = await freshStore();
  await recordCrossing(store, FACTS, "c1");
  await remember(store, { agent: "a-1", name: "Delia Rosa" }, "482915", 1_000, 10);
  const seen = await dump(store);
  assert.ok(seen.includes("c1"), "the dump sees what is in clear");
  for (const secret of [NUMBER, "2026-11-23", "d-1", "Delia", "a-1", "482915"]) {
    assert.ok(!seen.includes(secret), secret);
  }
  assert.ok(seen.includes("key secret false"));
  assert.ok(!seen.includes("key secret true"));
  const again = await reopen(store);
  assert.deepEqual(await again.waitingCrossings(), [{ id: "c1", ...FACTS }]);
  assert.equal((await new Lock(again, () => 1_000).holder()).name, "Delia Rosa");
});

test("the same crossing is never sealed to the same bytes twice", async () => {
  const key = await makeSealKey();
  const [one, other] = [await seal(key, "c1", FACTS), await seal(key, "c1", FACTS)];
  assert.notDeepEqual(new Uint8Array(one.box), new Uint8Array(other.box));
  assert.deepEqual(await unseal(key, "c1", one), await unseal(key, "c1", other));
});

test("a box opens at its own place alone, whole, and by its own key", async () => {
  const key = await makeSealKey();
  const sealed = await seal(key, "c1", FACTS);
  const spoilt = new Uint8Array(sealed.box.slice(0));
  spoilt[3] ^= 1;
  assert.equal(await unseal(key, "c2", sealed), null);
  assert.equal(await unseal(key, "c1", { ...sealed, box: spoilt.buffer }), null);
  assert.equal(await unseal(await makeSealKey(), "c1", sealed), null);
  assert.deepEqual(await unseal(key, "c1", sealed), FACTS);
});

test("a box under another crossing's id is not sent, keeps no other waiting, and still counts", async () => {
  const store = await freshStore();
  for (const id of ["c1", "c2", "c3"]) await recordCrossing(store, FACTS, id);
  const [first, second] = await rows(store);
  await put(store, { ...second, sealed: first.sealed });
  const sent = [];
  const server = new Server({
    "/api/v1/crossings": ({ body }) => {
      const ids = JSON.parse(body).crossings.map(({ id }) => id);
      sent.push(...ids);
      return reply({ items: ids.map((id) => ({ id, outcome: "recorded" })) });
    },
  });
  const queue = new CrossingQueue(store, server.fetch, () => {});
  await queue.flush();
  assert.deepEqual([sent, queue.state.waiting], [["c1", "c3"], 1]);
});

test("what an older version left in clear is sealed when the store is opened, in its order, once", async () => {
  const opening = indexedDB.open("an-old-device", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("kept");
    opening.result.createObjectStore("crossings", { keyPath: "id" });
  };
  const old = await settled(opening);
  const writing = old.transaction(["kept", "crossings"], "readwrite");
  writing.objectStore("kept").put("el-florido", "post");
  for (const id of ["c1", "c2"]) writing.objectStore("crossings").put({ id, ...FACTS });
  await new Promise((done) => (writing.oncomplete = done));
  old.close();
  const [store, other] = await Promise.all([
    openStore(indexedDB, "an-old-device"),
    openStore(indexedDB, "an-old-device"),
  ]);
  assert.ok(!(await dump(store)).includes(NUMBER));
  assert.deepEqual((await other.waitingCrossings()).map(({ id }) => id), ["c1", "c2"]);
  assert.equal(await store.get("post"), "el-florido");
});

test("every tab seals with the same key", async () => {
  const store = await freshStore();
  const other = await openStore(indexedDB, store.database.name);
  await recordCrossing(store, FACTS, "c1");
  await recordCrossing(other, FACTS, "c2");
  assert.equal((await store.waitingCrossings()).length, 2);
});

test("a crossing that was answered for during a renaming does not come back", async () => {
  const store = await freshStore();
  for (const id of ["c1", "c2"]) await recordCrossing(store, FACTS, id);
  await Promise.all([store.renameCrossings("d-2"), store.removeCrossings(["c1"])]);
  assert.deepEqual(await store.waitingCrossings(), [{ id: "c2", ...FACTS, device_id: "d-2" }]);
});

test("a lock whose name cannot be opened still locks", async () => {
  const store = await freshStore();
  await remember(store, { agent: "a-1", name: "Delia" }, "482915", 1_000, 10);
  await store.change(UNLOCK, (old) => ({ ...old, who: { ...old.who, iv: new Uint8Array(12) } }));
  const lock = new Lock(store, () => 1_000);
  assert.deepEqual(await lock.holder(), { name: "", wornOut: false, byDoor: false });
  await lock.lock();
  assert.deepEqual([await lock.isLocked(), await lock.unlock("482915")], [true, "opened"]);
});
