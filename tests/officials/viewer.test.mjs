// The viewer of pictures: what fits, and what each act makes of what is shown.
import assert from "node:assert/strict";
import test from "node:test";
import { after, fit, isIdle, KEYS } from "../../app/web/static/src/js/viewer.js";

const FIRST = { at: 0, turn: 0, near: 0 };

test("all of a picture fits in the room, however it lies, and grows from there", () => {
  assert.deepEqual(fit([1600, 800], [800, 600], 0, 1), { picture: [800, 400], sheet: [800, 400] });
  assert.deepEqual(fit([1600, 800], [800, 600], 1, 1), { picture: [600, 300], sheet: [300, 600] });
  assert.deepEqual(fit([1600, 800], [800, 600], 2, 2), { picture: [1600, 800], sheet: [1600, 800] });
});

test("four quarters to the right are none, and one to the left takes one back", () => {
  let shown = FIRST;
  for (let at = 0; at < 4; at += 1) shown = after(shown, "right", 1);
  assert.deepEqual(shown, FIRST);
  assert.deepEqual(after(after(FIRST, "left", 1), "right", 1), FIRST);
});

test("another picture is shown upright and whole; the first and the last are the ends", () => {
  const turned = { at: 0, turn: 1, near: 2 };
  assert.deepEqual(after(turned, "next", 2), { at: 1, turn: 0, near: 0 });
  assert.deepEqual(after(turned, "before", 2), turned);
  assert.deepEqual([isIdle(turned, "before", 2), isIdle(turned, "next", 2)], [true, false]);
});

test("it comes nearer four times at most, and every key is an act that does something", () => {
  let shown = FIRST;
  for (let at = 0; at < 9; at += 1) shown = after(shown, "nearer", 1);
  assert.equal(shown.near, 4);
  assert.deepEqual([isIdle(shown, "nearer", 1), isIdle(shown, "farther", 1)], [true, false]);
  const middle = { at: 1, turn: 1, near: 1 };
  for (const act of Object.values(KEYS)) assert.notDeepEqual(after(middle, act, 3), middle, act);
});
