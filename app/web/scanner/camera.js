/** The camera: one stream, frames of 1280×720, its light, and another lens on request. */

const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } };

/** Why a camera could not be opened. @typedef {"denied" | "missing" | "failed"} CameraFault */

/** The camera could not be opened; `fault` says why. */
export class CameraError extends Error {
  /** @param {CameraFault} fault */
  constructor(fault) {
    super(fault);
    this.fault = fault;
  }
}

function faultOf(error) {
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return "denied";
  if (error.name === "NotFoundError" || error.name === "OverconstrainedError") return "missing";
  return "failed";
}

/** Holds the stream of one video element. */
export class Camera {
  /** @param {HTMLVideoElement} video */
  constructor(video) {
    this.video = video;
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.stream = null;
    this.deviceId = null;
    this.lit = false;
    this.turn = 0;
  }

  get #track() {
    return this.stream?.getVideoTracks()[0] ?? null;
  }

  /** Whether pictures come. */
  get running() {
    return this.#track?.readyState === "live";
  }

  /** Whether this camera has a light that can be switched. */
  get hasTorch() {
    return Boolean(this.#track?.getCapabilities?.().torch);
  }

  /**
   * Open the camera; the back one unless another was chosen.
   * @returns {Promise<boolean>} false where it was stopped again meanwhile.
   * @throws {CameraError}
   */
  async start() {
    if (this.running) return true;
    const turn = ++this.turn;
    if (!navigator.mediaDevices?.getUserMedia) throw new CameraError("missing");
    const which = this.deviceId
      ? { deviceId: { exact: this.deviceId } }
      : { facingMode: { ideal: "environment" } };
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...SIZE, ...which } });
    } catch (error) {
      this.deviceId = null; // a camera that was unplugged must not be asked for again
      throw new CameraError(faultOf(error));
    }
    if (turn !== this.turn) {
      for (const track of stream.getTracks()) track.stop();
      return false;
    }
    this.stream = stream;
    this.video.srcObject = stream;
    await this.video.play().catch(() => {});
    await this.#apply({ focusMode: "continuous" });
    if (this.lit) await this.#apply({ torch: true });
    return true;
  }

  /** Let go of the camera and its light. */
  stop() {
    this.turn += 1;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  /** Go on to the next camera of the device; with one camera nothing changes. */
  async switch() {
    const cameras = await this.list();
    const current = this.#track?.getSettings().deviceId;
    const index = cameras.findIndex((camera) => camera.deviceId === current);
    this.deviceId = cameras[(index + 1) % cameras.length]?.deviceId ?? null;
    this.lit = false;
    this.stop();
    return this.start();
  }

  /** The cameras of the device. */
  async list() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === "videoinput");
  }

  /** Switch the light. @param {boolean} lit @returns {Promise<boolean>} whether it is on now. */
  async light(lit) {
    this.lit = lit && (await this.#apply({ torch: true }));
    if (!this.lit) await this.#apply({ torch: false });
    return this.lit;
  }

  async #apply(wish) {
    const [name] = Object.keys(wish);
    if (!this.#track?.getCapabilities?.()[name]) return false;
    try {
      await this.#track.applyConstraints({ advanced: [wish] });
      return true;
    } catch {
      return false;
    }
  }

  /** The present frame, or null before the first one. @returns {ImageData | null} */
  frame() {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (!width || !height || this.video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.context.drawImage(this.video, 0, 0, width, height);
    return this.context.getImageData(0, 0, width, height);
  }

  /** Resolves with the next new frame's time, or after a tenth of a second. */
  async nextFrame() {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, 100);
      this.video.requestVideoFrameCallback?.(() => {
        clearTimeout(late);
        resolve();
      });
    });
  }
}
