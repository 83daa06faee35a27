/** The camera of a gate, loaded when it is opened: the scanner's reader and verifier, nothing new. */

import { Camera, CameraError } from "../scanner/camera.js";
import { readInput } from "../scanner/input.js";
import { openLists } from "../scanner/kept-lists.js";
import { FrameReader, prepareReader, readPhoto } from "../scanner/reader.js";
import { Refresher } from "../scanner/refresh.js";
import { pinnedRoots } from "../scanner/roots.js";
import { judge } from "../scanner/scans.js";
import { standingOf } from "./standing.js";

/** How long the lists may take, in milliseconds, before a code is judged by those that are here. */
const PATIENCE = 4000;

/** How long a code that was judged is passed over, in milliseconds: it is still before the camera. */
const SAME_CODE_REST = 10_000;

const seconds = () => Math.floor(Date.now() / 1000);

/**
 * Have on this phone what judges a permit; without a network what is here stays.
 * @param {import("../scanner/sealed-rooms.js").SealedRooms} rooms
 * @param {{x: string, y: string}[]} roots as the page carries them.
 */
export async function refreshLists(rooms, roots) {
  await rooms.put("roots", await pinnedRoots(roots));
  return new Refresher(rooms, (...asked) => fetch(...asked), seconds).refresh(false);
}

/** Have the reader of codes ready. @param {string} wasm its address */
export { prepareReader };

/** Looks for codes; each that is found is judged and told as a gate's standing. */
export class GateScan {
  #turn = 0;
  #reader = new FrameReader();
  #fresh;
  #last = { text: "", until: 0 };

  /**
   * @param {object} parts
   * @param {import("../scanner/sealed-rooms.js").SealedRooms} parts.rooms
   * @param {{roots: object[], wasm: string}} parts.facts
   * @param {string} parts.employer the farm's, as permits carry it.
   * @param {HTMLVideoElement} parts.video
   * @param {(word: string) => void} parts.say tells what is going on.
   * @param {() => void} parts.opened the camera gives pictures.
   * @param {(standing: import("./standing.js").Standing) => void} parts.found
   */
  constructor(parts) {
    Object.assign(this, parts);
    this.camera = new Camera(this.video);
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    this.#fresh = Promise.race([refreshLists(this.rooms, this.facts.roots), late]).catch(() => {});
  }

  /** Open the camera and look; where it gives none, a photo can still be taken. */
  async start() {
    const turn = ++this.#turn;
    try {
      if (!(await this.camera.start())) return;
    } catch (error) {
      if (!(error instanceof CameraError)) throw error;
      this.say(error.fault);
      return;
    }
    this.video.hidden = false;
    this.say("pointing");
    this.opened();
    this.#last.until = performance.now() + SAME_CODE_REST;
    await this.#look(turn);
  }

  async #look(turn) {
    this.#reader.restart();
    while (turn === this.#turn) {
      await this.camera.nextFrame();
      const frame = this.camera.frame();
      const text = frame && (await this.#reader.read(frame));
      if (text && turn === this.#turn && !this.#isResting(text)) return this.#take(text);
    }
  }

  #isResting(text) {
    return text === this.#last.text && performance.now() < this.#last.until;
  }

  /** Stop looking; the picture stays. */
  pause() {
    this.#turn += 1;
  }

  /** Let go of the camera. */
  stop() {
    this.pause();
    this.camera.stop();
    this.video.hidden = true;
  }

  /** Read a photo in the place of the camera. @param {Blob} file */
  async takePhoto(file) {
    this.pause();
    this.say("reading");
    const text = await readPhoto(file);
    if (text) return this.#take(text);
    this.say("nothing");
    if (this.camera.running) await this.#look(++this.#turn);
  }

  async #take(raw) {
    this.pause();
    this.#last = { text: raw, until: 0 };
    const text = readInput(raw);
    await this.#fresh;
    const [lists, clock] = [await openLists(this.rooms), await this.rooms.get("clock")];
    const verdict = await judge(text, { ...lists, latest: clock?.floor ?? 0, now: seconds(), post: null });
    this.found(standingOf(verdict, text, this.employer));
  }
}
