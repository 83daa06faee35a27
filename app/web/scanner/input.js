/** What was scanned, typed or sent by a hand-held reader, as the text that is to be judged. */

/** Longest text that is passed on: above the 4,296 characters of step 1, so that step 1 decides. */
const LONGEST = 5000;

const LINK = /^https?:\/\/[^\s#]+#/i;

/**
 * The text to be judged. The link form `https://host/v#<QR text>` is opened; its host counts for
 * nothing, only the signature does.
 * @param {string} raw text as it came; a hand-held reader's line end is taken off, spaces are kept.
 * @returns {string}
 */
export function readInput(raw) {
  const text = raw.replace(/[\r\n\t]+$/, "").slice(0, LONGEST);
  const link = LINK.exec(text);
  return link ? unescape(text.slice(link[0].length)) : text;
}

/** Signs of Base45 that a browser or a program may have escaped: space $ % * + / : */
const ESCAPED = /%(?:20|2[45abf]|3a)/gi;

/**
 * The percent sign is a sign of Base45 too, so a fragment counts as escaped only where it has no
 * bare space and every percent sign begins an escape.
 */
function unescape(fragment) {
  const escaped = !fragment.includes(" ") && !fragment.replace(ESCAPED, "").includes("%");
  return escaped ? fragment.replace(ESCAPED, decodeURIComponent) : fragment;
}
