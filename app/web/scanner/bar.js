/** The bar that never goes away: what waits to be sent, how old the lists are, what is wrong. */

import { byId, nowSeconds, say, show } from "./page.js";

function notice(name, text) {
  show(`notice-${name}`, text !== null);
  if (text !== null) byId(`notice-${name}`).querySelector("span").textContent = text;
}

/** Chips and notices at the top of every view. */
export class Bar {
  /**
   * @param {import("./words.js").Words} words
   * @param {import("./device.js").Device} device
   */
  constructor(words, device) {
    this.words = words;
    this.device = device;
    this.reached = true;
  }

  /** Note whether the server answered the last time it was asked. @param {boolean} reached */
  heard(reached) {
    this.reached = reached;
    this.draw();
  }

  /** Whether there is a network that leads to the server; the browser alone cannot know that. */
  get online() {
    return navigator.onLine && this.reached;
  }

  /** Say again what may have changed with time. */
  draw() {
    const { words, device } = this;
    const now = nowSeconds();
    const issued = device.listsIssuedAt;
    const age = issued === null ? null : Math.max(0, now - issued);
    const ago = age === null ? words.text("lists_none") : words.text("lists_age", { age: words.ago(age) });
    say("chip-lists", ago);
    byId("chip-lists").dataset.alarm = String(age === null || age > device.freshness.listFresh);
    say("chip-network", words.text(this.online ? "online" : "offline"));
    const clock = device.judgeClock(now);
    const wrong = clock !== "right" && clock !== "unchecked";
    notice("clock", wrong ? words.text(`clock_${clock.replace("-", "_")}`) : null);
  }

  /** Say how the queue stands. @param {import("./queue.js").QueueState} state */
  drawQueue({ waiting, signInNeeded, enrolmentNeeded, refused }) {
    const { words } = this;
    say("chip-waiting", words.text("waiting", { n: waiting }));
    say("verdict-waiting", words.text("waiting", { n: waiting }));
    byId("chip-waiting").dataset.alarm = String(waiting > 0);
    if (enrolmentNeeded) this.#askEnrolment();
    else if (signInNeeded) this.askSignIn();
    else if (waiting === 0) notice("sign-in", null);
    notice("refused", refused > 0 ? words.text("refused_some", { n: refused }) : null);
  }

  /** Ask the person to sign in; what waits stays. */
  askSignIn() {
    if (this.device.enrolled) byId("sign-in-link").href = "/escaner/entrar";
    notice("sign-in", this.words.text("sign_in_again"));
  }

  /** Ask to have the device enrolled; what waits goes out under its new name. */
  #askEnrolment() {
    const link = byId("sign-in-link");
    link.href = "/escaner/inscribir";
    link.textContent = this.words.text("enrol");
    notice("sign-in", this.words.text("enrol_to_send"));
  }

  /** The session is there again. */
  signedIn() {
    notice("sign-in", null);
  }

  /** Offer the new version. */
  offerUpdate() {
    show("notice-update", true);
  }
}
