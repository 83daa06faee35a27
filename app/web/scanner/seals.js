/**
 * Seals for what names people and must wait on the device: AES-GCM under a key that the browser
 * keeps and hands to no script.
 *
 * What it protects: a database that is copied, opened with a tool or left behind in a backup of
 * files. What it does not: somebody who takes the whole profile of an unlocked system has the key
 * in it too.
 */

const CIPHER = "AES-GCM";
const IV_SIZE = 12;

/** A sealed value. @typedef {{iv: Uint8Array, box: ArrayBuffer}} Sealed */

/** A key that cannot be exported. @returns {Promise<CryptoKey>} */
export async function makeSealKey() {
  return crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ["encrypt", "decrypt"]);
}

function how(iv, place) {
  return { name: CIPHER, iv, additionalData: new TextEncoder().encode(place) };
}

/**
 * Seal a value to its place, so that no box can stand for another.
 * @param {CryptoKey} key
 * @param {string} place
 * @param {unknown} value anything that JSON holds.
 * @returns {Promise<Sealed>}
 */
export async function seal(key, place, value) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_SIZE));
  const clear = new TextEncoder().encode(JSON.stringify(value));
  return { iv, box: await crypto.subtle.encrypt(how(iv, place), key, clear) };
}

/**
 * Open a sealed value.
 * @param {CryptoKey} key
 * @param {string} place
 * @param {Sealed} sealed
 * @returns {Promise<any>} null where it is damaged, or sealed to another place or by another key.
 */
export async function unseal(key, place, { iv, box }) {
  try {
    const clear = await crypto.subtle.decrypt(how(iv, place), key, box);
    return JSON.parse(new TextDecoder().decode(clear));
  } catch {
    return null;
  }
}
