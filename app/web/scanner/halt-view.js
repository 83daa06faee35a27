/**
 * The scanner out of service: the operator found a fault in it, and no verdict of it is to count.
 *
 * The settings of the post say so; what they said last holds without a network too. What waits to
 * be sent goes on being sent.
 */

import { byId, show } from "./page.js";

/** Covers the scanner for as long as it is out of service. */
export class HaltView {
  /**
   * @param {object} parts
   * @param {import("./device.js").Device} parts.device
   * @param {() => void} parts.close put away what must not be used.
   * @param {() => void} parts.open go on where it was left.
   */
  constructor(parts) {
    Object.assign(this, parts);
    this.shown = false;
  }

  /** Look what the settings say now. */
  look() {
    const halted = this.device.config.halted === true;
    const changed = halted !== this.shown;
    this.shown = halted;
    // A lock that was just opened made this usable again: said anew each time.
    if (halted || changed) for (const part of document.querySelectorAll("[data-under-lock]")) part.inert = halted;
    if (!changed) return;
    show("view-halted", halted);
    if (!halted) return this.open();
    this.close();
    byId("halted-title").focus();
  }
}
