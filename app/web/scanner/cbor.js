/**
 * Strict CBOR (RFC 8949): one value, known lengths, no key twice, no tag, no byte left over, text
 * that is UTF-8. It reads by the rules of permits/cose.py, and a test compares the two.
 */

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** How deep maps and arrays may nest, empty ones not counted; what the house writes nests four deep. */
const MAX_DEPTH = 16;

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const TAG = 6;

/** The bytes are not one CBOR value of the strict kind. */
export class NotCbor extends Error {}

/**
 * A float, or a simple value without a meaning: nothing here asks for one. Kept apart, because in
 * JavaScript 1.0 would pass for the integer 1.
 */
export class Opaque {}

const SIMPLE = new Map([[20, false], [21, true], [22, null], [23, undefined]]);

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }

  /** The next `length` bytes, not copied. @param {number | bigint} length */
  take(length) {
    if (length > this.bytes.length - this.at) throw new NotCbor("cut short");
    const from = this.at;
    this.at += Number(length);
    return this.bytes.subarray(from, this.at);
  }

  /** One head: its major type, the five bits beside it, and its argument. */
  head() {
    const [first] = this.take(1);
    const short = first & 0x1f;
    return { major: first >> 5, short, argument: short < 24 ? short : this.#argument(short) };
  }

  /** The argument in the next 1, 2, 4 or 8 bytes; a bigint where a number could not hold it. */
  #argument(short) {
    if (short > 27) throw new NotCbor("reserved, or of indefinite length");
    const from = this.at;
    this.take(1 << (short - 24));
    if (short === 24) return this.bytes[from];
    if (short === 25) return this.view.getUint16(from);
    if (short === 26) return this.view.getUint32(from);
    const large = this.view.getBigUint64(from);
    return large <= Number.MAX_SAFE_INTEGER ? Number(large) : large;
  }

  value(depth) {
    const { major, short, argument } = this.head();
    if (major === UNSIGNED) return argument;
    if (major === NEGATIVE) return negative(argument);
    if (major === BYTES) return this.take(argument);
    if (major === TEXT) return UTF8.decode(this.take(argument));
    if (major === TAG) throw new NotCbor("a tag");
    if (major === ARRAY || major === MAP) {
      if (argument && depth === MAX_DEPTH) throw new NotCbor("nested too deep");
      return major === ARRAY ? this.array(argument, depth + 1) : this.map(argument, depth + 1);
    }
    if (short === 24 && argument < 32) throw new NotCbor("a simple value in a longer form");
    return short < 24 && SIMPLE.has(short) ? SIMPLE.get(short) : new Opaque();
  }

  array(count, depth) {
    const items = [];
    for (let item = 0; item < count; item += 1) items.push(this.value(depth));
    return items;
  }

  map(count, depth) {
    const entries = new Map();
    for (let entry = 0; entry < count; entry += 1) {
      const key = this.value(depth);
      if (!isKey(key) || entries.has(key)) throw new NotCbor("a key twice, or of another type");
      entries.set(key, this.value(depth));
    }
    return entries;
  }
}

function negative(argument) {
  const safe = typeof argument === "number" && argument < Number.MAX_SAFE_INTEGER;
  return safe ? -1 - argument : -1n - BigInt(argument);
}

/** Keys are integers or text. */
function isKey(key) {
  return typeof key === "number" || typeof key === "bigint" || typeof key === "string";
}

/**
 * Decode exactly one CBOR value.
 * @param {Uint8Array} bytes the whole value.
 * @returns {unknown} maps as Map, byte strings as Uint8Array (a view), integers as number or, where
 *   that cannot hold them, bigint; floats and the like as Opaque.
 * @throws {Error} on anything that is not strict.
 */
export function decodeStrict(bytes) {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.at !== bytes.length) throw new NotCbor("bytes left over");
  return value;
}

/**
 * The tag that opens the bytes, and what follows it.
 * @param {Uint8Array} bytes
 * @returns {{tag: number | bigint | null, body: Uint8Array}} null: there is no tag.
 * @throws {NotCbor} where the tag is cut short.
 */
export function takeTag(bytes) {
  if (bytes.length === 0 || bytes[0] >> 5 !== TAG) return { tag: null, body: bytes };
  const reader = new Reader(bytes);
  const { argument } = reader.head();
  return { tag: argument, body: bytes.subarray(reader.at) };
}
