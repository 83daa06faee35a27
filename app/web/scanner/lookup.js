/**
 * A number that was typed carries no signature: with a network the server says what its register
 * knows of it, and the verdict is amber at best; without one that is said.
 */

import { COLOURS } from "./scans.js";

export const VERIFY_URL = "/api/v1/credentials/verify";

/** How long an agent waits for the answer, in milliseconds. */
const PATIENCE = 5000;

/** How the asking ended. @typedef {"answered" | "no-network" | "sign-in" | "too-many" | "refused"} Asked */

const ENDINGS = new Map([[401, "sign-in"], [403, "sign-in"], [429, "too-many"]]);

/**
 * What the server tells of a standing number, to hold against a card or a document.
 * @typedef {object} Holder
 * @property {string} initials
 * @property {string} documentEnding
 * @property {string} kind the programme's code.
 * @property {number} nbf seconds.
 * @property {number} exp seconds; the midnight that ends the last day.
 */

/**
 * Ask the server about a number and give the verdict with its answer.
 * @param {import("./scans.js").Verdict} verdict of a typed number, as judged without a network.
 * @param {boolean} online whether there is a network to ask over.
 * @param {typeof fetch} fetcher
 * @param {number} [patience] milliseconds; less in tests.
 * @returns {Promise<import("./scans.js").Verdict & {asked: Asked, holder: Holder | null}>}
 */
export async function lookUp(verdict, online, fetcher, patience = PATIENCE) {
  const { asked, told } = online ? await ask(verdict.number, fetcher, patience) : { asked: "no-network" };
  if (asked !== "answered") return { ...verdict, asked, holder: null };
  const known = Object.keys(COLOURS).includes(told.reason) && COLOURS[told.reason] !== "green";
  const reason = known ? told.reason : verdict.reason;
  const holder = reason === verdict.reason ? readHolder(told.holder) : null;
  return {
    ...verdict,
    reason,
    colour: COLOURS[reason],
    number: reason === "not-ours" ? null : verdict.number,
    asked,
    holder,
  };
}

async function ask(number, fetcher, patience) {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), patience);
  try {
    const reply = await fetcher(VERIFY_URL, {
      method: "POST",
      credentials: "same-origin",
      redirect: "error",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text: number }),
      signal: waiting.signal,
    });
    if (reply.ok) return { asked: "answered", told: await reply.json() };
    return { asked: ENDINGS.get(reply.status) ?? (reply.status >= 500 ? "no-network" : "refused") };
  } catch {
    return { asked: "no-network" };
  } finally {
    clearTimeout(timer);
  }
}

function readHolder(told) {
  if (!told) return null;
  const seconds = (instant) => Math.floor(Date.parse(instant) / 1000);
  return {
    initials: String(told.initials),
    documentEnding: String(told.document_ending),
    kind: String(told.kind),
    nbf: seconds(told.valid_from),
    exp: seconds(told.expires),
  };
}
