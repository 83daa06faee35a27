/** Sound and vibration of a verdict: one short sign for green, three for red, two for the rest. */

const PULSES = { green: [80], amber: [160, 120, 160], grey: [160, 120, 160] };
const ALARM = [250, 120, 250, 120, 250];
const NOTES = {
  green: [[880, 0.12], [1320, 0.16]],
  amber: [[520, 0.18], [520, 0.18]],
  grey: [[520, 0.18], [390, 0.24]],
  red: [[220, 0.22], [196, 0.22], [165, 0.34]],
};

/** Tones and pulses; silent until the first tap, because browsers ask for one. */
export class Feedback {
  /** @param {boolean} muted */
  constructor(muted) {
    this.muted = muted;
    this.audio = null;
  }

  /** To be called from a tap, so that sound is allowed later. */
  unlock() {
    const Audio = globalThis.AudioContext;
    if (!Audio) return;
    this.audio ??= new Audio();
    if (this.audio.state === "suspended") this.audio.resume().catch(() => {});
  }

  /** Give the sign of a verdict. @param {"green" | "amber" | "red" | "grey"} verdict */
  give(verdict) {
    if (this.muted) return;
    navigator.vibrate?.(PULSES[verdict] ?? ALARM);
    if (this.audio?.state === "running") this.#play(NOTES[verdict]);
  }

  #play(notes) {
    let at = this.audio.currentTime;
    for (const [frequency, seconds] of notes) {
      const tone = this.audio.createOscillator();
      const volume = this.audio.createGain();
      tone.type = "triangle";
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.35, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
      tone.connect(volume).connect(this.audio.destination);
      tone.start(at);
      tone.stop(at + seconds);
      at += seconds * 0.8;
    }
  }
}
