/** The shell that the three service workers keep: whole or not at all, and nobody else's caches. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { freshId } from "../../app/web/scanner/fresh-id.js";
import { Shell } from "../../app/web/scanner/shell.js";
import { bundleWorker, hashOfWorker } from "../../app/web/static/room.mjs";

const addressOf = (request) => (typeof request === "string" ? request : request.url);

/** Caches as a browser has them, by name. */
function browserCaches(...names) {
  const rooms = new Map(names.map((name) => [name, new Map()]));
  const open = async (name) => {
    if (!rooms.has(name)) rooms.set(name, new Map());
    return { put: async (url, reply) => void rooms.get(name).set(addressOf(url), reply) };
  };
  const match = async (url, { cacheName }) => rooms.get(cacheName)?.get(addressOf(url))?.clone();
  const own = { open, match, keys: async () => [...rooms.keys()], delete: async (name) => rooms.delete(name) };
  globalThis.caches = own;
  return rooms;
}

const packed = (body, status = 200) => new Response(body, { status, headers: { "Content-Encoding": "gzip" } });

test("a shell is kept whole or not at all, unpacked, and without anybody's cookies where it is everybody's", async () => {
  const rooms = browserCaches();
  const asked = [];
  let broken = true;
  globalThis.fetch = async (url, how) => {
    asked.push(how);
    return packed(`of ${url}`, broken && url === "/b" ? 502 : 200);
  };
  const shell = new Shell("gate", "/porton/", "2", "omit");
  await assert.rejects(shell.keep(["/a", "/b"]));
  assert.equal(rooms.size, 0);
  broken = false;
  await shell.keep(["/a", "/b"]);
  const kept = await shell.kept("/b");
  assert.deepEqual([await kept.text(), kept.headers.get("content-encoding")], ["of /b", null]);
  assert.deepEqual(new Set(asked.map((how) => `${how.credentials} ${how.redirect}`)), new Set(["omit error"]));
  assert.equal(await (await shell.keptAsset({ url: "/b" })).text(), "of /b");
  assert.equal(new Shell("scanner", "/escaner/", "1").credentials, "same-origin");
});

test("a new version forgets the one before it, and neither the language nor another program's shell", async () => {
  const others = ["vereda-scanner-1", "vereda-gate-choice"];
  const rooms = browserCaches("vereda-gate-1", "vereda-gate-2", ...others);
  const shell = new Shell("gate", "/porton/", "2");
  await shell.dropOld();
  assert.deepEqual([...rooms.keys()], ["vereda-gate-2", ...others]);
  for (const lang of ["es", "en"]) rooms.get("vereda-gate-2").set(`/p?idioma=${lang}`, new Response(lang));
  const shown = async (url) => (await shell.keptPage("/p", await shell.languageOf(new URL(url)))).text();
  assert.equal(await shown("https://vereda.example/p"), "es");
  await shell.choose("en");
  assert.equal(await shown("https://vereda.example/p"), "en");
  assert.equal(await shown("https://vereda.example/p?idioma=es"), "es");
  assert.equal(await shown("https://vereda.example/p?idioma=xx"), "es"); // no such language: Spanish
});

test("each service worker is one plain script, the same from the same sources", async () => {
  for (const room of ["scanner", "brigade", "gate"]) {
    const source = fileURLToPath(new URL(`../../app/web/${room}/sw.js`, import.meta.url));
    const told = { version: "v1", pages: ["/p"], assets: ["/a"] };
    const script = await bundleWorker(source, told, ["chrome90"]);
    assert.equal(script, await bundleWorker(source, told, ["chrome90"]));
    assert.ok(script.includes(`vereda-`) && script.includes('"v1"'));
    assert.doesNotThrow(() => new Function(script)); // an import would be none
    assert.doesNotMatch(script, /^import|app\/web|file:/m);
    assert.match(await hashOfWorker(source, ["chrome90"]), /^[0-9a-f]{64}$/);
  }
});

test("an id is made in a browser of 2021, too", () => {
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  try {
    const ids = [freshId(), freshId()];
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.notEqual(ids[0], ids[1]);
  } finally {
    Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  }
});

test("a gate opens from what is kept where the service is down, and touches no other page", async () => {
  const rooms = browserCaches("vereda-gate-v1");
  rooms.get("vereda-gate-v1").set("/porton/sin-red?idioma=es", new Response("kept"));
  const source = fileURLToPath(new URL("../../app/web/gate/sw.js", import.meta.url));
  const heard = {};
  const self = {
    location: { origin: "https://vereda.example" },
    addEventListener: (name, listener) => Object.assign(heard, { [name]: listener }),
  };
  const script = await bundleWorker(source, { version: "v1", pages: [], assets: ["/a.js"] }, ["chrome90"]);
  new Function("self", script)(self);
  /** What a page gets while the service answers with a status, 0 for no network; null: not touched. */
  async function got(path, status, more = {}) {
    globalThis.fetch = async () => {
      if (status === 0) throw new TypeError("no network");
      return new Response("its own", { status });
    };
    let answer = null;
    const request = { method: "GET", mode: "navigate", url: `https://vereda.example${path}`, ...more };
    heard.fetch({ request, respondWith: (reply) => (answer = reply) });
    return answer && (await (await answer).text());
  }
  const gate = "/porton/nMmXlsY8w0qQ3tB5uKJr1A";
  const told = { 0: "kept", 200: "its own", 404: "its own", 429: "kept", 500: "kept", 503: "kept" };
  for (const [status, text] of Object.entries(told)) assert.equal(await got(gate, Number(status)), text, status);
  const others = [`${gate}/notas.json`, "/porton/short", "/mis-fincas", `/otro${gate}`];
  for (const path of others) assert.equal(await got(path, 0), null, path);
  assert.equal(await got(gate, 0, { method: "POST" }), null);
  assert.equal(await got(gate, 0, { url: `https://other.example${gate}` }), null);
  assert.equal(await got("/a.js", 200, { mode: "no-cors" }), "its own"); // of the shell, not kept yet
});
