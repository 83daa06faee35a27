/** The wizard's questions with no network: one at a time, every answer kept at once, sealed. */

import { shrink } from "../static/src/js/photos.js";
import { missing, read, restore, say } from "./answers.js";
import { doubt, isAsked } from "./checks.js";

const HOME = "/brigada/";
const LAST = "guardar";
const READ_MS = 700;

const by = (id) => document.getElementById(id);

/** A file as base64. @param {Blob} file */
async function base64Of(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let letters = "";
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(letters);
}

/** One registration under the page's questions. */
export class Questions {
  #saving = Promise.resolve();

  /** @param {import("./store.js").Store} store @param {(name: string) => string} word */
  constructor(store, word) {
    this.store = store;
    this.word = word;
    this.sections = [...document.querySelectorAll("[data-step]")].filter((one) => one.matches("section"));
    this.photos = new Set();
    this.toldAt = 0;
  }

  /** Take up the registration that the address names; without one there is nothing to do here. */
  async start() {
    const [id, step] = location.hash.slice(1).split("/");
    const holder = await this.store.get("holder");
    if (!id || !holder) return location.replace(HOME);
    await this.#take(id, holder);
    for (const section of this.sections) this.#prepare(section);
    by("back").addEventListener("click", () => this.#show(Math.max(0, this.#beside(this.at, -1))));
    this.#show(this.#first(step));
  }

  async #take(id, holder) {
    const { programme, language, age } = by("questions").dataset;
    const places = [...document.querySelectorAll("#places option")].map(({ value }) => value);
    this.known = { age: Number(age), places, now: new Date() };
    const kept = await this.store.read(id);
    this.case = kept?.case ?? { id, facilitator: holder.facilitator, programme, language, typed: {} };
    this.photos = new Set((await this.store.files(id)).map(([kind]) => kind));
  }

  /** Whether a question is asked after the answers so far. @param {HTMLElement} section */
  #asks(section) {
    const { onlyIf, onlyValues } = section.dataset;
    return isAsked(onlyIf && { step: onlyIf, values: onlyValues.split(" ") }, this.case.typed);
  }

  /** The next place in a direction whose question is asked. */
  #beside(at, by_) {
    let place = at + by_;
    while (place > 0 && !this.#asks(this.sections[place])) place += by_;
    return place;
  }

  #form(section) {
    return section.querySelector("form");
  }

  #prepare(section) {
    const form = this.#form(section);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (section.dataset.step === LAST) this.#finish();
      else this.#next(section);
    });
    if (section.dataset.step === LAST) return;
    restore(form, this.case.typed[section.dataset.step]);
    form.addEventListener("change", (event) => {
      if (event.target.type === "file") this.#keepPhoto(event.target, section);
      else this.keep("draft");
    });
    this.#tellPhotos(section);
  }

  /** Where to begin: the question that was asked for, else the first that is open. */
  #first(step) {
    const named = this.sections.findIndex((one) => one.dataset.step === step && this.#asks(one));
    if (named >= 0) return named;
    const open = this.sections.slice(0, -1).findIndex((one) => this.#asks(one) && missing(this.#form(one), this.photos));
    return open >= 0 ? open : this.sections.length - 1;
  }

  #show(at) {
    this.at = at;
    by("fault").textContent = "";
    for (const [index, section] of this.sections.entries()) section.hidden = index !== at;
    if (this.sections[at].dataset.step === LAST) this.#review();
    by("back").hidden = at === 0;
    const heading = this.sections[at].querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
    scrollTo(0, 0);
  }

  /** Keep all that stands in the forms; it is on disk when this resolves. @param {string} state */
  async keep(state) {
    for (const section of this.sections.slice(0, -1)) this.case.typed[section.dataset.step] = read(this.#form(section));
    const written = structuredClone(this.case);
    this.#saving = this.#saving.then(() => this.store.save(written, state));
    return this.#saving;
  }

  async #next(section) {
    await this.keep("draft");
    // Pressed twice: the first press has gone on, or has just told a doubt that nobody read yet.
    if (this.sections[this.at] !== section || Date.now() - this.toldAt < READ_MS) return;
    const open = missing(this.#form(section), this.photos);
    if (open) {
      by("fault").textContent = by("fault").dataset.empty;
      open.focus();
      return;
    }
    const step = section.dataset.step;
    const about = doubt(step, this.case.typed[step], this.known);
    // It is told once: who has looked again and presses again knows better than a tablet.
    if (about && section.dataset.doubted !== about) {
      section.dataset.doubted = about;
      this.toldAt = Date.now();
      by("fault").textContent = this.word(`doubt-${about}`);
    } else this.#show(this.#beside(this.at, 1));
  }

  async #keepPhoto(input, section) {
    by("fault").textContent = "";
    try {
      const small = await shrink(input.files[0]);
      await this.store.saveFile(this.case.id, input.name, await base64Of(small));
      this.photos.add(input.name);
    } catch {
      by("fault").textContent = by("fault").dataset.unread;
    }
    this.#tellPhotos(section);
    await this.keep("draft");
  }

  #tellPhotos(section) {
    const files = [...section.querySelectorAll('input[type="file"]')].filter(({ name }) => this.photos.has(name));
    const told = files.map((one) => one.labels[0].textContent.trim()).join(", ");
    section.querySelector("[data-photos]").textContent = told ? this.word("photo") + told : "";
  }

  /** Every answer beside its question, each leading back to it. */
  #review() {
    const asked = [...this.sections.slice(0, -1).entries()].filter(([, section]) => this.#asks(section));
    const rows = asked.map(([at, section]) => {
      const row = Object.assign(document.createElement("div"), { className: "govuk-summary-list__row" });
      const key = Object.assign(document.createElement("dt"), { className: "govuk-summary-list__key" });
      const value = Object.assign(document.createElement("dd"), { className: "govuk-summary-list__value" });
      const link = Object.assign(document.createElement("a"), { className: "govuk-link later", href: `#${this.case.id}` });
      const question = document.querySelector(`[data-asked="${section.dataset.step}"]`);
      link.textContent = question?.textContent ?? "";
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.#show(at);
      });
      value.textContent = [say(this.#form(section)), section.querySelector("[data-photos]").textContent].filter(Boolean).join(". ");
      key.append(link);
      row.append(key, value);
      return row;
    });
    by("review").replaceChildren(...rows);
  }

  async #finish() {
    await this.keep("waiting");
    location.assign(HOME);
  }
}
