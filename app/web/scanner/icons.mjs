/** PNG icons from our own SVG: a square of one colour with one round-ended curve on it. */

import * as zlib from "node:zlib";

const VIEW = 48;
const STEPS = 40;

function colour(text) {
  return [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
}

/** Points along a path of one absolute M and absolute C commands. */
function pointsOf(path) {
  const numbers = path.match(/-?[\d.]+/g).map(Number);
  const points = [numbers.slice(0, 2)];
  for (let at = 2; at < numbers.length; at += 6) {
    const [ax, ay] = points.at(-1);
    const [bx, by, cx, cy, dx, dy] = numbers.slice(at, at + 6);
    for (let step = 1; step <= STEPS; step += 1) {
      const t = step / STEPS;
      const [u, v, w, z] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      points.push([u * ax + v * bx + w * cx + z * dx, u * ay + v * by + w * cy + z * dy]);
    }
  }
  return points;
}

function distance([x, y], points) {
  let nearest = Infinity;
  for (let at = 1; at < points.length; at += 1) {
    const [ax, ay] = points[at - 1];
    const [bx, by] = [points[at][0] - ax, points[at][1] - ay];
    const along = ((x - ax) * bx + (y - ay) * by) / (bx * bx + by * by || 1);
    const t = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(x - ax - t * bx, y - ay - t * by));
  }
  return nearest;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "ascii"), data]);
  const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  check.writeUInt32BE(checksum(body));
  return Buffer.concat([size, body, check]);
}

/** CRC-32 of PNG; zlib.crc32 is there from Node 20.15 and 22.2 on. */
function checksum(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes);
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/**
 * Draw the icon.
 * @param {string} svg the text of icon.svg: one rect with fill, one path with stroke.
 * @param {number} size side in pixels.
 * @returns {Buffer} a PNG file, 8 bits, no transparency.
 */
export function drawPng(svg, size) {
  const [paper, ink] = [/fill="(#\w{6})"/, /stroke="(#\w{6})"/].map((find) => colour(find.exec(svg)[1]));
  const points = pointsOf(/ d="([^"]+)"/.exec(svg)[1]);
  const half = Number(/stroke-width="([\d.]+)"/.exec(svg)[1]) / 2;
  const pixel = VIEW / size;
  const rows = Buffer.alloc(size * (size * 3 + 1));
  for (let row = 0, at = 0; row < size; row += 1) {
    at += 1; // filter 0
    for (let column = 0; column < size; column += 1) {
      const away = distance([(column + 0.5) * pixel, (row + 0.5) * pixel], points) - half;
      const share = Math.min(1, Math.max(0, 0.5 - away / pixel));
      for (let c = 0; c < 3; c += 1) rows[at++] = Math.round(paper[c] + share * (ink[c] - paper[c]));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = chunk("IDAT", zlib.deflateSync(rows, { level: 9 }));
  return Buffer.concat([signature, chunk("IHDR", header), data, chunk("IEND", Buffer.alloc(0))]);
}

/** The drawing in both sizes in a room, as a web manifest names them. */
export function putIcons(room, name, svg) {
  return [192, 512].map((size) => ({
    src: room.put(`${name}-${size}.png`, drawPng(svg, size)),
    sizes: `${size}x${size}`,
    type: "image/png",
    purpose: "any maskable",
  }));
}
