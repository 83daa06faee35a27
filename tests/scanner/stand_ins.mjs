/** A device's database and a server, as small as the tests need them. */

import "fake-indexeddb/auto";

import { openStore } from "../../app/web/scanner/store.js";

let devices = 0;

/** A device that was never used. */
export async function freshStore() {
  devices += 1;
  return openStore(indexedDB, `device-${devices}`);
}

/** Opens the store of a device again, as after a restart. */
export async function reopen(store) {
  store.database.close();
  return openStore(indexedDB, store.database.name);
}

/** A reply. @param {unknown} body bytes or a value to be sent as JSON. */
export function reply(body, status = 200) {
  const bytes = body instanceof Uint8Array ? body : JSON.stringify(body);
  return new Response(bytes, { status });
}

/** A server that answers by address; what it was asked stands in `asked`. */
export class Server {
  constructor(answers) {
    this.answers = answers;
    this.asked = [];
    this.up = true;
    this.fetch = async (url, options = {}) => {
      if (!this.up) throw new TypeError("no network");
      this.asked.push({ url, ...options });
      const answer = this.answers[url];
      return typeof answer === "function" ? answer(options) : (answer ?? reply({}, 404)).clone();
    };
  }
}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

/** What a server does that keeps the public key. */
export async function verifies({ x, y }, signature, ...parts) {
  const key = await crypto.subtle.importKey(
    "jwk",
    { kty: "EC", crv: "P-256", x, y },
    { name: "ECDSA", namedCurve: "P-256" },
    false,
    ["verify"],
  );
  const message = new TextEncoder().encode(parts.join("\n"));
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes(signature), message);
}
