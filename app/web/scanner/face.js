/**
 * The signed face: a small photo in a second symbol, shown only beside the permit that it is of.
 * The twin of permits/face.py; tests/vectors/faces.json holds the two together.
 */

import { asMap, CLAIM_EXP, CLAIM_IAT, CLAIM_IDENTITY, CLAIM_ISS, CLAIM_SUB } from "./claims.js";
import { Malformed, readClaims, readInstant, readText } from "./claims.js";
import { isPlainEs256, kidOf, signatureHolds } from "./cose.js";
import { CLOCK_TOLERANCE, openEnvelope } from "./scans.js";
import { stands, vouches } from "./trust-list.js";

/** Most bytes of the photo. */
const MAX_PICTURE = 600;

// Claim 169: a face; its data, their format (an image) and subformat (WebP).
const FACE = 62;
const [DATA, FORMAT, SUBFORMAT] = [0, 1, 2];
const [IMAGE, WEBP] = [0, 4];

/**
 * What became of a text that was read as the face of a permit.
 * @typedef {"ok" | "not-a-face" | "unknown-key" | "key-revoked" | "bad-signature" | "expired" | "other-permit"} FaceReason
 */

/** A step failed for this reason. */
class Stop extends Error {
  /** @param {FaceReason} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Judge the second text beside a permit whose signature held. Never throws for any text.
 *
 * The numbered steps of scans.js, as far as a face has them, and last whether it is of this permit.
 * @param {string} text
 * @param {{issuer: string, number: string}} permit as it was read before.
 * @param {Pick<import("./scans.js").Reader, "trust" | "now">} reader
 * @returns {Promise<{reason: FaceReason, picture: Uint8Array | null}>} a WebP where it is `ok`.
 */
export async function judgeFace(text, permit, reader) {
  try {
    return { reason: "ok", picture: await readPicture(text, permit, reader) };
  } catch (error) {
    if (error instanceof Stop) return { reason: error.reason, picture: null };
    throw error;
  }
}

async function readPicture(text, permit, { trust, now }) {
  const message = orNone(() => openEnvelope(text)); // 1 to 4
  if (!isPlainEs256(message)) throw new Stop("not-a-face"); // 5
  const key = findKey(message, trust, now); // 6
  if (!(await signatureHolds(message, key.key))) throw new Stop("bad-signature"); // 7
  const face = orNone(() => readFace(message.payload)); // 8
  if (!vouches(key, face.iat)) throw new Stop("key-revoked");
  if (now >= face.exp + CLOCK_TOLERANCE) throw new Stop("expired"); // 9
  if (face.issuer !== key.issuer) throw new Stop("not-a-face"); // 10
  if (face.issuer !== permit.issuer || face.number !== permit.number) throw new Stop("other-permit");
  return face.picture;
}

/** What cannot be read is no face; why is told to nobody. @template T @param {() => T} read */
function orNone(read) {
  try {
    return read();
  } catch {
    throw new Stop("not-a-face");
  }
}

function findKey(message, trust, now) {
  const kid = kidOf(message);
  if (kid === null) throw new Stop("not-a-face");
  const key = trust?.keys.get(kid);
  if (!key) throw new Stop("unknown-key");
  if (key.use !== "face") throw new Stop("not-a-face");
  if (!stands(key, now)) throw new Stop("key-revoked");
  return key;
}

function readFace(payload) {
  const claims = readClaims(payload);
  return {
    issuer: readText(claims, CLAIM_ISS),
    number: readText(claims, CLAIM_SUB),
    iat: readInstant(claims, CLAIM_IAT),
    exp: readInstant(claims, CLAIM_EXP),
    picture: readWebp(asMap(claims.get(CLAIM_IDENTITY)).get(FACE)),
  };
}

function readWebp(faces) {
  if (!Array.isArray(faces) || faces.length !== 1) throw new Malformed("not one face");
  const face = asMap(faces[0]);
  const picture = face.get(DATA);
  const kind = [readInstant(face, FORMAT), readInstant(face, SUBFORMAT)];
  if (kind[0] !== IMAGE || kind[1] !== WEBP || !(picture instanceof Uint8Array)) throw new Malformed("no WebP");
  const spells = (at, word) => [...word].every((sign, i) => picture[at + i] === sign.charCodeAt(0));
  if (picture.length > MAX_PICTURE || !spells(0, "RIFF") || !spells(8, "WEBP")) throw new Malformed("no WebP");
  return picture;
}
