/** Asking the server from a device's own doors; a refusal carries the server's words. */

/** The server said no; `code` says which no. */
export class Refused extends Error {
  constructor(code, words) {
    super(words);
    this.code = code;
  }
}

/**
 * Send and read JSON.
 * @param {typeof fetch} fetcher
 * @param {string} url
 * @param {object} body
 * @param {string} language in which a refusal is told.
 */
export async function ask(fetcher, url, body, language) {
  const reply = await fetcher(url, {
    method: "POST",
    credentials: "same-origin",
    redirect: "error",
    headers: { "Content-Type": "application/json", "Accept-Language": language },
    body: JSON.stringify(body),
  });
  const told = await reply.json().catch(() => ({}));
  if (reply.ok) return told;
  throw new Refused(told.code ?? "unknown-error", told.errors?.[0]?.detail ?? told.detail ?? "");
}
