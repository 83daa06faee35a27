/**
 * Inflating with a ceiling (RFC 1950, RFC 1951): a small text must never become a large memory
 * (step 3). It refuses what zlib refuses, byte for byte, as permits/qr.py reads with zlib.
 */

/** Most bytes that a credential may inflate to (credential.md section 2). */
export const CREDENTIAL_CAP = 64 * 1024;

const DEFLATE = 8;
const LONGEST_CODE = 15;
const MAX_LITERALS = 286;
const MAX_DISTANCES = 30;
const END_OF_BLOCK = 256;

// RFC 1951 section 3.2.5: length and distance symbols, each with its base and its extra bits.
const LENGTH_EXTRA = [...Array(28)].map((_, symbol) => Math.max(0, (symbol >> 2) - 1)).concat(0);
const LENGTH_BASE = bases(LENGTH_EXTRA.slice(0, 28), 3).concat(258);
const DISTANCE_EXTRA = [...Array(MAX_DISTANCES)].map((_, symbol) => Math.max(0, (symbol >> 1) - 1));
const DISTANCE_BASE = bases(DISTANCE_EXTRA, 1);
/** The order in which the lengths of the code for code lengths are written (section 3.2.7). */
const LENGTHS_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function bases(extra, first) {
  let base = first;
  return extra.map((bits) => {
    const own = base;
    base += 1 << bits;
    return own;
  });
}

function refuse(why) {
  throw new RangeError(`zlib: ${why}`);
}

/**
 * A Huffman code as counts of each length and symbols in order (section 3.2.2).
 * An incomplete code is refused unless it is one symbol of one bit, or none at all (`mayBeEmpty`).
 */
class Code {
  constructor(lengths, mayBeEmpty) {
    this.counts = new Uint16Array(LONGEST_CODE + 1);
    for (const length of lengths) this.counts[length] += 1;
    this.counts[0] = 0;
    let left = 1;
    const offsets = new Uint16Array(LONGEST_CODE + 2);
    for (let length = 1; length <= LONGEST_CODE; length += 1) {
      left = left * 2 - this.counts[length];
      if (left < 0) refuse("more codes than there can be");
      offsets[length + 1] = offsets[length] + this.counts[length];
    }
    const used = offsets[LONGEST_CODE + 1];
    const sparse = used === 0 ? mayBeEmpty : used === 1 && this.counts[1] === 1;
    if (left > 0 && !sparse) refuse("an incomplete code");
    this.symbols = new Uint16Array(used);
    lengths.forEach((length, symbol) => {
      if (length) this.symbols[offsets[length]++] = symbol;
    });
  }
}

const FIXED_LITERALS = new Code(
  [...Array(288)].map((_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8)),
  false,
);
const FIXED_DISTANCES = new Code(Array(32).fill(5), false);

class Inflater {
  constructor(bytes, cap) {
    this.bytes = bytes;
    this.at = 0;
    this.hold = 0;
    this.held = 0;
    this.cap = cap;
    this.out = new Uint8Array(Math.min(cap, 4096));
    this.size = 0;
  }

  /** The next `count` bits (at most 16), the first one lowest. */
  bits(count) {
    while (this.held < count) {
      if (this.at === this.bytes.length) refuse("cut short");
      this.hold |= this.bytes[this.at++] << this.held;
      this.held += 8;
    }
    const value = this.hold & ((1 << count) - 1);
    this.hold >>>= count;
    this.held -= count;
    return value;
  }

  /** The next symbol of a code, bit by bit: codes of one length follow each other. */
  symbol({ counts, symbols }) {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST_CODE; length += 1) {
      code |= this.bits(1);
      const count = counts[length];
      if (code < first + count) return symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return refuse("no such code");
  }

  /** Room for `more` bytes; a stream that needs more than the cap is refused. */
  room(more) {
    const needed = this.size + more;
    if (needed > this.cap) refuse("larger than allowed");
    if (needed <= this.out.length) return;
    const wider = new Uint8Array(Math.min(this.cap, Math.max(needed, this.out.length * 2)));
    wider.set(this.out.subarray(0, this.size));
    this.out = wider;
  }

  stored() {
    this.hold = 0;
    this.held = 0;
    const length = this.bits(16);
    if (this.bits(16) !== (~length & 0xffff)) refuse("a stored block of another length");
    if (length > this.bytes.length - this.at) refuse("cut short");
    this.room(length);
    this.out.set(this.bytes.subarray(this.at, this.at + length), this.size);
    this.at += length;
    this.size += length;
  }

  /** The two codes that a dynamic block begins with (section 3.2.7). */
  codes() {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    if (literals > MAX_LITERALS || distances > MAX_DISTANCES) refuse("too many symbols");
    const short = new Uint8Array(LENGTHS_ORDER.length);
    const written = this.bits(4) + 4;
    for (let n = 0; n < written; n += 1) short[LENGTHS_ORDER[n]] = this.bits(3);
    const lengths = this.lengths(new Code(short, false), literals + distances);
    if (lengths[END_OF_BLOCK] === 0) refuse("a block without an end");
    const ofLiterals = new Code(lengths.subarray(0, literals), false);
    return [ofLiterals, new Code(lengths.subarray(literals), true)];
  }

  lengths(code, total) {
    const lengths = new Uint8Array(total);
    for (let n = 0; n < total; ) {
      const symbol = this.symbol(code);
      if (symbol < 16) {
        lengths[n++] = symbol;
        continue;
      }
      if (symbol === 16 && n === 0) refuse("nothing to repeat");
      const value = symbol === 16 ? lengths[n - 1] : 0;
      const times = [() => 3 + this.bits(2), () => 3 + this.bits(3), () => 11 + this.bits(7)];
      const end = n + times[symbol - 16]();
      if (end > total) refuse("repeated too often");
      lengths.fill(value, n, end);
      n = end;
    }
    return lengths;
  }

  compressed(literals, distances) {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === END_OF_BLOCK) return;
      if (symbol < END_OF_BLOCK) {
        this.room(1);
        this.out[this.size++] = symbol;
      } else {
        this.copy(symbol - END_OF_BLOCK - 1, distances);
      }
    }
  }

  copy(symbol, distances) {
    if (symbol >= LENGTH_BASE.length) refuse("no such length");
    const length = LENGTH_BASE[symbol] + this.bits(LENGTH_EXTRA[symbol]);
    const far = this.symbol(distances);
    if (far >= MAX_DISTANCES) refuse("no such distance");
    const distance = DISTANCE_BASE[far] + this.bits(DISTANCE_EXTRA[far]);
    if (distance > this.size) refuse("from before the beginning");
    this.room(length);
    for (let n = 0; n < length; n += 1, this.size += 1) {
      this.out[this.size] = this.out[this.size - distance]; // may overlap what it writes
    }
  }

  blocks() {
    for (let last = 0; !last; ) {
      last = this.bits(1);
      const type = this.bits(2);
      if (type === 0) this.stored();
      else if (type === 1) this.compressed(FIXED_LITERALS, FIXED_DISTANCES);
      else if (type === 2) this.compressed(...this.codes());
      else refuse("no such block");
    }
    return this.out.slice(0, this.size);
  }
}

function adler32(bytes) {
  let a = 1;
  let b = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(at + 3800, bytes.length); // 3800: b stays below 2^32 before the modulo
    for (; at < end; at += 1) b += a += bytes[at];
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** The two bytes before the stream: deflate, a window of 32 KiB at most, no preset dictionary. */
function checkHeader([method, flags]) {
  const preset = flags & 0x20;
  const known = (method & 0x0f) === DEFLATE && method >> 4 <= 7;
  if (!known || preset || ((method << 8) | flags) % 31) refuse("no such stream");
}

/**
 * Inflate one deflate stream.
 * @param {Uint8Array} body exactly one stream, nothing after it.
 * @param {number} cap most bytes that may come out.
 * @returns {Uint8Array} the plain bytes.
 * @throws {RangeError} on a damaged stream, trailing bytes, or more than `cap`.
 */
export function inflateRaw(body, cap) {
  const inflater = new Inflater(body, cap);
  const plain = inflater.blocks();
  if (inflater.at !== body.length) refuse("bytes left over");
  return plain;
}

/**
 * Inflate one zlib stream: two bytes of header, deflate, Adler-32, nothing after it.
 * @param {Uint8Array} bytes
 * @param {number} cap most bytes that may come out.
 * @returns {Uint8Array} the plain bytes.
 * @throws {RangeError} where `inflateRaw` does, and on another header or checksum.
 */
export function inflate(bytes, cap) {
  if (bytes.length < 8) refuse("cut short");
  checkHeader(bytes);
  const plain = inflateRaw(bytes.subarray(2, -4), cap);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(bytes.length - 4) !== adler32(plain)) refuse("another checksum");
  return plain;
}
