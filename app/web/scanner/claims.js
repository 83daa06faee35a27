/** The only ways to take a value out of a signed payload: each knows its type and its bounds. */

import { decodeStrict } from "./cbor.js";

// RFC 8392 section 4.
export const CLAIM_ISS = 1;
export const CLAIM_SUB = 2;
export const CLAIM_EXP = 4;
export const CLAIM_NBF = 5;
export const CLAIM_IAT = 6;

/** Claim 169 (MOSIP), registered with IANA. */
export const CLAIM_IDENTITY = 169;

// IETF Token Status List: requested from IANA, not final. They stand here and nowhere else.
export const CLAIM_STATUS_LIST = 65533;
export const CLAIM_TTL = 65534;
export const CLAIM_STATUS = 65535;

// Private use (RFC 8392 section 9.1: integers below −65536).
export const CLAIM_PERMIT = -70001;
export const CLAIM_TRUST = -70002;

/** The year 10000 in seconds: no instant or count on the wire reaches it. */
const END_OF_TIME = 253402300800;

/** Characters of any text in a claim. */
const MAX_TEXT = 256;

/** A claim has another type or lies outside its bounds. */
export class Malformed extends Error {}

/**
 * The claims of a payload.
 * @param {Uint8Array} payload
 * @returns {Map<unknown, unknown>}
 */
export function readClaims(payload) {
  let claims;
  try {
    claims = decodeStrict(payload);
  } catch {
    throw new Malformed("not strict CBOR");
  }
  return asMap(claims);
}

/** The value itself where it is a map. @param {unknown} value @returns {Map<unknown, unknown>} */
export function asMap(value) {
  if (!(value instanceof Map)) throw new Malformed("not a map");
  return value;
}

/** The text under the key, 1 to 256 characters. @param {Map<unknown, unknown>} claims */
export function readText(claims, key) {
  const value = claims.get(key);
  if (typeof value !== "string" || value === "" || [...value].length > MAX_TEXT) {
    throw new Malformed("not a text");
  }
  return value;
}

/** The text under the key, or null where the key is missing. */
export function readOptionalText(claims, key) {
  return claims.has(key) ? readText(claims, key) : null;
}

/** The array of texts under the key. @returns {string[]} */
export function readTexts(claims, key) {
  const value = claims.get(key);
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
    throw new Malformed("not an array of texts");
  }
  return value;
}

/**
 * The integer under the key, 0 ≤ n < year 10000, for instants (seconds) and counts.
 * @returns {number}
 */
export function readInstant(claims, key) {
  const value = claims.get(key);
  if (!Number.isSafeInteger(value) || value < 0 || value >= END_OF_TIME) {
    throw new Malformed("not an integer in range");
  }
  return value;
}
