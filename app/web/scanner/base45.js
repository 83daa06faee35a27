/** Base45 (RFC 9285): from the letters of a QR symbol to bytes, refusing every sloppy spelling. */

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** Value of each ASCII code, −1 where the character is not of the alphabet. */
const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i += 1) VALUES[ALPHABET.charCodeAt(i)] = i;

/** The text is not Base45; a text with foreign characters is something else altogether. */
export class NotBase45 extends Error {
  /** @param {"foreign-characters" | "broken-groups"} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

function readValues(text) {
  return Uint8Array.from(text, (character) => {
    const value = VALUES[character.codePointAt(0)] ?? -1;
    if (value < 0) throw new NotBase45("foreign-characters");
    return value;
  });
}

/** A number below 2^16 (or 2^8) from its characters, least significant first. */
function group(values, at, limit) {
  const value = values[at] + 45 * values[at + 1] + 2025 * (limit > 0xff ? values[at + 2] : 0);
  if (value > limit) throw new NotBase45("broken-groups");
  return value;
}

/**
 * Decode Base45 text.
 * @param {string} text upper-case text; lower case, line ends and other characters are refused.
 * @returns {Uint8Array} two bytes for each three characters, one for a last pair.
 * @throws {NotBase45}
 */
export function decodeBase45(text) {
  const values = readValues(text);
  const rest = values.length % 3;
  if (rest === 1) throw new NotBase45("broken-groups");
  const bytes = new Uint8Array(Math.floor(values.length / 3) * 2 + (rest ? 1 : 0));
  for (let from = 0, to = 0; from + 2 < values.length; from += 3, to += 2) {
    const value = group(values, from, 0xffff);
    bytes[to] = value >> 8;
    bytes[to + 1] = value & 0xff;
  }
  if (rest === 2) bytes[bytes.length - 1] = group(values, values.length - 2, 0xff);
  return bytes;
}
