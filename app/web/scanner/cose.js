/** COSE_Sign1 with ES256: the envelope of permits, trust lists and status lists (RFC 9052). */

import { decodeStrict, takeTag } from "./cbor.js";

const SIGN1_TAG = 18;
const CWT_TAG = 61;
const ES256 = -7;
const HEADER_ALG = 1;
const HEADER_CRIT = 2;
const HEADER_KID = 4;
const HEADER_TYP = 16;

/**
 * One opened, not yet verified envelope.
 * @typedef {object} Sign1
 * @property {Uint8Array} protectedBytes the protected header as it was signed.
 * @property {Map<unknown, unknown>} protectedHeader the same, read.
 * @property {Map<unknown, unknown>} unprotectedHeader the header that nobody signed.
 * @property {Uint8Array} payload the signed bytes; not to be shown before the signature holds.
 * @property {Uint8Array} signature r‖s.
 */

/** What stands under tag 18; with `anyTag` also under 61(18), or under no tag at all. */
function untag(bytes, anyTag) {
  let { tag, body } = takeTag(bytes);
  if (anyTag && tag === null) return body;
  if (anyTag && tag === CWT_TAG) ({ tag, body } = takeTag(body));
  if (tag !== SIGN1_TAG) throw new TypeError("cose: no tag, or another one");
  return body;
}

/**
 * Open an envelope (step 4).
 * @param {Uint8Array} bytes the envelope.
 * @param {{anyTag: boolean}} form permits may stand under tag 18, 61(18) or none; lists under 18.
 * @returns {Sign1}
 * @throws {Error} where the form is not that of a COSE_Sign1 message.
 */
export function parseSign1(bytes, { anyTag }) {
  const parts = decodeStrict(untag(bytes, anyTag));
  if (!Array.isArray(parts) || parts.length !== 4) throw new TypeError("cose: not four parts");
  const [protectedBytes, unprotectedHeader, payload, signature] = parts;
  for (const part of [protectedBytes, payload, signature]) {
    if (!(part instanceof Uint8Array)) throw new TypeError("cose: not a byte string");
  }
  if (!(unprotectedHeader instanceof Map)) throw new TypeError("cose: unprotected header");
  const protectedHeader = protectedBytes.length ? decodeStrict(protectedBytes) : new Map();
  if (!(protectedHeader instanceof Map)) throw new TypeError("cose: protected header");
  return { protectedBytes, protectedHeader, unprotectedHeader, payload, signature };
}

/**
 * True where the protected header asks for ES256 and for nothing else that must be understood
 * (step 5): an unprotected `alg` counts for nothing, and a `crit` header is refused.
 * @param {Sign1} message
 */
export function isPlainEs256(message) {
  const header = message.protectedHeader;
  return header.get(HEADER_ALG) === ES256 && !header.has(HEADER_CRIT);
}

/**
 * The key's name as hexadecimal text: the protected one, else the unprotected one, else null.
 * @param {Sign1} message
 * @param {{protectedOnly?: boolean}} [where]
 * @returns {string | null}
 */
export function kidOf(message, { protectedOnly = false } = {}) {
  const signed = protectedOnly || message.protectedHeader.has(HEADER_KID);
  const kid = (signed ? message.protectedHeader : message.unprotectedHeader).get(HEADER_KID);
  return kid instanceof Uint8Array ? toHex(kid) : null;
}

/**
 * The protected `typ` header (RFC 9596), or null.
 * @param {Sign1} message
 * @returns {string | null}
 */
export function typOf(message) {
  const typ = message.protectedHeader.get(HEADER_TYP);
  return typeof typ === "string" ? typ : null;
}

/**
 * Import a public P-256 point for verifying.
 * @param {Uint8Array} x 32 bytes.
 * @param {Uint8Array} y 32 bytes.
 * @returns {Promise<CryptoKey>} rejects where the point is not on the curve.
 */
export async function importPoint(x, y) {
  if (x.length !== 32 || y.length !== 32) throw new TypeError("cose: a point of another size");
  const point = new Uint8Array(65);
  point[0] = 4;
  point.set(x, 1);
  point.set(y, 33);
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  return crypto.subtle.importKey("raw", point, algorithm, false, ["verify"]);
}

// CBOR that never changes: ["Signature1", …], an empty byte string, and a COSE key without its point.
const SIGNATURE1 = fromHex("846a5369676e617475726531");
const NO_EXTERNAL_DATA = fromHex("40");
const P256_KEY = [fromHex("a401022001215820"), fromHex("225820")];

/** The bytes that a signature is over: ["Signature1", protected, h'', payload]. */
function sigStructure(protectedBytes, payload) {
  return concat(
    ...[SIGNATURE1, headOf(protectedBytes), protectedBytes],
    ...[NO_EXTERNAL_DATA, headOf(payload), payload],
  );
}

/** The shortest head of a CBOR byte string. */
function headOf({ length }) {
  if (length < 24) return [0x40 | length];
  if (length < 0x100) return [0x58, length];
  if (length < 0x10000) return [0x59, length >> 8, length & 0xff];
  return [0x5a, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
}

function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Whether the signature is this key's (step 7), over the Sig_structure.
 * @param {Sign1} message
 * @param {CryptoKey} key
 * @returns {Promise<boolean>}
 */
export async function signatureHolds(message, key) {
  const signed = sigStructure(message.protectedBytes, message.payload);
  return verifyEs256(key, signed, message.signature);
}

/**
 * Whether the signature, exactly 64 bytes r‖s, is this key's over the message.
 * @param {CryptoKey} key
 * @param {Uint8Array} message
 * @param {Uint8Array} signature
 * @returns {Promise<boolean>}
 */
export async function verifyEs256(key, message, signature) {
  if (signature.length !== 64) return false;
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, message);
}

/**
 * The name of a key: first 8 bytes of SHA-256 over its COSE key thumbprint (RFC 9679), as hex.
 * @param {Uint8Array} x 32 bytes.
 * @param {Uint8Array} y 32 bytes.
 * @returns {Promise<string>}
 */
export async function thumbprintKid(x, y) {
  return toHex((await thumbprint(x, y)).subarray(0, 8));
}

/**
 * The whole thumbprint (RFC 9679) of a point, 32 bytes: of these nobody finds a second.
 * @param {Uint8Array} x 32 bytes.
 * @param {Uint8Array} y 32 bytes.
 */
export async function thumbprint(x, y) {
  const key = concat(P256_KEY[0], x, P256_KEY[1], y);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", key));
}

/**
 * Bytes as lower-case hexadecimal text.
 * @param {Uint8Array} bytes
 */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Bytes from hexadecimal text.
 * @param {string} text
 * @throws {TypeError} on anything else.
 */
export function fromHex(text) {
  if (typeof text !== "string" || !/^(?:[0-9a-f]{2})*$/i.test(text)) throw new TypeError("hex");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
