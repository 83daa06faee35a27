/** When a device's clock can be believed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { judgeClock, noteNow, noteServer, noteSigned } from "../../app/web/scanner/clock.js";

const NOON = 1_795_435_200;

test("a clock that was never compared is unchecked", () => {
  assert.equal(judgeClock(undefined, NOON), "unchecked");
});

test("five minutes from the server are forgiven, more are not", () => {
  assert.equal(judgeClock(noteServer(undefined, NOON + 300, NOON), NOON), "right");
  assert.equal(judgeClock(noteServer(undefined, NOON + 301, NOON), NOON), "differs");
  assert.equal(judgeClock(noteServer(undefined, NOON - 301, NOON), NOON), "differs");
});

test("a clock that went back shows", () => {
  const memory = noteNow(noteServer(undefined, NOON, NOON), NOON + 3600);
  assert.equal(judgeClock(memory, NOON + 3000), "went-back");
  assert.equal(judgeClock(noteNow(memory, NOON), NOON), "went-back");
});

test("being put right by the server ends the alarm of a clock that went back", () => {
  const ahead = noteNow(undefined, NOON + 86_400);
  assert.equal(judgeClock(noteServer(ahead, NOON, NOON), NOON), "right");
});

test("before a signed list is the gravest, and a signed instant never goes back", () => {
  const memory = noteSigned(noteSigned(undefined, NOON), NOON - 999);
  assert.equal(memory.floor, NOON);
  assert.equal(judgeClock(memory, NOON - 301), "before-lists");
  assert.equal(judgeClock(memory, NOON - 300), "unchecked");
});
