/** The device's own key: made here, kept by the browser, never readable by any script. */

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

/** Under which names the device keeps who it is. */
export const DEVICE = "device";
export const DEVICE_KEY = "device-key";

/** A fresh key whose private half cannot be exported. @returns {Promise<CryptoKeyPair>} */
export async function makeKey() {
  return crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
}

/** The coordinates of the public half, in base64url. @param {CryptoKeyPair} pair */
export async function publicPoint(pair) {
  const { x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { x, y };
}

/** Bytes as base64url without padding. @param {ArrayBuffer | Uint8Array} bytes */
export function toBase64(bytes) {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Sign a purpose and its parts, as permits/devices.py writes them.
 * @param {CryptoKey} privateKey
 * @param {string} purpose comes first, so that no signature serves another.
 * @param {string[]} parts
 * @returns {Promise<string>} r and s in base64url.
 */
export async function sign(privateKey, purpose, ...parts) {
  const message = new TextEncoder().encode([`vereda ${purpose}`, ...parts].join("\n"));
  return toBase64(await crypto.subtle.sign(SIGNING, privateKey, message));
}

/** What a device that is enrolled keeps; undefined where it is not. @param {import("../store.js").Store} store */
export async function enrolled(store) {
  const [id, held] = await Promise.all([store.get(DEVICE), store.get(DEVICE_KEY)]);
  return held && held.device === id ? { ...held, id } : undefined;
}
