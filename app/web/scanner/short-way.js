/**
 * A shorter way in: with a network the server says whether the post may leave out its questions
 * about the journey. Without one, or without an answer, nothing is said, which means nothing.
 */

import { VERIFY_URL } from "./lookup.js";

/** How long the answer may take, in milliseconds; the agent is not waiting for it. */
const PATIENCE = 4000;

/**
 * Ask about a permit that was judged green here, and tell the view where the way is short.
 * @param {string} text the symbol as it was read.
 * @param {import("./scans.js").Verdict} verdict as judged on the device.
 * @param {boolean} online whether there is a network to ask over.
 * @param {typeof fetch} fetcher
 * @param {(verdict: object) => void} tell
 * @param {number} [patience] milliseconds; less in tests.
 */
export async function tellShortWay(text, verdict, online, fetcher, tell, patience = PATIENCE) {
  if (!online || verdict.colour !== "green") return;
  try {
    const reply = await fetcher(VERIFY_URL, {
      method: "POST",
      credentials: "same-origin",
      redirect: "error",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text }),
      signal: AbortSignal.timeout(patience),
    });
    if (!reply.ok) return;
    const told = await reply.json();
    if (told.verdict === "green" && told.short_way === true) tell(verdict);
  } catch {
    // Nobody waits for it.
  }
}
