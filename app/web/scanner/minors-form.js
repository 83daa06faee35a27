/** Minors who cross beside somebody, or came alone: how many, and for each passport and parent. */

import { byId } from "./page.js";

/** Most minors in one crossing; permits/minors.py has the same. */
export const MOST_MINORS = 12;

/** One minor as the agent sees them. @typedef {{passport: boolean, parent: boolean}} Minor */

/** A list of minors in a container, made of the page's template. */
export class MinorsForm {
  /**
   * @param {string} id of the container.
   * @param {import("./words.js").Words} words
   * @param {() => void} changed called after every touch.
   */
  constructor(id, words, changed) {
    this.words = words;
    this.changed = changed;
    this.root = byId(id);
    this.rows = this.root.querySelector("[data-minors]");
    this.root.querySelector("[data-add]").addEventListener("click", () => this.#add());
    this.root.addEventListener("change", () => this.changed());
    this.reset();
  }

  /** What was ticked. @returns {Minor[]} */
  get minors() {
    return Array.from(this.rows.children, (row) => ({
      passport: row.querySelector("[data-passport]").checked,
      parent: row.querySelector("[data-parent]").checked,
    }));
  }

  /** How many come without a parent. */
  get alone() {
    return this.minors.filter(({ parent }) => !parent).length;
  }

  /** Back to nobody. */
  reset() {
    this.rows.replaceChildren();
    this.#draw();
  }

  /** Begin with one, for the agent who has a child in front of them. */
  begin() {
    if (this.rows.children.length === 0) this.#add();
  }

  #add() {
    if (this.rows.children.length >= MOST_MINORS) return;
    const row = byId("minor").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-remove]").addEventListener("click", () => {
      row.remove();
      this.#draw();
      this.changed();
      this.root.querySelector("[data-add]").focus();
    });
    this.rows.append(row);
    this.#draw();
    this.changed();
    row.querySelector("[data-passport]").focus();
  }

  #draw() {
    Array.from(this.rows.children).forEach((row, at) => {
      row.querySelector("legend").textContent = this.words.text("minor", { n: at + 1 });
    });
    this.root.querySelector("[data-add]").hidden = this.rows.children.length >= MOST_MINORS;
  }
}
