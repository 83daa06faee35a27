/** Finding the QR symbol in a picture: zxing in WebAssembly, from our own server. */

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

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
  return readSymbol(context.getImageData(0, 0, canvas.width, canvas.height));
}
