/** The search for a code: camera, hand-held reader, typed number or a photo; one text comes out. */

import { CameraError } from "./camera.js";
import { readInput } from "./input.js";
import { byId, onTap, say, show } from "./page.js";
import { FrameReader, readPhoto } from "./reader.js";

/** How long the same code is passed over after *next*, in milliseconds: it is still in view. */
const SAME_CODE_REST = 3000;

/** Names of the timings that a benchmark reads (performance.getEntriesByName). */
export const FRAME_MARK = "vereda:frame";

/** The view in which codes are looked for. */
export class ScanView {
  #turn = 0;
  /** The code that was judged last, with the one before it: a permit, then its photo. */
  #last = { texts: [], until: 0 };
  #reader = new FrameReader();

  /**
   * @param {object} parts
   * @param {import("./words.js").Words} parts.words
   * @param {import("./device.js").Device} parts.device
   * @param {import("./camera.js").Camera} parts.camera
   * @param {import("./feedback.js").Feedback} parts.feedback
   * @param {(text: string) => Promise<void>} parts.found takes the text of a code.
   */
  constructor(parts) {
    Object.assign(this, parts);
    onTap("torch", () => this.#switchTorch());
    onTap("switch-camera", () => this.#switchCamera());
    onTap("sound", () => this.#switchSound());
    byId("typed").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#take(byId("typed-text").value);
    });
    byId("photo").addEventListener("change", () => this.#takePhoto());
    this.#drawSound();
  }

  /**
   * Begin to look for codes; without a camera the other ways stay open.
   * @param {string} [hint] which text says what to point at.
   */
  async start(hint = "camera_pointing") {
    const turn = ++this.#turn;
    byId("typed-text").value = "";
    say("scan-hint", this.words.text(hint));
    try {
      if (!(await this.camera.start())) return;
    } catch (error) {
      if (!(error instanceof CameraError)) throw error;
      say("scan-hint", this.words.text(`camera_${error.fault}`));
      return;
    }
    await this.#drawTools();
    if (turn === this.#turn) await this.#look(turn);
  }

  /** Stop looking. The light stays on while a verdict is shown: it helps to read the document. */
  pause() {
    this.#turn += 1;
  }

  /** Stop looking and let go of the camera. */
  stop() {
    this.pause();
    this.camera.stop();
  }

  /** From now on for three seconds the codes that were judged last are passed over. */
  restLast() {
    this.#last.until = performance.now() + SAME_CODE_REST;
  }

  async #look(turn) {
    this.#reader.restart();
    while (turn === this.#turn) {
      await this.camera.nextFrame();
      if (!this.camera.running) return say("scan-hint", this.words.text("camera_failed"));
      performance.clearMarks(FRAME_MARK);
      performance.mark(FRAME_MARK);
      const frame = this.camera.frame();
      const text = frame && (await this.#reader.read(frame));
      if (turn !== this.#turn) return;
      if (text && !this.#isResting(text)) return this.#take(text);
    }
  }

  /** Whether a code is to be passed over: just judged, or a hand-held reader is typing another. */
  #isResting(text) {
    const typing = byId("typed-text").value !== "";
    return typing || (this.#last.texts.includes(text) && performance.now() < this.#last.until);
  }

  #take(raw) {
    if (raw === "") return;
    this.pause();
    this.#last = { texts: [raw, ...this.#last.texts.slice(0, 1)], until: 0 };
    return this.found(readInput(raw));
  }

  async #takePhoto() {
    const input = byId("photo");
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    say("scan-hint", this.words.text("reading_photo"));
    performance.clearMarks(FRAME_MARK);
    performance.mark(FRAME_MARK);
    const text = await readPhoto(file);
    if (text) await this.#take(text);
    else say("scan-hint", this.words.text("photo_nothing"));
  }

  async #drawTools() {
    show("torch", this.camera.hasTorch);
    this.#drawTorch();
    show("switch-camera", (await this.camera.list()).length > 1);
  }

  #drawTorch() {
    say("torch", this.words.text(this.camera.lit ? "torch_on" : "torch_off"));
    byId("torch").setAttribute("aria-pressed", String(this.camera.lit));
  }

  async #switchTorch() {
    await this.camera.light(!this.camera.lit);
    this.#drawTorch();
  }

  async #switchCamera() {
    this.pause();
    this.camera.stop();
    await this.camera.switch().catch(() => {});
    await this.start();
  }

  async #switchSound() {
    await this.device.mute(!this.device.muted);
    this.feedback.muted = this.device.muted;
    this.#drawSound();
  }

  #drawSound() {
    say("sound", this.words.text(this.device.muted ? "sound_off" : "sound_on"));
    byId("sound").setAttribute("aria-pressed", String(!this.device.muted));
  }
}
