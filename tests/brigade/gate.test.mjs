/** A farm's gate without a network: what is noted waits sealed on the phone and is sent once. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { IDBFactory, IDBKeyRange } from "fake-indexeddb";

import { isMeant } from "../../app/web/gate/find.js";
import { keepList, openList } from "../../app/web/gate/kept-list.js";
import { GateNotes } from "../../app/web/gate/notes.js";
import { openRooms, placeOf } from "../../app/web/gate/rooms.js";
import { standingOf } from "../../app/web/gate/standing.js";
import { KEPT, settled } from "../../app/web/scanner/sealed-rooms.js";

globalThis.IDBKeyRange = IDBKeyRange;

const GATE = "/porton/nMmXlsY8w0qQ3tB5uKJr1A";
const AT = new Date("2026-11-23T14:58:00Z");

/** A gate on a fresh phone, whose service answers in turn: a status with a body, or no network. */
async function gate(answer) {
  const rooms = await openRooms(new IDBFactory());
  const bodies = [];
  const send = async (_url, { body }) => {
    bodies.push(JSON.parse(body));
    const [status, told] = await answer(bodies.at(-1).notes);
    if (status === 0) throw new TypeError("no network");
    return new Response(typeof told === "string" ? told : JSON.stringify(told), { status });
  };
  return { rooms, bodies, notes: new GateNotes(rooms, await placeOf(GATE), `${GATE}/notas.json`, send) };
}

const kept = ({ id }) => ({ id, belonging: "authorised", words: "Bien.", wait: false });
const numbers = (body) => body.notes.map(({ text }) => text);

/** Everything that lies on the phone, as somebody with a tool for databases reads it. */
async function lying(rooms) {
  const room = rooms.open(KEPT, "readonly").objectStore(KEPT);
  const [keys, values] = await Promise.all([settled(room.getAllKeys()), settled(room.getAll())]);
  const clear = values.map((value) => (value?.box ? Buffer.from(value.box).toString("latin1") : ""));
  return [...keys, ...clear].join("\n");
}

test("a gate keeps the hour, sends in order and once, and loses nothing that is noted meanwhile", async () => {
  let online = false;
  let more = async () => {};
  const { rooms, bodies, notes } = await gate(async (sent) => {
    if (!online) return [0];
    await more();
    return [200, { items: sent.map(kept) }];
  });
  await notes.add({ direction: "entry", text: "T-482-139-0759" }, AT);
  await notes.add({ direction: "entry", hand: "0f9a6f0e-3a51-4c39-9d2b-6f4f1f0f6f02" }, new Date(+AT + 1));
  const clear = await lying(rooms);
  for (const secret of ["482", "entry", "3a51", "nMmX", "porton"]) assert.ok(!clear.includes(secret), secret);
  assert.deepEqual(await notes.flush(), { held: "away", noted: [] });
  online = true;
  more = async () => {
    more = async () => {};
    await notes.add({ direction: "exit", text: "7K3M9XQ2HB4T" }, new Date(+AT + 2));
  };
  const [one, two] = await Promise.all([notes.flush(), notes.flush()]); // two events at once
  assert.deepEqual(one, two);
  assert.deepEqual(one.noted.map(({ belonging }) => belonging), ["authorised", "authorised", "authorised"]);
  assert.deepEqual(bodies.map(numbers), [["T-482-139-0759", ""], ["T-482-139-0759", ""], ["7K3M9XQ2HB4T"]]);
  assert.deepEqual(bodies[0].notes, bodies[1].notes); // word for word: the service knows it again
  assert.equal(bodies[0].notes[0].happened_at, "2026-11-23T14:58:00.000Z");
  assert.ok(Math.abs(Date.parse(bodies[1].sent_at) - Date.now()) < 60_000);
  assert.ok(!(await lying(rooms)).includes("note:"));
  const running = notes.flush();
  await notes.add({ direction: "exit", hand: "one more, as a sending ends" }, AT);
  assert.equal((await running).noted.length + (await notes.flush()).noted.length, 1);
});

test("what is refused stays with its reason, what is busy waits, and nothing else counts as kept", async () => {
  const replies = [];
  const { notes } = await gate(async (sent) => replies.shift()(sent));
  await notes.add({ direction: "entry", text: "nobody" }, AT);
  await notes.add({ direction: "entry", text: "T-482-139-0759" }, new Date(+AT + 1));
  const held = async (...reply) => {
    replies.push(() => reply);
    return (await notes.flush()).held;
  };
  assert.equal(await held(401, {}), "enter");
  assert.equal(await held(404, {}), "ended");
  assert.equal(await held(200, "<html>a hotel's sign-in"), "later");
  assert.equal(await held(502, ""), "later");
  assert.equal((await notes.list()).length, 2);
  const busy = ({ id }) => ({ id, belonging: null, words: "Espere.", wait: true });
  const unknown = ({ id }) => ({ id, belonging: null, words: "Nadie tiene ese número.", wait: false });
  replies.push(([one, two]) => [200, { items: [unknown(one), busy(two)] }]);
  replies.push((sent) => [200, { items: sent.map(busy) }]);
  assert.equal((await notes.flush()).held, "later");
  assert.deepEqual((await notes.list()).map(({ told }) => told), ["Nadie tiene ese número.", undefined]);
  await notes.add({ direction: "entry", text: "what no service reads" }, new Date(+AT + 2));
  replies.push(() => [422, {}], ([one]) => [200, { items: [kept(one)] }], () => [422, {}]);
  assert.equal((await notes.flush()).held, "");
  const leftover = await notes.list();
  assert.deepEqual(leftover.map(({ text }) => text), ["nobody", "what no service reads"]);
  await notes.drop(leftover[0].id);
  assert.equal((await notes.list()).length, 1);
});

test("names are on a prepared phone for a week, never after the link, and never in clear", async () => {
  const rooms = await openRooms(new IDBFactory());
  const place = await placeOf(GATE);
  const now = Date.parse("2026-11-23T15:00:00Z");
  const list = { farm: "El Cedral", employer: "a1", until: "2026-12-24", hands: [["id", "Ana Xol"]] };
  const after = (days) => openList(rooms, place, now + days * 86_400_000);
  await keepList(rooms, place, list, now);
  assert.ok(!/Ana|Cedral/.test(await lying(rooms)));
  assert.deepEqual((await after(6.9)).hands, [["id", "Ana Xol"]]);
  assert.equal(await openList(rooms, await placeOf("/porton/another"), now), null);
  assert.equal(await after(7.1), null);
  assert.equal(await after(0), null); // gone for good
  await keepList(rooms, place, { ...list, until: "2026-11-23" }, now);
  assert.notEqual(await openList(rooms, place, Date.parse("2026-11-24T05:59:00Z")), null);
  assert.equal(await openList(rooms, place, Date.parse("2026-11-24T06:01:00Z")), null);
});

test("somebody is found by the beginnings of their names, without accents and capitals", () => {
  const name = "María Ángela Gutiérrez Ñamendí";
  const typed = ["", "ang", "gutierrez MAR", "ñam", "nam", "angela x", "utierrez"];
  assert.deepEqual(typed.map((one) => isMeant(name, one)), [true, true, true, true, true, false, false]);
});

test("a gate is told whether a permit counts for its farm, and nothing of a border's verdict", () => {
  const permit = { number: "7K3M9XQ2HB4T", fullName: "Ana Xol", employerId: "a1", nbf: 1, exp: 2 };
  const of = (reason, of_ = permit) => standingOf({ reason, permit: of_, number: null, listAge: 9 }, "6BF…", "a1");
  const other = { ...permit, employerId: "b2" };
  const told = [
    [of("ok"), "mine", "Ana Xol", permit.number],
    [of("list-aging"), "mine", "Ana Xol", permit.number],
    [of("ok", other), "other", "A. X.", permit.number],
    [of("ok", { ...permit, employerId: "pool" }), "pool", "A. X.", permit.number],
    [of("suspended"), "stopped", "Ana Xol", permit.number],
    [of("revoked", other), "stopped", "A. X.", permit.number],
    [of("expired"), "expired", "Ana Xol", permit.number],
    [of("list-too-old"), "unknown", "Ana Xol", permit.number],
    [of("unknown-key", null), "unknown", "", "6BF…"], // only this one is sent whole, to be verified there
    [of("bad-signature", null), "foreign", "", ""],
    [of("key-revoked", null), "stopped", "", ""],
  ];
  for (const [standing, code, name, text] of told) {
    assert.deepEqual([standing.code, standing.name, standing.text], [code, name, text]);
  }
  assert.equal(of("suspended").tone, of("revoked").tone); // why a card was stopped is nobody's business here
});
