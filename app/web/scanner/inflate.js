/** Inflating with a ceiling: a small text must never become a large memory (step 3). */

import { inflateSync, unzlibSync } from "fflate";

/** Most bytes that a credential may inflate to (credential.md section 2). */
export const CREDENTIAL_CAP = 64 * 1024;

/** Most bytes of a status list of 2^17 indexes of 2 bits, with room for 2^20. */
export const LIST_CAP = 256 * 1024;

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

/** True where the stream ends before its last byte: something was appended inside the envelope. */
function hasSpareBytes(body, length) {
  try {
    const shorter = inflateSync(body.subarray(0, -1), { out: new Uint8Array(length + 1) });
    return shorter.length === length;
  } catch {
    return false;
  }
}

/**
 * Inflate one zlib stream (RFC 1950).
 * @param {Uint8Array} bytes exactly one stream: header, deflate, Adler-32, nothing after it.
 * @param {number} cap most bytes that may come out.
 * @returns {Uint8Array} the plain bytes.
 * @throws {RangeError} on a damaged stream, a wrong checksum, trailing bytes, or more than `cap`.
 */
export function inflate(bytes, cap) {
  if (bytes.length < 8) throw new RangeError("zlib: too short");
  let plain;
  try {
    // fflate drops what does not fit, so one byte more than the cap shows that there was more.
    plain = unzlibSync(bytes, { out: new Uint8Array(cap + 1) });
  } catch {
    throw new RangeError("zlib: damaged stream");
  }
  if (plain.length > cap) throw new RangeError("zlib: larger than allowed");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(bytes.length - 4) !== adler32(plain)) throw new RangeError("zlib: checksum");
  if (hasSpareBytes(bytes.subarray(2, -4), plain.length)) throw new RangeError("zlib: spare bytes");
  return plain.slice();
}
