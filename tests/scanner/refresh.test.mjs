/** What the device takes from the server, and what it never takes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHex, toHex } from "../../app/web/scanner/cose.js";
import { Device } from "../../app/web/scanner/device.js";
import { CONFIG_URL, Refresher, STATUS_LISTS_URL, TRUST_LIST_URL } from "../../app/web/scanner/refresh.js";
import { openStatusList } from "../../app/web/scanner/status-list.js";
import { judge } from "../../app/web/scanner/scans.js";
import { freshStore, reopen, reply, Server } from "./stand_ins.mjs";
import { openLists, readVectors } from "./vectors.mjs";

const verdicts = readVectors("verdicts");
const lists = readVectors("lists");
const GOOD = verdicts.cases.find(({ expected }) => expected.reason === "ok");
const NOW = GOOD.now;
const LIST_PATH = `${STATUS_LISTS_URL}/1`;

const trustList = (name) => fromHex(lists.trust_cases.find((one) => one.name === name).token);
const opened = await openLists(verdicts);
const goodTrust = opened.trust.get(GOOD.trust);
const goodList = fromHex(verdicts.status_lists[GOOD.lists[0]]);
const { uri } = await openStatusList(goodList, goodTrust);

function config(changes = {}) {
  return {
    posts: [{ code: "el-florido", name: "El Florido" }],
    post: "el-florido",
    roots: verdicts.roots,
    freshness: { green_hours: 24, amber_hours: 72 },
    result_seconds: 20,
    server_time: new Date(NOW * 1000).toISOString(),
    occupations: {},
    departments: {},
    programmes: {},
    ...changes,
  };
}

function goodServer() {
  return new Server({
    [CONFIG_URL]: reply(config()),
    [TRUST_LIST_URL]: reply(fromHex(verdicts.trust_lists[GOOD.trust])),
    [STATUS_LISTS_URL]: reply({ items: [{ uri, path: LIST_PATH }] }),
    [LIST_PATH]: reply(goodList),
  });
}

/** A root key of somebody else, under the name of ours. */
async function foreignRoot() {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
  const point = toHex(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  return { x: point.slice(2, 66), y: point.slice(66), kid: verdicts.roots[0].kid };
}

async function prepared(server = goodServer(), now = NOW) {
  const store = await freshStore();
  const refresher = new Refresher(store, server.fetch, () => now);
  return { store, server, refresher, ending: await refresher.refresh() };
}

async function deviceOf(store) {
  const device = new Device(store);
  await device.load();
  return device;
}

test("after one refresh and a restart a permit is judged with no network", async () => {
  const { store, ending } = await prepared();
  const device = await deviceOf(await reopen(store));
  const verdict = await judge(GOOD.text, { ...device.reader(NOW), post: null });
  assert.deepEqual([ending, verdict.reason], ["refreshed", "ok"]);
});

test("nothing was ever fetched: no key is known", async () => {
  const device = await deviceOf(await freshStore());
  assert.equal((await judge(GOOD.text, device.reader(NOW))).reason, "unknown-key");
});

test("other roots are never taken once the device is enrolled", async () => {
  const { store, server, refresher } = await prepared();
  server.answers[CONFIG_URL] = reply(config({ roots: [await foreignRoot()] }));
  assert.equal(await refresher.refresh(), "roots");
  assert.deepEqual((await store.get("roots")).map(({ kid }) => kid), verdicts.roots.map(({ kid }) => kid));
});

test("a root is named by its own thumbprint, not by what it is called", async () => {
  const server = goodServer();
  const roots = verdicts.roots.map((root) => ({ ...root, kid: "0000000000000000" }));
  server.answers[CONFIG_URL] = reply(config({ roots }));
  const { store, ending } = await prepared(server);
  assert.equal(ending, "refreshed");
  assert.deepEqual((await store.get("roots")).map(({ kid }) => kid), verdicts.roots.map(({ kid }) => kid));
});

test("an older trust list is refused and the kept one stays", async () => {
  const { store, server, refresher } = await prepared();
  server.answers[TRUST_LIST_URL] = reply(trustList("a newer one"));
  await refresher.refresh();
  const { version } = await store.get("trust");
  server.answers[TRUST_LIST_URL] = reply(trustList("an older version"));
  assert.equal(await refresher.refresh(), "refused");
  assert.equal((await store.get("trust")).version, version);
});

test("an older status list is refused and the kept one stays", async () => {
  const { store, server, refresher } = await prepared();
  const kept = await store.get(`status:${uri}`);
  await store.put(`status:${uri}`, { ...kept, iat: kept.iat + 60 });
  assert.equal(await refresher.refresh(), "refused");
  assert.equal((await store.get(`status:${uri}`)).iat, kept.iat + 60);
});

test("a list under another name than announced is refused", async () => {
  const server = goodServer();
  server.answers[STATUS_LISTS_URL] = reply({ items: [{ uri: `${uri}0`, path: LIST_PATH }] });
  const { store, ending } = await prepared(server);
  assert.equal(ending, "refused");
  assert.deepEqual(await store.list("status:"), []);
});

test("a path that leads elsewhere is not followed", async () => {
  const server = goodServer();
  server.answers[STATUS_LISTS_URL] = reply({ items: [{ uri, path: "https://elsewhere.example/1" }] });
  const { ending } = await prepared(server);
  assert.equal(ending, "refused");
  assert.deepEqual(server.asked.map(({ url }) => url), [CONFIG_URL, TRUST_LIST_URL, STATUS_LISTS_URL]);
});

test("signed out, the public lists are still renewed", async () => {
  const { store, server, refresher } = await prepared();
  server.answers[CONFIG_URL] = reply({}, 401);
  server.answers[TRUST_LIST_URL] = reply(trustList("a newer one"));
  const before = (await store.get("trust")).version;
  assert.equal(await refresher.refresh(), "sign-in");
  assert.ok((await store.get("trust")).version > before);
});

test("without a network what is kept stays", async () => {
  const { store, server, refresher } = await prepared();
  server.up = false;
  assert.equal(await refresher.refresh(), "no-network");
  assert.equal((await deviceOf(store)).statusLists.size, 1);
});

test("settings can make the rule of freshness stricter, never looser", async () => {
  const server = goodServer();
  server.answers[CONFIG_URL] = reply(config({ freshness: { green_hours: 6, amber_hours: 9999 } }));
  const { store } = await prepared(server);
  const { freshness } = await deviceOf(store);
  assert.deepEqual([freshness.listFresh, freshness.listUsable], [6 * 3600, 72 * 3600]);
});

test("enrolling again forgets roots and lists, and keeps the crossings", async () => {
  const { store } = await prepared();
  await store.addCrossing({ id: "c1", device_time: "2026-11-23T12:00:00.000Z" });
  const device = await deviceOf(store);
  await device.forget();
  assert.deepEqual([device.roots, device.trust, device.statusLists.size], [[], null, 0]);
  assert.equal(await store.countCrossings(), 1);
});

test("the highest signed instant is remembered, also where it came from a list", async () => {
  const { store } = await prepared();
  const device = await deviceOf(store);
  const { iat } = await openStatusList(goodList, goodTrust);
  assert.equal(device.clock.floor, Math.max(iat, goodTrust.iat));
  assert.equal(device.judgeClock(device.clock.floor - 3600), "before-lists");
});
