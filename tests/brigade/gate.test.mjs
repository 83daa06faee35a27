/** A farm's gate without a network: what is typed waits sealed on the phone and is sent once. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { IDBFactory } from "fake-indexeddb";

import { GateQueue, openRooms } from "../../app/web/static/src/js/gate-queue.js";

const KEPT = {
  ok: true,
  redirected: true,
  status: 200,
  url: "https://vereda.example/porton/x?hecho=authorised&sentido=entry",
};

test("a gate keeps the hour, sends in order, and waits while the network is away", async () => {
  const sent = [];
  let online = false;
  const send = async (address, { body }) => {
    if (!online) throw new TypeError("no network");
    sent.push([address, Object.fromEntries(body)]);
    return body.get("text") === "nobody" ? { status: 422 } : KEPT;
  };
  const rooms = await openRooms(new IDBFactory());
  const queue = new GateQueue(rooms, "/porton/x", send);
  const at = new Date("2026-11-23T14:58:00Z");
  for (const text of ["T-482-139-0759", "nobody", "7K3M9XQ2HB4T"]) {
    await queue.add([["id", text], ["direction", "entry"], ["text", text], ["happened_at", ""]], at);
  }
  const lying = await rooms.get("/porton/x");
  assert.deepEqual(Object.keys(lying), ["iv", "box"]); // nobody's number lies there in clear
  assert.deepEqual(await queue.flush(), { left: 3, refused: [] });
  online = true;
  const both = await Promise.all([queue.flush(), queue.flush()]); // two events at once send once
  assert.deepEqual(both[0], { left: 0, refused: ["nobody"] });
  assert.deepEqual(sent.map(([, body]) => body.text), ["T-482-139-0759", "nobody", "7K3M9XQ2HB4T"]);
  assert.equal(sent[0][1].happened_at, "2026-11-23T14:58:00.000Z");
  assert.equal(sent[0][1].offline, "yes");
  assert.equal(await rooms.get("/porton/x"), undefined);
});

test("what a sign-in or a busy gate answers is not taken for kept", async () => {
  const queue = new GateQueue(await openRooms(new IDBFactory()), "/porton/x", async () => replies.shift());
  await queue.add([["id", "1"], ["direction", "entry"], ["text", "T-482-139-0759"]], new Date());
  const signIn = { ok: true, redirected: true, status: 200, url: "https://vereda.example/entrar" };
  const replies = [signIn, { ok: false, redirected: false, status: 429, url: "https://vereda.example/porton/x" }];
  for (const _ of [...replies]) assert.deepEqual(await queue.flush(), { left: 1, refused: [] });
  replies.push(KEPT);
  assert.deepEqual(await queue.flush(), { left: 0, refused: [] });
});
