/** Strict CBOR: one value, known lengths, no key twice, no byte left over, text that is UTF-8. */

import { decode, Tagged, Tokenizer, Type } from "cborg";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** How deep maps and arrays may nest; what the house writes nests four deep. */
const MAX_DEPTH = 16;

/** A CBOR float: kept apart, because in JavaScript 1.0 would pass for the integer 1. */
export class Float {
  /** @param {number} value what the float stands for. */
  constructor(value) {
    this.value = value;
  }
}

class StrictTokenizer extends Tokenizer {
  next() {
    const token = super.next();
    if (Type.equals(token.type, Type.string)) token.value = UTF8.decode(token.byteValue);
    if (Type.equals(token.type, Type.float)) token.value = new Float(token.value);
    return token;
  }
}

/** Every tag is kept as a value; who reads it decides whether it may stand there. */
const KEEP_TAGS = new Proxy({}, { get: (_, tag) => (read) => new Tagged(Number(tag), read()) });

const OPTIONS = {
  useMaps: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  retainStringBytes: true,
  tags: KEEP_TAGS,
};

function checkDepth(value, left) {
  let inside;
  if (value instanceof Tagged) inside = [value.value];
  else if (value instanceof Map) inside = [...value.keys(), ...value.values()];
  else if (Array.isArray(value)) inside = value;
  else return;
  if (left === 0) throw new RangeError("cbor: nested too deep");
  for (const item of inside) checkDepth(item, left - 1);
}

/**
 * Decode exactly one CBOR value.
 * @param {Uint8Array} bytes the whole value.
 * @returns {unknown} maps as Map, byte strings as Uint8Array, tags as Tagged, floats as Float.
 * @throws {Error} on duplicate keys, indefinite lengths, trailing bytes, bad UTF-8, or too deep.
 */
export function decodeStrict(bytes) {
  const value = decode(bytes, { ...OPTIONS, tokenizer: new StrictTokenizer(bytes, OPTIONS) });
  checkDepth(value, MAX_DEPTH);
  return value;
}
