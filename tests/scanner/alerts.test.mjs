/** An alert for a minor goes before every crossing, by its own way, and waits like one. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ALERTS_URL, CROSSINGS_URL, CrossingQueue, recordAlert, recordCrossing } from "../../app/web/scanner/queue.js";
import { freshStore, reply, Server } from "./stand_ins.mjs";

const SEEN = { direction: "entry", post: "HN-GT-1", device_id: "d0", device_time: "2026-11-23T12:00:00Z" };
const ALERT = { ...SEEN, minors: [{ passport: false, parent: false }], permit_number: null };
const CROSSING = { ...SEEN, permit_number: "15NR9NK9R1C2", verdict: "green", reason: "ok" };

const taken = (name) => ({ body }) =>
  reply({ items: JSON.parse(body)[name].map(({ id }) => ({ id, outcome: "recorded" })) });

async function scene(answers = {}) {
  const store = await freshStore();
  const server = new Server({
    [CROSSINGS_URL]: taken("crossings"),
    [ALERTS_URL]: taken("alerts"),
    ...answers,
  });
  const signed = [];
  const sign = async (purpose, key, body) => `${purpose} ${signed.push([key, body])}`;
  const queue = new CrossingQueue(store, server.fetch, () => {}, sign);
  return { store, server, queue };
}

test("an alert goes first, without the queue's own mark, signed for what it is", async () => {
  const { store, server, queue } = await scene();
  await recordCrossing(store, CROSSING, "c1");
  await recordAlert(store, ALERT, "a1");
  await queue.flush();
  assert.deepEqual(server.asked.map(({ url }) => url), [ALERTS_URL, CROSSINGS_URL]);
  assert.deepEqual(JSON.parse(server.asked[0].body), { alerts: [{ id: "a1", ...ALERT }] });
  assert.deepEqual(JSON.parse(server.asked[1].body), { crossings: [{ id: "c1", ...CROSSING }] });
  const signatures = server.asked.map(({ headers }) => headers["Device-Signature"]);
  assert.deepEqual(signatures, ["child-alerts 1", "crossings 2"]);
  assert.equal(await store.countCrossings(), 0);
});

test("crossings that the server will not have hold back no alert, and the other way round", async () => {
  for (const [down, left] of [[CROSSINGS_URL, "c1"], [ALERTS_URL, "a1"]]) {
    const { store, queue } = await scene({ [down]: () => reply({}, 500) });
    await recordCrossing(store, CROSSING, "c1");
    await recordAlert(store, ALERT, "a1");
    await queue.flush();
    assert.deepEqual((await store.waitingCrossings()).map(({ id }) => id), [left]);
  }
});

test("without a network an alert waits", async () => {
  const { store, server, queue } = await scene();
  server.up = false;
  await recordAlert(store, ALERT, "a1");
  await queue.flush();
  assert.equal(queue.state.waiting, 1);
  server.up = true;
  await queue.flush();
  assert.equal(queue.state.waiting, 0);
});
