/** Finding the QR symbol in a picture: zxing in WebAssembly, from our own server. */

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

import { inverseOfBlur, Mean, middleOf, sharpened } from "./sharpen.js";

const OPTIONS = {
  formats: ["QRCode"],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  maxNumberOfSymbols: 1,
};

/**
 * Load the reader now, so that the first scan need not wait.
 * @param {string} wasmUrl address of zxing_reader.wasm on our server.
 * @returns {Promise<void>} rejects where it cannot be loaded.
 */
export async function prepareReader(wasmUrl) {
  const overrides = { locateFile: () => wasmUrl };
  await prepareZXingModule({ overrides, fireImmediately: true });
}

/**
 * The text of the first QR symbol in the picture.
 * @param {ImageData | Blob} picture
 * @returns {Promise<string | null>} null where there is none that can be read.
 */
export async function readSymbol(picture) {
  const found = await readBarcodes(picture, OPTIONS);
  const symbol = found.find((result) => result.isValid);
  return symbol ? symbol.text : null;
}

/** For a slight blur in one frame, and for stronger ones in the mean of several. */
const SOFT = inverseOfBlur(1.5, 0.01);
const MIDDLE = inverseOfBlur(2, 0.005);
const HARD = inverseOfBlur(2.5, 0.005);

/**
 * Reads frame after frame. Each is read as it is, which is fast and mostly enough; where it shows
 * nothing, every other one is sharpened, in turn, for codes that are dark, out of focus or small.
 */
export class FrameReader {
  #mean = new Mean();
  #turn = 0;
  #attempts = [
    (middle) => sharpened(middle, SOFT),
    () => sharpened(this.#mean.picture, MIDDLE),
    () => sharpened(this.#mean.picture, HARD),
  ];

  /** Begin anew, with another code in view. */
  restart() {
    this.#turn = 0;
    this.#mean.clear();
  }

  /**
   * The text of the first QR symbol that this frame, or the mean of the last ones, shows.
   * @param {ImageData} frame
   * @returns {Promise<string | null>}
   */
  async read(frame) {
    const turn = this.#turn++;
    const easy = await readSymbol(frame);
    if (easy !== null || turn === 0) return easy;
    const middle = middleOf(frame);
    this.#mean.add(middle);
    if (turn % 2 === 0) return null;
    return readSymbol(this.#attempts[((turn - 1) / 2) % this.#attempts.length](middle));
  }
}

/** Largest side of a photo that is read as it is; a larger one is made smaller first. */
const LARGEST_SIDE = 2000;

/**
 * Read the QR symbol in a photo from a file.
 * @param {Blob} file
 * @returns {Promise<string | null>} null where the file is no picture or shows no readable symbol.
 */
export async function readPhoto(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return null;
  }
  const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const photo = context.getImageData(0, 0, canvas.width, canvas.height);
  return (await readSymbol(photo)) ?? readSymbol(sharpened(middleOf(photo), SOFT));
}
