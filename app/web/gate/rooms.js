/** A gate's own rooms on a phone, sealed; no address of a gate can be read from their names. */

import { KEPT, SealedRooms, settled } from "../scanner/sealed-rooms.js";

/**
 * Open the rooms of a gate's phone.
 * @param {IDBFactory} factory the browser's, or a stand-in.
 * @param {string} [name] another name for another phone in a test.
 */
export async function openRooms(factory, name = "vereda-gate") {
  const opening = factory.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(KEPT);
  const rooms = new SealedRooms(await settled(opening));
  await rooms.prepare();
  return rooms;
}

/** Under which name a gate's things are kept: its address is a key, and lies nowhere in clear. */
export async function placeOf(address) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(address));
  return Array.from(new Uint8Array(digest, 0, 12), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
