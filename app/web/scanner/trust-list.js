/** The trust list: which keys may sign what, for whom, as a pinned root key says. */

import { CLAIM_EXP, CLAIM_IAT, CLAIM_ISS, CLAIM_TRUST, CLAIM_TTL } from "./claims.js";
import { asMap, Malformed, readClaims, readInstant, readText, readTexts } from "./claims.js";
import { importPoint, isPlainEs256, kidOf, parseSign1, signatureHolds } from "./cose.js";
import { thumbprintKid, toHex, typOf } from "./cose.js";

const TYPE = "application/permit-trustlist+cwt";
const MAX_SIZE = 256 * 1024;
const USES = new Map([[1, "permit"], [2, "status"], [3, "face"]]);
const STATES = ["active", "retired", "compromised"];
const COSE_KEY_FIELDS = [1, -1, -2, -3];

/** Why a signed list was not taken; the same codes as in permits/signing.py. */
export class NotTrusted extends Error {
  /** @param {"malformed" | "wrong-type" | "unknown-key" | "bad-signature" | "wrong-claims" | "rolled-back"} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/**
 * One key of the list; instants in seconds.
 * @typedef {object} TrustedKey
 * @property {string} kid hexadecimal.
 * @property {CryptoKey} key
 * @property {string} issuer the one issuer that it may sign for.
 * @property {"permit" | "status" | "face"} use
 * @property {number} notBefore
 * @property {number} expires the instant from which nothing that it signs counts.
 * @property {"active" | "retired" | "compromised"} state
 * @property {number | null} cutoff of a compromised key: what it signed before still counts.
 */

/**
 * The list as read; instants in seconds.
 * @typedef {object} TrustList
 * @property {string} issuer
 * @property {number} version
 * @property {number} iat
 * @property {number} exp
 * @property {number} ttl
 * @property {Map<string, TrustedKey>} keys
 */

/**
 * Read a trust list that one of the pinned roots signed.
 * @param {Uint8Array} bytes
 * @param {Map<string, CryptoKey>} roots by name.
 * @param {{version: number, iat: number} | null} [stored] the list that the device has: one that
 *   lies behind it is refused. Whether a list is still in force is asked when a permit is read.
 * @returns {Promise<TrustList>}
 * @throws {NotTrusted}
 */
export async function openTrustList(bytes, roots, stored = null) {
  const message = parseList(bytes, MAX_SIZE, TYPE);
  const root = roots.get(kidOf(message, { protectedOnly: true }));
  if (!root) throw new NotTrusted("unknown-key");
  if (!(await signatureHolds(message, root))) throw new NotTrusted("bad-signature");
  const list = await orWrongClaims(() => readTrustClaims(readClaims(message.payload)));
  if (stored && isBehind(list, stored)) throw new NotTrusted("rolled-back");
  return list;
}

/**
 * The envelope of a signed list, of the expected type and plainly ES256; not yet verified.
 * @param {Uint8Array} bytes
 * @param {number} limit most bytes.
 * @param {string} type the protected `typ`.
 */
export function parseList(bytes, limit, type) {
  let message;
  try {
    if (bytes.length > limit) throw new RangeError("too large");
    message = parseSign1(bytes, { anyTag: false });
  } catch {
    throw new NotTrusted("malformed");
  }
  if (typOf(message) !== type || !isPlainEs256(message)) throw new NotTrusted("wrong-type");
  return message;
}

/** Run a reading of claims; a malformed one is `wrong-claims`. @template T @param {() => Promise<T>} read */
export async function orWrongClaims(read) {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Malformed) throw new NotTrusted("wrong-claims");
    throw error;
  }
}

/** Whether a list lies behind another: a lower version, or the same one issued earlier. */
export function isBehind(list, stored) {
  if (list.version !== stored.version) return list.version < stored.version;
  return list.iat < stored.iat;
}

/**
 * Whether anything that the key signed may still count now.
 * @param {TrustedKey} key
 * @param {number} now seconds.
 */
export function stands(key, now) {
  const lost = key.state === "compromised" && key.cutoff === null;
  return now < key.expires && !lost;
}

/**
 * Whether what the key signed at this instant counts, while the key stands.
 * @param {TrustedKey} key
 * @param {number} issuedAt seconds.
 */
export function vouches(key, issuedAt) {
  const before = key.cutoff === null ? key.expires : Math.min(key.cutoff, key.expires);
  return key.notBefore <= issuedAt && issuedAt < before;
}

async function readTrustClaims(claims) {
  const body = asMap(claims.get(CLAIM_TRUST));
  const written = body.get(2);
  if (!Array.isArray(written)) throw new Malformed("no keys");
  const keys = await Promise.all(written.map(readKey));
  const byKid = new Map(keys.map((key) => [key.kid, key]));
  if (byKid.size !== keys.length) throw new Malformed("a key twice");
  return {
    issuer: readText(claims, CLAIM_ISS),
    version: readInstant(body, 1),
    iat: readInstant(claims, CLAIM_IAT),
    exp: readInstant(claims, CLAIM_EXP),
    ttl: readInstant(claims, CLAIM_TTL),
    keys: byKid,
  };
}

/** One key; its name must be the thumbprint of its point, so that none can be shadowed. */
async function readKey(value) {
  const entry = asMap(value);
  const { x, y } = readCoseKey(entry.get(2));
  const kid = entry.get(1);
  const state = STATES[entry.get(8)];
  const use = USES.get(entry.get(4));
  if (!use || !state || !(kid instanceof Uint8Array) || toHex(kid) !== (await thumbprintKid(x, y))) {
    throw new Malformed("key");
  }
  if (entry.has(9) && state !== "compromised") throw new Malformed("cutoff");
  readTexts(entry, 7);
  return {
    kid: toHex(kid),
    key: await importOnCurve(x, y),
    issuer: readText(entry, 3),
    use,
    notBefore: readInstant(entry, 5),
    expires: readInstant(entry, 6),
    state,
    cutoff: entry.has(9) ? readInstant(entry, 9) : null,
  };
}

function readCoseKey(value) {
  const fields = asMap(value);
  const plain = fields.size === 4 && COSE_KEY_FIELDS.every((field) => fields.has(field));
  const [x, y] = [fields.get(-2), fields.get(-3)];
  const point = x instanceof Uint8Array && y instanceof Uint8Array;
  if (!plain || fields.get(1) !== 2 || fields.get(-1) !== 1 || !point) throw new Malformed("key");
  if (x.length !== 32 || y.length !== 32) throw new Malformed("coordinate");
  return { x, y };
}

async function importOnCurve(x, y) {
  try {
    return await importPoint(x, y);
  } catch {
    throw new Malformed("a point off the curve");
  }
}
