/**
 * What a scanned permit says to a farm's gate: whether it counts today for the farm's employer, as
 * far as it can be known there. The scanner's verdict comes in; none of a border's goes out, no
 * document, no date of birth, and no reason why a card was stopped.
 */

import { hasEmployer } from "../scanner/credential.js";
import { initials } from "../scanner/initials.js";

/** What each reason of the scanner means at a gate; one that is not named is a permit that counts. */
const MEANINGS = {
  unreadable: "foreign",
  "not-ours": "foreign",
  "unsupported-version": "foreign",
  "bad-signature": "foreign",
  "key-revoked": "stopped",
  revoked: "stopped",
  suspended: "stopped",
  "not-yet-valid": "early",
  expired: "expired",
  "unknown-key": "unknown",
  "list-too-old": "unknown",
  "clock-wrong": "unknown",
  "typed-number": "unknown",
};

/** How each is framed on the page. */
const TONES = { mine: "good", other: "look", pool: "look", unknown: "look", early: "stop", expired: "stop", stopped: "stop", foreign: "stop" };

/**
 * @typedef {object} Standing
 * @property {keyof typeof TONES} code
 * @property {"good" | "look" | "stop"} tone
 * @property {string} name the worker's; of another employer's the initials; "" where nothing is signed.
 * @property {string} text what is noted: the permit's number; the whole code only where it could not
 *   be verified here; "" where there is nothing to note.
 * @property {number | null} listAge seconds.
 * @property {number} begins seconds since 1970.
 * @property {number} ends the instant after the last day.
 */

/**
 * @param {import("../scanner/scans.js").Verdict} verdict
 * @param {string} text the code as it was read.
 * @param {string} employer the farm's, as permits carry it.
 * @returns {Standing}
 */
export function standingOf(verdict, text, employer) {
  const { permit } = verdict;
  const own = permit !== null && employer !== "" && permit.employerId === employer;
  const code = MEANINGS[verdict.reason] ?? meantFor(permit, own);
  return {
    code,
    tone: TONES[code],
    name: permit === null ? "" : own ? permit.fullName : initials(permit.fullName),
    text: permit?.number ?? verdict.number ?? (verdict.reason === "unknown-key" ? text : ""),
    listAge: verdict.listAge,
    begins: permit?.nbf ?? 0,
    ends: permit?.exp ?? 0,
  };
}

function meantFor(permit, own) {
  if (own) return "mine";
  return hasEmployer(permit) ? "other" : "pool";
}
