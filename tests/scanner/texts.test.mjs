/** Base45, permit numbers, zlib and CBOR: what is read, and everything that is refused. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { decodeBase45 } from "../../app/web/scanner/base45.js";
import { decodeStrict, NotCbor, Opaque, takeTag } from "../../app/web/scanner/cbor.js";
import { fromHex, toHex } from "../../app/web/scanner/cose.js";
import { inflate } from "../../app/web/scanner/inflate.js";
import { readInput } from "../../app/web/scanner/input.js";
import { isPermitNumber, showPermitNumber } from "../../app/web/scanner/permit-number.js";
import { judge } from "../../app/web/scanner/scans.js";
import { readVectors } from "./vectors.mjs";

const base45 = readVectors("base45");
const EMPTY = { trust: null, statusLists: new Map(), latest: 0, now: 0, post: null };

test("base45 decodes what RFC 9285 writes", () => {
  for (const { text, bytes } of base45.valid) assert.equal(toHex(decodeBase45(text)), bytes);
});

test("base45 refuses with the right code", () => {
  for (const { text, code } of base45.invalid) {
    assert.throws(() => decodeBase45(text), { code }, JSON.stringify(text));
  }
});

test("permit numbers are read as permits/permit_numbers.py reads them", async () => {
  for (const { typed, number } of readVectors("permit_numbers")) {
    assert.equal((await judge(typed, EMPTY)).number, number, typed);
  }
});

test("a permit number is shown in groups of four", () => {
  assert.equal(showPermitNumber("ABCDEFGHJKMN"), "ABCD-EFGH-JKMN");
  assert.equal(isPermitNumber("ABCDEFGHIJKL"), false);
});

test("inflate gives back what was deflated, up to the cap and not beyond", () => {
  const plain = Buffer.alloc(1000, "vereda ");
  assert.deepEqual(Buffer.from(inflate(deflateSync(plain), 1000)), plain);
  assert.throws(() => inflate(deflateSync(plain), 999), RangeError);
  assert.throws(() => inflate(deflateSync(Buffer.alloc(2 ** 21)), 65536), RangeError);
});

test("inflate refuses damage, cuts, spare bytes and a preset dictionary", () => {
  const packed = deflateSync(Buffer.from("permiso de trabajo temporal"));
  const spare = Buffer.from([0]);
  const inside = Buffer.concat([packed.subarray(0, -4), spare, packed.subarray(-4)]);
  const dictionary = deflateSync(Buffer.from("permiso"), { dictionary: Buffer.from("permiso") });
  const checksum = Buffer.from(packed);
  checksum[checksum.length - 1] ^= 1;
  const bad = [Buffer.concat([packed, spare]), inside, packed.subarray(0, -1), dictionary, checksum];
  for (const bytes of [...bad, Buffer.alloc(0)]) assert.throws(() => inflate(bytes, 999), RangeError);
});

test("strict CBOR refuses duplicate keys, indefinite lengths, trailing bytes, bad UTF-8, depth", () => {
  const bad = ["a2010101 02", "9f01ff", "0101", "61ff", "7f6161ff", `${"81".repeat(17)}01`, ""];
  for (const hex of bad) {
    assert.throws(() => decodeStrict(fromHex(hex.replace(" ", ""))), undefined, hex);
  }
});

test("a float is not an integer, and only integers and texts are keys", () => {
  assert.ok(decodeStrict(fromHex("f93c00")) instanceof Opaque);
  for (const key of ["f93c00", "f5", "f6", "40", "80", "a0"]) {
    assert.throws(() => decodeStrict(fromHex(`a1${key}02`)), NotCbor, key);
  }
});

test("integers beyond those of JavaScript are kept whole", () => {
  assert.equal(decodeStrict(fromHex("1b001fffffffffffff")), Number.MAX_SAFE_INTEGER);
  assert.equal(decodeStrict(fromHex("1b0020000000000000")), 2n ** 53n);
  assert.equal(decodeStrict(fromHex("3b001ffffffffffffe")), -Number.MAX_SAFE_INTEGER);
  assert.equal(decodeStrict(fromHex("3bffffffffffffffff")), -(2n ** 64n));
});

test("a tag is taken off the front only", () => {
  assert.equal(takeTag(fromHex("d284")).tag, 18);
  assert.equal(takeTag(fromHex("dbffffffffffffffff01")).tag, 2n ** 64n - 1n);
  assert.equal(takeTag(fromHex("84")).tag, null);
  for (const hex of ["d8", "d9ff", "dc", "df"]) assert.throws(() => takeTag(fromHex(hex)), NotCbor);
  for (const hex of ["c101", "c24101", "d9d9f701", "81d81c00"]) {
    assert.throws(() => decodeStrict(fromHex(hex)), NotCbor, hex);
  }
});

test("sixteen levels are read, and an empty one more", () => {
  for (const inside of ["01", "80", "a0"]) {
    assert.ok(Array.isArray(decodeStrict(fromHex(`${"81".repeat(16)}${inside}`))));
    assert.ok(decodeStrict(fromHex(`${"a101".repeat(16)}${inside}`)) instanceof Map);
  }
  assert.throws(() => decodeStrict(fromHex(`${"81".repeat(16)}8180`)), NotCbor);
});

test("a hand-held reader's line end is taken off, spaces of the text are kept", () => {
  assert.equal(readInput(" 6BF A \r\n"), " 6BF A ");
});

test("the link form is opened, escaped or not", () => {
  assert.equal(readInput("https://vereda.example/v#6BF A%25"), "6BF A%25");
  assert.equal(readInput("HTTPS://vereda.example/v#6BF%20A%25%2b$"), "6BF A%+$");
  assert.equal(readInput("https://vereda.example/v#6BF%A"), "6BF%A");
  assert.equal(readInput("https://vereda.example/v"), "https://vereda.example/v");
});
