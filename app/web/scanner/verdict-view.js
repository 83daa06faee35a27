/** The verdict: one colour, shape, icon and word on the whole screen, one reason, what to compare. */

import { MinorsForm } from "./minors-form.js";
import { byId, drawShape, nowSeconds, onTap, pair, say, show } from "./page.js";
import { showPermitNumber } from "./permit-number.js";

/** Shows one verdict and closes by itself. */
export class VerdictView {
  #timer = null;
  #left = 0;
  #verdict = null;
  #sent = null;

  /**
   * @param {object} parts
   * @param {import("./words.js").Words} parts.words
   * @param {import("./device.js").Device} parts.device
   * @param {() => void} parts.next the person wants the next code, or time is up.
   * @param {(verdict: object, direction: "entry" | "exit", minors: object[]) => Promise<{id: string}>} parts.record
   * @param {(minors: object[], direction: "entry" | "exit", number: string) => Promise<{id: string}>} parts.raise
   *   an alert for minors without a parent.
   */
  constructor(parts) {
    Object.assign(this, parts);
    this.minors = new MinorsForm("minors", this.words, () => this.#drawMinors());
    onTap("next", () => this.next());
    onTap("keep-open", () => this.#keepOpen());
    onTap("record-entry", () => this.#record("entry"));
    onTap("record-exit", () => this.#record("exit"));
  }

  /** The verdict on the screen, or null. */
  get shown() {
    return this.#verdict;
  }

  /** Whether a verdict is on the screen. */
  get open() {
    return !byId("view-verdict").hidden;
  }

  /** Put a verdict on the screen. @param {import("./scans.js").Verdict} verdict */
  show(verdict) {
    const { words } = this;
    this.#verdict = verdict;
    this.#sent = null;
    byId("view-verdict").dataset.verdict = verdict.colour;
    drawShape("verdict-shape", `shape-${verdict.colour}`);
    say("verdict-word", words.verdict(verdict.colour));
    say("verdict-reason", words.reason(verdict.reason).reason);
    say("verdict-act", words.reason(verdict.reason).act);
    this.#drawFacts();
    this.#drawLists();
    this.minors.reset();
    byId("minors").open = false;
    this.#drawMinors();
    say("crossing-result", "");
    show("crossing-buttons", this.#number !== null);
    show("minors", this.#number !== null);
    show("view-verdict", true);
    byId("view-verdict").scrollTop = 0;
    byId("verdict-word").focus();
    this.#startClosing();
  }

  /** Take the verdict off the screen, its facts too. */
  close() {
    clearInterval(this.#timer);
    show("view-verdict", false);
    byId("verdict-facts").replaceChildren();
    this.minors.reset();
    this.#verdict = null;
  }

  /** Say what became of a crossing that was recorded here. @param {Record<string, string>} outcomes */
  tell(outcomes) {
    const outcome = this.#sent && outcomes[this.#sent.id];
    if (!outcome) return;
    const { direction, alert } = this.#sent;
    const taken = alert ? "alert_sent" : `recorded_${direction}`;
    const text = outcome === "refused" ? "refused_crossing" : taken;
    say("crossing-result", this.words.text(text));
  }

  get #number() {
    return this.#verdict.permit?.number ?? this.#verdict.number;
  }

  #drawFacts() {
    const { permit, number, colour } = this.#verdict;
    const rows = permit ? this.#rows(permit, colour) : [];
    if (number) rows.push(pair(this.words.text("permit"), showPermitNumber(number), "plain"));
    byId("verdict-facts").replaceChildren(...rows);
    show("verdict-facts", rows.length > 0);
  }

  /** What to compare comes first and large; on red nobody is let through by comparing. */
  #rows(permit, colour) {
    const { words } = this;
    const { occupations = {}, departments = {}, programmes = {}, issuers = {}, posts } = this.device.config;
    const label = (labels, code) => labels[code] ?? code;
    const names = new Map(posts.map((post) => [post.code, post.name]));
    const started = this.#verdict.time !== "not-yet-valid";
    const rows = [
      ["name", permit.fullName, "compare name"],
      ["born", words.birthDate(permit.dateOfBirth), "compare"],
      ["document", `${permit.documentNumber} (${permit.documentCountry})`, "compare"],
      ["photo", colour === "red" ? null : words.text("photo_compare"), "compare photo"],
      [started ? "until" : "from", started ? words.lastDay(permit.exp) : words.day(permit.nbf), "plain"],
      ["issuer", issuers[permit.issuer], "plain"],
      ["permit", showPermitNumber(permit.number), "plain"],
      ["programme", label(programmes, permit.kind), "plain"],
      ["occupation", label(occupations, permit.occupation), "plain"],
      ["employer", permit.employerName, "plain"],
      ["departments", permit.departments.map((code) => label(departments, code)).join(", "), "plain"],
      ["posts", permit.posts.map((code) => names.get(code) ?? code).join(", "), "plain"],
    ];
    return rows
      .filter(([, value]) => value)
      .map(([key, value, kind]) => pair(words.text(key), value, kind));
  }

  /** How old the list is that was consulted; where none was, that is said. */
  #drawLists() {
    const { words } = this;
    const age = this.#verdict.listAge;
    const issued = age === null ? null : nowSeconds() - age;
    const values = issued === null ? {} : { moment: words.moment(issued), age: words.ago(age) };
    say("verdict-lists", words.text(issued === null ? "unchecked_lists" : "checked_lists", values));
  }

  #startClosing() {
    clearInterval(this.#timer);
    this.#left = this.device.resultSeconds;
    show("keep-open", true);
    this.#drawCountdown();
    this.#timer = setInterval(() => {
      this.#left -= 1;
      if (this.#left <= 0) this.next();
      else this.#drawCountdown();
    }, 1000);
  }

  #drawCountdown() {
    say("countdown", this.words.text("closes_in", { n: this.#left }));
  }

  #keepOpen({ quietly = false } = {}) {
    clearInterval(this.#timer);
    say("countdown", this.words.text("stays_open"));
    show("keep-open", false);
    if (!quietly) byId("next").focus();
  }

  /** A minor without a parent turns the record of a crossing into an alert. */
  #drawMinors() {
    const alone = this.minors.alone > 0;
    if (this.minors.minors.length > 0) this.#keepOpen({ quietly: true });
    for (const direction of ["entry", "exit"]) {
      say(`record-${direction}`, this.words.text(alone ? `alert_${direction}` : `record_${direction}`));
    }
    byId("crossing-buttons").dataset.alert = String(alone);
    say("minors-said", alone ? this.words.text("minor_alone") : "");
  }

  async #record(direction) {
    if (!this.device.post) {
      say("crossing-result", this.words.text("post_first"));
      return;
    }
    const { minors, alone: without } = this.minors;
    const alert = without > 0;
    show("crossing-buttons", false);
    show("minors", false);
    byId("next").focus();
    try {
      const made = alert
        ? await this.raise(minors, direction, this.#number)
        : await this.record(this.#verdict, direction, minors);
      this.#sent = { direction, alert, id: made.id };
      const phone = this.device.config.child_duty_phone;
      say("crossing-result", alert ? this.words.alertSaved(phone) : this.words.text(`saved_${direction}`));
    } catch {
      show("crossing-buttons", true);
      show("minors", true);
      say("crossing-result", this.words.text("not_saved"));
    }
  }
}
