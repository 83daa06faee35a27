/** The list of what is on the tablet: begin, send, see what came back, and leave it empty. */

import { freshId } from "../scanner/fresh-id.js";
import { Outbox } from "./outbox.js";

const ME_URL = "/brigada/yo.json";
const EVERY_MS = 15_000;

const by = (id) => document.getElementById(id);
const named = (name) => document.querySelector(`[name="${name}"]`);

/** Fills a card of the template with one registration. @param {import("./store.js").Kept} one */
function draw(one, word) {
  const card = by("case").content.cloneNode(true);
  const part = (name) => card.querySelector(`.kept__${name}`);
  const names = one.case?.typed?.nombre ?? {};
  const name = [names.given_names, names.surnames].flat().filter(Boolean).join(" ");
  const isSent = one.state === "registered" || one.state === "listed";
  part("name").textContent = isSent ? "" : name || word("nameless");
  const state = one.damaged ? "damaged" : one.state;
  part("state").textContent = word(state) + (one.state === "registered" ? one.receipt : one.state === "listed" ? one.until : "");
  part("case").dataset.state = state;
  const faults = (one.faults ?? []).map(({ words }) => words);
  if (one.note) faults.push(word(one.note));
  part("faults").append(...faults.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  if (one.case) {
    const step = one.faults?.find((fault) => fault.step)?.step;
    part("open").href = `/brigada/preguntas/${one.case.programme}#${one.id}${step ? `/${step}` : ""}`;
  } else part("open").parentElement.remove();
  if (one.state === "registered") part("contract").href = `/marcas-de-contratos?recibo=${encodeURIComponent(one.receipt)}`;
  else part("contract").parentElement.remove();
  return card;
}

/** The page that lists what is kept. */
export class Tablet {
  /** @param {import("./store.js").Store} store @param {(name: string) => string} word */
  constructor(store, word) {
    this.store = store;
    this.word = word;
    this.outbox = new Outbox(store, fetch.bind(globalThis), ({ held }) => this.#told(held), navigator.locks);
  }

  /** Show what is kept, and send what waits. */
  async start() {
    named("send").addEventListener("click", () => this.outbox.flush());
    named("leave").addEventListener("click", () => this.#leave());
    addEventListener("online", () => this.outbox.flush());
    setInterval(() => this.outbox.flush(), EVERY_MS);
    for (const link of document.querySelectorAll("[data-begin]")) {
      link.addEventListener("click", () => {
        link.hash = freshId();
      });
    }
    await this.#show();
    await this.#meet();
    await this.outbox.flush();
  }

  /** Who carries the tablet: asked where there is a network, else who did so before. */
  async #meet() {
    const reply = await fetch(ME_URL, { credentials: "same-origin" }).catch(() => null);
    if (reply?.ok) await this.store.put("holder", await reply.json());
    const holder = await this.store.get("holder");
    by("begin").hidden = !holder;
    by("enter").hidden = Boolean(reply?.ok);
    by("holder").textContent = holder ? by("holder").dataset.some + holder.name : by("holder").dataset.none;
  }

  async #told(held) {
    by("reach").textContent = held ? this.word(held) : "";
    by("enter").hidden = by("enter").hidden && held !== "enter";
    await this.#show();
  }

  async #show() {
    const kept = await this.store.list();
    by("cases").replaceChildren(...kept.map((one) => draw(one, this.word)));
    const unsent = await this.store.countUnsent();
    by("count").textContent = unsent ? by("count").dataset.some + unsent : by("count").dataset.none;
  }

  /** Empty the tablet; where something is on it alone, only after a warning that says how much. */
  async #leave() {
    const unsent = await this.store.countUnsent();
    if (unsent === 0) return this.#wipe();
    by("warning-count").textContent = by("count").dataset.some + unsent;
    by("warning").addEventListener("close", () => by("warning").returnValue === "wipe" && this.#wipe(), { once: true });
    by("warning").returnValue = "";
    by("warning").showModal();
  }

  async #wipe() {
    await this.store.destroy(indexedDB);
    await fetch("/salir", { method: "POST", credentials: "same-origin", redirect: "manual" }).catch(() => {});
    location.assign("/brigada/");
  }
}
