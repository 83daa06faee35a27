// Passkeys: asks the server for a challenge, the device for an answer, and sends it as a form.
// Without this script, or on a device without passkeys, its forms stay hidden; codes always work.

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const ids = (listed = []) => listed.map((one) => ({ ...one, id: bytes(one.id) }));

/** What the device is asked, of the server's JSON. */
function readable(options) {
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) asked.excludeCredentials = ids(options.excludeCredentials);
  if (options.allowCredentials) asked.allowCredentials = ids(options.allowCredentials);
  return asked;
}

/** What the server is told, of the device's answer (WebAuthn 5.1.8, for browsers without toJSON). */
function sendable(credential) {
  const { response } = credential;
  const told = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) told[name] = text(response[name]);
  }
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: text(credential.rawId), type, response: told });
}

/** Whether this browser knows passkeys. */
export function knowsPasskeys() {
  return Boolean(globalThis.PublicKeyCredential && navigator.credentials);
}

/** Show the server's options to a passkey; its answer as text. @param {object} options */
export async function usePasskey(options) {
  return sendable(await navigator.credentials.get({ publicKey: readable(options) }));
}

async function ask(form) {
  const reply = await fetch(form.dataset.options, {
    method: "POST",
    headers: { Accept: "application/json" },
  });
  if (!reply.ok) throw new Error(String(reply.status));
  const options = await reply.json();
  if (form.dataset.passkey !== "make") return usePasskey(options);
  return sendable(await navigator.credentials.create({ publicKey: readable(options) }));
}

/** Show every form for passkeys and let its button talk to the device first. */
export function offerPasskeys(root = document) {
  if (!knowsPasskeys()) return;
  for (const form of root.querySelectorAll("form[data-passkey]")) {
    const answer = form.querySelector("[data-passkey-answer]");
    const failed = form.querySelector("[data-passkey-failed]");
    const button = form.querySelector("button");
    form.hidden = false;
    let asking = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (asking) return;
      asking = true;
      failed.hidden = true;
      try {
        answer.value = await ask(form);
        button?.setAttribute("aria-disabled", "true");
        form.submit();
      } catch {
        asking = false;
        failed.hidden = false;
      }
    });
  }
}
