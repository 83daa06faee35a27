/** Sharpening: what a blur took away comes back, what is even stays even, noise falls. */

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.ImageData ??= class {
  constructor(width, height) {
    Object.assign(this, { width, height, data: new Uint8ClampedArray(4 * width * height) });
  }
};

const { inverseOfBlur, Mean, middleOf, sharpened } = await import("../../app/web/scanner/sharpen.js");

const SIDE = 96;
const MODULE = 5;

/** Stripes of black and white, seen through a Gaussian blur along the rows. */
function stripes(sigma) {
  const bare = (x) => (Math.floor(x / MODULE) % 2 ? 235 : 20);
  const weights = Array.from({ length: 31 }, (_, at) => Math.exp(-((at - 15) ** 2) / (2 * sigma ** 2)));
  const total = weights.reduce((sum, weight) => sum + weight);
  const line = Array.from({ length: SIDE }, (_, x) =>
    weights.reduce((sum, weight, at) => sum + (weight * bare(x + at - 15 + 100 * MODULE)) / total, 0),
  );
  return { side: SIDE, grey: Float32Array.from({ length: SIDE * SIDE }, (_, at) => line[at % SIDE]) };
}

/** Grey between the middles of neighbouring stripes, away from the edges. */
function contrast(grey) {
  const row = grey.slice((SIDE / 2) * SIDE, (SIDE / 2) * SIDE + SIDE);
  const middle = (stripe) => row[stripe * MODULE + Math.floor(MODULE / 2)];
  return Math.abs(middle(8) - middle(9));
}

test("a filter keeps the grey of an even wall", () => {
  for (const sigma of [1.5, 2, 2.5]) {
    const taps = inverseOfBlur(sigma, 0.005);
    const sum = taps.reduce((total, tap, at) => total + tap * (at ? 2 : 1), 0);
    assert.ok(Math.abs(sum - 1) < 1e-5);
  }
});

test("stripes that a blur made grey are black and white again", () => {
  const blurred = stripes(2.5);
  const { data } = sharpened(blurred, inverseOfBlur(2.5, 0.005));
  const grey = Float32Array.from({ length: SIDE * SIDE }, (_, at) => data[4 * at]);
  assert.ok(contrast(blurred.grey) < 90, `${contrast(blurred.grey)}`);
  assert.ok(contrast(grey) > 180, `${contrast(grey)}`);
});

test("the mean of frames has less noise than each, and begins anew with another size", () => {
  const mean = new Mean();
  const noisy = () => ({ side: 8, grey: Float32Array.from({ length: 64 }, () => 100 + 20 * Math.random()) });
  for (let frame = 0; frame < 8; frame += 1) mean.add(noisy());
  const spread = (grey) => Math.max(...grey) - Math.min(...grey);
  assert.ok(spread(mean.picture.grey) < 16, `${spread(mean.picture.grey)}`);
  mean.add({ side: 2, grey: Float32Array.of(1, 2, 3, 4) });
  assert.deepEqual([...mean.picture.grey], [1, 2, 3, 4]);
  mean.clear();
  mean.add({ side: 2, grey: Float32Array.of(5, 6, 7, 8) });
  assert.deepEqual([...mean.picture.grey], [5, 6, 7, 8]);
});

test("the middle of a frame is its square", () => {
  const data = Uint8ClampedArray.from({ length: 4 * 4 * 2 }, (_, at) => (at % 4 === 3 ? 255 : at >> 2));
  const { side, grey } = middleOf({ data, width: 4, height: 2 });
  assert.equal(side, 2);
  assert.deepEqual([...grey].map(Math.round), [1, 2, 5, 6]);
});
