/**
 * The verdict on a QR text: keys, lists and an instant in, one colour with one reason out.
 * The twin of permits/scans.py; tests/vectors/ holds the two together.
 */

import { decodeBase45 } from "./base45.js";
import { isPlainEs256, kidOf, parseSign1, signatureHolds } from "./cose.js";
import { readPermit, UnsupportedVersion } from "./credential.js";
import { CREDENTIAL_CAP, inflate } from "./inflate.js";
import { isPermitNumber } from "./permit-number.js";
import { belongs, statusAt } from "./status-list.js";
import { stands, vouches } from "./trust-list.js";

/** Seconds by which a reader's clock and the issuer's may differ. */
export const CLOCK_TOLERANCE = 300;

/** Characters that the largest QR symbol holds (version 40-L, alphanumeric). */
const MAX_TEXT = 4296;

/** Twelve characters and the separators that a person may type. */
const LONGEST_TYPED = 20;

/** The colour of each reason. */
export const COLOURS = Object.freeze({
  ok: "green",
  unreadable: "red",
  "not-ours": "red",
  "unsupported-version": "red",
  "bad-signature": "red",
  "key-revoked": "red",
  "not-yet-valid": "red",
  expired: "red",
  revoked: "red",
  suspended: "red",
  "list-aging": "amber",
  "wrong-post": "amber",
  "wrong-face": "amber",
  "typed-number": "amber",
  "unknown-key": "grey",
  "list-too-old": "grey",
  "clock-wrong": "grey",
});

/** Ages in seconds; a post may be stricter than these defaults, never looser. */
export const DEFAULT_FRESHNESS = Object.freeze({
  listFresh: 24 * 3600,
  listUsable: 72 * 3600,
  trustGrace: 72 * 3600,
});

/**
 * What the reader has and knows.
 * @typedef {object} Reader
 * @property {import("./trust-list.js").TrustList | null} trust null: no key is known.
 * @property {Map<string, import("./status-list.js").StatusList>} statusLists by uri.
 * @property {number} latest the highest instant that any signed list was issued at.
 * @property {number} now seconds.
 * @property {string | null} post code of the border post.
 * @property {typeof DEFAULT_FRESHNESS} [freshness]
 */

/**
 * What the agent is told.
 * @typedef {object} Verdict
 * @property {"green" | "amber" | "red" | "grey"} colour
 * @property {string} reason a key of COLOURS.
 * @property {"unchecked" | "valid" | "invalid"} signature
 * @property {"unchecked" | "valid" | "not-yet-valid" | "expired"} time
 * @property {"unchecked" | "valid" | "revoked" | "suspended" | "unknown"} status
 * @property {number | null} listAge seconds.
 * @property {import("./credential.js").Permit | null} permit only where the signature held and the
 *   issuer may sign it.
 * @property {string | null} number of a typed number.
 * @property {string[]} compare what to hold against the person; nothing on red.
 */

const COMPARE = ["printed-photo", "full-name", "document-number", "date-of-birth"];

function tell(reason, facts = {}) {
  const colour = COLOURS[reason];
  const shown = { signature: "unchecked", time: "unchecked", status: "unchecked", listAge: null };
  const all = { permit: null, number: null, ...shown, ...facts };
  return { ...all, reason, colour, compare: all.permit && colour !== "red" ? COMPARE : [] };
}

/** A step failed for this reason. */
class Stop extends Error {
  constructor(reason, facts) {
    super(reason);
    this.verdict = tell(reason, facts);
  }
}

/**
 * Judge a QR text (or a typed permit number). Never throws for any text.
 *
 * 1 length · 2 Base45 · 3 inflate within a limit · 4 envelope · 5 algorithm · 6 key: known, for
 * permits, standing · 7 signature · 8 claims · 9 time · 10 the key's issuer · 11 status · 12
 * freshness, clock and post. The first step that fails gives the reason; nothing is read from
 * the payload before 7.
 * @param {string} text
 * @param {Reader} reader
 * @returns {Promise<Verdict>}
 */
export async function judge(text, reader) {
  const number = typedNumber(text);
  if (number) return tell("typed-number", { number });
  try {
    const message = openEnvelope(text); // 1 to 4
    if (!isPlainEs256(message)) throw new Stop("unsupported-version"); // 5
    const key = findKey(message, reader); // 6
    if (!(await signatureHolds(message, key.key))) {
      throw new Stop("bad-signature", { signature: "invalid" }); // 7
    }
    const permit = openClaims(message.payload); // 8
    if (!vouches(key, permit.iat)) throw new Stop("key-revoked", { signature: "valid" }); // 6 again
    return judgePermit(permit, key, reader); // 9 to 12
  } catch (error) {
    if (error instanceof Stop) return error.verdict;
    throw error;
  }
}

/** The number that a person typed, or null. Lower case, spaces and hyphens are forgiven. */
function typedNumber(text) {
  if (text.length > LONGEST_TYPED) return null;
  const number = text.toUpperCase().replace(/[ -]/g, "");
  return isPermitNumber(number) ? number : null;
}

/** Characters count, as in Python, not units of UTF-16; a unit is half a character at least. */
function isTooLong(text) {
  return text.length > 2 * MAX_TEXT || (text.length > MAX_TEXT && [...text].length > MAX_TEXT);
}

/** The envelope in a text, unverified: steps 1 to 4. @param {string} text */
export function openEnvelope(text) {
  if (text.length === 0 || isTooLong(text)) throw new Stop("unreadable"); // 1
  let packed;
  try {
    packed = decodeBase45(text); // 2
  } catch (error) {
    throw new Stop(error.code === "foreign-characters" ? "not-ours" : "unreadable");
  }
  let envelope;
  try {
    envelope = inflate(packed, CREDENTIAL_CAP); // 3
  } catch {
    throw new Stop("unreadable");
  }
  try {
    return parseSign1(envelope, { anyTag: true }); // 4
  } catch {
    throw new Stop("not-ours");
  }
}

/** Step 6: the protected name wins; the unprotected one counts only where there is no other. */
function findKey(message, { trust, now }) {
  const kid = kidOf(message);
  if (kid === null) throw new Stop("not-ours");
  const key = trust?.keys.get(kid);
  if (!key) throw new Stop("unknown-key");
  if (key.use !== "permit") throw new Stop("not-ours");
  if (!stands(key, now)) throw new Stop("key-revoked");
  return key;
}

function openClaims(payload) {
  try {
    return readPermit(payload);
  } catch (error) {
    const unsupported = error instanceof UnsupportedVersion;
    throw new Stop(unsupported ? "unsupported-version" : "not-ours", { signature: "valid" });
  }
}

/** Steps 9 to 11, on claims whose signature held. */
function judgePermit(permit, key, reader) {
  const clockWrong = reader.now + CLOCK_TOLERANCE < reader.latest;
  const entitled = permit.issuer === key.issuer;
  const facts = { signature: "valid", time: timeState(permit, reader.now) }; // 9
  const shown = entitled ? permit : null;
  if (facts.time === "expired") return tell("expired", { ...facts, permit: shown });
  if (facts.time === "not-yet-valid") {
    // A clock that is known to be slow proves nothing about a beginning.
    return tell(clockWrong ? "clock-wrong" : "not-yet-valid", { ...facts, permit: shown });
  }
  if (!entitled || !belongs(permit.statusUri, permit.issuer)) return tell("not-ours", facts); // 10
  const list = reader.statusLists.get(permit.statusUri); // 11
  if (!list) {
    const reason = clockWrong ? "clock-wrong" : "list-too-old";
    return tell(reason, { ...facts, status: "unknown", permit });
  }
  const status = statusAt(list, permit.statusIndex);
  if (status === null) return tell("not-ours", facts);
  const all = { ...facts, status, listAge: Math.max(0, reader.now - list.iat), permit };
  if (status !== "valid") return tell(status, all);
  return tell(policy(all, list, clockWrong, reader), all); // 12
}

/** Step 9: from nbf to exp, the end excluded, five minutes kinder on both sides. */
function timeState(permit, now) {
  if (now >= permit.exp + CLOCK_TOLERANCE) return "expired";
  return now < permit.nbf - CLOCK_TOLERANCE ? "not-yet-valid" : "valid";
}

/** Step 12: what cannot be known is grey before what needs a second look is amber. */
function policy({ permit, listAge }, list, clockWrong, reader) {
  const { now, post, trust, freshness = DEFAULT_FRESHNESS } = reader;
  const ends = trust?.exp ?? 0;
  if (clockWrong) return "clock-wrong";
  if (listAge > freshness.listUsable || now >= list.exp) return "list-too-old";
  if (now >= ends + freshness.trustGrace) return "list-too-old";
  if (post !== null && permit.posts.length > 0 && !permit.posts.includes(post)) return "wrong-post";
  if (listAge > freshness.listFresh || now >= ends) return "list-aging";
  return "ok";
}
