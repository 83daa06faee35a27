/** The second scan: looks for the signed photo of the permit on the screen, and shows it beside. */

import { judgeFace } from "./face.js";
import { byId, nowSeconds, onTap, say, show } from "./page.js";

/** The photo on the verdict, or why there is none. */
export class FaceView {
  #address = null;

  /** @param {import("./words.js").Words} words */
  constructor(words) {
    this.words = words;
  }

  /** Show what became of a second scan. @param {{reason: string, picture: Uint8Array | null}} told */
  draw({ reason, picture }) {
    this.clear();
    if (picture) this.#address = URL.createObjectURL(new Blob([picture], { type: "image/webp" }));
    byId("face-picture").src = this.#address ?? "";
    show("face-picture", picture !== null);
    byId("verdict-face").dataset.face = reason;
    show("verdict-face", true);
    say("face-said", this.words.text(`face_${reason.replaceAll("-", "_")}`));
  }

  /** Forget the photo. */
  clear() {
    show("verdict-face", false);
    say("face-said", "");
    byId("face-picture").removeAttribute("src");
    if (this.#address) URL.revokeObjectURL(this.#address);
    this.#address = null;
  }
}

/** From the verdict to the camera and back, with the verdict kept. */
export class FaceSeek {
  #permit = null;

  /**
   * @param {object} parts
   * @param {import("./words.js").Words} parts.words
   * @param {import("./device.js").Device} parts.device
   * @param {import("./scan-view.js").ScanView} parts.scanView
   * @param {import("./verdict-view.js").VerdictView} parts.verdictView
   * @param {import("./feedback.js").Feedback} parts.feedback
   */
  constructor(parts) {
    Object.assign(this, parts);
    onTap("seek-face", () => this.#begin());
    onTap("leave-face", () => this.#back());
  }

  #begin() {
    this.#permit = this.verdictView.shown.permit;
    this.verdictView.hide();
    show("leave-face", true);
    this.scanView.restLast();
    byId("scan-title").focus({ preventScroll: true });
    this.scanView.start("face_pointing");
  }

  /**
   * Take a code that was found.
   * @param {string} text
   * @returns {Promise<boolean>} false where no photo was looked for: the code is a permit's.
   */
  async take(text) {
    if (!this.#permit) return false;
    const { trust } = this.device;
    const told = await judgeFace(text, this.#permit, { trust, now: nowSeconds() });
    if (told.reason === "not-a-face") {
      this.scanView.restLast();
      this.scanView.start("face_not_this");
      return true;
    }
    this.#back();
    this.verdictView.showFace(told);
    this.feedback.give(told.reason === "ok" ? "green" : "amber");
    return true;
  }

  #back() {
    this.stop();
    this.scanView.pause();
    this.verdictView.back();
  }

  /** Look for it no more; the verdict is not brought back. */
  stop() {
    this.#permit = null;
    show("leave-face", false);
  }
}
