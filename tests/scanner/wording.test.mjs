/** The page and its scripts agree: every text that is said is carried, every reason has its words. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { COLOURS } from "../../app/web/scanner/scans.js";
import { Words } from "../../app/web/scanner/words.js";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const page = read("templates/scanner.html");
const wording = read("templates/scanner/wording.html");
const scripts = readdirSync(new URL("app/web/scanner/", root))
  .filter((file) => file.endsWith(".js"))
  .map((file) => read(`app/web/scanner/${file}`))
  .join("\n");

function block(name, end) {
  const from = wording.indexOf(`"${name}": {`);
  return wording.slice(from, wording.indexOf(end, from));
}

const keysOf = (text, indent) => [...text.matchAll(new RegExp(`^ {${indent}}"([\\w-]+)":`, "gm"))].map((m) => m[1]);
const texts = keysOf(block("texts", "} -%}"), 4);

/** Keys that a script puts together: `clock_${…}` stands for every key that starts so. */
const prefixes = [...scripts.matchAll(/`([a-z]+_)\$\{/g)].map((m) => m[1]);

test("every reason of the law has its words on the page, and no other", () => {
  assert.deepEqual(keysOf(block("reasons", '  "texts"'), 4).sort(), Object.keys(COLOURS).sort());
});

test("every colour has its one word", () => {
  const said = keysOf(block("verdicts", '  "reasons"'), 4);
  assert.deepEqual(said.sort(), [...new Set(Object.values(COLOURS))].sort());
});

test("every text that a script asks for is on the page", () => {
  const asked = [...scripts.matchAll(/\btext\(\s*"(\w+)"/g)].map((m) => m[1]);
  assert.ok(asked.length > 10);
  for (const key of asked) assert.ok(texts.includes(key), key);
});

test("every text on the page is said somewhere", () => {
  for (const key of texts) {
    const said = scripts.includes(`"${key}"`) || prefixes.some((prefix) => key.startsWith(prefix));
    assert.ok(said || new RegExp(`\\b${key}\\b`).test(scripts), key);
  }
});

test("every element that a script asks for is on the page", () => {
  const asked = [...scripts.matchAll(/\b(?:byId|onTap|show|say|drawShape)\("([\w-]+)"/g)].map((m) => m[1]);
  for (const id of asked) assert.ok(page.includes(`id="${id}"`), id);
});

const words = new Words({ lang: "es", verdicts: {}, reasons: {}, texts: { just_now: "ahora", n: "n: {n}" } });

test("the last day of a permit is the day before its exclusive end", () => {
  assert.equal(words.lastDay(Date.UTC(2027, 2, 1, 6) / 1000), "28 de febrero de 2027");
});

test("dates are written out at Honduran time, births as they were given", () => {
  assert.equal(words.day(Date.UTC(2027, 2, 1, 5) / 1000), "28 de febrero de 2027");
  assert.equal(words.birthDate("19940327"), "27 de marzo de 1994");
  assert.equal(words.birthDate("19940302"), "2 de marzo de 1994");
});

test("an age is told in its largest whole unit", () => {
  assert.deepEqual([59, 60, 7200, 172_800].map((age) => words.ago(age)), [
    "ahora",
    "hace 1 minuto",
    "hace 2 horas",
    "hace 2 días",
  ]);
});

test("a text without words throws instead of showing nothing", () => {
  assert.equal(words.text("n", { n: 3 }), "n: 3");
  assert.throws(() => words.text("nowhere"));
});
