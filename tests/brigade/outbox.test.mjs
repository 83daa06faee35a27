/** The tablet's outbox: nothing is lost, nothing is sent in other bytes, nothing lies in clear. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { IDBFactory, IDBKeyRange } from "fake-indexeddb";

import { Outbox } from "../../app/web/brigade/outbox.js";
import { openStore } from "../../app/web/brigade/store.js";

globalThis.IDBKeyRange = IDBKeyRange;

const ANA = {
  id: "a",
  facilitator: "f",
  programme: "coffee-hn-gt",
  language: "es",
  typed: { nombre: { given_names: ["Ana"], surnames: ["Xol Ficticia"] } },
};

/** A server that answers in turn; an Error is a line that breaks, a second one is of the same body. */
function line(...answers) {
  const bodies = [];
  const send = async (_url, { body }) => {
    const photo = body.get("photo");
    bodies.push(body.get("caso") + (photo ? Buffer.from(await photo.arrayBuffer()).toString("hex") : ""));
    const [status, told] = answers.shift();
    if (status === 0) throw new TypeError("network");
    return new Response(typeof told === "string" ? told : JSON.stringify(told), { status });
  };
  return { bodies, send };
}

async function kept(state = "waiting") {
  const store = await openStore(new IDBFactory());
  await store.save(ANA, state);
  return store;
}

async function flush(store, send) {
  const told = [];
  await new Outbox(store, send, (state) => told.push(state.held)).flush();
  return told;
}

const MADE = [200, { receipt: "2026-0000-0001", same: true, faults: [] }];

test("a lost answer is asked for again with the same bytes, and then nothing is left but the receipt", async () => {
  const store = await kept();
  await store.saveFile("a", "photo", Buffer.from("face").toString("base64"));
  const { bodies, send } = line([0], [200, "<html>a proxy"], MADE);
  assert.deepEqual(await flush(store, send), ["away"]);
  assert.deepEqual(await flush(store, send), ["later"]);
  assert.deepEqual(await flush(store, send), ["", ""]);
  assert.equal(new Set(bodies).size, 1);
  assert.match(bodies[0], /66616365$/);
  const [one] = await store.list();
  assert.deepEqual([one.state, one.receipt, one.case], ["registered", "2026-0000-0001", null]);
  assert.deepEqual(await store.files("a"), []);
  assert.equal(await store.countUnsent(), 0);
});

test("what is refused comes back with its reasons and whole; what is half done is not sent", async () => {
  const store = await kept();
  await store.save({ ...ANA, id: "b" }, "draft");
  const faults = [{ step: "documento", words: "No." }];
  const { bodies, send } = line([422, { receipt: "", same: true, faults }]);
  await flush(store, send);
  assert.equal(bodies.length, 1);
  const [one] = (await store.list()).filter(({ id }) => id === "a");
  assert.deepEqual([one.state, one.faults, one.case], ["refused", faults, ANA]);
  assert.equal(await store.countUnsent(), 2);
});

test("who is not signed in sends nothing more, and a busy service is asked later", async () => {
  for (const [status, held] of [[401, "enter"], [403, "enter"], [429, "later"], [503, "later"]]) {
    const store = await kept();
    await store.save({ ...ANA, id: "b" }, "waiting");
    const { bodies, send } = line([status, {}]);
    assert.deepEqual(await flush(store, send), [held]);
    assert.equal(bodies.length, 1);
    assert.equal(await store.countUnsent(), 2);
  }
});

test("another's registration, other words, and an answer that nobody knows are told and kept", async () => {
  const store = await kept();
  await flush(store, line([409, {}]).send);
  assert.deepEqual([(await store.read("a")).state, (await store.read("a")).note], ["waiting", "other"]);
  await flush(store, line([413, {}]).send);
  assert.deepEqual([(await store.read("a")).state, (await store.read("a")).note], ["refused", "odd"]);
  await store.save(ANA, "waiting");
  await flush(store, line([200, { receipt: "R", same: false, faults: [] }]).send);
  assert.deepEqual([(await store.read("a")).state, (await store.read("a")).case], ["changed", ANA]);
});

test("who is on the list has no number yet: the day is kept, and nothing of the person", async () => {
  const store = await kept();
  const listed = { receipt: "", listed: "28 de noviembre de 2027", same: true, faults: [] };
  const { send } = line([200, listed]);
  assert.deepEqual(await flush(store, send), ["", ""]);
  const [one] = await store.list();
  assert.deepEqual([one.state, one.until, one.case], ["listed", listed.listed, null]);
  assert.equal(await store.countUnsent(), 0);
  await store.save(ANA, "waiting");
  const other = line([200, { ...listed, same: false }]);
  await flush(store, other.send);
  assert.equal((await store.list())[0].state, "changed");
});

test("what is written anew while it is on its way is not forgotten", async () => {
  const store = await kept();
  const { send } = line(MADE);
  await flush(store, async (...asked) => {
    await store.save({ ...ANA, language: "en" }, "waiting");
    return send(...asked);
  });
  assert.deepEqual([(await store.read("a")).state, (await store.read("a")).case.language], ["waiting", "en"]);
});

test("two calls at once send once", async () => {
  const store = await kept();
  const { bodies, send } = line(MADE);
  const outbox = new Outbox(store, send, () => {});
  await Promise.all([outbox.flush(), outbox.flush()]);
  assert.equal(bodies.length, 1);
});

test("a damaged one is told, stays, and holds up no other", async () => {
  const factory = new IDBFactory();
  const store = await openStore(factory);
  await store.save(ANA, "waiting");
  const other = await openStore(factory);
  await other.save({ ...ANA, id: "b" }, "waiting");
  const room = store.database.transaction("cases", "readwrite").objectStore("cases");
  await new Promise((done) => {
    room.get("a").onsuccess = ({ target }) => {
      new Uint8Array(target.result.sealed.box)[0] ^= 1;
      room.put(target.result).onsuccess = done;
    };
  });
  assert.equal((await store.read("a")).damaged, true);
  const { bodies, send } = line(MADE);
  await flush(store, send);
  assert.equal(bodies.length, 1);
  assert.equal(await store.countUnsent(), 1);
});

test("nothing that names somebody lies in clear, and wiping leaves nothing", async () => {
  const factory = new IDBFactory();
  const store = await openStore(factory);
  await store.save(ANA, "waiting");
  const rows = await new Promise((done) => {
    const asked = store.database.transaction("cases").objectStore("cases").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  assert.equal(Object.hasOwn(rows[0], "typed"), false);
  assert.equal(Buffer.from(rows[0].sealed.box).includes("Xol"), false);
  const key = await store.get("seal-key");
  await assert.rejects(crypto.subtle.exportKey("raw", key));
  await store.destroy(factory);
  assert.deepEqual(await (await openStore(factory)).list(), []);
});
