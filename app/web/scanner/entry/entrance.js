/** Coming in at an enrolled device: the device signs what the server asks, the agent types a PIN. */

import { remember } from "../lock.js";
import { ask } from "./asking.js";
import { sign } from "./keys.js";

export const CHALLENGE_URL = "/escaner/equipo/reto.json";
export const AGENTS_URL = "/escaner/equipo/agentes.json";
export const ENTER_URL = "/escaner/equipo/entrar.json";

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
}
