/** No crossing is lost, whatever the network does, and each is sent under one id. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { BATCH, CROSSINGS_URL, CrossingQueue, recordCrossing } from "../../app/web/scanner/queue.js";
import { freshStore, reopen, reply, Server } from "./stand_ins.mjs";

const FACTS = {
  permit_number: "15NR9NK9R1C2",
  direction: "entry",
  post: "el-florido",
  device_id: "d0",
  device_time: "2026-11-23T12:00:00.000Z",
  verdict: "green",
  reason: "ok",
  list_issued_at: "2026-11-23T06:00:00.000Z",
  offline: true,
};

/** A server that records each id once, as the real one does. */
function recorder() {
  const rows = new Map();
  const answer = ({ body }) => {
    const items = JSON.parse(body).crossings.map((crossing) => {
      const outcome = rows.has(crossing.id) ? "already-recorded" : "recorded";
      rows.set(crossing.id, crossing);
      return { id: crossing.id, outcome };
    });
    return reply({ items });
  };
  return { rows, server: new Server({ [CROSSINGS_URL]: answer }) };
}

async function queueOn(store, server) {
  const told = [];
  return { told, queue: new CrossingQueue(store, server.fetch, (state) => told.push(state)) };
}

test("a crossing is sent as it was written down, under its id, with the session's cookie", async () => {
  const store = await freshStore();
  const { rows, server } = recorder();
  const { queue, told } = await queueOn(store, server);
  await recordCrossing(store, FACTS, "c1");
  await queue.flush();
  assert.deepEqual([...rows.values()], [{ id: "c1", ...FACTS }]);
  assert.equal(server.asked[0].credentials, "same-origin");
  assert.match(server.asked[0].headers["Idempotency-Key"], /^[0-9a-f]{32}$/);
  assert.equal(await store.countCrossings(), 0);
  assert.deepEqual(told.find((state) => "c1" in state.outcomes).outcomes, { c1: "recorded" });
});

test("without a network everything stays, also over a restart, and goes out later", async () => {
  const store = await freshStore();
  const { rows, server } = recorder();
  server.up = false;
  const { queue } = await queueOn(store, server);
  await recordCrossing(store, FACTS, "c1");
  await recordCrossing(store, { ...FACTS, direction: "exit" }, "c2");
  await queue.flush();
  assert.equal(queue.state.waiting, 2);
  const again = await reopen(store);
  server.up = true;
  const { queue: later } = await queueOn(again, server);
  await later.flush();
  assert.deepEqual([rows.size, later.state.waiting], [2, 0]);
});

test("a lost answer leads to a second sending with the same key, and to one record", async () => {
  const store = await freshStore();
  const { rows, server } = recorder();
  const whole = server.answers[CROSSINGS_URL];
  server.answers[CROSSINGS_URL] = (options) => {
    whole(options);
    throw new TypeError("connection reset");
  };
  const { queue } = await queueOn(store, server);
  await recordCrossing(store, FACTS, "c1");
  await queue.flush();
  assert.equal(queue.state.waiting, 1);
  server.answers[CROSSINGS_URL] = whole;
  await queue.flush();
  assert.deepEqual([rows.size, queue.state.waiting], [1, 0]);
  const keys = server.asked.map(({ headers }) => headers["Idempotency-Key"]);
  assert.equal(keys[0], keys[1]);
});

test("signed out: nothing is lost and the person is asked to sign in, until it works again", async () => {
  const store = await freshStore();
  const { server } = recorder();
  const whole = server.answers[CROSSINGS_URL];
  server.answers[CROSSINGS_URL] = () => reply({}, 401);
  const { queue } = await queueOn(store, server);
  await recordCrossing(store, FACTS, "c1");
  await queue.flush();
  assert.deepEqual([queue.state.waiting, queue.state.signInNeeded], [1, true]);
  server.answers[CROSSINGS_URL] = whole;
  await queue.flush();
  assert.deepEqual([queue.state.waiting, queue.state.signInNeeded], [0, false]);
});

for (const [signature, enrolmentNeeded] of [[null, true], ["signed", false]]) {
  test(`refused ${signature ? "in spite of" : "without"} a signature: what waits stays`, async () => {
    const store = await freshStore();
    const server = new Server({ [CROSSINGS_URL]: () => reply({ code: "device-needed" }, 403) });
    await recordCrossing(store, FACTS, "c1");
    const queue = new CrossingQueue(store, server.fetch, () => {}, async () => signature);
    await queue.flush();
    const { waiting, signInNeeded } = queue.state;
    assert.deepEqual([waiting, signInNeeded, queue.state.enrolmentNeeded], [1, true, enrolmentNeeded]);
  });
}

for (const [name, answer] of [
  ["an error of the server", () => reply({}, 500)],
  ["a refusal of the whole request", () => reply({}, 422)],
  ["a page instead of an answer", () => new Response("<html>", { status: 200 })],
  ["an answer about other crossings", () => reply({ items: [{ id: "other", outcome: "recorded" }] })],
  ["an outcome that nobody knows", () => reply({ items: [{ id: "c1", outcome: "maybe" }] })],
]) {
  test(`${name} keeps the crossing, and one sending is one request`, async () => {
    const store = await freshStore();
    const server = new Server({ [CROSSINGS_URL]: answer });
    const { queue } = await queueOn(store, server);
    await recordCrossing(store, FACTS, "c1");
    await queue.flush();
    assert.equal(queue.state.waiting, 1);
    assert.equal(server.asked.length, 1);
  });
}

test("a crossing that makes the whole request unreadable does not hold back the others", async () => {
  const store = await freshStore();
  const { rows, server } = recorder();
  const whole = server.answers[CROSSINGS_URL];
  server.answers[CROSSINGS_URL] = (options) =>
    options.body.includes("broken") ? reply({}, 422) : whole(options);
  const { queue } = await queueOn(store, server);
  await recordCrossing(store, FACTS, "c1");
  await recordCrossing(store, { ...FACTS, post: "broken" }, "c2");
  await recordCrossing(store, FACTS, "c3");
  await queue.flush();
  assert.deepEqual([[...rows.keys()].sort(), queue.state.waiting], [["c1", "c3"], 1]);
});

test("a refused crossing leaves the queue and is counted", async () => {
  const store = await freshStore();
  const items = [{ id: "c1", outcome: "refused" }];
  const { queue } = await queueOn(store, new Server({ [CROSSINGS_URL]: () => reply({ items }) }));
  await recordCrossing(store, FACTS, "c1");
  await queue.flush();
  assert.deepEqual([queue.state.waiting, queue.state.refused], [0, 1]);
});

test("a thousand crossings go out in batches, in the order of writing, each once", async () => {
  const store = await freshStore();
  const { rows, server } = recorder();
  for (let n = 0; n < 1000; n += 1) {
    // The clock of this device goes backwards: what was written first was seen first all the same.
    const device_time = new Date(Date.UTC(2026, 10, 23, 12, 0, 999 - n)).toISOString();
    await recordCrossing(store, { ...FACTS, device_time }, `c${n}`);
  }
  const { queue } = await queueOn(store, server);
  await Promise.all([queue.flush(), queue.flush(), queue.flush()]);
  assert.equal(rows.size, 1000);
  assert.deepEqual([...rows.keys()].slice(0, 2), ["c0", "c1"]);
  assert.equal(server.asked.length, 1000 / BATCH);
});

test("a crossing written during a sending is sent as well", async () => {
  const store = await freshStore();
  const { rows, server } = recorder();
  const { queue } = await queueOn(store, server);
  const whole = server.answers[CROSSINGS_URL];
  server.answers[CROSSINGS_URL] = async (options) => {
    server.answers[CROSSINGS_URL] = whole;
    await recordCrossing(store, FACTS, "c2");
    queue.flush();
    return whole(options);
  };
  await recordCrossing(store, FACTS, "c1");
  await queue.flush();
  assert.deepEqual([...rows.keys()].sort(), ["c1", "c2"]);
});
