/** What waits on this phone, drawn on the page: how many, which, and why they were not sent. */

/** The part of a gate's page that tells what is left. */
export class Left {
  /**
   * @param {HTMLElement} section
   * @param {import("../scanner/words.js").Words} words
   * @param {(hand: string) => string} nameOf who was ticked, as the page's list says it.
   * @param {(id: string) => Promise<void>} drop
   */
  constructor(section, words, nameOf, drop) {
    Object.assign(this, { section, words, nameOf, drop });
    this.state = section.querySelector("[data-gate-state]");
    this.notes = section.querySelector("[data-gate-notes]");
    this.button = section.querySelector("[data-gate-send]");
  }

  /**
   * Draw it anew.
   * @param {import("./notes.js").Note[]} notes everything on the phone.
   * @param {import("./notes.js").Held} held
   */
  draw(notes, held) {
    const waiting = notes.filter(({ told }) => told === undefined).length;
    this.section.hidden = notes.length === 0;
    this.button.hidden = waiting === 0 || held === "ended";
    this.state.textContent = this.#words(waiting, held);
    this.notes.replaceChildren(...notes.map((note) => this.#row(note, held)));
  }

  /** Everything went out, and the page is still here. */
  drawSent() {
    this.draw([], "");
    this.section.hidden = false;
    this.state.textContent = this.words.text("sent");
  }

  #words(waiting, held) {
    const many = waiting ? this.words.text("waiting", { what: waiting }) : this.words.text("checking");
    return held ? `${many}. ${this.words.text(held)}` : many;
  }

  #row(note, held) {
    const row = document.createElement("li");
    const long = (note.text ?? "").length > 20;
    const who = note.hand ? this.nameOf(note.hand) : long ? this.words.text("scanned") : note.text;
    const at = this.words.moment(Date.parse(note.at) / 1000);
    row.textContent = `${at} · ${this.words.text(note.direction)} · ${who}`;
    if (note.told === undefined && held !== "ended") return row;
    const why = document.createElement("p");
    why.textContent = note.told || (held === "ended" ? "" : this.words.text("odd"));
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: this.words.text("drop") });
    button.className = "govuk-button govuk-button--secondary";
    button.addEventListener("click", () => this.drop(note.id));
    row.append(why, button);
    return row;
  }
}
