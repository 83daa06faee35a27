/** The verdict: one colour, shape, icon and word on the whole screen, one reason, what to compare. */

import { hasEmployer } from "./credential.js";
import { FaceView } from "./face-view.js";
import { MinorsForm } from "./minors-form.js";
import { byId, drawShape, nowSeconds, onTap, pair, say, show } from "./page.js";
import { showPermitNumber } from "./permit-number.js";
import { COLOURS } from "./scans.js";

/** What a second scan may find that makes a good permit a case for a second look. */
const WRONG_FACE = new Set(["other-permit", "bad-signature"]);

/** Shows one verdict and closes by itself. */
export class VerdictView {
  #timer = null;
  #left = 0;
  #verdict = null;
  #plain = null;
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
    this.face = new FaceView(this.words);
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
    this.#plain = this.#verdict = verdict;
    this.#sent = null;
    say("verdict-way", "");
    this.#drawHead();
    this.#drawFacts();
    this.#drawLists();
    this.face.clear();
    show("seek-face", this.#hasFace);
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

  #drawHead() {
    const { colour } = this.#verdict;
    byId("view-verdict").dataset.verdict = colour;
    drawShape("verdict-shape", `shape-${colour}`);
    say("verdict-word", this.words.verdict(colour));
    const { reason, act } = this.#said(this.#verdict);
    say("verdict-reason", reason);
    say("verdict-act", act);
  }

  /** Whether the card on the screen carries a signed photo to be looked for. */
  get #hasFace() {
    const { permit, colour } = this.#verdict;
    return permit !== null && colour !== "red" && this.device.config.faces.includes(permit.kind);
  }

  /** Show what a second scan brought; another's photo is no green light, whatever the permit says. */
  showFace(told) {
    this.face.draw(told);
    show("seek-face", told.picture === null);
    const reason = WRONG_FACE.has(told.reason) ? "wrong-face" : this.#plain.reason;
    this.#verdict = { ...this.#plain, reason, colour: COLOURS[reason] };
    if (this.#verdict.colour !== "green") say("verdict-way", "");
    this.#drawHead();
    byId("view-verdict").scrollTop = 0;
  }

  /** The post may leave out its questions; said of the verdict on the screen, and of no other. */
  tellWay(verdict) {
    if (this.#plain !== verdict || this.#verdict.colour !== "green") return;
    say("verdict-way", this.words.text("short_way"));
  }

  /** Take the verdict off the screen for a moment; `back` brings it again as it was. */
  hide() {
    clearInterval(this.#timer);
    show("view-verdict", false);
  }

  /** Bring it back after `hide`. */
  back() {
    show("view-verdict", true);
    byId("verdict-word").focus();
    if (this.minors.minors.length === 0) this.#startClosing();
  }

  /** Take the verdict off the screen, its facts too. */
  close() {
    this.hide();
    this.face.clear();
    byId("verdict-facts").replaceChildren();
    this.minors.reset();
    this.#plain = this.#verdict = null;
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

  /** The reason and what to do; of a typed number, whether somebody could be asked about it. */
  #said({ reason, asked, isFace }) {
    const told = this.words.reason(reason);
    if (isFace) return { ...told, act: this.words.text("face_first") };
    if (reason !== "typed-number" || !asked) return told;
    if (asked === "answered") {
      return { reason: this.words.text("number_stands"), act: this.words.text("number_compare") };
    }
    return { ...told, act: this.words.text(`number_${asked.replace("-", "_")}`) };
  }

  #drawFacts() {
    const { permit, number, colour, holder } = this.#verdict;
    const rows = permit ? this.#rows(permit, colour) : [];
    if (holder) rows.push(...this.#holderRows(holder));
    if (number) rows.push(pair(this.words.text("permit"), showPermitNumber(number), "plain"));
    byId("verdict-facts").replaceChildren(...rows);
    show("verdict-facts", rows.length > 0);
  }

  /** What the register tells of a typed number: too little to learn who, enough to compare. */
  #holderRows({ initials, documentEnding, kind, nbf, exp }) {
    const { words } = this;
    return [
      ["initials", initials, "compare name"],
      ["document_ending", `… ${documentEnding}`, "compare"],
      ["from", words.day(nbf), "plain"],
      ["until", words.lastDay(exp), "plain"],
      ["programme", this.device.config.programmes[kind] ?? kind, "plain"],
    ].map(([key, value, how]) => pair(words.text(key), value, how));
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
      ["employer", hasEmployer(permit) ? permit.employerName : words.text("employer_none"), "plain"],
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
    const { listAge: age, asked } = this.#verdict;
    if (asked === "answered") return say("verdict-lists", words.text("asked_server"));
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
