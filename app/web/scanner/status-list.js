/** The status list: a few bits for each permit, signed, so that a revocation shows offline. */

import { CLAIM_EXP, CLAIM_IAT, CLAIM_STATUS_LIST, CLAIM_SUB, CLAIM_TTL } from "./claims.js";
import { asMap, Malformed, readClaims, readInstant, readText } from "./claims.js";
import { kidOf, signatureHolds } from "./cose.js";
import { inflate } from "./inflate.js";
import { NotTrusted, orWrongClaims, parseList, stands, vouches } from "./trust-list.js";

const TYPE = "application/statuslist+cwt";
const MAX_SIZE = 1024 * 1024;
const BITS = [1, 2, 4, 8];
const WORDS = ["valid", "revoked", "suspended"];

/**
 * One list whose signature held; instants in seconds.
 * @typedef {object} StatusList
 * @property {string} uri
 * @property {number} iat
 * @property {number} exp
 * @property {number} ttl
 * @property {number} bits bits for each permit.
 * @property {Uint8Array} packed
 */

/**
 * Read a status list that a trusted status key of its issuer signed.
 * @param {Uint8Array} bytes
 * @param {import("./trust-list.js").TrustList} trust
 * @param {{iat: number} | null} [held] the list of this uri that the device has: one issued before
 *   it is refused, because it would hide a revocation.
 * @returns {Promise<StatusList>} how old it is, is asked when a permit is read.
 * @throws {NotTrusted}
 */
export async function openStatusList(bytes, trust, held = null) {
  const message = parseList(bytes, MAX_SIZE, TYPE);
  const key = trust.keys.get(kidOf(message, { protectedOnly: true }));
  if (!key || key.use !== "status") throw new NotTrusted("unknown-key");
  if (!(await signatureHolds(message, key.key))) throw new NotTrusted("bad-signature");
  const list = await orWrongClaims(async () => readListClaims(readClaims(message.payload)));
  const inTime = stands(key, list.iat) && vouches(key, list.iat);
  if (!inTime || !belongs(list.uri, key.issuer)) throw new NotTrusted("unknown-key");
  if (held && list.iat < held.iat) throw new NotTrusted("rolled-back");
  return list;
}

/** Whether a list's uri lies under its issuer. @param {string} uri @param {string} issuer */
export function belongs(uri, issuer) {
  return uri.startsWith(`${issuer}/st/`);
}

/**
 * The status at an index; a value that is not known here counts as revoked.
 * @param {StatusList} list
 * @param {number} index
 * @returns {"valid" | "revoked" | "suspended" | null} null beyond the end of the list.
 */
export function statusAt(list, index) {
  const perByte = 8 / list.bits;
  if (index < 0 || index >= list.packed.length * perByte) return null;
  // Least significant first: index 0 is in the lowest bits of the first byte.
  const shift = (index % perByte) * list.bits;
  const value = (list.packed[Math.floor(index / perByte)] >> shift) & ((1 << list.bits) - 1);
  return WORDS[value] ?? "revoked";
}

function readListClaims(claims) {
  const body = asMap(claims.get(CLAIM_STATUS_LIST));
  const bits = readInstant(body, "bits");
  const packed = body.get("lst");
  if (!BITS.includes(bits) || !(packed instanceof Uint8Array)) throw new Malformed("list");
  return {
    uri: readText(claims, CLAIM_SUB),
    iat: readInstant(claims, CLAIM_IAT),
    exp: readInstant(claims, CLAIM_EXP),
    ttl: readInstant(claims, CLAIM_TTL),
    bits,
    packed: unpack(packed),
  };
}

function unpack(packed) {
  try {
    return inflate(packed, MAX_SIZE);
  } catch {
    throw new Malformed("zlib");
  }
}
