/** The short way is told of a green permit with a network, and of nothing else. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { VERIFY_URL } from "../../app/web/scanner/lookup.js";
import { tellShortWay } from "../../app/web/scanner/short-way.js";
import { reply, Server } from "./stand_ins.mjs";

async function told(answer, { online = true, colour = "green" } = {}) {
  const server = new Server({ [VERIFY_URL]: answer });
  const verdict = { colour };
  const heard = [];
  await tellShortWay("A SYMBOL", verdict, online, server.fetch, (one) => heard.push(one === verdict), 20);
  return { heard, asked: server.asked.length };
}

test("a green permit that may go short is told, with the symbol sent once", async () => {
  const { heard, asked } = await told(reply({ verdict: "green", short_way: true }));
  assert.deepEqual([heard, asked], [[true], 1]);
});

test("nothing is told where the server says no, another colour, or nothing", async () => {
  for (const answer of [
    reply({ verdict: "green", short_way: false }),
    reply({ verdict: "red", short_way: true }),
    reply({ short_way: true }),
    reply({}, 401),
    reply({}, 503),
  ]) {
    assert.deepEqual((await told(answer)).heard, []);
  }
});

test("nobody is asked without a network, nor of what is not green", async () => {
  const yes = reply({ verdict: "green", short_way: true });
  assert.deepEqual(await told(yes, { online: false }), { heard: [], asked: 0 });
  for (const colour of ["amber", "red", "grey"]) {
    assert.deepEqual(await told(yes, { colour }), { heard: [], asked: 0 });
  }
});
