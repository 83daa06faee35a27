/** Coming in at an enrolled device: the device signs what the server asks, the agent types a PIN. */

import { remember, rememberWithoutPin } from "../lock.js";
import { ask } from "./asking.js";
import { sign } from "./keys.js";

export const CHALLENGE_URL = "/escaner/equipo/reto.json";
export const AGENTS_URL = "/escaner/equipo/agentes.json";
export const ENTER_URL = "/escaner/equipo/entrar.json";
export const PASSKEY_URL = "/llaves/entrar.json";
export const ENTER_BY_PASSKEY_URL = "/escaner/equipo/entrar-llave.json";

async function digestOf(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One device and the server that it talks to. */
export class Entrance {
  /**
   * @param {import("../store.js").Store} store
   * @param {typeof fetch} fetcher
   * @param {{id: string, privateKey: CryptoKey}} device
   * @param {string} language
   */
  constructor(store, fetcher, device, language) {
    this.store = store;
    this.fetcher = fetcher;
    this.device = device;
    this.language = language;
  }

  async #answer(purpose, ...parts) {
    const { id: device, privateKey } = this.device;
    const { challenge } = await ask(this.fetcher, CHALLENGE_URL, { device }, this.language);
    const signature = await sign(privateKey, purpose, device, challenge, ...parts);
    return { device, challenge, signature };
  }

  /** The agents of this device's post. @returns {Promise<{id: string, name: string}[]>} */
  async agents() {
    const told = await ask(this.fetcher, AGENTS_URL, await this.#answer("agents"), this.language);
    return told.agents;
  }

  /**
   * Sign in; from then on the PIN also opens the locked scanner, without a network too.
   * @param {string} agent
   * @param {string} pin
   * @param {string} chosen replaces a PIN that holds once; "" otherwise.
   */
  async enter(agent, pin, chosen) {
    const body = { ...(await this.#answer("enter", agent)), agent, pin, chosen };
    const { name } = await ask(this.fetcher, ENTER_URL, body, this.language);
    await remember(this.store, { agent, name }, chosen || pin, Date.now());
    return name;
  }

  /**
   * Sign in by a passkey; with no PIN on the device, a locked scanner opens at this door alone.
   * @param {(options: object) => Promise<string>} use shows the options to a passkey of the agent.
   */
  async enterByPasskey(use) {
    const credential = await use(await ask(this.fetcher, PASSKEY_URL, {}, this.language));
    const proof = await this.#answer("enter-passkey", await digestOf(credential));
    const { agent, name } = await ask(this.fetcher, ENTER_BY_PASSKEY_URL, { ...proof, credential }, this.language);
    await rememberWithoutPin(this.store, { agent, name }, Date.now());
    return name;
  }
}
